package rectify_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// book keeps findings as storage does: a standing and a history each.
type book struct {
	standings map[string]govsweep.Standing
	history   map[string][]govsweep.Transition
	first     map[string]govsweep.FindingStatus
}

func newBook() *book {
	return &book{map[string]govsweep.Standing{}, map[string][]govsweep.Transition{}, map[string]govsweep.FindingStatus{}}
}

// keep writes lines the way storage promises: the number is the next one and
// the status is the one the line begins with.
func (b *book) keep(t *rapid.T, lines ...govsweep.Transition) {
	for _, line := range lines {
		s, known := b.standings[line.Fingerprint]
		if !known {
			s = govsweep.Standing{Status: govsweep.Proposed}
		}
		if line.Seq != s.Seq+1 || line.From != s.Status {
			t.Fatalf("line %+v does not follow %+v", line, s)
		}
		rectify.Apply(&s, &line)
		b.standings[line.Fingerprint] = s
		b.history[line.Fingerprint] = append(b.history[line.Fingerprint], line)
	}
}

// see notes what an inspection saw, as storage does when it keeps one.
func (b *book) see(o rectify.Observation) {
	for _, f := range o.Inspection.Findings {
		s, known := b.standings[f.Fingerprint]
		if !known {
			s = standing(f, govsweep.Proposed)
			s.FirstSeen, s.LastSeen, s.LastSweep = o.At, o.At, o.Sweep
		}
		if s.URL == "" { // a line of this very inspection came first
			kept := s
			s = standing(f, kept.Status)
			s.Seq, s.Moved, s.Until, s.Exemption, s.Endorsed = kept.Seq, kept.Moved, kept.Until, kept.Exemption, kept.Endorsed
		}
		if o.Sweep >= s.LastSweep {
			s.LastSeen, s.LastSweep = o.At, o.Sweep
		}
		b.standings[f.Fingerprint] = s
	}
}

func (b *book) list() []govsweep.Standing {
	var out []govsweep.Standing
	for _, s := range b.standings {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, c govsweep.Standing) int { return cmpString(a.Fingerprint, c.Fingerprint) })
	return out
}

func cmpString(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// shuffled is the same observation told in another order, some of it twice.
func shuffled(o rectify.Observation, seed int64) rectify.Observation {
	r := rand.New(rand.NewSource(seed))
	in := *o.Inspection
	in.Findings = append(slices.Clone(in.Findings), in.Findings...)
	in.Columns, in.Outcomes = slices.Clone(in.Columns), slices.Clone(in.Outcomes)
	o.Standings, o.Exemptions = append(slices.Clone(o.Standings), o.Standings...), slices.Clone(o.Exemptions)
	r.Shuffle(len(in.Findings), func(i, j int) { in.Findings[i], in.Findings[j] = in.Findings[j], in.Findings[i] })
	r.Shuffle(len(in.Columns), func(i, j int) { in.Columns[i], in.Columns[j] = in.Columns[j], in.Columns[i] })
	r.Shuffle(len(in.Outcomes), func(i, j int) { in.Outcomes[i], in.Outcomes[j] = in.Outcomes[j], in.Outcomes[i] })
	r.Shuffle(len(o.Standings), func(i, j int) { o.Standings[i], o.Standings[j] = o.Standings[j], o.Standings[i] })
	r.Shuffle(len(o.Exemptions), func(i, j int) { o.Exemptions[i], o.Exemptions[j] = o.Exemptions[j], o.Exemptions[i] })
	o.Inspection = &in
	return o
}

// drawLook draws an inspection.
func drawLook(t *rapid.T, sweep int64, at time.Time) look {
	faults := []govsweep.Finding{columnFault(), pageFault(), homeFault(), vetoFault(), linkFault(), other(pageFault())}
	l := look{sweep: sweep, at: at, unread: map[string]bool{}, columns: map[string]govsweep.ColumnState{}, outcomes: map[govsweep.IndicatorCode]govsweep.Outcome{}}
	for _, f := range faults {
		if rapid.Bool().Draw(t, "seen "+f.ID) {
			f.Sweep, f.FirstSeen, f.LastSeen = sweep, at, at
			l.found = append(l.found, f)
		}
	}
	for _, path := range []string{"", "1.html", "2.html", "tzgg/"} {
		l.unread[home+path] = rapid.IntRange(0, 4).Draw(t, "unread "+path) == 0
	}
	for _, path := range []string{"tzgg/", "a/", "b/"} {
		l.columns[home+path] = rapid.SampledFrom([]govsweep.ColumnState{"fresh", "fresh", "stale", "unread", "exempt", ""}).Draw(t, "column "+path)
	}
	for _, code := range allIndicators {
		if rapid.IntRange(0, 5).Draw(t, "outcome "+string(code)) == 0 {
			l.outcomes[code] = govsweep.Outcome{Status: rapid.SampledFrom([]govsweep.OutcomeStatus{"passed", "found", "not-measured", "broken", "not-applicable"}).Draw(t, "status")}
		}
	}
	l.suspect = rapid.IntRange(0, 9).Draw(t, "suspect") == 0
	for i := range rapid.IntRange(0, 2).Draw(t, "exemptions") {
		e := exemption(govsweep.DateOf(day(rapid.IntRange(0, 40).Draw(t, "until"))))
		e.ID = fmt.Sprintf("E%d", i+1)
		e.Indicator = rapid.SampledFrom(allIndicators).Draw(t, "exempted")
		e.At = day(rapid.IntRange(-10, 30).Draw(t, "made"))
		l.exemptions = append(l.exemptions, e)
	}
	return l
}

// TestTheLifeOfFindings lives findings through any sequence of inspections,
// decisions, steps of notices and undoings, and asks after each step that
// nothing is illegal, nothing is lost, and nothing happens twice.
func TestTheLifeOfFindings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBook()
		var past []rectify.Observation
		now := noon
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(1, 100).Draw(t, "hours")) * time.Hour)
			switch rapid.SampledFrom([]string{"inspect", "inspect", "decide", "advance", "undo", "replay"}).Draw(t, "what") {
			case "inspect":
				o := drawLook(t, int64(len(past)+2), now).observation()
				inspect(t, b, o)
				past = append(past, o)
			case "replay":
				if len(past) > 0 {
					replay(t, b, rapid.SampledFrom(past).Draw(t, "again"))
				}
			default:
				decideOrAdvance(t, b, now)
			}
			b.check(t)
		}
	})
}

