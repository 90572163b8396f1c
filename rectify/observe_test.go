package rectify_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// exemption excuses the column's fault at the site until a day.
func exemption(until string) govsweep.Exemption {
	return govsweep.Exemption{
		ID: "E1", Scope: govsweep.SiteScope, Target: site.ID, Indicator: "column-stale",
		Reason: "本年度无更新任务", By: "王某", At: noon.AddDate(0, -1, 0), Until: until,
	}
}

func TestWhatOneInspectionChanges(t *testing.T) {
	column, page, whole, veto, link := columnFault(), pageFault(), homeFault(), vetoFault(), linkFault()
	both := func(f govsweep.Finding, s govsweep.FindingStatus, change func(*govsweep.Standing)) []govsweep.Standing {
		st := standing(f, s)
		if change != nil {
			change(&st)
		}
		return []govsweep.Standing{st}
	}
	ownUntil := func(until string) func(*govsweep.Standing) {
		return func(s *govsweep.Standing) { s.Until, s.Seq, s.Moved = until, 1, day(1) }
	}
	standingE := func(s *govsweep.Standing) { s.Until, s.Exemption, s.Seq, s.Moved = "2026-03-10", "E1", 1, day(1) }
	young := exemption("2026-12-31")
	young.At = day(5)
	for name, c := range map[string]struct {
		look look
		want []string
	}{
		"a new finding waits for a person":                {look{found: fs(column)}, nil},
		"a new finding under an exemption is exempted":    {look{found: fs(column), exemptions: es(exemption("2026-12-31"))}, []string{"FC exempt proposed→exempted"}},
		"on the last day of the exemption it is, too":     {look{found: fs(column), exemptions: es(exemption("2026-03-12"))}, []string{"FC exempt proposed→exempted"}},
		"the day after the last day it is not":            {look{found: fs(column), exemptions: es(exemption("2026-03-11"))}, nil},
		"an exemption of another indicator does not help": {look{found: fs(page), exemptions: es(exemption("2026-12-31"))}, nil},
		"what waits for a person is exempted as well":     {look{found: fs(column), standings: both(column, "proposed", nil), exemptions: es(exemption("2026-12-31"))}, []string{"FC exempt proposed→exempted"}},
		"what one person has endorsed is not":             {look{found: fs(column), standings: both(column, "proposed", func(s *govsweep.Standing) { s.Endorsed = "王某" }), exemptions: es(exemption("2026-12-31"))}, nil},
		"what a person confirmed is not":                  {look{found: fs(column), standings: both(column, "confirmed", nil), exemptions: es(exemption("2026-12-31"))}, nil},
		"what a person reopened against it is not":        {look{found: fs(column), standings: both(column, "reopened", ownUntil("")), exemptions: es(exemption("2026-12-31"))}, nil},
		"what was reopened before it was made is":         {look{found: fs(column), standings: both(column, "reopened", ownUntil("")), exemptions: es(young)}, []string{"FC exempt reopened→exempted"}},
		"not when one person has endorsed it again":       {look{found: fs(column), standings: both(column, "reopened", func(s *govsweep.Standing) { s.Endorsed = "王某" }), exemptions: es(young)}, nil},
		"a fixed fault that comes back under it is":       {look{found: fs(column), standings: both(column, "fixed", nil), exemptions: es(exemption("2026-12-31"))}, []string{"FC exempt fixed→exempted"}},
		"a fixed fault that comes back is reopened":       {look{found: fs(column), standings: both(column, "fixed", nil)}, []string{"FC return fixed→reopened"}},
		"a rejected one stays rejected when seen":         {look{found: fs(column), standings: both(column, "rejected", nil)}, nil},
		"a rejected one stays rejected when gone":         {look{standings: both(column, "rejected", nil)}, nil},

		"an own exemption past its day expires":              {look{found: fs(column), standings: both(column, "exempted", ownUntil("2026-03-11"))}, []string{"FC expire exempted→proposed"}},
		"on its last day it holds":                           {look{found: fs(column), standings: both(column, "exempted", ownUntil("2026-03-12"))}, nil},
		"without a last day it holds":                        {look{found: fs(column), standings: both(column, "exempted", ownUntil(""))}, nil},
		"past its day and the fault gone, nobody is asked":   {look{standings: both(column, "exempted", ownUntil("2026-03-11"))}, nil},
		"past its day under a standing one it holds":         {look{found: fs(column), standings: both(column, "exempted", ownUntil("2026-03-11")), exemptions: es(exemption("2026-12-31"))}, nil},
		"a standing one that ended expires":                  {look{found: fs(column), standings: both(column, "exempted", standingE), exemptions: es(exemption("2026-03-10"))}, []string{"FC expire exempted→proposed"}},
		"a standing one that is not there any more does too": {look{found: fs(column), standings: both(column, "exempted", standingE)}, []string{"FC expire exempted→proposed"}},
		"a standing one that was prolonged holds":            {look{found: fs(column), standings: both(column, "exempted", standingE), exemptions: es(exemption("2026-12-31"))}, nil},
		"a revoked one expires":                              {look{found: fs(column), standings: both(column, "exempted", standingE), exemptions: es(revoked())}, []string{"FC expire exempted→proposed"}},

		"a column that is fresh again is fixed":         {look{standings: both(column, "proposed", nil)}, []string{"FC gone proposed→fixed"}},
		"also when it was confirmed":                    {look{standings: both(column, "confirmed", nil)}, []string{"FC gone confirmed→fixed"}},
		"also when it had come back":                    {look{standings: both(column, "reopened", nil)}, []string{"FC gone reopened→fixed"}},
		"a column that was not read is not":             {look{standings: both(column, "proposed", nil), columns: cs("tzgg/", "unread")}, nil},
		"a column excused in the register is not":       {look{standings: both(column, "proposed", nil), columns: cs("tzgg/", "exempt")}, nil},
		"a column whose class has no cycle now is":      {look{standings: both(column, "proposed", nil), columns: cs("tzgg/", "no-cycle")}, []string{"FC gone proposed→fixed"}},
		"a column nobody lists whose page answered is":  {look{standings: both(column, "proposed", nil), columns: cs("tzgg/", "")}, []string{"FC gone proposed→fixed"}},
		"one whose page did not answer is not":          {look{standings: both(column, "proposed", nil), columns: cs("tzgg/", ""), unread: us("tzgg/")}, nil},
		"pages that were all read are fixed":            {look{standings: both(page, "proposed", nil)}, []string{"FP gone proposed→fixed"}},
		"a page that was not read leaves them":          {look{standings: both(page, "proposed", nil), unread: us("2.html")}, nil},
		"pages are fixed though others are found":       {look{standings: both(page, "proposed", nil), found: fs(other(page))}, []string{"FP gone proposed→fixed"}},
		"the site as a whole is fixed when it passed":   {look{standings: both(whole, "proposed", nil)}, []string{"FH gone proposed→fixed"}},
		"not when something is left for a person":       {look{standings: both(whole, "proposed", nil), outcomes: ended("gazette-missing", "passed", "1个栏目未能读取。")}, nil},
		"not when another fault of it is found":         {look{standings: both(whole, "proposed", nil), found: fs(other(whole))}, nil},
		"a template on the home page and others is":     {look{standings: both(template(page), "proposed", nil), found: fs(other(page))}, []string{"FP gone proposed→fixed"}},
		"not when the home page did not answer":         {look{standings: both(whole, "proposed", nil), unread: us("")}, nil},
		"a veto below its line is fixed":                {look{standings: both(veto, "confirmed", nil)}, []string{"FV gone confirmed→fixed"}},
		"a veto with one column unread is not":          {look{standings: both(veto, "confirmed", nil), columns: cs("b/", "unread")}, nil},
		"a veto that may still be reached is not":       {look{standings: both(veto, "confirmed", nil), outcomes: ended("column-blank-veto", "passed", "尚有2个栏目待核。")}, nil},
		"a dead link is fixed when others are found":    {look{standings: both(link, "proposed", nil), found: fs(other(link))}, []string{"FL gone proposed→fixed"}},
		"a dead link is not when links were left out":   {look{standings: both(link, "proposed", nil), skipped: 1}, nil},
		"not when the indicator was not measured":       {look{standings: both(column, "proposed", nil), outcomes: ended("column-stale", "not-measured", "")}, nil},
		"not when the indicator broke":                  {look{standings: both(column, "proposed", nil), outcomes: ended("column-stale", "broken", "")}, nil},
		"not when it does not apply any more":           {look{standings: both(column, "proposed", nil), outcomes: ended("column-stale", "not-applicable", "")}, nil},
		"not when it is not in force":                   {look{standings: both(column, "proposed", nil), outcomes: ended("column-stale", "not-in-force", "")}, nil},
		"not when the rulebook has no such indicator":   {look{standings: both(column, "proposed", func(s *govsweep.Standing) { s.Indicator = "gone-from-the-book" })}, nil},
		"a suspect inspection fixes nothing":            {look{standings: both(column, "proposed", nil), suspect: true}, nil},
		"a suspect inspection reopens nothing":          {look{standings: both(column, "fixed", nil), found: fs(column), suspect: true}, nil},
		"what stands in a notice waits for its re-test": {look{standings: both(column, "noticed", nil)}, nil},
		"so does what was answered":                     {look{standings: both(column, "answered", nil)}, nil},
		"so does what is disputed":                      {look{standings: both(column, "disputed", nil)}, nil},
		"what a person did since is younger":            {look{standings: both(column, "confirmed", func(s *govsweep.Standing) { s.Moved = day(11) })}, nil},
		"what a person did at that moment counts":       {look{standings: both(column, "confirmed", func(s *govsweep.Standing) { s.Moved = day(10) })}, nil},
		"a later inspection has seen it":                {look{standings: both(column, "proposed", func(s *govsweep.Standing) { s.LastSweep = 8 })}, nil},
		"it was seen at a later check point":            {look{standings: both(column, "proposed", func(s *govsweep.Standing) { s.LastSeen = day(11) })}, nil},
		"a finding of another site is left alone":       {look{standings: both(column, "proposed", func(s *govsweep.Standing) { s.Target = "9810000002" })}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c.look.sweep, c.look.at = 7, day(10)
			o := c.look.observation()
			got := rectify.Observe(o)
			if d := cmp.Diff(append([]string{}, c.want...), told(got)); d != "" {
				t.Fatalf("(-want +got):\n%s", d)
			}
			for _, line := range got {
				if line.Seq < 1 || !line.At.Equal(day(10)) || line.Sweep != 7 || line.By != "" || line.Reason == "" || len(line.Proof) == 0 {
					t.Errorf("the line lacks something: %+v", line)
				}
				if strings.Contains(name, "exempt") && line.Event == govsweep.Exempt && line.Exemption != "E1" {
					t.Errorf("the exemption is not named: %+v", line)
				}
			}
		})
	}
}

