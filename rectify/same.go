package rectify

import (
	"maps"
	"slices"

	"github.com/govsweep/govsweep"
)

// Same gives nos and the numbers of the items that share a root cause with one
// of them, in order. An item without a cause shares none.
func Same(n *govsweep.Notice, nos []int) []int {
	causes := map[string]bool{}
	for _, no := range nos {
		if it := itemNo(n, no); it != nil && it.Cause != "" {
			causes[it.Cause] = true
		}
	}
	all := append(slices.Clone(nos), numbers(n, func(it *govsweep.NoticeItem) bool { return causes[it.Cause] })...)
	return slices.Compact(slices.Sorted(slices.Values(all)))
}

// siblings adds to nos the items of the same causes that have one of the
// statuses; others of them, and those spoken of by themselves, stay out.
func (t *Turn) siblings(n *govsweep.Notice, nos []int, may ...govsweep.FindingStatus) []int {
	if !t.Same {
		return nos
	}
	out := slices.Clone(nos)
	for _, no := range Same(n, nos) {
		if !slices.Contains(nos, no) && !slices.Contains(t.Apart, no) && slices.Contains(may, itemNo(n, no).Status) {
			out = append(out, no)
		}
	}
	return out
}

// answered gives the siblings of answered items the same answer: those that
// have none yet, and those whose answer was the one that is replaced now.
func (t *Turn) answered(n *govsweep.Notice, answers map[int]govsweep.Answer) {
	for _, no := range slices.Sorted(maps.Keys(answers)) {
		for _, other := range t.siblings(n, []int{no}, govsweep.Noticed, govsweep.Reopened, govsweep.Answered) {
			_, own := answers[other]
			if it := itemNo(n, other); !own && it != nil && (it.Status != govsweep.Answered || sameAnswer(it, itemNo(n, no))) {
				answers[other] = answers[no]
			}
		}
	}
}

func sameAnswer(a, b *govsweep.NoticeItem) bool {
	return a != nil && b != nil && a.Answer != nil && b.Answer != nil && *a.Answer == *b.Answer
}
