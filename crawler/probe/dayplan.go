package probe

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// A dayPlan is the visits of one day, in order of time. What lies before next
// has been made, begun or slept through. A slot is 16 bytes, and only those
// that are due are looked at: the plan of a province costs next to nothing.
type dayPlan struct {
	sites  []Site
	visits int
	start  time.Time
	slots  []slotAt
	next   int
	seen   time.Time // the clock when it was last asked
	done   []uint64  // by site: the slots that were visited
	read   time.Time // up to when the log was read
}

type slotAt struct {
	at   int64 // unix milliseconds
	site int32
	slot int16
}

// readAgain is how far behind the last reading the log is read again: another
// process may have begun a visit then and kept it later, by a clock of its own.
const readAgain = 15 * time.Minute

// plan gives the plan of the day of now: the one of the last run when it is
// that of the same sites, with what others have visited since.
func (w *Watch) plan(ctx context.Context, sites []Site, now time.Time) (*dayPlan, error) {
	p := w.kept
	w.kept = nil // until the run has ended well
	if p == nil || !p.start.Equal(dayStart(now)) || p.visits != w.Visits || !slices.Equal(p.sites, sites) {
		p = newDayPlan(sites, now, w.Visits)
	}
	from := p.start
	if p.read.After(now) { // the clock was set back
		p.read = now
	}
	if again := p.read.Add(-readAgain); again.After(from) {
		from = again
	}
	made, err := w.Log.VisitedSlots(ctx, w.Series, w.Prober.Vantage, from, p.start.AddDate(0, 0, 1))
	if err != nil {
		return nil, err
	}
	for i := range p.sites {
		for _, slot := range made[p.sites[i].ID] {
			p.mark(i, slot)
		}
	}
	p.read = now
	return p, nil
}

func newDayPlan(sites []Site, now time.Time, visits int) *dayPlan {
	p := &dayPlan{sites: slices.Clone(sites), visits: visits, start: dayStart(now), done: make([]uint64, len(sites)), slots: make([]slotAt, 0, len(sites)*visits)}
	for i, s := range sites {
		for slot, at := range Slots(s.ID, now, visits) {
			p.slots = append(p.slots, slotAt{at.UnixMilli(), int32(i), int16(slot)})
		}
	}
	slices.SortFunc(p.slots, func(a, b slotAt) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.site, b.site)) })
	return p
}

func (p *dayPlan) mark(site, slot int) {
	if slot >= 0 && slot < 64 {
		p.done[site] |= 1 << slot
	}
}

// due gives what is to be visited now and, when nothing is, when to look
// again. Of each site it is at most one slot: the one in whose part of the
// day we are. One slept through is gone: visits made up for in a row would
// not be spaced.
func (p *dayPlan) due(now time.Time) (jobs []job, wake time.Time) {
	if now.Before(p.seen) { // the clock was set back: what it passed over is due again
		p.next = 0
	}
	p.seen = now
	part := 24 * time.Hour / time.Duration(p.visits)
	for ; p.next < len(p.slots); p.next++ {
		s := p.slots[p.next]
		if at := time.UnixMilli(s.at); at.After(now) {
			return jobs, at
		}
		over := p.start.Add(time.Duration(s.slot+1) * part)
		if p.done[s.site]&(1<<s.slot) == 0 && now.Before(over) {
			jobs = append(jobs, job{p.sites[s.site], int(s.slot)})
			p.mark(int(s.site), int(s.slot))
		}
	}
	return jobs, p.start.AddDate(0, 0, 1)
}

// missedFirst says that the first visit of some site was due by now and not made.
func missedFirst(sites []Site, made map[govsweep.TargetID][]int, on time.Time, visits int, now time.Time) bool {
	return slices.ContainsFunc(sites, func(s Site) bool {
		return !slices.Contains(made[s.ID], 0) && !Slots(s.ID, on, visits)[0].After(now)
	})
}