func TestNothingReadNothingGone(t *testing.T) {
	for _, f := range []govsweep.Finding{columnFault(), pageFault(), homeFault(), vetoFault(), linkFault()} {
		o := look{sweep: 7, at: day(10), standings: []govsweep.Standing{standing(f, govsweep.Confirmed)}}.observation()
		o.Inspection.Columns, o.Read = nil, nil
		if got := rectify.Observe(o); len(got) != 0 {
			t.Errorf("saved pages that hold none of its place changed %s: %v", f.ID, told(got))
		}
		if got := rectify.Retested(o.Standings[0], o); got.Result != govsweep.RetestUnknown || got.Why == "" {
			t.Errorf("and the re-test says %+v", got)
		}
	}
	if got := rectify.Observe(rectify.Observation{Site: site}); len(got) != 0 {
		t.Errorf("no inspection changed %v", told(got))
	}
}

func TestARetest(t *testing.T) {
	noticed := standing(columnFault(), govsweep.Noticed)
	noticed.Seq, noticed.Moved = 2, day(1)
	for name, c := range map[string]struct {
		look look
		want govsweep.RetestWord
		says string
	}{
		"the column is fresh":                       {look{}, govsweep.RetestPassed, "2026年3月12日复查时读取了问题所在位置，未再发现该问题。"},
		"the column is stale still":                 {look{found: fs(columnFault())}, govsweep.RetestFailed, "复查时问题仍然存在：栏目“通知公告”超过6个月未更新。"},
		"the column was not read":                   {look{columns: cs("tzgg/", "unread")}, govsweep.RetestUnknown, "栏目“通知公告”本次未能读取。"},
		"nothing was captured":                      {look{noProof: true}, govsweep.RetestUnknown, "没有取得新的证据，不能认定为已整改。"},
		"the inspection is suspect":                 {look{suspect: true}, govsweep.RetestUnknown, "大量页面被拦截或未能读取"},
		"the indicator was not measured":            {look{outcomes: ended("column-stale", "not-measured", "")}, govsweep.RetestUnknown, "本次检查没有得出该指标的结果。"},
		"the inspection is older than the notice":   {look{at: day(1)}, govsweep.RetestUnknown, "早于该问题2026年3月3日的处理，不能作为复查依据"},
		"seen again, with too few looks for points": {look{found: fs(unproven())}, govsweep.RetestUnknown, "问题似仍存在，但取证次数或材料尚未达到规定要求，须人工核对"},
	} {
		t.Run(name, func(t *testing.T) {
			c.look.sweep = 7
			if c.look.at.IsZero() {
				c.look.at = day(10)
			}
			got := rectify.Retested(noticed, c.look.observation())
			if got.Result != c.want || !strings.Contains(got.Why, c.says) || got.Sweep != 7 || !got.At.Equal(c.look.at) {
				t.Errorf("got %+v", got)
			}
			if got.Result != govsweep.RetestUnknown && len(got.Proof) == 0 {
				t.Errorf("no proof for %s", got.Result)
			}
		})
	}
	early := look{sweep: 7, at: day(10)}.observation()
	early.Inspection.Sweep.AsOf = noon.AddDate(-1, 0, 0)
	if got := rectify.Retested(noticed, early); got.Result != govsweep.RetestUnknown || !strings.Contains(got.Why, "监测时间点早于") {
		t.Errorf("an inspection as of last year says %+v", got)
	}
	foreign := look{sweep: 7, at: day(10)}.observation()
	foreign.Site.ID = "9810000002"
	if got := rectify.Retested(noticed, foreign); got.Result != govsweep.RetestUnknown {
		t.Errorf("another site's inspection says %+v", got)
	}
}

