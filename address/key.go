package address

import "strings"

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// Key is the identity of an address within a run: http and https, and a
// directory and its index document, are one. form is the body of a list call
// sent by POST, "" for GET. url is canonical.
func Key(url, form string) uint64 {
	host, path, query := split(url)
	h := fold(fnvOffset, host)
	h = fold(h, dropIndex(path))
	if query != "" {
		h = fold(h, "?")
		h = fold(h, query)
	}
	if form != "" {
		h = fold(h, "\x00")
		h = fold(h, form)
	}
	return mix(h)
}

// Form ranks the spellings that share a Key: among them the crawl asks the
// one with the lowest form. 0 is a directory over https.
func Form(url string) int {
	rank := 0
	if strings.HasPrefix(url, "http:") {
		rank = 1
	}
	if _, path, _ := split(url); dropIndex(path) != path {
		rank += 2
	}
	return rank
}

func split(url string) (host, path, query string) {
	rest := url[strings.IndexByte(url, ':')+1:]
	rest = strings.TrimPrefix(rest, "//")
	i := strings.IndexByte(rest, '/')
	if i < 0 {
		return rest, "/", ""
	}
	host, path = rest[:i], rest[i:]
	if j := strings.IndexByte(path, '?'); j >= 0 {
		path, query = path[:j], path[j+1:]
	}
	return host, path, query
}

// dropIndex cuts the name of an index document off a path.
func dropIndex(path string) string {
	slash := strings.LastIndexByte(path, '/')
	name := path[slash+1:]
	if len(name) < len("index.htm") || name[0] != 'i' && name[0] != 'd' && name[0] != 'I' && name[0] != 'D' {
		return path
	}
	stem, ext, _ := strings.Cut(strings.ToLower(name), ".")
	if stem != "index" && stem != "default" {
		return path
	}
	switch ext {
	case "html", "htm", "shtml", "jsp", "php", "asp", "aspx", "do":
		return path[:slash+1]
	}
	return path
}

func fold(h uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// mix spreads the bits of h, so that any part of a key may serve as a hash.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
