package reports

import (
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/sampling"
)

// CircularInput is everything a 通报 is made of. It is plain data: whoever
// fills it asks storage once, and a circular is drawn up from nothing else.
type CircularInput struct {
	Period Period
	Date   time.Time // 成文日期; zero = not signed yet
	Today  time.Time // the day it is drawn up; zero = not known. No deadline after it has passed
	Number string    // 发文字号; "" = not given yet
	Draft  bool      // prints 草稿: nothing was issued yet

	Sweeps  []govsweep.Sweep // the sweeps of the period, all under one rulebook
	Book    CircularBook
	Targets []CircularTarget // every target of the sweeps, once
	// Frame are all registered sites of the area, whatever their state, those
	// inspected too; nil = the register was not looked at.
	Frame []govsweep.Site
	// Past are earlier periods, the oldest first; the last one is 上期.
	Past []PastPeriod

	// Notices are the notices of the period; nil = not looked at, which is not
	// the same as none.
	Notices []govsweep.Notice
	Repeats []Repeat       // who had the same fault in several periods in a row
	Sample  *sampling.Draw // how the targets were drawn; nil = no sample
	Figures Figures
	// AccountsWhy says why figures of accounts that are there are left out, a
	// Chinese sentence; "" = they are not.
	AccountsWhy string

	// Suspect says why the gate holds the sweep to be doubtful; such a sweep
	// gives a circular only with the Override of a named person.
	Suspect  string
	Override *govsweep.Override
}

// Period is the time a circular speaks of.
type Period struct {
	Label string // 2026年第三季度
	From  time.Time
	To    time.Time // the last day
}

// Quarter is the quarter of the year in which at lies, in Shanghai.
func Quarter(at time.Time) Period {
	at = at.In(govsweep.Shanghai)
	q := (int(at.Month()) - 1) / 3
	from := time.Date(at.Year(), time.Month(q*3+1), 1, 0, 0, 0, 0, govsweep.Shanghai)
	label := fmt.Sprintf("%d年第%s季度", at.Year(), []string{"一", "二", "三", "四"}[q])
	return Period{Label: label, From: from, To: from.AddDate(0, 3, -1)}
}

// CircularBook is the rulebook of the period as far as a circular prints it.
type CircularBook struct {
	govsweep.BookTitle
	Entries []BookEntry
}

// BookEntry is one indicator of the rulebook.
type BookEntry struct {
	ID     string // SV-04b
	Code   govsweep.IndicatorCode
	Name   string
	Class  govsweep.Class
	Points *govsweep.Points // for each place; nil = 待录入
}

// CircularTarget is one target of the sweep, with what was decided since.
type CircularTarget struct {
	Site     govsweep.Site // its row of the register as it stands now
	Sweep    int64
	State    govsweep.SweepState // of the target within its sweep
	Note     string              // why it could not be inspected
	Verdict  *govsweep.Verdict   // nil = not judged
	Coverage *govsweep.Coverage  // nil = nothing is known of what was read
	Findings []CircularFinding
	Columns  *ColumnCounts // nil = not counted
}

// CircularFinding is a finding of the sweep with the status it has now.
type CircularFinding struct {
	govsweep.Finding
	// Confirmed says that a person has confirmed it at some time. It decides
	// for fixed and reopened findings, which may never have been confirmed.
	Confirmed bool
	// Cause names what several findings have in common; "" = not grouped.
	Cause string
}

// ColumnCounts counts the columns of a site by their verdict.
type ColumnCounts struct {
	Total, Stale, Blank, Unread int
}

// CountColumns counts verdicts over columns.
func CountColumns(columns []govsweep.ColumnVerdict) *ColumnCounts {
	n := &ColumnCounts{Total: len(columns)}
	for i := range columns {
		switch columns[i].Verdict {
		case govsweep.ColumnStale:
			n.Stale++
		case govsweep.ColumnBlank:
			n.Blank++
		case govsweep.ColumnUnread:
			n.Unread++
		}
	}
	return n
}

// PastPeriod is an earlier period: what the circular compares with. Findings
// carry the status they have now.
type PastPeriod struct {
	Label   string
	Book    string // id of the rulebook
	Targets []CircularTarget
}

// Repeat is a fault that came back, or stayed, period after period.
type Repeat struct {
	Target    govsweep.TargetID // "" = the unit as a whole
	Unit      string            // 主办单位
	BookID    string
	Indicator govsweep.IndicatorCode
	Title     string // name of the indicator
	Periods   int    // in a row, this one included
}
