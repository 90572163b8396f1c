package rules

import (
	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// An Indicator 检查指标 checks one thing the inspection rules ask for. It knows
// nothing of vetoes, points or deadlines: the rulebook says what its findings
// cost.
type Indicator struct {
	Code  govsweep.IndicatorCode // stable for ever: it is printed in notices
	Title string                 // Chinese, as the rules word it
	For   govsweep.TargetKind    // what it is for; "" is a site
	Doc   string
	// Needs are the kinds of fact without which nothing can be said.
	Needs []facts.FactKind
	// Params gives a fresh pointer to what an entry's params decode into;
	// nil when the indicator takes none. A type with a Validate method is
	// asked when the rulebook is loaded.
	Params func() any
	// Applies says whether the target is one the indicator is for, and why
	// not; nil when it is for every site.
	Applies func(*facts.Dossier) (bool, string)
	Check   func(*Pass) error
	// Probed says that the indicator rests on series of visits or on definite
	// answers, not on how much of the site this crawl read: that the crawl was
	// blocked does not silence it.
	Probed bool
}
