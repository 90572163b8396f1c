package account

import (
	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Asked is a question of a checklist with the indicator it is for.
type Asked struct {
	Question
	Indicator govsweep.IndicatorCode
	Figures   bool // it is answered by figures
}

// AskedOf gives the questions b asks of the account of d, in the order of the
// checklist; every question of the rulebook when d is nil.
func AskedOf(b *rules.Rulebook, d *facts.Dossier) []Asked {
	var out []Asked
	for _, ind := range Indicators {
		if d != nil && ind.Applies != nil {
			if ok, _ := ind.Applies(d); !ok {
				continue
			}
		}
		if set, ok := rules.ParamsOf[Questions](b, ind.Code); ok {
			for _, q := range set.Questions {
				out = append(out, Asked{Question: q, Indicator: ind.Code})
			}
		}
		if set, ok := rules.ParamsOf[countParams](b, ind.Code); ok {
			out = append(out, Asked{Question: Question{ID: set.ID, Ask: set.Ask}, Indicator: ind.Code, Figures: true})
		}
	}
	return out
}
