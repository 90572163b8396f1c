package reports

import (
	"fmt"

	"github.com/govsweep/govsweep"
)

// columnView is one row of the table of columns.
type columnView struct {
	Path, URL, Class, ClassReason string
	Newest, NewestURL, Date       string
	Age, Limit                    string
	Gauge                         *gauge
	State, StateKind, Why         string
	Strip                         *strip
}

func columnOf(c *govsweep.ColumnVerdict) columnView {
	v := columnView{
		Path: clean(pathOf(c)), URL: c.URL, Class: columnClassWord(c.Class), ClassReason: clean(classReason(c)),
		Newest: clean(c.NewestTitle), NewestURL: c.NewestURL, Date: orUnknown(clean(c.Newest)),
		Age: unknown, Limit: clean(c.Limit), Gauge: gaugeOf(c),
		State: columnStateWord(c.Verdict), StateKind: columnKind(c.Verdict), Why: clean(c.Why), Strip: activity(c),
	}
	if c.AgeDays >= 0 && c.Newest != "" {
		v.Age = fmt.Sprintf("%d天", c.AgeDays)
	}
	if v.Why == "" {
		v.Why = clean(c.Unread)
	}
	return v
}

// columnKind is the colour of a state; an unknown one has none.
func columnKind(s govsweep.ColumnState) string {
	switch s {
	case govsweep.ColumnFresh:
		return "good"
	case govsweep.ColumnStale, govsweep.ColumnBlank:
		return "bad"
	}
	return "none"
}

// outcomeView is one row of the table of outcomes.
type outcomeView struct {
	ID, Title, Class, Result, Count, Reason, Review, Kind string
}

func outcomeOf(o *govsweep.Outcome) outcomeView {
	v := outcomeView{
		ID: clean(o.BookID), Title: clean(orCode(o.Title, o.Indicator)), Class: classWord(o.Class), Result: outcomeWord(o.Status),
		Count: outcomeCount(o).Text, Reason: clean(o.Reason), Review: clean(o.Review), Kind: "none",
	}
	switch o.Status {
	case govsweep.Found:
		v.Kind = "bad"
	case govsweep.Passed:
		v.Kind = "good"
		if o.Review != "" {
			v.Kind, v.Result = "open", "暂未发现"
		}
	}
	return v
}
