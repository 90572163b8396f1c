package platform

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// 龙讯 (Anhui and others): /News/show/1303710.html, /content/article/{id},
// /OpennessContent/show/{id}.html.
var longxun = &Family{
	Name:       govsweep.LongXun,
	Article:    longxunArticle,
	Column:     longxunColumn,
	Marks:      []Mark{{"j-fontcontent", 3}, {"ls-article-info", 3}, {"j-info-pv", 1}, {"j-gototop", 1}},
	Scripts:    []Mark{{"lonsun", 3}},
	Inline:     []Mark{{"lonsun", 3}, {"/openness/OpennessTarget", 3}, {"Ls.pagination", 3}},
	Generators: []Mark{{"lonsun", 4}, {"龙讯", 4}},
}

func longxunArticle(path string) bool {
	dir, file := last(path)
	s, ok := stem(file)
	if !digits(s) {
		return false
	}
	if ok && (strings.HasSuffix(dir, "/News/show") || strings.HasSuffix(dir, "/OpennessContent/show")) {
		return true
	}
	return strings.HasSuffix(dir, "/content/article")
}

func longxunColumn(path string) bool {
	i := strings.LastIndex(path, "/content/column/")
	return i >= 0 && digits(path[i+len("/content/column/"):]) || strings.Contains(path, "/openness/public/")
}