func TestAFaultInAnotherFormIsNoProofThatItIsGone(t *testing.T) {
	noticed := standing(pageFault(), govsweep.Noticed)
	noticed.Moved = day(1)
	o := look{sweep: 7, at: day(10), found: fs(other(pageFault()))}.observation()
	o.Standings = []govsweep.Standing{noticed, standing(columnFault(), govsweep.Confirmed)}
	if got := rectify.Retested(noticed, o); got.Result != govsweep.RetestUnknown || !strings.Contains(got.Why, "与原问题不完全相同") {
		t.Errorf("a new fault on the same pages: %+v", got)
	}
	o.Standings = []govsweep.Standing{noticed, standing(other(pageFault()), govsweep.Confirmed)}
	if got := rectify.Retested(noticed, o); got.Result != govsweep.RetestPassed {
		t.Errorf("a fault known before on the same pages: %+v", got)
	}
	o.Standings = o.Standings[:1]
	if got := rectify.Retested(noticed, o); got.Result != govsweep.RetestPassed {
		t.Errorf("nothing else of the site is known: %+v", got)
	}
}

func TestWhatAnExemptionCovers(t *testing.T) {
	f := columnFault()
	for name, c := range map[string]struct {
		change func(*govsweep.Exemption)
		want   bool
	}{
		"the site":                         {func(e *govsweep.Exemption) {}, true},
		"another site":                     {func(e *govsweep.Exemption) { e.Target = "9810000002" }, false},
		"its column":                       {func(e *govsweep.Exemption) { e.Scope, e.Column = govsweep.ColumnScope, f.Column.URL }, true},
		"another column":                   {func(e *govsweep.Exemption) { e.Scope, e.Column = govsweep.ColumnScope, home+"a/" }, false},
		"no column at all":                 {func(e *govsweep.Exemption) { e.Scope = govsweep.ColumnScope }, false},
		"the same column of another site":  {func(e *govsweep.Exemption) { e.Scope, e.Column, e.Target = govsweep.ColumnScope, f.Column.URL, "x" }, false},
		"its unit, however it is spaced":   {func(e *govsweep.Exemption) { e.Scope, e.Unit = govsweep.UnitScope, "甲县人民政府 办公室" }, true},
		"another unit":                     {func(e *govsweep.Exemption) { e.Scope, e.Unit = govsweep.UnitScope, "乙县人民政府办公室" }, false},
		"no unit":                          {func(e *govsweep.Exemption) { e.Scope = govsweep.UnitScope }, false},
		"an unknown scope":                 {func(e *govsweep.Exemption) { e.Scope = "region" }, false},
		"another indicator":                {func(e *govsweep.Exemption) { e.Indicator = "column-blank" }, false},
		"until that very day":              {func(e *govsweep.Exemption) { e.Until = "2026-06-01" }, true},
		"until the day before":             {func(e *govsweep.Exemption) { e.Until = "2026-05-31" }, false},
		"for ever, which no exemption may": {func(e *govsweep.Exemption) { e.Until = "" }, false},
		"until a day that is none":         {func(e *govsweep.Exemption) { e.Until = "长期" }, false},
		"revoked":                          {func(e *govsweep.Exemption) { e.RevokedAt = day(1) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			e := exemption("2026-12-31")
			c.change(&e)
			if got := rectify.Covers(e, site, &f, "2026-06-01"); got != c.want {
				t.Errorf("covers: %v", got)
			}
		})
	}
}

