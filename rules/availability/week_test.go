package availability_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/rules/availability"
)

// monday is the first of the seven days; the program starts the evening before.
var monday = time.Date(2026, 3, 23, 0, 0, 0, 0, govsweep.Shanghai)

// A world is a simulated week: a clock that moves only when the program
// waits, a site with planted outages, a line of our own that may fail, and
// the log, which outlives a restart.
type world struct {
	t        *testing.T
	clock    time.Time
	zone     *time.Location
	down     []outage // of the site
	line     []outage // of our own: nothing opens, the controls neither
	steps    map[string]time.Duration
	controls []string
	visits   int
	log      []govsweep.ProbeVisit
	windows  []govsweep.Maintenance
}

type outage struct{ from, to time.Time }

func within(list []outage, t time.Time) bool {
	return slices.ContainsFunc(list, func(o outage) bool { return !t.Before(o.from) && t.Before(o.to) })
}

func newWorld(t *testing.T, visits int) *world {
	return &world{t: t, clock: monday.Add(-4 * time.Hour), zone: time.UTC, visits: visits, controls: []string{"http://control/"}, steps: map[string]time.Duration{}}
}

func (w *world) now() time.Time { return w.clock.In(w.zone) }

// wait moves the clock, and sets it forward or back where a step is planted.
func (w *world) wait(_ context.Context, until time.Time) error {
	if until.After(w.clock) {
		w.clock = until
	}
	for at, by := range w.steps {
		when, err := time.ParseInLocation("2006-01-02 15:04", at, govsweep.Shanghai)
		if err != nil {
			w.t.Fatal(err)
		}
		if !w.clock.Before(when) {
			delete(w.steps, at)
			w.clock = w.clock.Add(by)
		}
	}
	return nil
}

func (w *world) look(_ context.Context, r probe.Request) (govsweep.ProbeVisit, *govsweep.Page) {
	v := govsweep.ProbeVisit{Target: r.Target, Series: r.Series, URL: r.URL, At: w.clock, Status: 200, Total: time.Second, Result: govsweep.ProbeOpened}
	if within(w.line, w.clock) || r.Target != "" && within(w.down, w.clock) {
		v.Status, v.Failure, v.Cause, v.Total, v.Result = 0, govsweep.FailTimeout, "在规定时间内没有打开。", probe.Line, govsweep.ProbeFailed
	}
	return v, nil
}

// SaveProbes and VisitedSlots make the world a log.
func (w *world) SaveProbes(_ context.Context, visits []govsweep.ProbeVisit) error {
	w.log = append(w.log, visits...)
	return nil
}

func (w *world) VisitedSlots(_ context.Context, _ govsweep.ProbeSeries, _ string, from, to time.Time) (map[govsweep.TargetID][]int, error) {
	made := map[govsweep.TargetID][]int{}
	for _, v := range w.log {
		if !v.At.Before(from) && v.At.Before(to) {
			made[v.Target] = append(made[v.Target], v.Slot)
		}
	}
	return made, nil
}

const site = govsweep.TargetID("1507830002")

// run makes the visits until a time, as a program that is started now.
func (w *world) run(until time.Time) {
	w.t.Helper()
	watch := &probe.Watch{Prober: &probe.Prober{}, Log: w, Series: govsweep.Availability, Visits: w.visits, Controls: w.controls,
		Now: w.now, Wait: w.wait, Look: w.look}
	if err := watch.Run(w.t.Context(), []probe.Site{{ID: site, URL: "http://www.x.gov.cn/"}}, until); err != nil {
		w.t.Fatal(err)
	}
}

// judge answers SV-02 on the morning after the week.
func (w *world) judge() govsweep.Outcome {
	w.t.Helper()
	d := rulestest.Dossier(w.t, []byte(`{"site": {"kind": "portal", "level": "县级", "url": "http://www.x.gov.cn/"},
		"home": {"url": "http://www.x.gov.cn/", "reached": true, "status": 200, "seconds": 0.4}, "coverage": {"complete": true}, "columns": []}`))
	d.AsOf, d.Probes = monday.AddDate(0, 0, 7).Add(9*time.Hour), facts.NewProbeLog(w.log, w.windows)
	return rules.Inspect(d, rulestest.Book(w.t).Only("site-unreachable-veto"), availability.Indicators)[0]
}

