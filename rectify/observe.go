package rectify

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// An Observation is one inspection of one site, with what was known before it.
type Observation struct {
	Sweep int64
	// At is when the site was looked at, not the 监测时间点: decisions of
	// persons are told from older and younger ones by it. It is the same when
	// the inspection is concluded again after a kill.
	At         time.Time
	Site       govsweep.Site
	Standings  []govsweep.Standing // of this site
	Inspection *govsweep.Inspection
	Exemptions []govsweep.Exemption
	// Read says whether a canonical address was asked for and really answered
	// this time: with content, or with a definite 404 or 410. nil = none was.
	Read func(url string) bool
	// Proof gives what this inspection captured of an address; may be nil.
	Proof func(url string) []govsweep.Evidence
}

// mostProof is how many captures a line carries.
const mostProof = 20

// Observe gives the lines one inspection adds, in order of fingerprint and at
// most one for each finding:
//
//   - a finding nobody has decided about and a standing exemption covers: exempt
//   - exempted, its exemption ended or revoked, and seen: expire
//   - fixed and seen: return, or exempt where an exemption covers it
//   - proposed, confirmed or reopened, and its place was looked at and the fault
//     is not there: gone (see looked)
//
// Findings under a notice are left to its re-test. A suspect inspection moves
// nothing. An inspection that is not younger than the last line of a finding,
// or older than the one that saw it last, moves nothing of it. So the same
// observation again, after its lines were kept, gives nothing.
func Observe(o Observation) []govsweep.Transition {
	if o.Inspection == nil || o.Inspection.Coverage.Suspect {
		return nil
	}
	v := newView(&o)
	var out []govsweep.Transition
	for _, s := range v.all() {
		if v.old(&s) {
			continue
		}
		if t, ok := v.move(&s); ok {
			out = append(out, t)
		}
	}
	return out
}

// move decides over one finding.
func (v *view) move(s *govsweep.Standing) (govsweep.Transition, bool) {
	f := v.seen[s.Fingerprint]
	if f == nil {
		return v.gone(s)
	}
	e := v.o.covering(f)
	switch s.Status {
	case govsweep.Proposed:
		if e != nil && s.Endorsed == "" {
			return v.exempt(s, f, e), true
		}
	case govsweep.Reopened:
		if e != nil && s.Endorsed == "" && e.At.After(s.Moved) {
			return v.exempt(s, f, e), true
		}
	case govsweep.Exempted:
		if e == nil && v.ended(s) {
			return v.expire(s, f), true
		}
	case govsweep.Fixed:
		if e != nil {
			return v.exempt(s, f, e), true
		}
		t := v.line(s, govsweep.Return, f.Evidence)
		t.Reason = fmt.Sprintf("%s的检查再次发现该问题。", v.date())
		return t, true
	}
	return govsweep.Transition{}, false
}

func (v *view) exempt(s *govsweep.Standing, f *govsweep.Finding, e *govsweep.Exemption) govsweep.Transition {
	t := v.line(s, govsweep.Exempt, f.Evidence)
	t.Exemption, t.Until, t.Reason = e.ID, e.Until, e.Reason
	return t
}

// ended: an own exemption is past its last day, or it was a standing one; that
// no standing exemption covers the finding now is known. An own exemption
// without a last day ends when someone reopens the finding.
func (v *view) ended(s *govsweep.Standing) bool {
	return s.Exemption != "" || s.Until != "" && v.o.day() > s.Until
}

func (v *view) expire(s *govsweep.Standing, f *govsweep.Finding) govsweep.Transition {
	t := v.line(s, govsweep.Expire, f.Evidence)
	t.Exemption, t.Reason = s.Exemption, "豁免已经撤销或不再适用，问题仍然存在。"
	if s.Until != "" && v.o.day() > s.Until {
		t.Reason = fmt.Sprintf("豁免至%s已到期，问题仍然存在。", s.Until)
	}
	return t
}

func (v *view) gone(s *govsweep.Standing) (govsweep.Transition, bool) {
	if _, ok := next(s.Status, govsweep.Gone, Machine); !ok || v.before(s) {
		return govsweep.Transition{}, false
	}
	if why := v.notLooked(s); why != "" {
		return govsweep.Transition{}, false
	}
	t := v.line(s, govsweep.Gone, v.proof(s))
	t.Reason = fmt.Sprintf("%s的检查读取了问题所在位置，未再发现该问题。", v.date())
	return t, true
}

// line begins a line of the machine.
func (v *view) line(s *govsweep.Standing, e govsweep.Event, proof []govsweep.Evidence) govsweep.Transition {
	to, _ := next(s.Status, e, Machine) // every caller stands in the table
	t := line(s, e, to, v.o.At)
	t.Sweep = v.o.Sweep
	if n := min(len(proof), mostProof); n > 0 {
		t.Proof = slices.Clone(proof[:n])
	}
	return t
}

// day is the day exemptions are held against: that of the 监测时间点.
func (o *Observation) day() string {
	if o.Inspection != nil && !o.Inspection.Sweep.AsOf.IsZero() {
		return govsweep.DateOf(o.Inspection.Sweep.AsOf)
	}
	return govsweep.DateOf(o.At)
}

func (v *view) date() string { return govsweep.ChineseDate(v.o.At) }

func byFingerprint(a, b govsweep.Standing) int { return cmp.Compare(a.Fingerprint, b.Fingerprint) }
