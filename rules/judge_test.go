package rules_test

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// scoreBook is a small table: a veto, two items with known caps, one whose
// cap is unknown, one whose points are, a norm and a bonus.
const scoreBook = `
id: t
citation: 测试〔2026〕1号
title: 测试
version: "1"
scoring:
  deduction_total: 100
  bonus_total: 30
  pass_line: 60
  bonus_line: 80
  service_group: 办事服务
  service_points: 25
  rescale: factor
  no_service_factor: 4/3
  scored_kinds: [portal]
  items:
  - {id: DE-1, group: 甲, name: 一, points: 50, indicators: [DE-1a, DE-1b]}
  - {id: DE-2, group: 甲, name: 二, points: 5, indicators: [DE-2a]}
  - {id: DE-3, group: 甲, name: 三, points: null, indicators: [DE-3a]}
  - {id: DE-4, group: 甲, name: 四, points: null, indicators: [DE-4a]}
  - {id: DE-5, group: 甲, name: 五, points: 10, indicators: [DE-5a]}
columns: {blank_looks: 2, blank_clause: x, sure_class: 0.6, new_column_days: 14}
entries:
- {id: SV-1, code: veto, class: veto, name: 否决, automatable: full, clause: c, remedy: r}
- {id: DE-1a, code: ten, class: deduction, name: 十分, points: 10, automatable: full, clause: c, remedy: r}
- {id: DE-1b, code: one, class: deduction, name: 一分, points: 1, automatable: full, clause: c, remedy: r}
- {id: DE-2a, code: five, class: deduction, name: 五分, points: 5, automatable: full, clause: c, remedy: r}
- {id: DE-3a, code: uncapped, class: deduction, name: 无上限, points: 5, automatable: full, clause: c, remedy: r}
- {id: DE-4a, code: unpriced, class: deduction, name: 无分值, points: null, automatable: full, clause: c, remedy: r}
- {id: DE-5a, code: capped, class: deduction, name: 有上限, points: null, automatable: full, clause: c, remedy: r}
- {id: XG-1, code: norm, class: norm, name: 规范, automatable: full, clause: c, remedy: r}
- {id: BO-1, code: bonus, class: bonus, name: 加分, points: 8, automatable: full, clause: c, remedy: r}
`

// say is what one indicator of scoreBook reports in a case.
type say struct {
	places   int // proven findings
	doubtful int // unproven ones
	open     bool
	missing  bool
	column   string // address of the column of every finding
}

func scoreSet(says map[govsweep.IndicatorCode]say) []*rules.Indicator {
	var set []*rules.Indicator
	for _, code := range []govsweep.IndicatorCode{"veto", "ten", "one", "five", "uncapped", "unpriced", "capped", "norm", "bonus"} {
		s := says[code]
		set = append(set, &rules.Indicator{Code: code, Check: func(p *rules.Pass) error {
			for i := range s.places + s.doubtful {
				f := govsweep.Finding{URL: "http://x/", Locator: string(rune('a' + i)), Unproven: i >= s.places}
				if s.column != "" {
					f.Locator, f.Column = "", &govsweep.ColumnRef{URL: s.column}
				}
				p.Report(f)
			}
			if s.open {
				p.AskInspector("须人工核对")
			}
			if s.missing {
				p.NotMeasured("未能读取")
			}
			return nil
		}})
	}
	return set
}

func judge(t *testing.T, site govsweep.Site, says map[govsweep.IndicatorCode]say) govsweep.Verdict {
	t.Helper()
	set := scoreSet(says)
	b := bookOf(t, scoreBook, set)
	d := &facts.Dossier{Site: site, Home: facts.Home{Reached: true}}
	return b.Judge(d, rules.Inspect(d, b, set))
}

