package reports

import (
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// listNamed draws up who is siteUnqualified, with the fact, and who is 待核 or
// was not inspected, with the reason. The two are never mixed.
func (c *Circular) listNamed() {
	bad := c.newList("不合格网站名单", withSite(Col{Title: "地区", Width: 14}, Col{Title: "主要问题", Width: 60}, Col{Title: "目前状态", Width: 12})...)
	open := c.newList("待核网站名单", withSite(Col{Title: "地区", Width: 14}, Col{Title: "情形", Width: 9}, Col{Title: "原因", Width: 60})...)
	c.tables.bad, c.tables.open = bad, open
	for i := range c.sites {
		s := &c.sites[i]
		switch s.Result {
		case siteUnqualified:
			bad.add(append(siteCells(&s.Site), text(regionWord(&s.Site)), text(s.reasons()...), text(s.standing()))...)
		case siteUndecided, siteUnchecked:
			open.add(append(siteCells(&s.Site), text(regionWord(&s.Site)), text(s.Result.String()), text(s.Why))...)
		}
	}
}

// reasons are the confirmed facts a site is siteUnqualified for.
func (s *siteResult) reasons() []string {
	var out []string
	for i := range s.Named {
		f := &s.Named[i]
		if f.Class == govsweep.Veto && f.Status != govsweep.Disputed {
			out = append(out, cut(clean(f.Summary), 300))
		}
	}
	if len(out) == 0 {
		out = append(out, clean(s.Verdict.Reason))
	}
	return out
}

// standing says what became of a site's vetoes since.
func (s *siteResult) standing() string {
	fixed, all := 0, 0
	for i := range s.Named {
		if f := &s.Named[i]; f.Class == govsweep.Veto || len(s.Verdict.Vetoes) == 0 {
			all++
			if f.Status == govsweep.Fixed {
				fixed++
			}
		}
	}
	switch {
	case all > 0 && fixed == all:
		return "已整改"
	case fixed > 0:
		return "部分整改"
	}
	return "待整改"
}

// circularProblem is one row of the problem list.
type circularProblem struct {
	site   *siteResult
	f      *CircularFinding
	family int
	row    int
}

// listProblems lists every finding that may be named, by kind of fault.
func (c *Circular) listProblems() {
	l := c.newList("问题清单", withSite(Col{Title: "问题类别", Width: 16}, Col{Title: "指标", Width: 9}, Col{Title: "指标类别", Width: 9, Wide: true},
		Col{Title: "栏目路径", Width: 26}, Col{Title: "问题描述", Width: 56}, Col{Title: "网址", Width: 40, Wide: true}, Col{Title: "状态", Width: 11},
		Col{Title: "同因编号", Width: 14, Wide: true}, Col{Title: "问题编号", Width: 15, Wide: true})...)
	c.tables.problems = l
	var all []circularProblem
	for i := range c.sites {
		for j := range c.sites[i].Named {
			f := &c.sites[i].Named[j]
			all = append(all, circularProblem{site: &c.sites[i], f: f, family: c.form.family(f.BookID)})
		}
	}
	slices.SortStableFunc(all, func(a, b circularProblem) int {
		if n := a.family - b.family; n != 0 {
			return n
		}
		return classRank(a.f.Class) - classRank(b.f.Class)
	})
	c.faults = make([]familyFaults, len(c.form.Families)+1)
	for _, p := range all {
		f := p.f
		p.row = l.add(append(siteCells(&p.site.Site), text(c.form.familyName(p.family)), text(f.BookID), text(classWord(f.Class)), text(columnPath(f.Column)),
			text(cut(f.Summary, 500)), text(f.URL), text(findingStatusWord(f.Status)), text(f.Cause), text(f.ID))...)
		fam := &c.faults[p.family]
		fam.problems = append(fam.problems, p)
	}
}

// familyFaults are the problems of one kind.
type familyFaults struct {
	problems     []circularProblem
	sites, count *Number // sites concerned, problems
}

func classRank(c govsweep.Class) int {
	return slices.Index([]govsweep.Class{govsweep.Veto, govsweep.Deduction, govsweep.Bonus, govsweep.Norm}, c)
}

// family gives the place of the kind of fault an indicator belongs to; the
// last one is for all others.
func (f *CircularForm) family(bookID string) int {
	for i, fam := range f.Families {
		for _, id := range fam.IDs {
			if stem, open := strings.CutSuffix(id, "*"); id == bookID || open && strings.HasPrefix(bookID, stem) {
				return i
			}
		}
	}
	return len(f.Families)
}

func (f *CircularForm) familyName(i int) string {
	if i < len(f.Families) {
		return clean(f.Families[i].Name)
	}
	return "其他问题"
}

// listFrame lists the registered sites and what became of each.
func (c *Circular) listFrame() {
	if c.in.Frame == nil {
		return
	}
	l := c.newList("在册网站", withSite(Col{Title: "层级", Width: 8}, Col{Title: "地区", Width: 14}, Col{Title: "运行状态", Width: 10}, Col{Title: "本期检查", Width: 10})...)
	c.tables.frame = l
	inspected := map[govsweep.TargetID]siteOutcome{}
	for i := range c.sites {
		inspected[c.sites[i].Site.ID] = c.sites[i].Result
	}
	frame := slices.Clone(c.in.Frame)
	slices.SortStableFunc(frame, func(a, b govsweep.Site) int { return strings.Compare(orderKey(&a), orderKey(&b)) })
	for i := range frame {
		s := &frame[i]
		word := "未列入"
		if r, ok := inspected[s.ID]; ok {
			word = map[bool]string{true: "未能检查", false: "已检查"}[r == siteUnchecked]
		}
		l.add(append(siteCells(s), text(levelWord(s)), text(regionWord(s)), text(siteStateWord(s.State)), text(word))...)
	}
}

func siteStateWord(s govsweep.SiteState) string {
	switch s {
	case govsweep.Running, "":
		return "正常运行"
	case govsweep.Suspended:
		return "临时下线"
	case govsweep.Closed:
		return "关停"
	case govsweep.Moved:
		return "迁移"
	}
	return clean(string(s))
}

// matching gives the rows of l whose cell in col is one of words.
func (l *CircularList) matching(col string, words ...string) []int {
	rows := []int{}
	at := l.at(col)
	for i, row := range l.Grid.Rows {
		if slices.Contains(words, row[at].Text) {
			rows = append(rows, i+1)
		}
	}
	return rows
}

// rowsInBoth gives the rows that stand in a and in b.
func rowsInBoth(a, b []int) []int {
	out := []int{}
	for _, r := range a {
		if _, ok := slices.BinarySearch(b, r); ok {
			out = append(out, r)
		}
	}
	return out
}
