package origin

import (
	"cmp"
	"slices"

	"github.com/govsweep/govsweep"
)

// noDay is the day of an item whose date nobody gives.
const noDay = -1 << 30

// item is one item with what is compared of it.
type item struct {
	*govsweep.Published
	title
	day   int      // days since 1970 in Shanghai
	grams []uint64 // pairs of neighbouring characters, sorted, each once
	gap   int      // days to the next item of the same title on its side; 0 for none
}

// prepare puts the items of one side in one order, whatever order they came
// in, and makes of those that are printed twice one.
func prepare(all []govsweep.Published, names known) []item {
	items := make([]item, 0, len(all))
	for i := range all {
		it := item{Published: &all[i], title: newTitle(all[i].Title, names), day: dayOf(&all[i])}
		if it.key != "" || it.URL != "" {
			items = append(items, it)
		}
	}
	slices.SortFunc(items, compare)
	items = once(items)
	for i := range items {
		items[i].grams = gramsOf(items[i].runes)
	}
	markSeries(items)
	return items
}

func compare(a, b item) int {
	return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.key, b.key), a.At.Compare(b.At), cmp.Compare(a.URL, b.URL),
		cmp.Compare(a.Title, b.Title), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Sketch.Bits, b.Sketch.Bits))
}

func dayOf(p *govsweep.Published) int {
	if p.At.IsZero() {
		return noDay
	}
	_, offset := p.At.In(govsweep.Shanghai).Zone()
	return int((p.At.Unix() + int64(offset)) / 86400)
}

// once makes one item of those with one title and one day: an article stands
// in several columns, an account repeats a post. The first one stays and names
// the addresses of the others.
func once(items []item) []item {
	out := items[:0]
	for _, it := range items {
		if n := len(out); n > 0 && same(&out[n-1], &it) {
			first := *out[n-1].Published
			if it.URL != "" && it.URL != first.URL && len(first.Also) < 20 {
				first.Also = append(slices.Clone(first.Also), it.URL)
			}
			if !first.Sketch.Known() {
				first.Sketch = it.Sketch
			}
			out[n-1].Published = &first
			continue
		}
		out = append(out, it)
	}
	return out
}

func same(a, b *item) bool {
	return a.day == b.day && a.key == b.key && a.key != "" &&
		(len(a.runes) >= shortTitle || a.URL == b.URL) && !(apart(a, b, Default().TextFar))
}

// apart says whether the texts of two items are known to be of two items.
func apart(a, b *item, far int) bool {
	x, y := a.Sketch, b.Sketch
	return x.Known() && y.Known() && x.Runes <= 2*y.Runes && y.Runes <= 2*x.Runes && x.Distance(y) >= far
}

// markSeries enters how soon a title comes again on its side: a meeting of
// every week, a forecast of every day.
func markSeries(items []item) {
	last := map[string]int{}
	for i := range items {
		it := &items[i]
		if it.day == noDay || it.key == "" {
			continue
		}
		if j, ok := last[it.key]; ok {
			gap := it.day - items[j].day
			if items[j].gap == 0 || gap < items[j].gap {
				items[j].gap = gap
			}
			it.gap = gap
			if gap == 0 {
				items[j].gap, it.gap = 1, 1
			}
		}
		last[it.key] = i
	}
}

// gramsOf gives the pairs of neighbouring characters.
func gramsOf(runes []rune) []uint64 {
	if len(runes) < 2 {
		return nil
	}
	out := make([]uint64, 0, len(runes)-1)
	for i := 1; i < len(runes); i++ {
		out = append(out, uint64(runes[i-1])<<32|uint64(runes[i]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
