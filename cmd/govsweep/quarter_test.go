package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/internal/raced"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
)

// What the simulation supposes: a look takes so long and asks its host so
// often; hosts take two requests a second, platforms eight.
const (
	lookTakes    = 150 * time.Second
	lookRequests = 24
	hostRate     = 2
	platformRate = 8
)

// quarter is a bureau over 92 simulated days: real planner, orders, looks,
// turns and database; only the look itself is made up.
type quarter struct {
	t     testing.TB
	s     *process
	book  *rules.Rulebook
	now   time.Time
	turns *schedule.Turns
	next  map[string]time.Time // the turns all processes share
	hits  map[string]*hits
	sites map[govsweep.TargetID]*simSite
	lanes map[schedule.Piece]time.Time // until when a lane is busy
	queue map[int64][]govsweep.SweepTarget
	looks []govsweep.SiteLook // to be kept

	looked, overdue, late, misses, mostPieces int
	longest                                   time.Duration
	ticks                                     int
	tickCost, makeCost                        time.Duration
}

// simSite is what a site really does.
type simSite struct {
	site    govsweep.Site
	columns []simColumn
	last    time.Time // the last look
}

type simColumn struct {
	class    govsweep.ColumnClass
	cycle    int       // days
	every    int       // days between two items
	stops    time.Time // nothing is published any more
	deadline time.Time // as the last look saw it
	stale    bool
}

// hits are the last requests to one name.
type hits struct {
	last []time.Time
	n    int
}

