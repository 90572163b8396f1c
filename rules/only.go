package rules

import (
	"github.com/govsweep/govsweep"
)

// Only gives a copy of b with the entry of one code: one indicator tried by itself.
func (b *Rulebook) Only(code govsweep.IndicatorCode) *Rulebook {
	one := *b
	one.Entries = nil
	if e := b.Entry(code); e != nil {
		one.Entries = []Entry{*e}
	}
	return &one
}

// WithParams gives a copy of b whose entry of ind has other parameters, as
// YAML or JSON.
func (b *Rulebook) WithParams(ind *Indicator, src []byte) (*Rulebook, error) {
	root, faults := parseYAML(src)
	if len(faults) > 0 {
		return nil, bookError("params", faults)
	}
	other := *b
	other.Entries = append([]Entry(nil), b.Entries...)
	e := other.Entry(ind.Code)
	if e == nil {
		return nil, bookError("params", []Fault{{0, "评分规则中没有指标“" + string(ind.Code) + "”"}})
	}
	e.RawParams = rawParams{root}
	c := checker{decoder: &decoder{}, book: &other, root: root}
	if c.params(e, ind, root); len(c.faults) > 0 {
		return nil, bookError("params", c.sorted())
	}
	return &other, nil
}

func bookError(file string, faults []Fault) error {
	return &govsweep.Error{Kind: govsweep.Wrong, Say: faultText(file, faults)}
}
