package rectify

import (
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// A Step is what a notice brings about for one finding.
type Step struct {
	At     time.Time
	By     string // "" = the machine
	Reason string
	Notice string // ID, needed
	Sweep  int64
	Proof  []govsweep.Evidence // needed to pass
}

// Advance gives the line an event of a notice adds to the history of s:
// Notify, Release, Reply, Object, Uphold, Overturn, Pass or Fail. A re-test
// passes only with proof.
func Advance(s govsweep.Standing, e govsweep.Event, step Step) (govsweep.Transition, error) {
	switch {
	case step.Notice == "":
		return govsweep.Transition{}, wrong("问题%s的%s缺少所属的通知书。", s.ID, EventWord(e))
	case step.At.IsZero():
		return govsweep.Transition{}, wrong("问题%s的%s缺少时间。", s.ID, EventWord(e))
	case e == govsweep.Pass && len(step.Proof) == 0:
		return govsweep.Transition{}, wrong("问题%s的复查没有取得新的证据，不能认定为已整改。", s.ID)
	}
	to, ok := next(s.Status, e, OfNotice)
	if !ok {
		return govsweep.Transition{}, illegal(&s, e, OfNotice)
	}
	t := line(&s, e, to, step.At)
	t.By, t.Reason, t.Notice, t.Sweep = strings.TrimSpace(step.By), strings.TrimSpace(step.Reason), step.Notice, step.Sweep
	t.Proof = step.Proof
	return t, nil
}
