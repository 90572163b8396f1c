package platform

import "strings"

// PathOf gives the path of an address, without query and fragment.
func PathOf(url string) string {
	if i := strings.Index(url, "://"); i >= 0 {
		url = url[i+3:]
		if j := strings.IndexByte(url, '/'); j >= 0 {
			url = url[j:]
		} else {
			return "/"
		}
	}
	if i := strings.IndexAny(url, "?#"); i >= 0 {
		url = url[:i]
	}
	return url
}

// last parts a path into its folder, without the slash, and its file.
func last(path string) (dir, file string) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", path
	}
	return path[:i], path[i+1:]
}

// stem cuts a page extension off a file name.
func stem(file string) (string, bool) {
	for _, ext := range [...]string{".html", ".shtml", ".htm"} {
		if s, ok := strings.CutSuffix(file, ext); ok {
			return s, true
		}
	}
	return file, false
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func hex32(s string) bool {
	if len(s) != 32 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) && (s[i] < 'a' || s[i] > 'f') {
			return false
		}
	}
	return true
}

// pop takes the last segment off a folder: "/art/2025/6" gives "/art/2025" and "6".
func pop(dir string) (string, string) { return last(dir) }

func never(string) bool { return false }
