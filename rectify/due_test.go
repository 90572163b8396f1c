package rectify_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/workday"
)

var ladder = rectify.Ladder{RemindBefore: []int{3, 1, -2}, OverdueAfter: 1, EscalateAfter: 3, NameAfterReminders: 3}

// at is a moment of March 2026, at nine in the morning.
func at(day int) time.Time { return time.Date(2026, 3, day, 9, 0, 0, 0, govsweep.Shanghai) }

// issued is a notice of two items issued on 2 March with its deadline on Monday the 16th.
func issued(t *testing.T) *govsweep.Notice {
	n := draft()
	take(t, n, at(2), rectify.StepIssue, nil)
	return n
}

func take(t *testing.T, n *govsweep.Notice, at time.Time, event string, change func(*rectify.Turn)) {
	t.Helper()
	tn := rectify.Turn{At: at, By: "王某", Reason: "依规", Paper: "N2"}
	if change != nil {
		change(&tn)
	}
	if _, err := rectify.StepNotice(n, event, tn); err != nil {
		t.Fatalf("%s: %v", event, err)
	}
}

// dueOn writes what is due as a test wants it: “remind 2026-03-11 [1 2]”.
func dueOn(t *testing.T, n *govsweep.Notice, at time.Time) []string {
	t.Helper()
	cal := workday.Default()
	actions := rectify.Due(n, ladder, cal, at)
	if d := cmp.Diff(actions, rectify.Due(n, ladder, cal, at.Add(5*time.Hour))); d != "" {
		t.Errorf("asked twice on %s it says something else:\n%s", govsweep.DateOf(at), d)
	}
	out := []string{}
	for _, a := range actions {
		if !strings.HasSuffix(a.Why, "。") || len(a.Items) == 0 {
			t.Errorf("an action lacks its reason or its items: %+v", a)
		}
		out = append(out, a.Event+" "+a.Day)
	}
	return out
}

