package platform

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
)

// 拓尔思 WCM and HyCloud: /202012/t20201208_314762.html; lists are folders with
// index_1.html, index_2.html … and createPageHTML(total, current, "index", "html").
var trs = &Family{
	Name:    govsweep.TRS,
	Article: trsArticle,
	Column:  never,
	Marks: []Mark{{"trs_editor", 2}, {"trs_editor_view", 2}, {"trs_ueditor", 2}, {"trs_paper_default", 2},
		{"trs_web", 2}, {"trs_word", 2}},
	Scripts:    []Mark{{"ta.trs.cn", 3}, {"trs_ta", 3}, {"/was5/", 2}, {"webdig", 2}, {"wassearch", 2}},
	Inline:     []Mark{{"_nPageCount", 3}, {"trs_ta", 3}, {"createPageHTML(", 2}},
	Generators: []Mark{{"trs", 4}, {"hycloud", 4}},
	More:       trsMore,
}

func trsArticle(path string) bool {
	_, file := last(path)
	s, ok := stem(file)
	if !ok || len(s) < 8 || s[0] != 't' {
		return false
	}
	day, id, ok := strings.Cut(s[1:], "_")
	if !ok {
		return len(day) >= 7 && len(day) <= 9 && digits(day) && strings.HasSuffix(file, ".shtml")
	}
	return len(day) == 8 && (day[0] == '1' || day[0] == '2') && digits(day) && digits(id)
}

var (
	trsPaging = regexp.MustCompile(`createPageHTML\(\s*['"]?(\d{1,6})['"]?\s*,\s*['"]?(\d{1,6})['"]?\s*,\s*['"]([^'"]{1,80})['"]\s*,\s*['"]([A-Za-z]{3,6})['"]`)
	countPage = regexp.MustCompile(`\bvar\s+countPage\s*=\s*(\d{1,6})`)
)

// trsMore gives index_1.html to the last page, from the first page on; the
// pages in front of the current one are known already.
func trsMore(p *Page) []string {
	for _, text := range p.Inline {
		total, cur, name, ext := 0, 0, "index", "html"
		switch {
		case strings.Contains(text, "createPageHTML("):
			m := trsPaging.FindStringSubmatch(text)
			if m == nil {
				continue
			}
			total, cur, name, ext = number(m[1]), number(m[2]), m[3], m[4]
		case strings.Contains(text, "countPage"):
			m := countPage.FindStringSubmatch(text)
			if m == nil {
				continue
			}
			total = number(m[1])
			if _, file := last(PathOf(p.URL)); strings.HasSuffix(file, ".shtml") || strings.HasSuffix(file, ".htm") {
				ext = file[strings.LastIndexByte(file, '.')+1:]
			}
		}
		if total > 1 && !trsArticle("/"+name+".html") {
			return pages(p, cur+1, total-1, name, ext)
		}
	}
	return nil
}

// pages resolves name_from.ext to name_to.ext.
func pages(p *Page, from, to int, name, ext string) []string {
	var out []string
	for i := from; i <= to && len(out) < maxMore; i++ {
		if u, ok := p.Resolve(name + "_" + strconv.Itoa(i) + "." + ext); ok {
			out = append(out, u)
		}
	}
	return out
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
