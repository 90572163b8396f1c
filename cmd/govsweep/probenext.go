package main

import (
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
)

// nextLine says of a watch when the next visit comes: on a terminal in one
// line that is written over, elsewhere in a line of its own unless the next
// visit comes within a minute, as it does with many sites.
type nextLine struct {
	app    *app
	sites  []probe.Site
	visits int // a day
	until  time.Time
	now    func() time.Time
	made   int       // visits so far
	last   time.Time // what was said
	shown  bool      // a line of the terminal is to be written over
}

// tell says it once.
func (l *nextLine) tell(wake time.Time) {
	if wake.Equal(l.last) || !wake.Before(l.until) {
		return
	}
	l.last = wake
	next := wake
	if day := wake.In(govsweep.Shanghai); day.Hour() == 0 && day.Minute() == 0 { // the day's plan is at its end
		next = nextVisit(l.sites, wake.Add(-time.Millisecond), l.visits)
	}
	if !next.Before(l.until) {
		return
	}
	made := ""
	if l.made > 0 {
		made = fmt.Sprintf("已访问%d次，", l.made)
	}
	say := made + "下一次访问在" + govsweep.ChineseMinute(next) + "。"
	if isTerminal(l.app.stderr) {
		l.clear()
		fmt.Fprint(l.app.stderr, say)
		l.shown = true
		return
	}
	if l.made == 0 || next.Sub(l.now()) >= time.Minute {
		fmt.Fprintln(l.app.stderr, say)
	}
}

// clear makes room for a line that stays.
func (l *nextLine) clear() {
	if l.shown {
		fmt.Fprint(l.app.stderr, "\r\x1b[K")
		l.shown = false
	}
}

// nextVisit gives the first planned visit after now; there is at least one site.
func nextVisit(sites []probe.Site, now time.Time, visits int) time.Time {
	var next time.Time
	for _, s := range sites {
		for _, day := range []time.Time{now, now.AddDate(0, 0, 1)} {
			for _, at := range probe.Slots(s.ID, day, visits) {
				if at.After(now) && (next.IsZero() || at.Before(next)) {
					next = at
				}
			}
		}
	}
	return next
}
