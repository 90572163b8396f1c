package platform

import (
	"regexp"
	"strings"

	"github.com/govsweep/govsweep"
)

// 广东集约化: /{dept}/gkmlpt/content/{n}/{m}/post_{id}.html, /content/post_{id}.html;
// the disclosure platform /gkmlpt/index is built in the browser from an API.
var gkmlpt = &Family{
	Name:    govsweep.GKMLPT,
	Article: gkmlptArticle,
	Column: func(path string) bool {
		return strings.Contains(path, "/gkmlpt/") || strings.HasSuffix(path, "/gkmlpt")
	},
	Marks:   []Mark{{"gkmlpt", 3}},
	Scripts: []Mark{{"/gkmlpt/", 4}, {"gkmlpt", 3}, {"nfcms", 3}},
	Inline:  []Mark{{"/gkmlpt/", 4}, {"NFCMS_", 4}, {"window._CONFIG", 1}},
	Calls:   gkmlptCalls,
}

func gkmlptArticle(path string) bool {
	dir, file := last(path)
	s, ok := stem(file)
	if !ok {
		return false
	}
	id, ok := strings.CutPrefix(strings.TrimPrefix(s, "m"), "post_")
	if !ok || !digits(id) {
		return false
	}
	return strings.HasSuffix(dir, "/content") || strings.Contains(dir, "/gkmlpt/content/")
}

var (
	gkmlptSID = regexp.MustCompile(`\b['"]?(?:SID|sid)['"]?\s*[:=]\s*['"]?(\d{1,12})`)
	// The category a page opens with, under the names scripts use for it.
	gkmlptCat = regexp.MustCompile(`\b['"]?(?:CAT|CATE|CATEGORY|CATEGORY_ID|CID|CAT_ID|CURRENT|CLASSIFY|COLUMN|NODE)['"]?\s*[:=]\s*['"]?(\d{1,12})\b`)
	gkmlptID  = regexp.MustCompile(`\{\s*['"]?id['"]?\s*:\s*['"]?(\d{1,12})\b`)
	gkmlptAPI = regexp.MustCompile(`['"]([^'"\s]*/gkmlpt/api/all/\d+\?[^'"\s]*)['"]`)
)

// gkmlptCalls gives the call of the page's category; where the page names
// none, one for each top branch of the tree, or for all articles.
func gkmlptCalls(p *Page) []govsweep.ListCall {
	path := PathOf(p.URL)
	if gkmlptArticle(path) {
		return nil
	}
	dept := path[:max(0, strings.Index(path, "/gkmlpt"))]
	var calls []govsweep.ListCall
	for _, text := range p.Inline {
		if !strings.Contains(text, "_CONFIG") && !strings.Contains(text, "/gkmlpt/") {
			continue
		}
		for _, ref := range gkmlptRefs(dept, text) {
			if u, ok := p.Resolve(ref); ok && len(calls) < 30 {
				calls = appendCall(calls, govsweep.ListCall{Platform: govsweep.GKMLPT, URL: u})
			}
		}
	}
	return calls
}

func gkmlptRefs(dept, text string) []string {
	if m := gkmlptAPI.FindStringSubmatch(text); m != nil {
		return []string{m[1]}
	}
	sid := gkmlptSID.FindStringSubmatch(text)
	if sid == nil {
		return nil
	}
	var cats []string
	if m := gkmlptCat.FindStringSubmatch(text); m != nil {
		cats = append(cats, m[1])
	} else if tree := strings.Index(text, "TREE"); tree >= 0 {
		cats = topBranches(text[tree:])
	}
	if len(cats) == 0 {
		cats = []string{"0"}
	}
	refs := make([]string, len(cats))
	for i, cat := range cats {
		refs[i] = dept + "/gkmlpt/api/all/" + cat + "?page=1&sid=" + sid[1]
	}
	return refs
}

// topBranches gives the ids of the outermost objects of a tree written as an array.
func topBranches(text string) []string {
	start := strings.IndexByte(text, '[')
	if start < 0 || start > 20 {
		return nil
	}
	var ids []string
	depth := 0
	for i := start; i < len(text) && len(ids) < 30; i++ {
		switch text[i] {
		case '"', '\'':
			i = skipString(text, i)
		case '[', '{':
			depth++
			if depth == 2 && text[i] == '{' {
				if m := gkmlptID.FindStringSubmatch(text[i:min(i+200, len(text))]); m != nil {
					ids = append(ids, m[1])
				}
			}
		case ']', '}':
			if depth--; depth == 0 {
				return ids
			}
		}
	}
	return ids
}

func skipString(text string, i int) int {
	quote := text[i]
	for i++; i < len(text) && text[i] != quote; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return i
}
