package crawler

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
)

// A pace is how fast one host is asked just now. It slows down at once when
// the host shows strain and recovers slowly.
type pace struct {
	slots chan struct{} // requests under way

	mu       sync.Mutex
	base     time.Duration // between two requests when all is well; 0 = unlimited
	interval time.Duration // now
	next     time.Time     // no request starts before
	usual    float64       // seconds to the first byte, long average
	lately   float64       // the same, short average
	answers  int
	good     int // answers without strain since the last change
	strained int // strained answers in a row
	slowed   time.Time
	backoffs int // times the host asked us to wait
	halvings int // times its answers became slow or it failed
	last     time.Time
}

const (
	longestWait   = 2 * time.Minute
	slowestFactor = 16              // of base
	halvingPause  = 5 * time.Second // between two halvings for slowness
	goodToRecover = 10
	lateFloor     = 1.0 // seconds under which no answer is called slow
)

func newPace(o Options) *pace {
	p := &pace{slots: make(chan struct{}, o.Parallel)}
	if o.Rate > 0 {
		p.base = time.Duration(float64(time.Second) / o.Rate)
	}
	p.interval = p.base
	return p
}

// wait gives how long until a request may start at the earliest.
func (p *pace) wait(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.next.Sub(now)
}

// claim takes the turn when it has come.
func (p *pace) claim(now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Before(p.next) {
		return false
	}
	p.next, p.last = now.Add(p.interval), now
	return true
}

// gap is what lies between two requests just now.
func (p *pace) gap() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.interval
}

// atLeast makes the host's ordinary interval no shorter than d.
func (p *pace) atLeast(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.base, p.interval = max(p.base, d), max(p.interval, d)
}

// learn takes what the answer tells about the host.
func (p *pace) learn(page *govsweep.Page, now, clock time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch asked, ok := retryAfter(page, clock); {
	case page.Status == http.StatusTooManyRequests || ok:
		p.strained++
		if !ok {
			asked = time.Second << min(p.strained-1, 5)
		}
		p.backoffs++
		p.next = later(p.next, now.Add(min(asked, longestWait)))
		p.halve(now)
	case page.Status == http.StatusServiceUnavailable:
		p.backoffs++
		p.halve(now)
	case page.Failure == govsweep.FailTimeout || p.late(page):
		if now.Sub(p.slowed) >= halvingPause {
			p.halvings++
			p.halve(now)
		}
	case page.Failure == "":
		p.strained = 0
		p.recover()
	}
}

// late says that answers take much longer than they used to.
func (p *pace) late(page *govsweep.Page) bool {
	if page.Failure != "" {
		return false
	}
	s := page.FirstByte.Seconds()
	p.answers++
	if p.answers == 1 {
		p.usual, p.lately = s, s
		return false
	}
	p.lately += (s - p.lately) * 0.3
	slow := p.answers > 5 && p.lately > lateFloor && p.lately > 2*p.usual
	if !slow {
		p.usual += (s - p.usual) * 0.05
	}
	return slow
}

func (p *pace) halve(now time.Time) {
	p.good, p.slowed = 0, now
	p.interval = min(p.interval*2, p.base*slowestFactor)
}

func (p *pace) recover() {
	p.good++
	if p.good >= goodToRecover && p.interval > p.base {
		p.good = 0
		p.interval = max(p.interval*4/5, p.base)
	}
}

// retryAfter reads the header in both its forms.
func retryAfter(page *govsweep.Page, now time.Time) (time.Duration, bool) {
	if page.Status != http.StatusTooManyRequests && page.Status != http.StatusServiceUnavailable {
		return 0, false
	}
	h := page.Header.Get("Retry-After")
	if s, err := strconv.ParseFloat(h, 64); err == nil && s >= 0 && !math.IsInf(s, 0) {
		return time.Duration(min(s, longestWait.Seconds()) * float64(time.Second)), true
	}
	if t, err := http.ParseTime(h); err == nil {
		return max(t.Sub(now), 0), true
	}
	return 0, false
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
