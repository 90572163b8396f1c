package rectify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// Seen is one answer of one inspection: whether a unit had a fault under an
// indicator. Only answers count: a row stands for passed or found, never for
// what was not measured.
type Seen struct {
	Unit      string
	Indicator govsweep.IndicatorCode
	Title     string // name of the indicator
	At        time.Time
	Found     bool
	Finding   string // id, when found
}

// Repeat is a unit with the same fault several quarters in a row.
type Repeat struct {
	Unit      string
	Indicator govsweep.IndicatorCode
	Title     string
	Run       int      // quarters in a row with the fault
	Quarters  []string // those, the oldest first: 2026年第1季度
	Gaps      []string // quarters between them without any inspection
	Findings  []string // ids, sorted
	Say       string   // one Chinese sentence
}

// Repeats lists, in order of unit and indicator, who had the same fault in n
// or more calendar quarters (Asia/Shanghai) in a row, up to the last quarter
// with an answer. A quarter with any sighting has the fault; one with answers
// and no sighting ends the run; one without any answer neither ends nor adds,
// and is named in Gaps. n below 1 counts as 1. Names of units count without white space.
func Repeats(seen []Seen, n int) []Repeat {
	type key struct {
		unit string
		code govsweep.IndicatorCode
	}
	rows := map[key][]Seen{}
	for _, s := range seen {
		if unit := plain(s.Unit); unit != "" && !s.At.IsZero() {
			k := key{unit, s.Indicator}
			rows[k] = append(rows[k], s)
		}
	}
	var out []Repeat
	for _, of := range rows {
		if r := runOf(of); r.Run >= max(n, 1) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b Repeat) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Indicator, b.Indicator))
	})
	return out
}

// runOf counts the last run of one unit and indicator.
func runOf(rows []Seen) Repeat {
	found := map[quarter]bool{}
	slices.SortFunc(rows, func(a, b Seen) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Finding, b.Finding), cmp.Compare(a.Unit, b.Unit))
	})
	for _, s := range rows {
		q := quarterOf(s.At)
		found[q] = found[q] || s.Found
	}
	last := rows[len(rows)-1]
	r := Repeat{Unit: strings.TrimSpace(last.Unit), Indicator: last.Indicator, Title: last.Title}
	first, end := quarterOf(rows[0].At), quarterOf(last.At)
	run := map[quarter]bool{}
	var gaps []string // since the oldest quarter of the run so far
	for q := end; q >= first; q-- {
		had, asked := found[q]
		if asked && !had {
			break
		}
		if !asked {
			gaps = append(gaps, q.String())
			continue
		}
		r.Gaps, gaps = append(r.Gaps, gaps...), nil
		r.Quarters, run[q] = append(r.Quarters, q.String()), true
	}
	slices.Reverse(r.Quarters)
	slices.Reverse(r.Gaps)
	for _, s := range rows {
		if s.Found && s.Finding != "" && run[quarterOf(s.At)] {
			r.Findings = append(r.Findings, s.Finding)
		}
	}
	slices.Sort(r.Findings)
	r.Findings = slices.Compact(r.Findings)
	r.Run = len(r.Quarters)
	r.Say = r.sentence()
	return r
}

func (r *Repeat) sentence() string {
	say := fmt.Sprintf("%s连续%d个季度（%s）存在“%s”问题", r.Unit, r.Run, strings.Join(r.Quarters, "、"), r.Title)
	if len(r.Gaps) > 0 {
		say += fmt.Sprintf("，其间%s未作检查", strings.Join(r.Gaps, "、"))
	}
	return say + "。"
}

// quarter counts calendar quarters from year 0.
type quarter int

func quarterOf(t time.Time) quarter {
	t = t.In(govsweep.Shanghai)
	return quarter(t.Year()*4 + (int(t.Month())-1)/3)
}

// String names the quarter as an official does.
func (q quarter) String() string { return fmt.Sprintf("%d年第%d季度", int(q)/4, int(q)%4+1) }
