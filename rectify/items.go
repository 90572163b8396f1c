package rectify

import (
	"slices"

	"github.com/govsweep/govsweep"
)

// Settled says that nothing more is asked of an item: it is fixed and the last
// re-test passed with proof, or it was overturned, exempted, or taken out of
// the notice by a further paper (its finding is confirmed again).
func Settled(it *govsweep.NoticeItem) bool {
	switch it.Status {
	case govsweep.Fixed:
		return it.Retest != nil && it.Retest.Result == govsweep.RetestPassed && len(it.Retest.Proof) > 0
	case govsweep.Rejected, govsweep.Exempted, govsweep.Confirmed:
		return true
	}
	return false
}

// Open lists the items of an issued notice that are not settled.
func Open(n *govsweep.Notice) []int {
	return numbers(n, func(it *govsweep.NoticeItem) bool { return !Settled(it) })
}

// Sync takes over what happened to the findings of a notice outside of it: a
// fault that was fixed and came back while the notice was open makes its item
// open again. An item that left the notice stays as it left.
func Sync(n *govsweep.Notice, standings []govsweep.Standing) {
	for i := range n.Items {
		it := &n.Items[i]
		if it.Status != govsweep.Fixed {
			continue
		}
		if s := standingFor(it, n, standings); s != nil && s.Status == govsweep.Reopened {
			it.Status = govsweep.Reopened
		}
	}
}

func standingFor(it *govsweep.NoticeItem, n *govsweep.Notice, standings []govsweep.Standing) *govsweep.Standing {
	i := slices.IndexFunc(standings, func(s govsweep.Standing) bool {
		if it.Fingerprint != "" && s.Fingerprint != "" && n.Target.ID != "" {
			return s.Fingerprint == it.Fingerprint && s.Target == n.Target.ID
		}
		return s.ID != "" && s.ID == it.Finding
	})
	if i < 0 {
		return nil
	}
	return &standings[i]
}

// numbers lists the items that fit.
func numbers(n *govsweep.Notice, fits func(*govsweep.NoticeItem) bool) []int {
	var out []int
	for i := range n.Items {
		if fits(&n.Items[i]) {
			out = append(out, n.Items[i].No)
		}
	}
	return out
}

// having lists the items of the given statuses.
func having(n *govsweep.Notice, ss ...govsweep.FindingStatus) []int {
	return numbers(n, func(it *govsweep.NoticeItem) bool { return slices.Contains(ss, it.Status) })
}

func itemNo(n *govsweep.Notice, no int) *govsweep.NoticeItem {
	for i := range n.Items {
		if n.Items[i].No == no {
			return &n.Items[i]
		}
	}
	return nil
}
