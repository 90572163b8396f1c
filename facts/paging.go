package facts

import (
	"encoding/base64"
	"net/url"
	"sort"
	"strings"

	"github.com/govsweep/govsweep/address"
)

const maxMore = 300

// morePages gives the addresses of further list pages that the pager of the
// page names, in order: numbered links, 下一页, a pager written in base64.
func (d *Document) morePages() []string {
	pages := map[int]string{}
	d.pagerLinks(d.Links, pages)
	for i := range d.Blocks {
		if html := hiddenPager(d.Blocks[i].Text); html != "" {
			sub := Read(nil, []byte(html), nil)
			d.pagerLinks(sub.Links, pages)
		}
	}
	numbers := make([]int, 0, len(pages))
	for n := range pages {
		numbers = append(numbers, n)
	}
	sort.Ints(numbers)
	var out []string
	self := address.Key(d.URL, "")
	for _, n := range numbers {
		if u := pages[n]; len(out) < maxMore && !hasString(out, u) && (d.URL == "" || address.Key(u, "") != self) {
			out = append(out, u)
		}
	}
	return out
}

// pagerLinks enters links whose words are a page number or 下一页.
func (d *Document) pagerLinks(links []Anchor, pages map[int]string) {
	for i := range links {
		a := &links[i]
		t := strings.Trim(a.Text, " []>»›<")
		n, end := number(t, 0, 4)
		switch {
		case t == "下一页" || t == "下页" || t == "后一页" || t == "next" || t == "Next":
			n = -1
		case end == 0 || end != len(t) || n < 2 || n > 3000:
			continue
		}
		u, ok := d.Resolve(a.Href)
		if !ok || isArticleURL(u) && n != -1 && !strings.Contains(u, "page") || d.isForeign(u) {
			continue
		}
		if n == -1 {
			n = 0
		}
		if _, old := pages[n]; !old {
			pages[n] = u
		}
	}
}

// hiddenPager decodes a pager that a template printed as base64 of
// percent-coded HTML.
func hiddenPager(s string) string {
	if len(s) < 80 || len(s) > 20_000 || strings.IndexByte(s, ' ') >= 0 {
		return ""
	}
	for i := range 60 {
		if c := s[i]; !isLetter(c) && !isNum(c) && c != '+' && c != '/' {
			return ""
		}
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimRight(s, "=") + strings.Repeat("=", (4-len(strings.TrimRight(s, "="))%4)%4))
	if err != nil {
		return ""
	}
	html, err := url.PathUnescape(string(raw))
	if err != nil || !strings.Contains(html, "<") {
		return ""
	}
	return html
}
