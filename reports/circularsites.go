package reports

import (
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// circularTables are the lists of a circular by what they hold; nil where
// the circular has none.
type circularTables struct {
	targets, groups, bad, open, problems, frame, recheck, notices                     *CircularList
	points, ranking, accounts, accountFaults, ipv6, readings, messages, strata, drawn *CircularList
	history, outcomes                                                                 *CircularList
	siteRow                                                                           []int                       // row of targets for each of sites
	pointRows                                                                         map[govsweep.TargetID][]int // rows of points by site
}

// list draws up every list there are data for.
func (c *Circular) list() {
	c.listTargets()
	c.listGroups()
	c.listNamed()
	c.listProblems()
	c.listScores()
	c.listFrame()
	c.listRecheck()
	c.listNotices()
	c.listFigures()
	c.listSample()
	c.listHistory()
}

var siteCols = []Col{{Title: "网站标识码", Width: 20}, {Title: "网站名称", Width: 28}, {Title: "主办单位", Width: 24}}

func siteCells(s *govsweep.Site) []Cell {
	return []Cell{text(orUnknown(s.Code)), text(orUnknown(s.Name)), text(orUnknown(s.Host))}
}

func withSite(cols ...Col) []Col { return append(slices.Clone(siteCols), cols...) }

func (c *Circular) listTargets() {
	l := c.newList("检查对象及结论", withSite(Col{Title: "层级", Width: 8}, Col{Title: "地区", Width: 14}, Col{Title: "平台", Width: 14, Wide: true},
		Col{Title: "类型", Width: 12, Wide: true}, Col{Title: "结论", Width: 9}, Col{Title: "已确认问题", Width: 9, Right: true},
		Col{Title: "待确认问题", Width: 9, Right: true, Wide: true}, Col{Title: "得分", Width: 7, Right: true, Wide: true},
		Col{Title: "已读网页", Width: 9, Right: true, Wide: true}, Col{Title: "未读网页", Width: 9, Right: true, Wide: true},
		Col{Title: "栏目总数", Width: 9, Right: true, Wide: true}, Col{Title: "超期栏目", Width: 9, Right: true, Wide: true},
		Col{Title: "空白栏目", Width: 9, Right: true, Wide: true}, Col{Title: "未读栏目", Width: 9, Right: true, Wide: true},
		Col{Title: "检查编号", Width: 8, Right: true, Wide: true}, Col{Title: "说明", Width: 40, Wide: true})...)
	c.tables.targets = l
	for i := range c.sites {
		s := &c.sites[i]
		row := append(siteCells(&s.Site), text(levelWord(&s.Site)), text(regionWord(&s.Site)), text(orUnknown(s.Site.Platform)),
			text(siteKindWord(s.Site.Kind)), text(s.Result.String()), s.known(len(s.Named)), s.known(s.Proposed), s.score())
		row = append(row, s.read()...)
		row = append(row, s.columns()...)
		c.tables.siteRow = append(c.tables.siteRow, l.add(append(row, count(int(s.Sweep)), text(s.Why))...))
	}
}

// known prints — for a target that was not inspected.
func (s *siteResult) known(n int) Cell {
	if s.Result == siteUnchecked {
		return text(unknown)
	}
	return count(n)
}

// score is the score where it may be published: all of it decided.
func (s *siteResult) score() Cell {
	if !s.scored() {
		return text(unknown)
	}
	return scoreCell(s.Verdict)
}

func (s *siteResult) scored() bool {
	return s.Result != siteUnchecked && s.Result != siteUndecided && s.Verdict.Score != nil && s.Pending == 0 && len(s.Verdict.Unpriced) == 0
}

func (s *siteResult) read() []Cell {
	if s.Coverage == nil {
		return []Cell{text(unknown), text(unknown)}
	}
	p := s.Coverage.Pages
	return []Cell{count(p.Read), count(p.Blocked + p.Unread + p.Truncated + p.Skipped)}
}

func (s *siteResult) columns() []Cell {
	if s.Columns == nil || s.Result == siteUnchecked {
		return []Cell{text(unknown), text(unknown), text(unknown), text(unknown)}
	}
	n := s.Columns
	return []Cell{count(n.Total), count(n.Stale), count(n.Blank), count(n.Unread)}
}

func levelWord(s *govsweep.Site) string  { return notedOr(s.Level, "未注明层级") }
func regionWord(s *govsweep.Site) string { return notedOr(s.Region, "未注明地区") }
func platformWord(s *govsweep.Site) string {
	return notedOr(s.Platform, "未注明平台")
}

func notedOr(s, none string) string {
	if s = clean(s); strings.TrimSpace(s) == "" {
		return none
	}
	return s
}

// where gives the rows of the targets that satisfy keep.
func (c *Circular) where(keep func(*siteResult) bool) []int {
	rows := []int{}
	for i := range c.sites {
		if keep(&c.sites[i]) {
			rows = append(rows, c.tables.siteRow[i])
		}
	}
	return rows
}

func resultIs(r ...siteOutcome) func(*siteResult) bool {
	return func(s *siteResult) bool { return slices.Contains(r, s.Result) }
}

// circularGroup is one part of the targets: a region, a level, a platform.
type circularGroup struct {
	By, Name                              string
	All, Good, Bad, Open, Failed, Decided []int
}

// circularDimensions are the ways targets are divided.
var circularDimensions = []struct {
	By, Key string
	of      func(*govsweep.Site) string
}{{"地区", "region", regionWord}, {"层级", "level", levelWord}, {"平台", "platform", platformWord}}

// levelOrder in the order an official names them.
var levelOrder = []string{"部委", "国家级", "省级", "市级", "县级", "乡级"}

// groups divides the targets; groups come in the order of their first site
// code, levelOrder from the top.
func (c *Circular) groups(of func(*govsweep.Site) string) []*circularGroup {
	var out []*circularGroup
	at := map[string]*circularGroup{}
	for i := range c.sites {
		s, row := &c.sites[i], c.tables.siteRow[i]
		name := of(&s.Site)
		g := at[name]
		if g == nil {
			g = &circularGroup{Name: name}
			at[name], out = g, append(out, g)
		}
		g.All = append(g.All, row)
		switch s.Result {
		case siteQualified:
			g.Good, g.Decided = append(g.Good, row), append(g.Decided, row)
		case siteUnqualified:
			g.Bad, g.Decided = append(g.Bad, row), append(g.Decided, row)
		case siteUndecided:
			g.Open = append(g.Open, row)
		default:
			g.Failed = append(g.Failed, row)
		}
	}
	slices.SortStableFunc(out, func(a, b *circularGroup) int { return levelRank(a.Name) - levelRank(b.Name) })
	return out
}

func levelRank(name string) int {
	if i := slices.Index(levelOrder, name); i >= 0 {
		return i
	}
	return len(levelOrder)
}

// listGroups lays the parts out: one line each, every number of it counted
// from the list of targets.
func (c *Circular) listGroups() {
	l := c.newList("分类检查结果", Col{Title: "分类", Width: 8}, Col{Title: "名称", Width: 20}, Col{Title: "检查网站", Width: 9, Right: true},
		Col{Title: "合格", Width: 8, Right: true}, Col{Title: "不合格", Width: 8, Right: true}, Col{Title: "待核", Width: 8, Right: true},
		Col{Title: "未能检查", Width: 9, Right: true}, Col{Title: "合格率", Width: 10, Right: true})
	c.tables.groups = l
	for _, d := range circularDimensions {
		for _, g := range c.groups(d.of) {
			rate := unknown
			if n := len(g.Decided); n > 0 {
				rate = percentText(float64(len(g.Good)), float64(n))
			}
			l.add(text(d.By), text(g.Name), count(len(g.All)), count(len(g.Good)), count(len(g.Bad)), count(len(g.Open)), count(len(g.Failed)), text(rate))
		}
	}
}