func TestAnExemptionMustBeWhole(t *testing.T) {
	if err := rectify.CheckExemption(exemption("2026-12-31")); err != nil {
		t.Fatal(err)
	}
	for says, spoil := range map[string]func(*govsweep.Exemption){
		"检查指标":     func(e *govsweep.Exemption) { e.Indicator = "" },
		"人员姓名":     func(e *govsweep.Exemption) { e.By = " " },
		"须写明理由":    func(e *govsweep.Exemption) { e.Reason = "" },
		"须写明截止日期":  func(e *govsweep.Exemption) { e.Until = "" },
		"已经过去":     func(e *govsweep.Exemption) { e.Until = "2026-01-01" },
		"网站和栏目地址":  func(e *govsweep.Exemption) { e.Scope = govsweep.ColumnScope },
		"须写明网站":    func(e *govsweep.Exemption) { e.Target = "" },
		"须写明主办单位":  func(e *govsweep.Exemption) { e.Scope = govsweep.UnitScope },
		"栏目、网站或单位": func(e *govsweep.Exemption) { e.Scope = "" },
	} {
		e := exemption("2026-12-31")
		spoil(&e)
		if say := kind(t, rectify.CheckExemption(e), govsweep.Wrong); !strings.Contains(say, says) {
			t.Errorf("the refusal is %q, want it to hold %q", say, says)
		}
	}
}

