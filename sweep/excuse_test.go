package sweep

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/rules/book"
)

// fiveBlank is a portal with five blank columns: the line of the veto.
func fiveBlank() *facts.Dossier {
	d := &facts.Dossier{
		Site: govsweep.Site{ID: "1507830002", Kind: govsweep.Portal, Level: "县级", URL: "http://www.x.gov.cn/"},
		AsOf: time.Date(2026, 11, 20, 23, 59, 59, 0, govsweep.Shanghai),
		Home: facts.Home{URL: "http://www.x.gov.cn/", Reached: true, Status: 200, Items: 30, Newest: "2026-11-19"},
	}
	for n := range 5 {
		d.Columns = append(d.Columns, govsweep.ColumnActivity{State: govsweep.BlankList, Looks: 2,
			Column: govsweep.Column{URL: fmt.Sprintf("http://www.x.gov.cn/c%d/", n), Name: fmt.Sprintf("空栏目%d", n), Level: 2, Confidence: 0.9,
				Class: govsweep.StaticColumn}})
	}
	return d
}

func national(t *testing.T) *rules.Rulebook {
	t.Helper()
	b, err := rules.LoadBook("", book.Indicators)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func outcome(t *testing.T, in *govsweep.Inspection, code govsweep.IndicatorCode) *govsweep.Outcome {
	t.Helper()
	i := slices.IndexFunc(in.Outcomes, func(o govsweep.Outcome) bool { return o.Indicator == code })
	if i < 0 {
		t.Fatalf("no outcome of %s", code)
	}
	return &in.Outcomes[i]
}

func TestAColumnAPersonExcusedDoesNotCountTowardsAVeto(t *testing.T) {
	b, s := national(t), &govsweep.Sweep{ID: 1}
	found := Judge(fiveBlank(), b, book.Indicators, s, nil)
	own := outcome(t, found, "column-blank").Findings
	if len(own) != 5 || outcome(t, found, "column-blank-veto").Status != govsweep.Found || !slices.Contains(found.Verdict.Vetoes, "column-blank-veto") {
		t.Fatalf("five blank columns: %d findings, %v", len(own), found.Verdict.Vetoes)
	}
	deducted := outcome(t, found, "other-column-blank").Findings
	for name, c := range map[string]struct {
		excused govsweep.Finding
		as      govsweep.FindingStatus
		word    string
	}{
		"rejected":                  {own[2], govsweep.Rejected, "排除"},
		"exempted":                  {own[2], govsweep.Exempted, "豁免"},
		"rejected as the deduction": {deducted[2], govsweep.Rejected, "排除"},
	} {
		d := fiveBlank()
		in := Judge(d, b, book.Indicators, s, map[string]govsweep.FindingStatus{c.excused.Fingerprint: c.as})
		if veto := outcome(t, in, "column-blank-veto"); veto.Status != govsweep.Passed || slices.Contains(in.Verdict.Vetoes, "column-blank-veto") {
			t.Errorf("%s: the veto still counts it: %s", name, veto.Status)
		}
		if listed := outcome(t, in, "column-blank"); listed.Status != govsweep.Found || len(listed.Findings) != 5 || listed.Count != 5 {
			t.Errorf("%s: %d findings of the columns are listed", name, len(listed.Findings))
		}
		if v := in.Columns[2]; v.Verdict != govsweep.ColumnExempt || !strings.Contains(v.Why, "空栏目2") || !strings.Contains(v.Why, c.word) {
			t.Errorf("%s: the column is told as %s: %s", name, v.Verdict, v.Why)
		}
		for i, v := range in.Columns {
			if i != 2 && v.Verdict != govsweep.ColumnBlank {
				t.Errorf("%s: column %d is told as %s", name, i, v.Verdict)
			}
		}
		if d.Columns[2].Excused != "" {
			t.Errorf("%s: the dossier itself was changed", name)
		}
	}
}

func TestWhatAPersonRejectedElsewhereExcusesNoColumn(t *testing.T) {
	b, s := national(t), &govsweep.Sweep{ID: 1}
	found := Judge(fiveBlank(), b, book.Indicators, s, nil)
	waived := map[string]govsweep.FindingStatus{"0123": govsweep.Rejected}
	for _, o := range found.Outcomes {
		for _, f := range o.Findings {
			if !slices.Contains(ofColumns, o.Indicator) && o.Indicator != "column-blank-veto" {
				waived[f.Fingerprint] = govsweep.Rejected
			}
		}
	}
	// Long ago the column was stale and that was rejected: now it is blank.
	waived[rules.Fingerprint("column-stale", "1507830002", "http://www.x.gov.cn/c2/")] = govsweep.Rejected
	if in := Judge(fiveBlank(), b, book.Indicators, s, waived); !slices.Contains(in.Verdict.Vetoes, "column-blank-veto") {
		t.Errorf("vetoes %v with %d findings waived", in.Verdict.Vetoes, len(waived))
	}
}

// Every indicator that excuses a column is one of the book, under this name.
func TestIndicatorsOfOneColumnAreInTheBook(t *testing.T) {
	for _, code := range ofColumns {
		if !slices.ContainsFunc(book.Indicators, func(i *rules.Indicator) bool { return i.Code == code }) {
			t.Errorf("no indicator %s", code)
		}
	}
}
