package sweep

import (
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// ofColumns are the indicators whose findings say of one column that it is
// blank or stale. Other indicators count such columns.
var ofColumns = []govsweep.IndicatorCode{
	"column-blank", "other-column-blank", "column-stale", "other-column-stale", "news-column-stale", "policy-column-stale",
	"interpretation-column-stale", "service-statistics-stale", "letters-stale",
}

// excused gives the columns whose own finding a person rejected or exempted
// (waived, by fingerprint), by address, with the sentence that says so.
func excused(outcomes []govsweep.Outcome, waived map[string]govsweep.FindingStatus) map[string]string {
	out := map[string]string{}
	for i := range outcomes {
		o := &outcomes[i]
		if !slices.Contains(ofColumns, o.Indicator) {
			continue
		}
		for _, f := range o.Findings {
			status, known := waived[f.Fingerprint]
			if !known || f.Column == nil {
				continue
			}
			word := "已豁免"
			if status == govsweep.Rejected {
				word = "经人工核查已排除"
			}
			out[f.Column.URL] = fmt.Sprintf("栏目%s的问题（%s）%s，不计入栏目数量。", rules.Quote(f.Column.Name), o.Title, word)
		}
	}
	return out
}

// without gives the dossier as it is to be judged by what counts columns:
// with the excused ones marked. d stays as it is.
func without(d *facts.Dossier, excused map[string]string) *facts.Dossier {
	counted := *d
	counted.Columns = slices.Clone(d.Columns)
	for i := range counted.Columns {
		counted.Columns[i].Excused = excused[counted.Columns[i].URL]
	}
	return &counted
}

// outcomesOf judges a dossier. What says something of one column is listed
// as it was found; everything else is judged without the columns a person
// excused.
func outcomesOf(d *facts.Dossier, b *rules.Rulebook, set []*rules.Indicator, waived map[string]govsweep.FindingStatus) ([]govsweep.Outcome, []govsweep.ColumnVerdict) {
	found := rules.Inspect(d, b, set)
	excused := excused(found, waived)
	if len(excused) == 0 {
		return found, rules.Columns(d, b)
	}
	counted := without(d, excused)
	out := rules.Inspect(counted, b, set)
	for i := range out {
		if slices.Contains(ofColumns, out[i].Indicator) {
			out[i] = found[i]
		}
	}
	return out, rules.Columns(counted, b)
}
