package rules

import (
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// A Pass is one indicator's look at one dossier.
type Pass struct {
	*facts.Dossier
	AsOf time.Time // 监测时间点

	entry    *Entry
	shared   *shared
	findings []govsweep.Finding
	reviews  []string
	unseen   string // why it could not be measured
	none     string // why there was nothing to measure
}

// shared is what all passes over one dossier use and only one computes.
type shared struct {
	book    *Rulebook
	columns []ColumnState
	judged  bool
}

// Report tells one place that falls short. The frame fills in target, class,
// clause, remedy and fingerprint, and takes Pages over.
func (p *Pass) Report(f govsweep.Finding) { p.findings = append(p.findings, f) }

// ReportAll tells several.
func (p *Pass) ReportAll(fs []govsweep.Finding) { p.findings = append(p.findings, fs...) }

// AskInspector says what a person must still look at before the answer stands.
func (p *Pass) AskInspector(why string) { p.reviews = append(p.reviews, why) }

// NotMeasured says that the facts were not enough for an answer. Findings that
// were reported all the same keep standing.
func (p *Pass) NotMeasured(why string) { p.unseen = why }

// NotApplicable says that the target has nothing the indicator could look at.
func (p *Pass) NotApplicable(why string) { p.none = why }

// Severity gives the severity the rulebook sets for the entry.
func (p *Pass) Severity() govsweep.Severity { return p.entry.Severity }

// Columns gives the verdict over every column of the dossier, in its order.
func (p *Pass) Columns() []ColumnState {
	if !p.shared.judged {
		p.shared.columns = judgeColumns(p.Dossier, p.shared.book)
		p.shared.judged = true
	}
	return p.shared.columns
}

// Params gives the parameters the rulebook sets for the entry of p.
func Params[T any](p *Pass) (T, error) {
	v, ok := p.entry.params.(*T)
	if !ok {
		var none T
		return none, fmt.Errorf("params of %s are %T, the check wants %T", p.entry.Code, p.entry.params, none)
	}
	return *v, nil
}

// ParamsOf gives the parameters b sets for an indicator; not ok when b has no
// such entry, or its parameters are others.
func ParamsOf[T any](b *Rulebook, code govsweep.IndicatorCode) (set T, ok bool) {
	if e := b.Entry(code); e != nil {
		if v, is := e.params.(*T); is {
			return *v, true
		}
	}
	return set, false
}