// inspect lets one inspection happen, cut at some line and done again.
func inspect(t *rapid.T, b *book, o rectify.Observation) {
	o.Standings = b.list()
	lines := rectify.Observe(o)
	again := rectify.Observe(shuffled(o, rapid.Int64().Draw(t, "order")))
	if d := cmp.Diff(lines, again); d != "" {
		t.Fatalf("another order of the same gives something else:\n%s", d)
	}
	cut := rapid.IntRange(0, len(lines)).Draw(t, "cut")
	b.keep(t, lines[:cut]...)
	if cut > 0 && rapid.Bool().Draw(t, "seen noted") {
		b.see(o)
	}
	o.Standings = b.list()
	rest := rectify.Observe(o)
	if d := cmp.Diff(lines[cut:], rest, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("after a cut behind line %d the rest is not the rest:\n%s", cut, d)
	}
	b.keep(t, rest...)
	b.see(o)
	replay(t, b, o)
}

// replay shows an inspection again, however long ago it was: it moves nothing.
func replay(t *rapid.T, b *book, o rectify.Observation) {
	o.Standings = b.list()
	if lines := rectify.Observe(o); len(lines) > 0 {
		t.Fatalf("the same inspection moved again: %v", told(lines))
	}
}

func decideOrAdvance(t *rapid.T, b *book, now time.Time) {
	all := b.list()
	if len(all) == 0 {
		return
	}
	s := rapid.SampledFrom(all).Draw(t, "finding")
	by := rapid.SampledFrom([]string{"王某", "李某", "王 某"}).Draw(t, "by")
	var line govsweep.Transition
	var err error
	switch e := rapid.SampledFrom([]govsweep.Event{
		govsweep.Confirm, govsweep.Confirm, govsweep.Reject, govsweep.Exempt, govsweep.Reopen, govsweep.Undo, govsweep.Notify,
		govsweep.Release, govsweep.Reply, govsweep.Object, govsweep.Uphold, govsweep.Overturn, govsweep.Pass, govsweep.Fail,
	}).Draw(t, "event"); e {
	case govsweep.Undo:
		line, err = rectify.Undo(b.history[s.Fingerprint], by, "点错了", now)
	case govsweep.Exempt:
		line, err = rectify.Decide(s, rectify.Decision{Event: e, By: by, Reason: "依规", Until: govsweep.DateOf(now.AddDate(0, 0, 10)), At: now})
	case govsweep.Confirm, govsweep.Reject, govsweep.Reopen:
		line, err = rectify.Decide(s, rectify.Decision{Event: e, By: by, Reason: "依规", At: now})
	default:
		line, err = rectify.Advance(s, e, rectify.Step{At: now, By: by, Notice: "N1", Proof: captured})
	}
	if err != nil {
		if govsweep.KindOf(err) != govsweep.Conflict {
			t.Fatalf("refused without being a conflict: %v", err)
		}
		return
	}
	if line.Event == govsweep.Confirm && s.Class == govsweep.Veto && s.Endorsed == by {
		t.Fatalf("%s confirmed a veto alone", by)
	}
	b.keep(t, line)
}

// check asks that every history is legal and folds to where its finding stands.
func (b *book) check(t *rapid.T) {
	for print, h := range b.history {
		end, err := rectify.Fold(h)
		if err != nil {
			t.Fatalf("%v: %v", told(h), err)
		}
		s := b.standings[print]
		if end.Status != s.Status || end.Seq != s.Seq || end.Until != s.Until || end.Endorsed != s.Endorsed || end.Exemption != s.Exemption {
			t.Fatalf("the history folds to %+v, the finding stands at %+v", end, s)
		}
	}
}
