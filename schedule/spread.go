package schedule

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// place gives where a target stands in a run, as a number spread evenly over
// targets: the same for a target and a due time always.
func place(target govsweep.TargetID, due time.Time) uint64 {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(target), uint64(due.UnixMilli())))
	return binary.BigEndian.Uint64(sum[:]) >> 1
}

// Order puts targets in the order in which they are taken: groups (the
// platforms whose servers sites share) in turn, within a group by place, so
// that neighbours ask different servers and no site is always the last.
func Order(targets []govsweep.Target, group func(govsweep.Target) string, due time.Time) []govsweep.Target {
	type slot struct {
		t    govsweep.Target
		g    string
		rank int
		at   uint64
	}
	slots := make([]slot, len(targets))
	for i, t := range targets {
		slots[i] = slot{t: t, g: group(t), at: place(t.ID, due)}
	}
	slices.SortFunc(slots, func(a, b slot) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.t.ID, b.t.ID))
	})
	size, seen := map[string]int{}, map[string]int{}
	for _, s := range slots {
		size[s.g]++
	}
	for i := range slots { // a group of n spreads over the whole: its k-th stands at (2k+1)/2n
		g := slots[i].g
		slots[i].rank = int((2*int64(seen[g]) + 1) * (1 << 40) / int64(2*size[g]))
		seen[g]++
	}
	slices.SortStableFunc(slots, func(a, b slot) int { return cmp.Compare(a.rank, b.rank) })
	out := make([]govsweep.Target, len(slots))
	for i, s := range slots {
		out[i] = s.t
	}
	return out
}