func fs(f ...govsweep.Finding) []govsweep.Finding     { return f }
func es(e ...govsweep.Exemption) []govsweep.Exemption { return e }

func cs(path string, s govsweep.ColumnState) map[string]govsweep.ColumnState {
	return map[string]govsweep.ColumnState{home + path: s}
}

func us(path string) map[string]bool { return map[string]bool{home + path: true} }

func ended(code govsweep.IndicatorCode, s govsweep.OutcomeStatus, review string) map[govsweep.IndicatorCode]govsweep.Outcome {
	return map[govsweep.IndicatorCode]govsweep.Outcome{code: {Status: s, Review: review}}
}

// template is f on the home page as well.
func template(f govsweep.Finding) govsweep.Finding {
	f.URL, f.Pages = home, append([]string{home}, f.Pages...)
	return f
}

// other is another finding of the same indicator.
func other(f govsweep.Finding) govsweep.Finding {
	f.ID, f.Fingerprint = f.ID+"2", f.Fingerprint+"2"
	f.Pages = slices.Clone(f.Pages)
	return f
}

func revoked() govsweep.Exemption {
	e := exemption("2026-12-31")
	e.RevokedBy, e.RevokedAt = "李某", day(3)
	return e
}

func unproven() govsweep.Finding {
	f := columnFault()
	f.Unproven = true
	return f
}
