package reports

import (
	"sort"
	"strings"

	"github.com/govsweep/govsweep"
)

// VerdictGrid lays verdicts out, one target a row.
func VerdictGrid(verdicts []govsweep.Verdict) Grid {
	code, name := "网站标识码", "网站名称"
	if len(verdicts) > 0 && verdicts[0].Target.Kind == govsweep.AccountTarget { // a sweep is over the one or the other
		code, name = "账号代码", "账号名称"
	}
	g := Grid{Name: "结论", Cols: []Col{
		{Title: code, Width: 13, Keep: true}, {Title: name, Width: 28}, {Title: "结论", Width: 8}, {Title: "单项否决", Width: 30, Spare: true},
		{Title: "得分", Width: 8, Right: true}, {Title: "待核指标", Width: 30, Wide: true}, {Title: "理由", Width: 60, Tell: true},
		{Title: "首页网址", Width: 40, Wide: true}, {Title: "规则", Width: 16, Wide: true},
	}}
	for i := range verdicts {
		v := &verdicts[i]
		g.Rows = append(g.Rows, []Cell{
			text(orUnknown(v.Target.Code)), text(v.Target.Name), text(gradeWord(v.Grade)), text(codes(v.Vetoes)), scoreCell(v),
			text(codes(v.Open)), text(v.Reason), text(v.Target.URL), text(v.Rulebook),
		})
	}
	return g
}

func codes(in []govsweep.IndicatorCode) string {
	out := make([]string, len(in))
	for i, c := range in {
		out[i] = string(c)
	}
	return strings.Join(out, "、")
}

func scoreCell(v *govsweep.Verdict) Cell {
	if v.Score == nil {
		return text(unknown)
	}
	return Cell{Text: v.Score.String(), Number: float64(*v.Score) / 10, IsNum: true}
}

// CoverageGrid lays coverage out, one target a row.
func CoverageGrid(coverage []govsweep.Coverage) Grid {
	g := Grid{Name: "检查范围", Cols: []Col{
		{Title: "网站标识码", Width: 13, Keep: true}, {Title: "网站名称", Width: 28}, {Title: "已读", Width: 8, Right: true}, {Title: "被拦截", Width: 8, Right: true},
		{Title: "未读", Width: 8, Right: true}, {Title: "截断", Width: 8, Right: true}, {Title: "略过", Width: 8, Right: true},
		{Title: "完整", Width: 6}, {Title: "存疑", Width: 6}, {Title: "未读原因", Width: 60, Tell: true}, {Title: "访问承诺", Width: 60, Wide: true},
	}}
	for i := range coverage {
		c := &coverage[i]
		g.Rows = append(g.Rows, []Cell{
			text(orUnknown(c.Target.Code)), text(c.Target.Name), count(c.Pages.Read), count(c.Pages.Blocked), count(c.Pages.Unread),
			count(c.Pages.Truncated), count(c.Pages.Skipped), text(yesNo(c.Complete)), text(yesNo(c.Suspect)), text(reasonLine(c.Reasons)), text(c.Promise),
		})
	}
	return g
}

// reason is why pages were not read, and how many.
type reason struct {
	Why   string
	Pages int
}

// reasons orders by number, then by words: maps have no order of their own.
func reasons(m map[string]int) []reason {
	out := make([]reason, 0, len(m))
	for why, n := range m {
		out = append(out, reason{clean(why), n})
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Pages != out[j].Pages {
			return out[i].Pages > out[j].Pages
		}
		return out[i].Why < out[j].Why
	})
	return out
}

func reasonLine(m map[string]int) string {
	var parts []string
	for _, r := range reasons(m) {
		parts = append(parts, r.Why+number(r.Pages)+"页")
	}
	return strings.Join(parts, "；")
}

// SweepGrid lists sweeps.
func SweepGrid(sweeps []govsweep.Sweep) Grid {
	g := Grid{Name: "检查", Cols: []Col{
		{Title: "编号", Width: 7, Right: true}, {Title: "状态", Width: 9}, {Title: "范围", Width: 40, Tell: true}, {Title: "规则", Width: 16, Spare: true},
		{Title: "监测时间点", Width: 20, Keep: true}, {Title: "开始", Width: 20, Spare: true}, {Title: "结束", Width: 20, Spare: true},
	}}
	for i := range sweeps {
		s := &sweeps[i]
		g.Rows = append(g.Rows, []Cell{
			count(int(s.ID)), text(sweepStateWord(s.State)), text(s.Scope), text(s.Rulebook),
			text(stamp(s.AsOf)), text(stamp(s.Started)), text(stamp(s.Ended)),
		})
	}
	return g
}

// TargetGrid lists the targets of a sweep and where each stands.
func TargetGrid(targets []govsweep.SweepTarget) Grid {
	code, name := "网站标识码", "网站名称"
	if len(targets) > 0 && targets[0].Target.Kind == govsweep.AccountTarget {
		code, name = "账号代码", "账号名称"
	}
	g := Grid{Name: "检查对象", Cols: []Col{
		{Title: code, Width: 13, Keep: true}, {Title: name, Width: 28}, {Title: "首页网址", Width: 40}, {Title: "状态", Width: 9},
		{Title: "开始", Width: 20, Spare: true}, {Title: "结束", Width: 20, Spare: true}, {Title: "说明", Width: 60, Tell: true},
	}}
	for i := range targets {
		t := &targets[i]
		g.Rows = append(g.Rows, []Cell{
			text(orUnknown(t.Target.Code)), text(t.Target.Name), text(t.Target.URL), text(sweepStateWord(t.State)),
			text(stamp(t.Began)), text(stamp(t.Ended)), text(t.Note),
		})
	}
	return g
}
