package facts

import (
	"strings"
)

func hostOf(u string) string {
	i := strings.Index(u, "://")
	if i < 0 {
		return ""
	}
	u = u[i+3:]
	if j := strings.IndexAny(u, "/?#"); j >= 0 {
		u = u[:j]
	}
	return lower(u)
}

// pathOf gives the path of an address, without query.
func pathOf(u string) string {
	if i := strings.Index(u, "://"); i >= 0 {
		u = u[i+3:]
		j := strings.IndexByte(u, '/')
		if j < 0 {
			return "/"
		}
		u = u[j:]
	}
	if i := strings.IndexAny(u, "?#"); i >= 0 {
		u = u[:i]
	}
	return u
}

// attachmentTypes are files that are no pages.
var attachmentTypes = [...]string{".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et", ".ofd", ".zip", ".rar", ".7z", ".csv", ".txt", ".ceb", ".dps"}

// isAttachment says whether the path of an address names a file for downloading.
func isAttachment(u string) bool {
	p := lower(pathOf(u))
	i := strings.LastIndexByte(p, '.')
	if i < 0 || len(p)-i > 5 {
		return false
	}
	for _, t := range attachmentTypes {
		if p[i:] == t {
			return true
		}
	}
	return false
}

// isColumnURL says whether an address looks like that of a column: a
// directory, its index page, a list page.
func isColumnURL(u string) bool {
	p := lower(pathOf(u))
	file := p[strings.LastIndexByte(p, '/')+1:]
	if file == "" || hasPrefix(file, "index") || hasPrefix(file, "list") || hasPrefix(file, "default") || hasPrefix(file, "column-index") {
		return true
	}
	return strings.Contains(p, "/col/") && !strings.Contains(p, "/art/") || !strings.Contains(file, ".") && !digitsIn(file, 4)
}

// digitsIn says whether s has at least n digits.
func digitsIn(s string, n int) bool {
	for i := range len(s) {
		if isNum(s[i]) {
			n--
		}
	}
	return n <= 0
}

// isArticleURL says whether an address has the form of an article on one of
// the known systems: a date in the path, post_, content_, art_, info, long numbers.
func isArticleURL(u string) bool {
	p := lower(pathOf(u))
	file := p[strings.LastIndexByte(p, '/')+1:]
	name, _, ext := strings.Cut(file, ".")
	if !ext && !has(p, "/article/") && !has(p, "/show/") {
		return false
	}
	switch {
	case has(p, "/col/") && !has(p, "/art/"):
		return false
	case has(p, "/art/"), hasPrefix(name, "art_"), hasPrefix(name, "post_"), hasPrefix(name, "mpost_"), hasPrefix(name, "content_"), hasPrefix(name, "content-"),
		has(p, "/content/article/"), has(p, "/news/show/"), has(p, "/opennesscontent/show/"), has(p, "/info/") && digitsIn(name, 3):
		return true
	case len(name) > 9 && name[0] == 't' && isNum(name[1]) && isNum(name[8]):
		return true
	case len(name) == 32 && isHex(name):
		return true
	}
	return !hasPrefix(name, "index") && !hasPrefix(name, "list") && digitsIn(name, 5)
}

func isHex(s string) bool {
	for i := range len(s) {
		if !isNum(s[i]) && (s[i] < 'a' || s[i] > 'f') {
			return false
		}
	}
	return true
}

// isRootURL says whether an address is the home page of its host.
func isRootURL(u string) bool {
	switch p := lower(pathOf(u)); p {
	case "/", "":
		return !strings.Contains(u, "?")
	default:
		return strings.LastIndexByte(p, '/') == 0 && (hasPrefix(p, "/index.") || hasPrefix(p, "/default.") || p == "/index") && !strings.Contains(u, "?")
	}
}
