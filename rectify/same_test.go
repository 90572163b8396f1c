package rectify_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// shared is an issued notice of five items: 1, 2 and 3 have one cause, 4 and 5 none.
func shared(t *testing.T) *govsweep.Notice {
	t.Helper()
	n := draft()
	for no := 3; no <= 5; no++ {
		it := n.Items[0]
		it.No, it.Fingerprint, it.Finding = no, fmt.Sprint("fp", no), fmt.Sprint("F", no)
		n.Items = append(n.Items, it)
	}
	for i := range 3 {
		n.Items[i].Cause = "one"
	}
	for _, e := range []string{rectify.StepIssue, rectify.StepReceive} {
		if _, err := rectify.StepNotice(n, e, turn(1, nil)); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

func TestWhatIsSaidOfOneItemReachesThoseOfItsCause(t *testing.T) {
	same := func(t *rectify.Turn) { t.Same = true }
	both := func(changes ...func(*rectify.Turn)) func(*rectify.Turn) {
		return func(t *rectify.Turn) {
			for _, c := range changes {
				c(t)
			}
		}
	}
	items := func(nos ...int) func(*rectify.Turn) { return func(t *rectify.Turn) { t.Items = nos } }
	words := func(s string) func(*rectify.Turn) {
		return func(t *rectify.Turn) { t.Answer = &govsweep.Answer{At: day(1), By: "王某", Measures: s} }
	}
	for _, c := range []struct {
		name   string
		before []event
		step   event
		want   []int
	}{
		{"an answer", nil, event{"answer", both(answer(2), same)}, []int{1, 2, 3}},
		{"an answer to that item only", nil, event{"answer", answer(2)}, []int{2}},
		{"an answer to an item without a cause", nil, event{"answer", both(answer(4), same)}, []int{4}},
		{"a sibling that has passed stays", []event{{"retest", retest("3p")}}, event{"answer", both(answer(1), same)}, []int{1, 2}},
		{"a sibling with another answer keeps it", []event{{"answer", both(items(3), words("已撤并"))}}, event{"answer", both(answer(1), same)}, []int{1, 2}},
		{"a sibling with the answer that is replaced follows", []event{{"answer", both(items(1), words("甲"), same)}}, event{"answer", both(items(2), words("乙"), same)}, []int{1, 2, 3}},
		{"answers item by item reach what was left empty", nil, event{"answer", func(t *rectify.Turn) {
			t.Same, t.Apart = true, []int{3}
			t.Answers = map[int]govsweep.Answer{1: {Measures: "甲"}, 4: {Measures: "乙"}}
		}}, []int{1, 2, 4}},
		{"an objection", nil, event{"dispute", both(items(3), same)}, []int{1, 2, 3}},
		{"an objection to that item only", nil, event{"dispute", items(3)}, []int{3}},
		{"a decision", []event{{"dispute", both(items(1), same)}}, event{"decide", func(t *rectify.Turn) { t.Same, t.Upheld = true, []int{2} }}, []int{1, 2, 3}},
		{"a cause decided both ways leaves the rest open", []event{{"dispute", both(items(1), same)}},
			event{"decide", func(t *rectify.Turn) { t.Same, t.Upheld, t.Overturned = true, []int{1}, []int{2} }}, []int{1, 2}},
		{"a decision about a disputed item leaves an answered sibling alone", []event{{"dispute", items(1)}},
			event{"decide", func(t *rectify.Turn) { t.Same, t.Overturned = true, []int{1} }}, []int{1}},
	} {
		n := shared(t)
		for _, e := range c.before {
			if _, err := rectify.StepNotice(n, e.name, turn(2, e.change)); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
		}
		step, err := rectify.StepNotice(n, c.step.name, turn(3, c.step.change))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if !slices.Equal(step.Items, c.want) {
			t.Errorf("%s: items %v, want %v", c.name, step.Items, c.want)
		}
	}
}

func TestSameCausesAreListedOnceAndInOrder(t *testing.T) {
	n := shared(t)
	for _, c := range []struct{ of, want []int }{{[]int{2}, []int{1, 2, 3}}, {[]int{5, 1, 1}, []int{1, 2, 3, 5}}, {[]int{9}, []int{9}}, {nil, nil}} {
		if got := rectify.Same(n, c.of); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v", c.of, got)
		}
	}
}
