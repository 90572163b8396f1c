package reports_test

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

func written(t *testing.T, o *reports.Overview) string {
	t.Helper()
	var b strings.Builder
	if err := reports.Sweep(&b, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// account is an inspection of an account with one outcome a status, all of vetoes.
func account(grade govsweep.Grade, statuses ...govsweep.OutcomeStatus) *govsweep.Inspection {
	in := &govsweep.Inspection{Site: govsweep.Site{ID: "wechat:1", Name: "某某发布", Media: govsweep.WeChat}, Verdict: govsweep.Verdict{Grade: grade}}
	for _, s := range statuses {
		in.Outcomes = append(in.Outcomes, govsweep.Outcome{Indicator: govsweep.IndicatorCode("a" + string(s)), Class: govsweep.Veto, Status: s})
	}
	return in
}

// “0” is the word for a look that found nothing; a veto nobody could measure is “—”.
func TestNothingMeasuredIsNoZeroInAnOverview(t *testing.T) {
	t.Parallel()
	o := func(in *govsweep.Inspection) *reports.Overview {
		return &reports.Overview{Sweep: govsweep.Sweep{ID: 2, Kind: govsweep.AccountSweep, Scope: "kind=account region=某某市"}, Lines: []reports.Line{reports.LineOf(in)}}
	}
	unseen := written(t, o(account(govsweep.Undecided, govsweep.NotMeasured, govsweep.NotApplicable)))
	if strings.Contains(unseen, "<td>0") || strings.Contains(unseen, `<td class="num">0</td>`) || !strings.Contains(unseen, "<td>—<br><small>另有1项单项否决指标没有检查") {
		t.Error("what was not measured is shown as 0")
	}
	if !strings.Contains(unseen, "政务新媒体 行政区划“某某市”") || strings.Contains(unseen, "kind=account") {
		t.Error("the scope is not said in words")
	}
	good := written(t, o(account(govsweep.Qualified, govsweep.Passed, govsweep.NotMeasured, govsweep.NotMeasured)))
	if !strings.Contains(good, "<td>0<br><small>另有2项单项否决指标没有检查") || !strings.Contains(good, `<td class="num">0</td>`) {
		t.Error("vetoes nobody was asked about are not said beside 合格")
	}
}

func TestARegisterThatNoSiteWasHeldAgainstWasNotCompared(t *testing.T) {
	t.Parallel()
	none := &reports.Overview{Sweep: govsweep.Sweep{ID: 2}, Compared: true, Lines: []reports.Line{{Note: "首页在15秒内未能打开。"}}}
	if page := written(t, none); strings.Contains(page, "没有发现名录与实际不一致之处") || strings.Contains(page, "域名不存在0个") || !strings.Contains(page, "名录未核查") {
		t.Error("a register nothing was held against stands as clean")
	}
	none.Lines[0].Verdict = &govsweep.Verdict{}
	if page := written(t, none); !strings.Contains(page, "没有发现名录与实际不一致之处") {
		t.Error("a register that was compared is not said to be")
	}
}

// The head of an overview, its table and the circular of the same sweep count
// with one definition.
func TestTheHeadOfAnOverviewCountsAsItsTableAndTheCircularDo(t *testing.T) {
	t.Parallel()
	o := &reports.Overview{Sweep: govsweep.Sweep{ID: 1}}
	var in reports.CircularInput
	add := func(grade govsweep.Grade, suspect bool) {
		n := string(rune('a' + len(o.Lines)))
		l := reports.Line{Target: govsweep.Target{Kind: govsweep.SiteTarget, ID: govsweep.TargetID(n), Name: n}}
		target := reports.CircularTarget{Site: govsweep.Site{ID: l.Target.ID, Name: n}, State: govsweep.SweepFailed}
		if grade != "" {
			l.Verdict, l.Coverage = &govsweep.Verdict{Grade: grade}, &govsweep.Coverage{Suspect: suspect}
			target.Verdict, target.Coverage, target.State = l.Verdict, l.Coverage, govsweep.SweepDone
		}
		o.Lines, in.Targets = append(o.Lines, l), append(in.Targets, target)
	}
	add(govsweep.Qualified, false)
	for range 2 {
		add(govsweep.Undecided, false)
	}
	for range 3 {
		add(govsweep.Undecided, true)
	}
	add(govsweep.Unqualified, false) // of the machine alone
	add("", false)
	page := written(t, o)
	if !strings.Contains(page, "共有8个网站，完成检查7个，其中合格1个，不合格1个，待核5个（其中3个没有看到或没有看全，不统计问题数）；未能检查1个。") || strings.Count(page, ">待核</td>") != 5 {
		t.Error("head and table do not agree:", page)
	}
	in.Period, in.Sweeps = quarter().Period, []govsweep.Sweep{o.Sweep}
	c, f := newCircular(t, in, reports.VetoStyle)
	if text := bodyText(reports.CircularPaper(c, f)); !strings.Contains(text, "待核6个（其中1个的检查结果尚须经检查人员确认）") {
		t.Error("the circular does not say why it has more 待核:", text)
	}
	for _, n := range c.Numbers {
		if want, ok := map[string]string{"完成检查网站": "7", "未能检查网站": "1", "待核网站": "6", "待核网站中检查结果尚须经检查人员确认的": "1", "合格网站": "1"}[n.Label]; ok && n.Text != want {
			t.Errorf("circular: %s %s, want %s", n.Label, n.Text, want)
		}
	}
}
