package sweep

import (
	"regexp"
	"strings"

	"github.com/govsweep/govsweep/address"
)

// articleName is the last segment of an article's path on the platforms we
// know and on most others: a long number, a hash, a date and a number.
var articleName = regexp.MustCompile(`^(?:t\d{8}_\d+|art_[0-9a-f]+(?:_\d+)?|m?post_\d+|content[_-]\d+|i?\d{5,}|[0-9a-f]{32}|[a-z]+_\d{5,})\.\w{3,5}$`)

// articleShape says whether an address looks like one article.
func articleShape(url string) bool {
	path := address.Path(url)
	name := path[strings.LastIndexByte(path, '/')+1:]
	if name == "" {
		return false
	}
	return articleName.MatchString(name) || strings.HasPrefix(path, "/info/") && strings.HasSuffix(name, ".htm")
}

// directoryShape says whether an address looks like the first page of a
// column: a directory or its index document, without query.
func directoryShape(url string) bool {
	if address.Query(url) != "" {
		return false
	}
	path := address.Path(url)
	name := path[strings.LastIndexByte(path, '/')+1:]
	stem, _, _ := strings.Cut(name, ".")
	switch stem {
	case "", "index", "list", "default", "column", "col":
		return path != "/"
	}
	return false
}

var attachmentExt = regexp.MustCompile(`(?i)\.(?:pdf|docx?|xlsx?|pptx?|wps|et|rar|zip|7z|ofd|txt|csv)$`)

func attachmentShape(url string) bool { return attachmentExt.MatchString(address.Path(url)) }
