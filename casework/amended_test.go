package casework_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
)

func correct(no int, text string) casework.Next {
	x := amend(no)
	x.Corrected = map[int]string{no: text}
	return x
}

func TestALaterPaperFollowsTheNoticeAsAmended(t *testing.T) {
	w := newWorld(t)
	n := w.issued(1)
	must2(t)(w.Further(t.Context(), n.ID, correct(1, "首页自2月1日起没有更新。")))
	must2(t)(w.Further(t.Context(), n.ID, amend(2)))
	parent, paper, err := w.Further(t.Context(), n.ID, urge())
	must(t, err)
	if len(paper.Items) != 1 || paper.Items[0].No != 1 || paper.Items[0].Summary != "首页自2月1日起没有更新。" {
		t.Errorf("the reminder lists %+v", paper.Items)
	}
	papers, err := w.db.Following(t.Context(), n.ID)
	must(t, err)
	if taken := papers[1].Items[0].Status; taken != parent.Items[1].Status || taken != govsweep.Confirmed {
		t.Errorf("the amendment says %s, the notice %s", taken, parent.Items[1].Status)
	}
	stands, err := casework.Amended(t.Context(), w.db, parent)
	must(t, err)
	if stands.Items[0].Summary != "首页自2月1日起没有更新。" || parent.Items[0].Summary == stands.Items[0].Summary {
		t.Errorf("it stands as %q, printed is %q", stands.Items[0].Summary, parent.Items[0].Summary)
	}
	if _, _, err := w.Further(t.Context(), n.ID, urge(2)); err == nil || !strings.Contains(err.Error(), "第2项问题已经撤销或移出") {
		t.Errorf("somebody is urged over what was taken out: %v", err)
	}
}

func must2(t *testing.T) func(_, _ *govsweep.Notice, err error) {
	return func(_, _ *govsweep.Notice, err error) { t.Helper(); must(t, err) }
}

// twins is a notice with one problem under two items, which say facts.
func (w *world) twins(facts ...string) *govsweep.Notice {
	w.t.Helper()
	w.inspected(1)
	s := site(1)
	n := &govsweep.Notice{Kind: govsweep.RectificationNotice, State: govsweep.NoticeDraft, Form: "general", Bureau: "某单位", Target: s.Target(),
		Drafted: w.now, DraftedBy: "张三", AsOf: monday}
	for i, fact := range facts {
		x := fault(1, i+1)
		n.Items = append(n.Items, govsweep.NoticeItem{No: i + 1, Finding: x.ID, Fingerprint: x.Fingerprint, Indicator: x.Indicator, Class: x.Class, Summary: fact, Cause: "same", Status: govsweep.Confirmed})
	}
	w.confirmed([]govsweep.Finding{fault(1, 1), fault(1, 2)})
	must(w.t, w.db.DraftNotice(w.t.Context(), n))
	out, err := w.Issue(w.t.Context(), n.ID, "王五", w.now)
	must(w.t, err)
	return out
}

func TestAnAmendmentReachesTheTwinsOfAMergedProblem(t *testing.T) {
	for name, c := range map[string]struct {
		facts []string
		next  casework.Next
		only  bool
		items []int
		say   string
	}{
		"taken out together":                  {[]string{"甲", "甲"}, amend(2), false, []int{1, 2}, ""},
		"one alone where it is asked for":     {[]string{"甲", "甲"}, amend(2), true, []int{2}, ""},
		"the same fact corrected together":    {[]string{"甲", "甲"}, correct(1, "乙"), false, []int{1, 2}, ""},
		"another fact wants its own words":    {[]string{"甲", "丙"}, correct(1, "乙"), false, nil, "第2项与第1项属于同一问题"},
		"another fact stays where it's asked": {[]string{"甲", "丙"}, correct(1, "乙"), true, []int{1}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			n := w.twins(c.facts...)
			c.next.Only = c.only
			_, paper, err := w.Further(t.Context(), n.ID, c.next)
			if c.say != "" {
				if err == nil || !strings.Contains(err.Error(), c.say) {
					t.Fatalf("got %v", err)
				}
				return
			}
			must(t, err)
			var got []int
			for _, it := range paper.Items {
				got = append(got, it.No)
				if text := c.next.Corrected[1]; text != "" && it.Summary != text {
					t.Errorf("item %d says %q", it.No, it.Summary)
				}
			}
			if !slices.Equal(got, c.items) {
				t.Errorf("items %v", got)
			}
		})
	}
}
