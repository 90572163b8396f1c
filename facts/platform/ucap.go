package platform

import (
	"regexp"
	"strings"

	"github.com/govsweep/govsweep"
)

// 开普 UCAP: /chnzj/c133076/202204/{32 hex}.shtml; lists are list.shtml,
// list_2.shtml … and createPageHTML("box", total, current, "list", "shtml", rows).
var ucap = &Family{
	Name:    govsweep.UCAP,
	Article: ucapArticle,
	Column:  ucapColumn,
	Marks: []Mark{{"ucap-content", 4}, {"ucapcontent", 4}, {"ucaptitle", 4}, {"ucap-title", 3},
		{"pages_content", 2}},
	Scripts:    []Mark{{"ucap", 3}},
	Inline:     []Mark{{"ucap", 2}, {"UCAP", 2}},
	Generators: []Mark{{"ucap", 4}, {"开普", 4}},
	More:       ucapMore,
}

func ucapArticle(path string) bool {
	_, file := last(path)
	s, ok := strings.CutSuffix(file, ".shtml")
	return ok && hex32(s)
}

func ucapColumn(path string) bool {
	dir, file := last(path)
	s, ok := strings.CutSuffix(file, ".shtml")
	if !ok || s != "list" && !strings.HasPrefix(s, "list_") {
		return ok && strings.HasPrefix(s, "column-index-")
	}
	_, col := pop(dir)
	return len(col) > 3 && col[0] == 'c' && digits(col[1:])
}

var ucapPaging = regexp.MustCompile(`createPageHTML\(\s*['"][^'"]{1,60}['"]\s*,\s*['"]?(\d{1,6})['"]?\s*,\s*['"]?(\d{1,6})['"]?\s*,\s*['"]([^'"]{1,80})['"]\s*,\s*['"]([A-Za-z]{3,6})['"]`)

func ucapMore(p *Page) []string {
	for _, text := range p.Inline {
		if !strings.Contains(text, "createPageHTML(") {
			continue
		}
		if m := ucapPaging.FindStringSubmatch(text); m != nil {
			return pages(p, max(number(m[2]), 1)+1, number(m[1]), m[3], m[4])
		}
	}
	return nil
}
