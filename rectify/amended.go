package rectify

import (
	"slices"

	"github.com/govsweep/govsweep"
)

// Amended gives a notice as it stands: with the amendments among papers, the
// papers that follow it, the oldest first. A corrected item has its corrected
// fact, one that was taken out is Confirmed and asked of nobody. What was
// printed stays as it was: n is not touched, and what Amended gives is for
// reading and for papers that follow, not for keeping. Drafts and withdrawn
// papers say nothing.
func Amended(n *govsweep.Notice, papers []govsweep.Notice) *govsweep.Notice {
	out := *n
	out.Items = slices.Clone(n.Items)
	for i := range papers {
		p := &papers[i]
		if p.Kind != govsweep.Amendment || p.Parent != n.ID || p.State == govsweep.NoticeDraft || p.State == govsweep.NoticeWithdrawn {
			continue
		}
		for k := range p.Items {
			if it := itemNo(&out, p.Items[k].No); it != nil {
				amendItem(it, &p.Items[k])
			}
		}
	}
	return &out
}

func amendItem(it, says *govsweep.NoticeItem) {
	switch {
	case !says.TakenOut():
		it.Summary, it.Detail = says.Summary, slices.Clone(says.Detail)
	case slices.Contains([]govsweep.FindingStatus{govsweep.Noticed, govsweep.Answered, govsweep.Disputed}, it.Status):
		it.Status = govsweep.Confirmed // the paper went out, its step is not recorded yet
	}
}

// Twins lists the items that share a root cause with item no and are still
// asked of the unit: a merged problem is printed once, so what becomes of one
// of them becomes of all.
func Twins(n *govsweep.Notice, no int) []int {
	return slices.DeleteFunc(Same(n, []int{no}), func(other int) bool {
		it := itemNo(n, other)
		return other == no || it == nil || it.TakenOut() || it.Status == govsweep.Fixed || it.Status == govsweep.Exempted
	})
}