// slot is the planned time of a visit of a day of the week.
func (w *world) slot(day, n int) time.Time {
	return probe.Slots(site, monday.AddDate(0, 0, day), w.visits)[n]
}

// missed plants an outage just over each of the visits.
func (w *world) missed(visits ...[2]int) []outage {
	var out []outage
	for _, v := range visits {
		at := w.slot(v[0], v[1])
		out = append(out, outage{at, at.Add(time.Minute)})
	}
	return out
}

func week() time.Time { return monday.AddDate(0, 0, 7) }

func TestAWeekIsJudgedToTheVisit(t *testing.T) {
	seven := [][2]int{{0, 3}, {1, 19}, {2, 0}, {2, 1}, {4, 7}, {6, 0}, {6, 19}} // two of them on both sides of a midnight
	for name, test := range map[string]struct {
		visits int
		plant  func(w *world)
		status govsweep.OutcomeStatus
		says   string // in reason, review, or the finding
	}{
		"seven of 140 are five percent": {20, func(w *world) { w.down = w.missed(seven...) }, govsweep.Found, "共140次，其中7次在15秒内未能打开，占5%"},
		"six of 140 are not":            {20, func(w *world) { w.down = w.missed(seven[1:]...) }, govsweep.Passed, ""},
		"eight of 168 are not":          {24, func(w *world) { w.down = w.missed(append(seven, [2]int{3, 3})...) }, govsweep.Passed, ""},
		"nine of 168 are":               {24, func(w *world) { w.down = w.missed(append(seven, [2]int{3, 3}, [2]int{3, 5})...) }, govsweep.Found, "共168次，其中9次"},
		"a night's outage counts each visit to its own day": {20, func(w *world) {
			w.down = []outage{{w.slot(2, 16), w.slot(3, 3)}} // 16, 17, 18, 19 and 0, 1, 2
		}, govsweep.Found, "其中7次"},
		"an announced window excuses and stays in the denominator": {20, func(w *world) {
			w.down = w.missed(seven...)
			w.windows = []govsweep.Maintenance{{From: w.slot(4, 7).Add(-time.Hour), To: w.slot(4, 7).Add(time.Hour), Announced: monday, Source: "公告"}}
		}, govsweep.Passed, ""},
		"of eight one excused leaves seven of 140": {20, func(w *world) {
			w.down = w.missed(append(seven, [2]int{4, 8})...)
			w.windows = []govsweep.Maintenance{{From: w.slot(4, 8).Add(-time.Minute), To: w.slot(4, 8).Add(time.Minute), Announced: monday, Source: "公告"}}
		}, govsweep.Found, "总次数中有1次在事先公告的维护时段内未打开"},
		"a window announced behind its beginning excuses nothing": {20, func(w *world) {
			w.down = w.missed(seven...)
			from := w.slot(4, 7).Add(-time.Hour)
			w.windows = []govsweep.Maintenance{{From: from, To: from.Add(2 * time.Hour), Announced: from.Add(time.Second), Source: "公告"}}
		}, govsweep.Found, "其中7次"},
		"a window ends before the visit at its end": {20, func(w *world) {
			w.down = w.missed(seven...)
			w.windows = []govsweep.Maintenance{{From: monday, To: w.slot(0, 3), Announced: monday, Source: "公告"}}
		}, govsweep.Found, "其中7次"},
		"a line of our own that fails is not the site's fault": {24, func(w *world) {
			w.line = []outage{{w.slot(5, 2), w.slot(5, 5)}} // three visits
			w.down = w.missed(seven...)
		}, govsweep.Passed, ""},
		"and what is left of the visits is the denominator": {24, func(w *world) {
			w.line = []outage{{w.slot(5, 2), w.slot(5, 5)}}
			w.down = w.missed(append(seven, [2]int{3, 3}, [2]int{3, 5})...)
		}, govsweep.Found, "共165次，其中9次"},
		"a day of nineteen visits is no day of twenty": {20, func(w *world) {
			w.line = w.missed([2]int{5, 2})
			w.down = w.missed(seven...)
		}, govsweep.NotMeasured, "访问次数达到要求的有6日"},
		"and where nothing failed there is nothing to open": {20, func(w *world) { w.line = w.missed([2]int{5, 2}) }, govsweep.NotApplicable, "访问次数达到要求的有6日"},
		"a clock set back repeats no visit": {20, func(w *world) {
			w.steps["2026-03-25 12:00"] = -90 * time.Minute
			w.down = w.missed(seven...)
		}, govsweep.Found, "共140次，其中7次"},
		"a clock set back over midnight repeats no visit": {20, func(w *world) {
			w.steps["2026-03-25 00:30"] = -90 * time.Minute
			w.down = w.missed(seven...)
		}, govsweep.Found, "其中7次"},
		"a clock set forward loses visits and makes none up": {24, func(w *world) { w.steps["2026-03-25 12:10"] = 2 * time.Hour }, govsweep.Passed, ""},
		"summer time where the program runs moves no day": {20, func(w *world) {
			zone, err := time.LoadLocation("Europe/Berlin") // its clocks change on the last day of the week
			if err != nil {
				t.Skip("no time zone data on this machine: ", err)
			}
			w.zone, w.down = zone, w.missed(seven...)
		}, govsweep.Found, "共140次，其中7次"},
		"without a control a person has to look": {20, func(w *world) { w.controls, w.down = nil, w.missed(seven...) }, govsweep.Found, "没有对照网站可以排除监测端网络问题"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, test.visits)
			test.plant(w)
			w.run(week())
			o := w.judge()
			if o.Status != test.status {
				t.Fatalf("%s, want %s: %s%s", o.Status, test.status, o.Reason, o.Review)
			}
			said := o.Reason + o.Review
			for _, f := range o.Findings {
				said += f.Summary + strings.Join(f.Detail, "\n")
				if f.NeedsReview != (w.controls == nil) {
					t.Errorf("review %v with controls %v", f.NeedsReview, w.controls)
				}
			}
			if !strings.Contains(said, test.says) {
				t.Errorf("says %s\nwant %s", said, test.says)
			}
		})
	}
}