func TestJudge(t *testing.T) {
	portal := govsweep.Site{ID: "x", Kind: govsweep.Portal}
	no, yes := false, true
	quiet := govsweep.Site{ID: "x", Kind: govsweep.Portal, PublicService: &no}
	busy := govsweep.Site{ID: "x", Kind: govsweep.Portal, PublicService: &yes}
	department := govsweep.Site{ID: "x", Kind: govsweep.DepartmentSite}
	type says = map[govsweep.IndicatorCode]say
	for _, c := range []struct {
		name  string
		site  govsweep.Site
		says  says
		grade govsweep.Grade
		score string // "" = none
		open  int
	}{
		{"clean portal", portal, nil, govsweep.Qualified, "100", 0},
		{"clean department has no score", department, nil, govsweep.Qualified, "", 0},
		{"department with deductions found", department, says{"ten": {places: 9}}, govsweep.Qualified, "", 0},
		{"kind not registered", govsweep.Site{ID: "x"}, nil, govsweep.Undecided, "", 0},
		{"veto", portal, says{"veto": {places: 1}, "ten": {places: 1}}, govsweep.Unqualified, "", 0},
		{"veto of a department", department, says{"veto": {places: 1}}, govsweep.Unqualified, "", 0},
		{"unproven veto stays open", portal, says{"veto": {doubtful: 1}}, govsweep.Undecided, "100", 1},
		{"veto not passed over while columns are unread", department, says{"veto": {open: true}}, govsweep.Undecided, "", 1},
		{"veto never measured", department, says{"veto": {missing: true}}, govsweep.Undecided, "", 1},
		{"sixty is the pass line", portal, says{"ten": {places: 4}}, govsweep.Qualified, "60", 0},
		{"one below it", portal, says{"ten": {places: 4}, "one": {places: 1}}, govsweep.Unqualified, "59", 0},
		{"never more than the item", portal, says{"five": {places: 9}}, govsweep.Qualified, "95", 0},
		{"rescaled without public service", quiet, says{"ten": {places: 1}}, govsweep.Qualified, "86.7", 0},
		{"rescaled, clean", quiet, nil, govsweep.Qualified, "100", 0},
		{"rescaled to exactly the pass line", quiet, says{"ten": {places: 3}}, govsweep.Qualified, "60", 0},
		{"rescaled below it", quiet, says{"ten": {places: 3}, "one": {places: 1}}, govsweep.Unqualified, "58.7", 0},
		{"not rescaled with public service", busy, says{"ten": {places: 1}}, govsweep.Qualified, "90", 0},
		{"points unknown", portal, says{"unpriced": {places: 1}}, govsweep.Undecided, "", 0},
		{"points unknown, known ones alone below", portal, says{"unpriced": {places: 1}, "ten": {places: 5}}, govsweep.Unqualified, "", 0},
		{"points unknown, but bounded by the item", portal, says{"capped": {places: 3}}, govsweep.Qualified, "", 0},
		{"points unknown and the item could decide", portal, says{"capped": {places: 3}, "ten": {places: 4}}, govsweep.Undecided, "", 0},
		{"cap unknown, one place", portal, says{"uncapped": {places: 1}}, govsweep.Qualified, "95", 0},
		{"cap unknown, all places harmless", portal, says{"uncapped": {places: 8}}, govsweep.Qualified, "", 0},
		{"cap unknown, enough places to decide", portal, says{"uncapped": {places: 9}}, govsweep.Qualified, "", 0},
		{"norms never count", portal, says{"norm": {places: 50, open: true}}, govsweep.Qualified, "100", 0},
		{"unproven without points does not open", portal, says{"unpriced": {doubtful: 50}}, govsweep.Qualified, "100", 0},
		{"unproven costs nothing", portal, says{"ten": {doubtful: 1}}, govsweep.Qualified, "100", 0},
		{"unproven that could decide opens", portal, says{"ten": {places: 4, doubtful: 1}}, govsweep.Undecided, "60", 1},
		{"deduction never measured, bounded", portal, says{"five": {missing: true}}, govsweep.Qualified, "100", 0},
		{"deduction never measured, could decide", portal, says{"five": {missing: true}, "ten": {places: 4}}, govsweep.Undecided, "60", 1},
		{"deduction never measured, unbounded", portal, says{"unpriced": {missing: true}}, govsweep.Undecided, "100", 1},
		{"bonus above the line", portal, says{"bonus": {places: 2}, "ten": {places: 1}}, govsweep.Qualified, "106", 0},
		{"bonus is capped", portal, says{"bonus": {places: 9}}, govsweep.Qualified, "130", 0},
		{"no bonus on the line", portal, says{"bonus": {places: 2}, "ten": {places: 2}}, govsweep.Qualified, "80", 0},
		{"a fault one deduction only suspects is scored by the one that has it proven", portal, says{"five": {doubtful: 1, column: "http://x/c/"}, "ten": {places: 1, column: "http://x/c/"}}, govsweep.Qualified, "90", 0},
		{"and the other way round", portal, says{"five": {places: 1, column: "http://x/c/"}, "ten": {doubtful: 1, column: "http://x/c/"}}, govsweep.Qualified, "95", 0},
		{"a column is scored once", portal, says{"ten": {places: 1, column: "http://x/c/"}, "five": {places: 1, column: "http://x/c/"}}, govsweep.Qualified, "90", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := judge(t, c.site, c.says)
			score := ""
			if v.Score != nil {
				score = v.Score.String()
			}
			if v.Grade != c.grade || score != c.score || len(v.Open) != c.open {
				t.Errorf("%s, score %q, open %v, want %s, %q and %d open: %s", v.Grade, score, v.Open, c.grade, c.score, c.open, v.Reason)
			}
			if v.Reason == "" {
				t.Error("no reason")
			}
		})
	}
}

func TestScoreCardShowsWhatIsUnknown(t *testing.T) {
	v := judge(t, govsweep.Site{ID: "x", Kind: govsweep.Portal}, map[govsweep.IndicatorCode]say{
		"five": {places: 3}, "unpriced": {places: 2},
	})
	if len(v.Items) != 2 || v.Items[0].Deducted == nil || *v.Items[0].Deducted != 50 || v.Items[0].Places != 3 {
		t.Errorf("items %+v", v.Items)
	}
	if v.Items[1].Deducted != nil || len(v.Unpriced) != 1 || v.Unpriced[0] != "unpriced" {
		t.Errorf("the item without points says %+v, unpriced %v", v.Items[1], v.Unpriced)
	}
}

func TestAnAccountIsQualifiedOnlyByWhatWasMeasured(t *testing.T) {
	manual := strings.Replace(scoreBook, "name: 否决, automatable: full", "name: 否决, automatable: manual", 1)
	d := &facts.Dossier{Site: govsweep.Site{ID: "a", Media: govsweep.App}, Home: facts.Home{Reached: true}}
	for _, c := range []struct {
		name, book string
		veto       say
		want       govsweep.Grade
	}{
		{"its veto was measured", scoreBook, say{}, govsweep.Qualified},
		{"a person answered the only veto", manual, say{}, govsweep.Qualified},
		{"nobody answered the only veto", manual, say{missing: true}, govsweep.Undecided},
	} {
		set := scoreSet(map[govsweep.IndicatorCode]say{"veto": c.veto})
		for _, ind := range set {
			ind.For = govsweep.AccountTarget
		}
		b := bookOf(t, c.book, set)
		if v := b.Judge(d, rules.Inspect(d, b, set)); v.Grade != c.want {
			t.Errorf("%s: %s, want %s: %s", c.name, v.Grade, c.want, v.Reason)
		}
	}
}
