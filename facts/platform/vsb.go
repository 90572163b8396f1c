package platform

import (
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
)

// 西安博达 vsb: /info/10251/1192502.htm; lists are tzgg.htm and, counting down,
// tzgg/12.htm … tzgg/1.htm.
var vsb = &Family{
	Name:       govsweep.VSB,
	Article:    vsbArticle,
	Column:     never,
	Marks:      []Mark{{"vsb_content", 3}, {"v_news_content", 2}, {"vsb-box", 2}, {"vsb-container", 2}},
	Scripts:    []Mark{{"/system/resource/", 3}, {"/_sitegray/", 3}, {"_sitegray.js", 3}, {"vsb", 2}},
	Inline:     []Mark{{"_showDynClicks(", 4}, {"_newscontent_fromname", 4}, {"wbtreeid", 3}, {"_jsq_(", 3}},
	Comments:   []Mark{{"Visual SiteBuilder", 4}},
	Generators: []Mark{{"visual sitebuilder", 4}, {"博达", 4}},
	More:       vsbMore,
}

func vsbArticle(path string) bool {
	dir, file := last(path)
	s, ok := strings.CutSuffix(file, ".htm")
	if !ok || !digits(s) {
		return false
	}
	dir, tree := pop(dir)
	return digits(tree) && strings.HasSuffix(dir, "/info")
}

// vsbMore fills the gap of a pager that names only the next and the last
// page: the numbers count down to 1.
func vsbMore(p *Page) []string {
	dir, file := last(PathOf(p.URL))
	name, ok := strings.CutSuffix(file, ".htm")
	if !ok || name == "" {
		return nil
	}
	if digits(name) { // a further page: the first one already announced the rest
		return nil
	}
	folder, top := dir+"/"+name+"/", 0
	for _, path := range p.Paths {
		rest, ok := strings.CutPrefix(path, folder)
		if s, isPage := strings.CutSuffix(rest, ".htm"); ok && isPage && digits(s) && len(s) < 6 {
			top = max(top, number(s))
		}
	}
	var out []string
	for n := top; n >= 1 && len(out) < maxMore; n-- {
		if u, ok := p.Resolve(folder + strconv.Itoa(n) + ".htm"); ok {
			out = append(out, u)
		}
	}
	return out
}