func TestARunThatWasCutGoesOn(t *testing.T) {
	whole, cut := newWorld(t, 20), newWorld(t, 20)
	whole.run(week())
	for h := 5; h < 7*24; h += 11 { // started again at fifteen odd times
		cut.run(monday.Add(time.Duration(h) * time.Hour))
	}
	cut.run(week())
	if len(whole.log) < 140 || len(cut.log) != len(whole.log) {
		t.Fatalf("%d visits cut, %d whole", len(cut.log), len(whole.log))
	}
	for i := range whole.log {
		if !whole.log[i].At.Equal(cut.log[i].At) {
			t.Fatalf("visit %d at %v and %v", i, whole.log[i].At, cut.log[i].At)
		}
	}
}

func TestVisitsAreSpaced(t *testing.T) {
	w := newWorld(t, 20)
	w.run(week())
	w.down = []outage{{monday, week()}}
	for range 30 { // a person tries again and again while the site is down
		v, _ := w.look(t.Context(), probe.Request{Target: site, Series: govsweep.Availability})
		v.At = w.slot(3, 5).Add(time.Minute)
		w.log = append(w.log, v)
	}
	if o := w.judge(); o.Status != govsweep.Passed {
		t.Errorf("%s: visits in a row were counted", o.Status)
	}
	before := w.log[0].At
	for _, v := range w.log[1:140] {
		if v.At.Sub(before) < 15*time.Minute {
			t.Errorf("planned visits at %v and %v", before, v.At)
		}
		before = v.At
	}
}

func TestAStoppedRunKeepsWhatItSaw(t *testing.T) {
	w := newWorld(t, 20)
	ctx, stop := context.WithCancel(t.Context())
	watch := &probe.Watch{Prober: &probe.Prober{}, Log: w, Series: govsweep.Availability, Visits: 20, Now: w.now, Look: w.look,
		Wait: func(ctx context.Context, until time.Time) error {
			if len(w.log) == 3 {
				stop()
				return ctx.Err()
			}
			return w.wait(ctx, until)
		}}
	if err := watch.Run(ctx, []probe.Site{{ID: site, URL: "http://x/"}}, week()); !errors.Is(err, context.Canceled) || len(w.log) != 3 {
		t.Errorf("%v with %d visits", err, len(w.log))
	}
}
