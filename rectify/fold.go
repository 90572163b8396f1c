package rectify

import (
	"github.com/govsweep/govsweep"
)

// Fold reads a history, the oldest line first, and gives where it ends: Status,
// Seq, Moved, Until, Exemption, Endorsed and the identity. An empty history is
// a proposed finding. A line that is out of order, does not begin where the
// one before ended, or is not in the table is an Internal error with its number.
//
// Whoever keeps a Standing keeps it by the same rule: Until and Exemption are
// those of the last line when it leads to exempted, else empty; Endorsed is
// the person of the last line when that is Endorse, else empty.
func Fold(history []govsweep.Transition) (govsweep.Standing, error) {
	s := govsweep.Standing{Status: govsweep.Proposed}
	for i := range history {
		t := &history[i]
		if t.Seq != i+1 || t.From != s.Status || !legal(history[:i], t) {
			return s, &govsweep.Error{Kind: govsweep.Internal, Say: "问题" + t.Finding + "的处理记录不连贯，请检查数据库。"}
		}
		Apply(&s, t)
	}
	return s, nil
}

// Apply moves s by one line of its history, without asking whether it may be.
func Apply(s *govsweep.Standing, t *govsweep.Transition) {
	s.Target, s.Fingerprint, s.ID = t.Target, t.Fingerprint, t.Finding
	s.Status, s.Seq, s.Moved = t.To, t.Seq, t.At
	s.Until, s.Exemption, s.Endorsed = "", "", ""
	if t.To == govsweep.Exempted {
		s.Until, s.Exemption = t.Until, t.Exemption
	}
	if t.Event == govsweep.Endorse {
		s.Endorsed = t.By
	}
}

// legal says whether t may follow the lines before it.
func legal(before []govsweep.Transition, t *govsweep.Transition) bool {
	if t.Event == govsweep.Undo {
		i, err := undoable(before)
		return err == nil && before[i].Seq == t.Undoes && before[i].From == t.To
	}
	who := Machine
	switch {
	case t.Notice != "":
		who = OfNotice
	case t.By != "":
		who = Person
	}
	to, ok := next(t.From, t.Event, who)
	return ok && to == t.To
}
