package address

import (
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// Base resolves the references of one page. It is read-only after NewBase
// and safe for many goroutines.
type Base struct {
	url    string // canonical
	scheme string // "http:" or "https:"
	origin string // up to the path
	dir    string // up to and with the last slash of the path
	path   string // without query
}

// NewBase takes the address of a page, or of its base element.
func NewBase(url string) (*Base, error) {
	c, err := Canonical(url)
	if err != nil {
		return nil, err
	}
	b := &Base{url: c, path: c}
	if i := strings.IndexByte(c, '?'); i >= 0 {
		b.path = c[:i]
	}
	b.scheme = c[:strings.IndexByte(c, ':')+1]
	b.origin = c[:len(b.scheme)+2+strings.IndexByte(c[len(b.scheme)+2:], '/')]
	b.dir = b.path[:strings.LastIndexByte(b.path, '/')+1]
	return b, nil
}

// URL gives the base itself.
func (b *Base) URL() string { return b.url }

// Resolve gives the canonical address a reference leads to, and false when
// it leads to no web page: another scheme, a bare fragment, nothing at all.
func (b *Base) Resolve(ref string) (string, bool) {
	ref = trim(ref)
	if ref == "" || ref[0] == '#' || len(ref) > maxLen {
		return "", false
	}
	if s, ok := b.fast(ref); ok {
		return s, true
	}
	if other := scheme(ref); other != "" && other != "http" && other != "https" {
		return "", false
	}
	u, err := whatwg.ParseRef(b.url, ref)
	if err != nil {
		return "", false
	}
	s, err := fromParsed(u)
	return s, err == nil
}

// fast resolves plain references without the full parser.
func (b *Base) fast(ref string) (string, bool) {
	switch {
	case isPlainAbsolute(ref):
		return plain(ref)
	case strings.HasPrefix(ref, "//"):
		return plain(b.scheme + ref)
	}
	if i := strings.IndexByte(ref, '#'); i >= 0 {
		ref = ref[:i]
	}
	switch {
	case ref[0] == '/':
		return join(b.origin, ref)
	case ref[0] == '?':
		if plainPath("/" + ref) {
			return b.path + ref, true
		}
		return "", false
	case strings.IndexByte(ref, ':') >= 0:
		return "", false
	}
	dir := b.dir
	for strings.HasPrefix(ref, "./") {
		ref = ref[2:]
	}
	for strings.HasPrefix(ref, "../") {
		ref, dir = ref[3:], b.parent(dir)
	}
	if ref == "" {
		return dir, true
	}
	if ref[0] == '.' || ref[0] == '/' {
		return "", false
	}
	return join(dir, ref)
}

// parent gives the directory above dir, never above the origin.
func (b *Base) parent(dir string) string {
	if len(dir) <= len(b.origin)+1 {
		return dir
	}
	return dir[:strings.LastIndexByte(dir[:len(dir)-1], '/')+1]
}

func join(prefix, rest string) (string, bool) {
	if !plainPath(rest) {
		return "", false
	}
	return prefix + rest, true
}

// trim cuts white space and control characters at both ends, as the standard asks.
func trim(s string) string {
	for s != "" && s[0] <= ' ' {
		s = s[1:]
	}
	for s != "" && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	return s
}

// scheme gives the scheme of ref in lower case, "" when it has none.
func scheme(ref string) string {
	for i := 0; i < len(ref); i++ {
		c := ref[i] | 0x20
		switch {
		case ref[i] == ':':
			return strings.ToLower(ref[:i])
		case c >= 'a' && c <= 'z', i > 0 && (ref[i] >= '0' && ref[i] <= '9' || ref[i] == '+' || ref[i] == '-' || ref[i] == '.'):
		default:
			return ""
		}
	}
	return ""
}
