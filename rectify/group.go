package rectify

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
)

// A Group is one root cause with its findings.
type Group struct {
	Key     string             // Cause of each member
	Title   string             // Chinese, one line
	Members []govsweep.Finding // in order of class, book id and id
	Pages   int                // different addresses over all members
	// Counts are the ids of vetoes that count the column of this group: settling
	// the group may settle them, and they are decided on their own.
	Counts []string
}

// Groups gathers findings by Cause, the weightiest first: vetoes, deductions,
// then by pages, then by key. The order of fs does not matter; a finding that
// is there twice is taken once.
func Groups(fs []govsweep.Finding) []Group {
	byKey := map[string]*Group{}
	taken := map[string]bool{}
	for i := range fs {
		f := &fs[i]
		id := siteKey(f) + "|" + f.Fingerprint + "|" + f.ID
		if taken[id] {
			continue
		}
		taken[id] = true
		key := Cause(f)
		if byKey[key] == nil {
			byKey[key] = &Group{Key: key}
		}
		byKey[key].Members = append(byKey[key].Members, *f)
	}
	out := make([]Group, 0, len(byKey))
	counts := countsOf(byKey)
	for _, g := range byKey {
		g.finish(counts)
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b Group) int {
		return cmp.Or(cmp.Compare(weight(a.Members[0].Class), weight(b.Members[0].Class)),
			cmp.Compare(b.Pages, a.Pages), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// countsOf lists, by site, family and column, the vetoes that count the column.
func countsOf(byKey map[string]*Group) map[string][]string {
	out := map[string][]string{}
	for _, g := range byKey {
		for i := range g.Members {
			f := &g.Members[i]
			if families[f.Indicator] != counted {
				continue
			}
			for _, url := range f.Pages {
				for _, fam := range []family{staleColumn, blankColumn} {
					key := siteKey(f) + "|" + string(fam) + "|" + url
					out[key] = append(out[key], f.ID)
				}
			}
		}
	}
	return out
}

func (g *Group) finish(counts map[string][]string) {
	slices.SortFunc(g.Members, func(a, b govsweep.Finding) int {
		return cmp.Or(cmp.Compare(weight(a.Class), weight(b.Class)), cmp.Compare(a.BookID, b.BookID), cmp.Compare(a.ID, b.ID))
	})
	pages := map[string]bool{}
	for i := range g.Members {
		for _, url := range g.Members[i].Pages {
			pages[url] = true
		}
	}
	g.Pages = len(pages)
	g.Counts = slices.Compact(slices.Sorted(slices.Values(counts[g.Key])))
	g.Title = g.title()
}

func (g *Group) title() string {
	f := &g.Members[0]
	under := ""
	if n := len(g.Members); n > 1 {
		under = fmt.Sprintf("（涉及%d项指标）", indicators(g.Members))
	}
	switch fam := families[f.Indicator]; {
	case fam == staleColumn && f.Column != nil:
		return fmt.Sprintf("栏目“%s”更新不及时%s", clip(f.Column.Name, 60), under)
	case fam == blankColumn && f.Column != nil:
		return fmt.Sprintf("栏目“%s”为空白栏目%s", clip(f.Column.Name, 60), under)
	case fam == footMarks && under != "":
		return "网站底部功能区标识不规范" + under
	case fam == errorReport && under != "":
		return "“我为政府网站找错”入口不规范" + under
	case f.Shared != "":
		return clip(f.Summary, 160)
	case under != "":
		return fmt.Sprintf("%d个页面使用的同一模板不规范%s：%s", g.Pages, under, clip(f.Summary, 120))
	}
	return clip(f.Summary, 160)
}

func indicators(fs []govsweep.Finding) int {
	codes := map[govsweep.IndicatorCode]bool{}
	for i := range fs {
		codes[fs[i].Indicator] = true
	}
	return len(codes)
}

func weight(c govsweep.Class) int {
	switch c {
	case govsweep.Veto:
		return 0
	case govsweep.Deduction:
		return 1
	case govsweep.Norm:
		return 2
	}
	return 3
}
