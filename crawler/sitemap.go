package crawler

import (
	"bytes"
	"errors"
	"html"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// Bounds of one sitemap: those of the protocol for entries, ours for size.
const (
	sitemapBytes   = 16 << 20
	sitemapURLs    = 50000
	sitemapURLSize = 2048
	sitemapRatio   = 200
)

// ErrSitemap says that a body is no sitemap, or only part of one could be read.
var ErrSitemap = errors.New("not a whole sitemap")

// ReadSitemap gives the addresses a sitemap lists, and the further sitemaps an
// index lists, as written. It reads XML, plain text and both gzipped, in any
// charset, and forgives XML that is not well formed. What was read before a
// bound or a fault comes back with the error.
func ReadSitemap(body []byte) (urls, nested []string, err error) {
	if bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		if body, err = gunzipBounded(body); len(body) == 0 {
			return nil, nil, errors.Join(ErrSitemap, err)
		}
	}
	text, _ := Decode(body, "")
	text = bytes.TrimLeft(text, "\ufeff \t\r\n")
	if !bytes.HasPrefix(text, []byte("<")) {
		urls = textSitemap(text)
		if len(urls) == 0 && len(text) > 0 {
			err = errors.Join(ErrSitemap, err)
		}
		return urls, nil, err
	}
	locs, index, ok := locations(text)
	if !ok {
		return nil, nil, errors.Join(ErrSitemap, err)
	}
	if index {
		return nil, locs, err
	}
	return locs, nil, err
}

// gunzipBounded gives what fits the bounds, with ErrSitemap when that is not all.
func gunzipBounded(packed []byte) ([]byte, error) {
	counted := &counter{r: bytes.NewReader(packed)}
	z, err := gzip.NewReader(counted)
	if err != nil {
		return nil, ErrSitemap
	}
	b := body{limit: sitemapBytes, ratio: sitemapRatio}
	var buf bytes.Buffer
	switch err := b.fill(&buf, z, counted); {
	case errors.Is(err, errRatio):
		return nil, err
	case err != nil || b.cut:
		return buf.Bytes(), ErrSitemap
	}
	return buf.Bytes(), nil
}

func textSitemap(text []byte) []string {
	var urls []string
	for line := range bytes.Lines(text) {
		s := strings.TrimSpace(string(line[:min(len(line), sitemapURLSize+2)]))
		if len(urls) < sitemapURLs && len(s) <= sitemapURLSize && (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")) {
			urls = append(urls, s)
		}
	}
	return urls
}

// locations scans for loc elements of url and sitemap entries; those of
// images and videos carry another prefix.
func locations(text []byte) (locs []string, index, ok bool) {
	for len(text) > 0 && len(locs) < sitemapURLs {
		at := bytes.IndexByte(text, '<')
		if at < 0 {
			break
		}
		text = text[at+1:]
		end := bytes.IndexByte(text, '>')
		if bytes.HasPrefix(text, []byte("!--")) {
			if end = bytes.Index(text, []byte("-->")); end < 0 {
				break
			}
			text = text[end+3:]
			continue
		}
		if end < 0 {
			break
		}
		prefix, name := tagName(text[:end])
		text = text[end+1:]
		switch name {
		case "sitemapindex":
			index, ok = true, true
		case "urlset":
			ok = true
		case "loc":
			if u := locText(text); u != "" && prefix != "image" && prefix != "video" {
				locs = append(locs, u)
			}
		}
	}
	return locs, index, ok
}

func tagName(tag []byte) (prefix, name string) {
	tag = tag[:min(len(tag), 64)]
	if i := bytes.IndexAny(tag, " \t\r\n/"); i >= 0 {
		tag = tag[:i]
	}
	name = strings.ToLower(string(tag))
	if before, after, ok := strings.Cut(name, ":"); ok {
		return before, after
	}
	return "", name
}

// locText gives the address up to the closing tag.
func locText(text []byte) string {
	text = text[:min(len(text), 2*sitemapURLSize)]
	text = bytes.TrimLeft(text, " \t\r\n")
	if inner, ok := bytes.CutPrefix(text, []byte("<![CDATA[")); ok {
		end := bytes.Index(inner, []byte("]]>"))
		if end < 0 || end > sitemapURLSize {
			return ""
		}
		return strings.TrimSpace(string(inner[:end]))
	}
	end := bytes.IndexByte(text, '<')
	if end < 0 || end > sitemapURLSize {
		return ""
	}
	return html.UnescapeString(strings.TrimSpace(string(text[:end])))
}
