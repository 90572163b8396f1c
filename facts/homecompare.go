package facts

import "github.com/govsweep/govsweep"

// compare enters how the items of v6 differ from those of v4. again are the
// items of a second look over IPv4.
func compare(d *govsweep.HomeDiff, v4, again, v6 []diffItem) {
	gone, came := without(v4, again), without(again, v4)
	only4, only6 := without(v4, v6), without(v6, v4)
	d.Common = len(v4) - len(only4)
	all := len(only4) + len(only6)
	still := churnOf(gone, came)
	only4, only6 = still.steady(without(only4, gone)), still.steady(without(only6, came))
	d.Volatile = all - len(only4) - len(only6)
	if sum := 2*d.Common + len(only4) + len(only6); sum > 0 {
		d.Similarity = float64(2*d.Common) / float64(sum)
	}
	enter(d, only4, only6)
}

// without gives the items of a beyond those of b, as often as they stand
// there more, in the order of a.
func without(a, b []diffItem) []diffItem {
	left := make(map[uint64]int, len(b))
	for i := range b {
		left[b[i].key]++
	}
	var out []diffItem
	for i := range a {
		if left[a[i].key] > 0 {
			left[a[i].key]--
			continue
		}
		out = append(out, a[i])
	}
	return out
}

// churn 自身变化 is what changes between two looks over one line: items that
// differ in numbers alone, and how many of each container.
type churn struct {
	masks map[uint64]bool
	room  map[uint64]int
}

func churnOf(gone, came []diffItem) churn {
	c := churn{map[uint64]bool{}, map[uint64]int{}}
	for _, list := range [...][]diffItem{gone, came} {
		n := map[uint64]int{}
		for i := range list {
			c.masks[list[i].mask] = true
			n[list[i].group]++
			c.room[list[i].group] = max(c.room[list[i].group], n[list[i].group])
		}
	}
	return c
}

// steady leaves out what changes by itself: an item that differs from such a
// one in numbers alone, and of each container as many as change there anyway.
// A list that changes one row does not hide that twenty are missing.
func (c churn) steady(list []diffItem) []diffItem {
	used := map[uint64]int{}
	var out []diffItem
	for i := range list {
		it := &list[i]
		if c.masks[it.mask] {
			continue
		}
		if used[it.group] < c.room[it.group] {
			used[it.group]++
			continue
		}
		out = append(out, *it)
	}
	return out
}

// enter pairs what is changed and lists the rest.
func enter(d *govsweep.HomeDiff, only4, only6 []diffItem) {
	pair := make([]int, len(only4)) // index into only6 + 1; 0 for none
	taken := make([]bool, len(only6))
	for _, by := range [...]func(*diffItem) uint64{byURL, byText, byKind} {
		at := map[uint64][]int{}
		for j := range only6 {
			if k := by(&only6[j]); k != 0 && !taken[j] {
				at[k] = append(at[k], j)
			}
		}
		for i := range only4 {
			k := by(&only4[i])
			if list := at[k]; k != 0 && pair[i] == 0 && len(list) > 0 {
				pair[i], taken[list[0]], at[k] = list[0]+1, true, list[1:]
			}
		}
	}
	var left4, left6 []diffItem
	for i := range only4 {
		switch j := pair[i] - 1; {
		case j < 0:
			left4 = append(left4, only4[i])
		case len(d.Changed) == govsweep.MaxDiffItems:
			d.MoreChanged++
		default:
			d.Changed = append(d.Changed, govsweep.DiffChange{V4: only4[i].shown(), V6: only6[j].shown()})
		}
	}
	for j := range only6 {
		if !taken[j] {
			left6 = append(left6, only6[j])
		}
	}
	d.OnlyV4, d.MoreV4 = firstItems(left4)
	d.OnlyV6, d.MoreV6 = firstItems(left6)
}

func byURL(it *diffItem) uint64  { return it.byURL }
func byText(it *diffItem) uint64 { return it.byText }

// byKind pairs what a page has one of.
func byKind(it *diffItem) uint64 {
	if it.kind == "title" {
		return 1
	}
	return 0
}

// firstItems gives the first items, each once with its count, and how many items
// are left out.
func firstItems(list []diffItem) (out []govsweep.DiffItem, more int) {
	at := map[uint64]int{}
	for i := range list {
		it := &list[i]
		if n, seen := at[it.key]; seen {
			out[n].Count = max(out[n].Count, 1) + 1
			continue
		}
		if len(out) == govsweep.MaxDiffItems {
			more++
			continue
		}
		at[it.key] = len(out)
		out = append(out, it.shown())
	}
	return out, more
}
