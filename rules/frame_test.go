package rules_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// bookOf loads a rulebook from text.
func bookOf(t testing.TB, text string, set []*rules.Indicator) *rules.Rulebook {
	t.Helper()
	file := filepath.Join(t.TempDir(), "book.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := rules.LoadBook(file, set)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const head = `
id: t
citation: 测试〔2026〕1号
title: 测试
version: "1"
columns: {blank_looks: 2, blank_clause: x, sure_class: 0.6, new_column_days: 14}
`

var asOf = time.Date(2021, 8, 27, 23, 59, 59, 0, govsweep.Shanghai)

func TestFrameDecidesInOrder(t *testing.T) {
	found := func(p *rules.Pass) error { p.Report(govsweep.Finding{URL: "http://x/"}); return nil }
	entry := head + "entries:\n- {id: A-1, code: a, class: norm, name: 甲, automatable: full, clause: c, remedy: r%s}\n"
	for _, c := range []struct {
		name, extra string
		ind         rules.Indicator
		dossier     facts.Dossier
		want        govsweep.OutcomeStatus
	}{
		{"found", "", rules.Indicator{Check: found}, facts.Dossier{}, govsweep.Found},
		{"passed", "", rules.Indicator{Check: func(*rules.Pass) error { return nil }}, facts.Dossier{}, govsweep.Passed},
		{"out of scope comes first", ", only_if: [portal], from: 2022-01-01", rules.Indicator{Check: found}, facts.Dossier{}, govsweep.NotApplicable},
		{"does not apply", ", from: 2022-01-01", rules.Indicator{Check: found, Applies: func(*facts.Dossier) (bool, string) { return false, "不适用。" }}, facts.Dossier{}, govsweep.NotApplicable},
		{"not yet in force", ", from: 2021-08-28", rules.Indicator{Check: found, Needs: []facts.FactKind{facts.KindHome}}, facts.Dossier{Missing: map[facts.FactKind]string{facts.KindHome: "未读"}}, govsweep.NotInForce},
		{"first day in force", ", from: 2021-08-27", rules.Indicator{Check: found}, facts.Dossier{}, govsweep.Found},
		{"last day in force", ", to: 2021-08-27", rules.Indicator{Check: found}, facts.Dossier{}, govsweep.Found},
		{"no longer in force", ", to: 2021-08-26", rules.Indicator{Check: found}, facts.Dossier{}, govsweep.NotInForce},
		{"a fact it needs is missing", "", rules.Indicator{Check: found, Needs: []facts.FactKind{facts.KindHome}}, facts.Dossier{Missing: map[facts.FactKind]string{facts.KindHome: "未读"}}, govsweep.NotMeasured},
		{"another fact is missing", "", rules.Indicator{Check: found, Needs: []facts.FactKind{facts.KindHome}}, facts.Dossier{Missing: map[facts.FactKind]string{facts.KindLinks: "未读"}}, govsweep.Found},
		{"suspect", "", rules.Indicator{Check: found}, facts.Dossier{Coverage: govsweep.Coverage{Suspect: true}}, govsweep.NotMeasured},
		{"error", "", rules.Indicator{Check: func(*rules.Pass) error { return errors.New("坏了") }}, facts.Dossier{}, govsweep.Broken},
		{"panic", "", rules.Indicator{Check: func(p *rules.Pass) error { found(p); panic("坏了") }}, facts.Dossier{}, govsweep.Broken},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.ind.Code = "a"
			set := []*rules.Indicator{&c.ind}
			b := bookOf(t, strings.Replace(entry, "%s", c.extra, 1), set)
			c.dossier.AsOf = asOf
			outcomes := rules.Inspect(&c.dossier, b, set)
			if len(outcomes) != 1 || outcomes[0].Status != c.want {
				t.Fatalf("%+v, want one outcome %s", outcomes, c.want)
			}
			if o := outcomes[0]; (o.Reason == "") != (c.want == govsweep.Found || c.want == govsweep.Passed) {
				t.Errorf("reason %q of %s", o.Reason, o.Status)
			}
		})
	}
}

func TestBrokenIndicatorLeavesTheOthers(t *testing.T) {
	set := []*rules.Indicator{
		{Code: "a", Check: func(*rules.Pass) error { panic("坏了") }},
		{Code: "b", Check: func(*rules.Pass) error { return nil }},
	}
	b := bookOf(t, head+`entries:
- {id: A-1, code: a, class: norm, name: 甲, automatable: full, clause: c, remedy: r}
- {id: A-2, code: b, class: norm, name: 乙, automatable: full, clause: c, remedy: r}
`, set)
	o := rules.Inspect(&facts.Dossier{AsOf: asOf}, b, set)
	if len(o) != 2 || o[0].Status != govsweep.Broken || o[1].Status != govsweep.Passed {
		t.Errorf("outcomes %+v", o)
	}
}

func TestFrameFillsTheFinding(t *testing.T) {
	set := []*rules.Indicator{{Code: "a", Check: func(p *rules.Pass) error {
		f := govsweep.Finding{URL: "http://x/2", Summary: "错。", Pages: []string{"http://x/2", "http://x/1", "http://x/2"}}
		for i := range 30 {
			f.Evidence = append(f.Evidence, rules.Capture("page", "http://x/"+string(rune('A'+i)), "sha256:00")...)
		}
		p.Report(f)
		return nil
	}}}
	b := bookOf(t, head+"entries:\n- {id: A-1, code: a, class: norm, name: 甲, severity: warn, automatable: partial, clause: 条款, remedy: 请改。}\n", set)
	d := &facts.Dossier{AsOf: asOf, Site: govsweep.Site{ID: "1507830002", Code: "1507830002", Name: "某县"}}
	f := rules.Inspect(d, b, set)[0].Findings[0]
	if f.Fingerprint != rules.Fingerprint("a", "1507830002", "http://x/2") || f.ID != "F"+strings.ToUpper(f.Fingerprint[:12]) {
		t.Errorf("id %s of fingerprint %s", f.ID, f.Fingerprint)
	}
	if strings.Join(f.Pages, " ") != "http://x/1 http://x/2" || f.GroupSize != 2 || len(f.Evidence) != 20 {
		t.Errorf("pages %v, group %d, %d captures", f.Pages, f.GroupSize, len(f.Evidence))
	}
	if f.Clause != "条款" || f.Remedy != "请改。" || f.BookID != "A-1" || f.Severity != govsweep.Warn || f.Status != govsweep.Proposed ||
		!f.NeedsReview || !f.FirstSeen.Equal(asOf) || f.Target.Name != "某县" {
		t.Errorf("finding %+v", f)
	}
}

func TestClipMakesHostileWordsHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"通知\u202e公告\x00":            "通知公告",
		" 关于\n\t做好  工作 ":            "关于 做好 工作",
		strings.Repeat("长", 70):     strings.Repeat("长", 60) + "…",
		"\xff\xfe乱码":                "乱码",
		strings.Repeat("\u200b", 9): "",
	} {
		if got := rules.Clip(in, 60); got != want {
			t.Errorf("Clip(%q) = %q, want %q", in, got, want)
		}
	}
}