func TestWhatIsDue(t *testing.T) {
	record := func(day int, event string, change func(*rectify.Turn)) func(*testing.T, *govsweep.Notice) {
		return func(t *testing.T, n *govsweep.Notice) { take(t, n, at(day), event, change) }
	}
	done := func(steps ...func(*testing.T, *govsweep.Notice)) []func(*testing.T, *govsweep.Notice) { return steps }
	lookedAt := record(17, "retest", retest("1f", "2f"))
	for name, c := range map[string]struct {
		steps []func(*testing.T, *govsweep.Notice)
		on    int
		want  []string
	}{
		"four working days before the deadline nothing":       {nil, 10, nil},
		"three working days before it, over a weekend":        {nil, 11, []string{"remind 2026-03-11"}},
		"the next day still, while nobody reminded":           {nil, 12, []string{"remind 2026-03-11"}},
		"once reminded, not again":                            {done(record(11, "remind", nil)), 12, nil},
		"the second rung is one working day before: Friday":   {done(record(11, "remind", nil)), 13, []string{"remind 2026-03-13"}},
		"a missed rung is not sent besides the next one":      {nil, 13, []string{"remind 2026-03-13"}},
		"on the weekend the rung of Friday is due":            {done(record(11, "remind", nil)), 14, []string{"remind 2026-03-13"}},
		"on the last day, all sent, nothing":                  {done(record(13, "remind", nil)), 16, nil},
		"an answer is re-tested":                              {done(record(5, "answer", answer())), 5, []string{"retest 2026-03-05"}},
		"an answer to one item too":                           {done(record(5, "answer", answer(2))), 6, []string{"retest 2026-03-05"}},
		"once re-tested it is not again":                      {done(record(5, "answer", answer()), record(6, "retest", retest("1u", "2u"))), 7, nil},
		"a second answer is re-tested again":                  {done(record(5, "answer", answer()), record(6, "retest", retest("1f", "2p")), record(9, "answer", answer())), 9, []string{"retest 2026-03-09"}},
		"the re-test of one item leaves the other's":          {done(record(5, "answer", answer()), record(6, "retest", retest("1f"))), 7, []string{"retest 2026-03-05"}},
		"what was answered is not reminded of":                {done(record(5, "answer", answer()), record(6, "retest", retest("1u", "2u"))), 13, nil},
		"when the last day is over all is re-tested":          {done(record(13, "remind", nil)), 17, []string{"retest 2026-03-17"}},
		"answered late, one re-test serves both":              {done(record(13, "remind", nil), record(17, "answer", answer())), 17, []string{"retest 2026-03-17"}},
		"never reminded, nobody is reminded of what is over":  {done(lookedAt), 17, nil},
		"nobody is called late before that re-test":           {done(record(13, "remind", nil)), 18, []string{"retest 2026-03-17", "remind 2026-03-18"}},
		"within the day of grace nobody is late":              {done(record(13, "remind", nil), lookedAt), 17, nil},
		"after it the unit is late":                           {done(record(13, "remind", nil), lookedAt), 18, []string{"remind 2026-03-18", "overdue 2026-03-18"}},
		"what was mended in silence is not late":              {done(record(13, "remind", nil), record(17, "retest", retest("1p", "2p"))), 18, nil},
		"what was answered before the end is not late":        {done(record(16, "answer", answer()), record(17, "retest", retest("1u", "2u"))), 18, nil},
		"once called late it is not again":                    {done(record(13, "remind", nil), lookedAt, record(18, "remind", nil), record(18, "overdue", nil)), 19, nil},
		"three working days later the order is due":           {done(record(13, "remind", nil), lookedAt, record(18, "remind", nil), record(18, "overdue", nil)), 23, []string{"escalate 2026-03-23"}},
		"not a day sooner, weekends apart":                    {done(record(13, "remind", nil), lookedAt, record(18, "remind", nil), record(18, "overdue", nil)), 22, nil},
		"once ordered it is not again":                        {done(record(13, "remind", nil), lookedAt, record(18, "remind", nil), record(18, "overdue", nil), record(23, "escalate", nil)), 30, nil},
		"after three reminders it is named":                   {done(record(11, "remind", nil), record(13, "remind", nil), lookedAt, record(18, "overdue", nil), record(18, "remind", nil)), 19, []string{"name 2026-03-18"}},
		"once named it is not again":                          {done(record(11, "remind", nil), record(13, "remind", nil), lookedAt, record(18, "overdue", nil), record(18, "remind", nil), record(19, "name", nil)), 20, nil},
		"what is disputed neither waits nor is re-tested":     {done(record(3, "dispute", func(t *rectify.Turn) { t.Items = []int{1, 2} })), 20, nil},
		"what was upheld waits":                               {done(record(3, "dispute", func(t *rectify.Turn) { t.Items = []int{1, 2} }), record(4, "decide", func(t *rectify.Turn) { t.Upheld = []int{1, 2} })), 11, []string{"remind 2026-03-11"}},
		"a closed notice is left alone":                       {done(record(3, "retest", retest("1p", "2p")), record(4, "close", nil)), 30, nil},
		"a withdrawn one too":                                 {done(record(3, "withdraw", nil)), 30, nil},
		"late in everything, it begins with the last re-test": {nil, 30, []string{"retest 2026-03-17", "remind 2026-03-18"}},
	} {
		t.Run(name, func(t *testing.T) {
			n := issued(t)
			for _, step := range c.steps {
				step(t, n)
			}
			if d := cmp.Diff(append([]string{}, c.want...), dueOn(t, n, at(c.on))); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestRungsStandOnTheStateCalendar(t *testing.T) {
	n := draft()
	n.Deadline = "2026-10-09"
	take(t, n, time.Date(2026, 9, 1, 9, 0, 0, 0, govsweep.Shanghai), rectify.StepIssue, nil)
	for day, want := range map[string][]string{
		"2026-09-28": {},
		"2026-09-29": {"remind 2026-09-29"}, // 8 October, 30 and 29 September: three working days before the 9th
		"2026-10-01": {"remind 2026-09-29"},
		"2026-10-08": {"remind 2026-10-08"},
	} {
		moment, _ := govsweep.ParseDate(day)
		if d := cmp.Diff(want, dueOn(t, n, moment.Add(9*time.Hour))); d != "" {
			t.Errorf("on %s (-want +got):\n%s", day, d)
		}
	}
	if got := rectify.Due(n, ladder, nil, time.Date(2026, 10, 8, 9, 0, 0, 0, govsweep.Shanghai)); len(got) != 1 || got[0].Day != "2026-10-08" {
		t.Errorf("without a calendar Monday to Friday count: %+v", got)
	}
}

// TestTheWholeLadderIsClimbedOnce asks every day for four months and does what
// is due; each rung is taken once, in order.
func TestTheWholeLadderIsClimbedOnce(t *testing.T) {
	n, cal := issued(t), workday.Default()
	var taken []string
	for d := range 120 {
		now := at(2).AddDate(0, 0, d)
		for {
			actions := rectify.Due(n, ladder, cal, now)
			if len(actions) == 0 {
				break
			}
			a := actions[0]
			taken = append(taken, govsweep.DateOf(now)+" "+a.Event)
			if len(taken) > 50 {
				t.Fatalf("it does not end: %v", taken)
			}
			change := retest("1f", "2f")
			if a.Event != rectify.StepRetest {
				change = nil
			}
			take(t, n, now, a.Event, change)
		}
	}
	want := []string{
		"2026-03-11 remind", "2026-03-13 remind", "2026-03-17 retest", "2026-03-18 remind", "2026-03-18 overdue",
		"2026-03-18 name", "2026-03-23 escalate",
	}
	if d := cmp.Diff(want, taken); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestNobodyIsRemindedOnTheDayOfIssue(t *testing.T) {
	n := draft()
	take(t, n, at(12), rectify.StepIssue, nil) // two working days before the deadline
	if got := dueOn(t, n, at(12)); len(got) != 0 {
		t.Errorf("a rung that was passed before the issue is due: %v", got)
	}
	if got := dueOn(t, n, at(13)); !slices.Equal(got, []string{"remind 2026-03-13"}) {
		t.Errorf("the next rung: %v", got)
	}
}

func TestNothingIsDueForAPaperWithoutDeadlineOrLife(t *testing.T) {
	n := issued(t)
	for _, bad := range []string{"", "尽快", "2026-13-40"} {
		n.Deadline = bad
		if got := dueOn(t, n, at(31)); len(got) != 0 {
			t.Errorf("deadline %q: %v", bad, got)
		}
	}
	take(t, n, at(31), "answer", answer())
	if got := dueOn(t, n, at(31)); !slices.Equal(got, []string{"retest 2026-03-31"}) {
		t.Errorf("an answer is re-tested all the same: %v", got)
	}
	if got := dueOn(t, draft(), at(31)); len(got) != 0 {
		t.Errorf("a draft: %v", got)
	}
	urge := issued(t)
	urge.Kind = govsweep.Urge
	if got := dueOn(t, urge, at(31)); len(got) != 0 {
		t.Errorf("a paper that follows: %v", got)
	}
}