// over keeps a request and says whether more than rate a second, over any
// ten seconds, have been made.
func (h *hits) over(at time.Time, rate int) bool {
	if h.last == nil {
		h.last = make([]time.Time, 10*rate+1)
	}
	i := h.n % len(h.last)
	before := h.last[i]
	h.last[i] = at
	h.n++
	return !before.IsZero() && at.Sub(before) < 10*time.Second-time.Second/time.Duration(rate)
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// TakeTurn hands out turns by the simulated clock, as the database does.
func (q *quarter) TakeTurn(_ context.Context, name string, gap time.Duration, group string, groupGap time.Duration) (time.Duration, bool, error) {
	at, from := maxTime(q.next[name], q.now), maxTime(q.next[group], q.now)
	if at.After(from) {
		return at.Sub(q.now), false, nil
	}
	if from.After(q.now) {
		return from.Sub(q.now), false, nil
	}
	q.next[name], q.next[group] = from.Add(gap), from.Add(groupGap)
	return 0, true, nil
}

// items counts what was published up to a day, counted from the start.
func (c *simColumn) items(day int) int {
	if !c.stops.IsZero() {
		day = min(day, quarterDay(c.stops))
	}
	return (day + 1000*c.every) / c.every
}

// newest is the day of the newest item at a time.
func (c *simColumn) newest(at time.Time) time.Time {
	return quarterStart.AddDate(0, 0, (c.items(quarterDay(at))-1000)*c.every)
}

func quarterDay(at time.Time) int { return int(math.Floor(at.Sub(quarterStart).Hours() / 24)) }

var quarterStart = time.Date(2026, 4, 1, 0, 0, 0, 0, govsweep.Shanghai)

// dossier is what a look finds.
func (x *simSite) dossier(at time.Time) *facts.Dossier {
	d := &facts.Dossier{AsOf: at, Site: x.site}
	for i := range x.columns {
		c := &x.columns[i]
		a := govsweep.ColumnActivity{Column: govsweep.Column{URL: x.site.URL + strconv.Itoa(i) + "/", Name: "栏目", Class: c.class, Confidence: 1},
			State: govsweep.Listed, Items: 20, Newest: govsweep.DateOf(c.newest(at)), Looks: 2}
		for w := range a.Weeks {
			a.Weeks[w] = c.items(quarterDay(at)-7*w) - c.items(quarterDay(at)-7*w-7)
		}
		d.Columns = append(d.Columns, a)
	}
	return d
}

// look looks at a site from q.now on and gives when it is done.
func (q *quarter) look(t *govsweep.SweepTarget) time.Time {
	begun := q.now
	x := q.sites[t.Target.ID]
	for range lookRequests {
		host := address.Host(x.site.URL)
		must(q.t, q.turns.Turn(q.t.Context(), host, time.Second/hostRate))
		for name, rate := range map[string]int{host: hostRate, x.site.Platform: platformRate} {
			if q.hits[name] == nil {
				q.hits[name] = &hits{}
			}
			if q.hits[name].over(q.now, rate) {
				q.t.Errorf("%s: more than %d requests a second at %s", name, rate, q.now)
			}
		}
	}
	end := q.now
	if least := begun.Add(lookTakes); end.Before(least) {
		end = least
	}
	q.judge(x, begun)
	q.now = begun
	return end
}

// judge plans the next look by the product's own rules, and counts what the
// law asked for and was not seen in time.
func (q *quarter) judge(x *simSite, at time.Time) {
	d := x.dossier(at)
	planned := schedule.Looks(d, q.book)
	q.looks = append(q.looks, schedule.SiteNext(x.site.ID, at, planned))
	if len(q.looks) >= 500 {
		q.keepLooks()
	}
	for i := range planned {
		p := &planned[i]
		c := &x.columns[p.URL[len(p.URL)-2]-'0']
		if x.last.IsZero() {
			c.stale = p.State == govsweep.ColumnStale
			c.deadline = p.Deadline
			continue
		}
		q.gap(at.Sub(x.last), c.cycle)
		if stale := p.State == govsweep.ColumnStale; stale && !c.stale {
			q.overdue++
			if seen := at.Sub(c.deadline.AddDate(0, 0, 1)); seen >= 32*time.Hour { // not in the night of the first day overdue
				q.late++
			}
			c.stale = true
		} else {
			c.stale = stale
		}
		c.deadline = p.Deadline
	}
	if !x.last.IsZero() {
		q.gap(at.Sub(x.last), 14) // the home page
	}
	x.last = at
	q.looked++
}

// gap counts a window of the law in which nobody looked.
func (q *quarter) gap(d time.Duration, cycle int) {
	q.longest = max(q.longest, d)
	if d > time.Duration(cycle)*24*time.Hour {
		q.misses++
	}
}

func (q *quarter) keepLooks() {
	must(q.t, q.s.db.SaveSiteLooks(q.t.Context(), q.looks))
	q.looks = q.looks[:0]
}

// tick does what the scheduler does, and gives its pieces a lane each.
func (q *quarter) tick() {
	q.keepLooks()
	made := q.makeCost
	began := time.Now()
	wanted, err := q.s.engine.Due(q.t.Context())
	if took := time.Since(began); q.makeCost > made {
		q.makeCost = made + took // orders were drawn up and kept: not at every look
	} else {
		q.tickCost += took
		q.ticks++
	}
	must(q.t, err)
	q.mostPieces = max(q.mostPieces, len(wanted))
	for _, w := range wanted {
		if w.Kind == govsweep.AccountsSchedule {
			q.accounts(w)
		} else if at, ok := q.lanes[w.Piece]; !ok || at.Before(q.now) {
			q.lanes[w.Piece] = q.now
		}
	}
}

// finish marks every target of a sweep as judged.
func (q *quarter) finish(sweep int64) {
	w, _ := q.s.db.Lend()
	_, err := w.ExecContext(q.t.Context(), `UPDATE runs SET state = 'done' WHERE sweep = $1`, sweep)
	must(q.t, err)
	q.queue[sweep] = nil // known, and nothing left
}

func (q *quarter) accounts(w schedule.Wanted) {
	r, err := q.s.db.ScheduleRun(q.t.Context(), w.Schedule, w.At())
	must(q.t, err)
	q.finish(r.Sweep)
}

// work lets every lane take targets until the next tick.
func (q *quarter) work(until time.Time) {
	start := q.now
	for {
		var first schedule.Piece
		at := until
		for p, t := range q.lanes {
			if t.Before(at) || t.Equal(at) && t.Before(until) && (p.Lane < first.Lane || p.Schedule < first.Schedule) {
				first, at = p, t
			}
		}
		if !at.Before(until) {
			break
		}
		r, err := q.s.db.ScheduleRun(q.t.Context(), first.Schedule, first.At())
		must(q.t, err)
		targets, known := q.queue[r.Sweep]
		if !known && r.State == govsweep.RunRunning {
			targets, err = q.s.db.SweepTargets(q.t.Context(), r.Sweep)
			must(q.t, err)
			targets = slices.DeleteFunc(targets, func(t govsweep.SweepTarget) bool { return t.State != govsweep.SweepWaiting })
		}
		if len(targets) == 0 || r.State != govsweep.RunRunning {
			if !known || targets != nil {
				q.finish(r.Sweep)
			}
			delete(q.lanes, first)
			continue
		}
		q.queue[r.Sweep] = targets[1:]
		q.now = at
		q.lanes[first] = q.look(&targets[0])
	}
	q.now = start
}

// register keeps the sites and accounts of a province.
func (q *quarter) register(sites, accounts int) {
	var all []govsweep.Site
	for i := range sites {
		x := &simSite{site: govsweep.Site{ID: govsweep.TargetID(fmt.Sprintf("%010d", i)), Code: fmt.Sprintf("%010d", i), Name: fmt.Sprint("网站", i), URL: fmt.Sprintf("https://s%d.gov.cn/", i),
			Kind: govsweep.Portal, Platform: fmt.Sprint("平台", i%max(sites/375, 2)), State: govsweep.Running}}
		x.columns = []simColumn{{class: govsweep.NewsColumn, cycle: 14, every: 4 + i%9}, {class: govsweep.AnnouncementColumn, cycle: 183, every: 5 + i%60}, {class: govsweep.PolicyColumn, cycle: 183, every: 20 + i%100}}
		if i%5 == 0 { // one in five falls silent
			x.columns[i/5%3].stops = quarterStart.AddDate(0, 0, -170+i%250)
		}
		q.sites[x.site.ID] = x
		all = append(all, x.site)
	}
	must(q.t, q.s.db.SaveSites(q.t.Context(), all))
	var media []govsweep.Account
	for i := range accounts {
		media = append(media, govsweep.Account{ID: govsweep.TargetID(fmt.Sprintf("weixin-%d", i)), Media: govsweep.WeChat, Number: strconv.Itoa(i), Name: fmt.Sprint("账号", i), State: govsweep.AccountRunning})
	}
	must(q.t, q.s.db.SaveAccounts(q.t.Context(), media))
}

func newQuarter(t testing.TB) *quarter {
	dir := t.TempDir()
	a := &app{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, log: slog.New(slog.DiscardHandler), env: func(string) string { return "" },
		settings: settings{data: dir, db: "sqlite:" + filepath.Join(dir, "govsweep.db")}}
	db, err := a.openDB()
	must(t, err)
	t.Cleanup(func() { db.Close() })
	q := &quarter{t: t, now: quarterStart, next: map[string]time.Time{}, hits: map[string]*hits{}, sites: map[govsweep.TargetID]*simSite{},
		lanes: map[schedule.Piece]time.Time{}, queue: map[int64][]govsweep.SweepTarget{}}
	q.s, err = newService(a, db, &serviceFlags{Slots: 64})
	must(t, err)
	q.book, _, err = a.loadBook("")
	must(t, err)
	clock := func() time.Time { return q.now }
	q.s.now, q.s.engine.Planner.Now = clock, clock
	q.s.engine.Hold, q.s.engine.Planner.Hold = nil, nil
	making := q.s.engine.Planner.Make
	q.s.engine.Planner.Make = func(ctx context.Context, o *govsweep.Schedule, due time.Time) (*govsweep.Sweep, []govsweep.Target, string, error) {
		defer func(began time.Time) { q.makeCost += time.Since(began) }(time.Now())
		return making(ctx, o, due)
	}
	q.turns = &schedule.Turns{Store: q, Platform: time.Second / platformRate, Now: clock,
		Of: func(host string) string {
			i, _ := strconv.Atoi(host[1 : len(host)-len(".gov.cn")])
			return q.sites[govsweep.TargetID(fmt.Sprintf("%010d", i))].site.Platform
		},
		Wait: func(_ context.Context, until time.Time) error {
			if until.After(q.now) {
				q.now = until
			}
			return nil
		}}
	return q
}

// A quarter of a bureau: no window of the law without a look, no host and no
// platform asked faster than its rate, no heap of pieces, no growth.
// GOVSWEEP_TEST_SITES sets the number of sites; accounts are four times as many.
func TestAQuarterLooksAtEveryColumnInItsWindow(t *testing.T) {
	sites, alone := raced.Less(40), false
	if n, err := strconv.Atoi(os.Getenv("GOVSWEEP_TEST_SITES")); err == nil {
		sites, alone = n, true
	} else {
		t.Parallel()
	}
	q := newQuarter(t)
	q.register(sites, 4*sites)
	parallel := max(sites/150, 4)
	must(t, q.s.db.SaveSchedules(t.Context(), []govsweep.Schedule{
		{Name: "栏目", Kind: govsweep.ColumnsSchedule, When: "每日 20:00", Priority: 3, Parallel: parallel, Since: quarterStart},
		{Name: "全面", Kind: govsweep.FullSchedule, When: "每月1日 08:00", Priority: 4, Parallel: parallel, Since: quarterStart},
		{Name: "抽查", Kind: govsweep.SampleSchedule, Sample: "30%", When: "每季度首月5日 20:00", Priority: 2, Parallel: parallel, Since: quarterStart},
		{Name: "账号", Kind: govsweep.AccountsSchedule, When: "每周一 08:00", Priority: 3, Since: quarterStart},
	}))
	step := 15 * time.Minute
	if sites < 1000 {
		step = 12 * time.Hour
	}
	days, mondays := 92, 0
	if raced.On { // a month is looked at as a quarter is
		days, step = 32, 2*step
	}
	var heap [2]uint64 // after a month and at the end
	for day := range days {
		if quarterStart.AddDate(0, 0, day).Weekday() == time.Monday {
			mondays++
		}
		for end := quarterStart.AddDate(0, 0, day+1); q.now.Before(end); q.now = q.now.Add(step) {
			q.tick()
			q.work(q.now.Add(step))
		}
		if day == 30 || day == days-1 {
			heap[day/(days-1)] = heapInUse()
		}
	}
	for _, x := range q.sites {
		q.gap(q.now.Sub(x.last), 14)
	}
	runs, err := q.s.db.ScheduleRuns(t.Context(), "账号", 100)
	must(t, err)
	if q.misses != 0 || q.late != 0 || q.looked < 8*sites*days/92 || sites >= 40 && q.overdue == 0 || len(runs) != mondays {
		t.Errorf("%d windows without a look, %d columns seen overdue too late of %d, %d looks, %d sweeps of accounts", q.misses, q.late, q.overdue, q.looked, len(runs))
	}
	if q.mostPieces > 3*parallel+1 {
		t.Errorf("%d pieces at a time", q.mostPieces)
	}
	if early, late := heap[0], heap[1]; alone && late > early+early/4+4<<20 {
		t.Errorf("heap grew from %d to %d KB", early>>10, late>>10)
	}
	const ticks = 24 * time.Hour / (15 * time.Second)
	t.Logf("%d sites, %d accounts, %d days: %d looks, %d windows without one, longest gap %.1f days; %d columns fell overdue, %d seen later than the night of that day; at most %d pieces; heap %d MB after 30 days, %d MB at the end",
		sites, 4*sites, days, q.looked, q.misses, q.longest.Hours()/24, q.overdue, q.late, q.mostPieces, heap[0]>>20, heap[1]>>20)
	t.Logf("the scheduler a day: %s for %d looks at the timetable (%s each), %s to draw up orders and keep them", (q.tickCost / time.Duration(q.ticks) * ticks).Round(time.Millisecond), int(ticks),
		(q.tickCost / time.Duration(q.ticks)).Round(time.Microsecond), (q.makeCost / time.Duration(days)).Round(time.Millisecond))
}

func heapInUse() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

var _ schedule.RunStore = (*storage.DB)(nil)
