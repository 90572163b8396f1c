package casework

import (
	"fmt"
	"maps"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// spread takes into an amendment what shares a root cause with its items: the
// notice prints them as one problem. What is taken out is taken out whole; a
// corrected fact also corrects the twins that say the same, and one that says
// something else is to be corrected in its own words.
func (x Next) spread(n *govsweep.Notice) (Next, error) {
	if x.Event != rectify.StepAmend || x.Only {
		return x, nil
	}
	corrected, items := maps.Clone(x.Corrected), slices.Clone(x.Items)
	for _, no := range slices.Sorted(slices.Values(x.Items)) {
		text, corrects := x.Corrected[no]
		for _, twin := range rectify.Twins(n, no) {
			switch {
			case slices.Contains(items, twin):
				continue
			case corrects && factOf(n, twin) != factOf(n, no):
				return x, &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf(
					"第%d项与第%d项属于同一问题，事实表述不同，请用 --correct %d=更正后的文字 一并更正，或用 --item %d 移出；确只更正第%d项的，加 --only。", twin, no, twin, twin, no)}
			case corrects:
				corrected[twin] = text
			}
			items = append(items, twin)
		}
	}
	slices.Sort(items)
	x.Items, x.Corrected = slices.Compact(items), corrected
	return x, nil
}

func factOf(n *govsweep.Notice, no int) string {
	for i := range n.Items {
		if n.Items[i].No == no {
			return n.Items[i].Summary
		}
	}
	return ""
}
