package sweep

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/facts"
)

// run is one inspection of one site while it is crawled. Its workers share
// nothing but the committer and the site's signatures.
type run struct {
	id      govsweep.Run
	home    govsweep.Site
	homeKey uint64
	scope   crawler.Scope
	site    atomic.Pointer[facts.Site]
	store   Frontier
	fetch   crawler.Fetcher
	extract Extractor
	spool   Capturer // nil without evidence
	commit  *committer
	limits  Limits
	taken   map[int]int // visits taken into a wave so far, by rank
	began   time.Time   // when the site was first asked, the same after a kill
	rest    func() bool // says that the slice is over; nil: it goes to the end
	handed  int         // visits handed out in this slice
	answers *answers    // from the places of open findings; nil: nobody asks
	doubt   *doubt
	tally   *tally
	closed  map[string]bool // families of doubtful pages left out
	seeded  bool            // what is asked for after the home page was queued by this process
	columns []govsweep.Column
	places  []govsweep.Visit // asked for whatever leads there: what a re-test is about
	proof   bool             // every body is kept, whatever its role
	nav     []govsweep.Link  // of the home page
	looks   *looks
	breaker breaker
	robots  func(context.Context) []string // site maps robots.txt names
	sites   sync.Mutex                     // guards writes of site and nav
}

// Extractor reads the facts of a page, as facts.Extract does.
type Extractor func(p *govsweep.Page, body []byte, charset string, site *facts.Site) *govsweep.PageFacts

// Capturer keeps captured bodies while a run lasts.
type Capturer interface {
	AppendCapture(c *govsweep.Capture, body []byte) error
	Flush() error
}

// wave crawls every visit of one round that is not finished.
func (r *run) wave(ctx context.Context, wave int) error {
	work := make(chan govsweep.Visit)
	ctx, cancel := context.WithCancelCause(ctx)
	r.commit.start(ctx, cancel)
	var workers sync.WaitGroup
	for range r.limits.Parallel {
		workers.Go(func() {
			for v := range work {
				if err := r.visit(ctx, v); err != nil {
					cancel(err)
				}
			}
		})
	}
	err := r.feed(ctx, wave, work)
	close(work)
	workers.Wait()
	stop, cause := r.commit.stop(), context.Cause(ctx)
	cancel(nil)
	if stop != nil {
		return stop // what could not be written matters, not what it broke
	}
	return errors.Join(err, cause)
}

// feed hands out the visits of a wave in order, a page of them at a time.
func (r *run) feed(ctx context.Context, wave int, work chan<- govsweep.Visit) error {
	var last *govsweep.Visit
	for {
		next, err := r.store.NextVisits(ctx, r.id, wave, last, 256)
		if err != nil || len(next) == 0 {
			return err
		}
		for _, v := range next {
			if r.over() {
				return errRest
			}
			select {
			case work <- v:
				r.handed++
			case <-ctx.Done():
				return nil // the cause is reported by wave
			}
		}
		last = &next[len(next)-1]
	}
}

// errRest ends a slice at a checkpoint: all that was read is written.
var errRest = errors.New("the slice is over")

// over says that the time of the slice has passed. A slice takes one visit at
// least, so that slices of any length come to an end.
func (r *run) over() bool { return r.rest != nil && r.handed > 0 && r.rest() }

// visit fetches one address and hands over what it led to.
func (r *run) visit(ctx context.Context, v govsweep.Visit) error {
	first := v
	if v.Look > 0 {
		first.Role = r.looks.roles[v.Key] // the second look is done as the first one was
	}
	p, err := r.fetchOwn(ctx, first)
	if err != nil {
		return fmt.Errorf("fetch %s: %w", v.URL, err)
	}
	if ctx.Err() != nil {
		return ctx.Err() // stays queued, is asked again on resume
	}
	f := r.guardedRead(p)
	f.record.Visit = v
	if err := r.capture(p, &f.record); err != nil {
		return err
	}
	r.learn(&f.record)
	r.commit.put(f)
	return nil
}

// guardedRead reads a page and turns a crash of a parser into a record: one
// poisonous page must not end a sweep.
func (r *run) guardedRead(p *govsweep.Page) (f finished) {
	defer func() {
		if crash := recover(); crash != nil {
			f = finished{record: unreadable(p, crash)}
		}
	}()
	return r.read(p)
}

// unreadable is the record of a page that crashed a reader.
func unreadable(p *govsweep.Page, crash any) govsweep.Record {
	rec := recordOf(p)
	rec.Failure, rec.Cause = govsweep.FailParser, "页面内容异常，程序无法解析"
	rec.Facts = &govsweep.PageFacts{URL: p.Visit.URL, Kind: govsweep.OtherPage, Response: govsweep.ErrorPage, Reason: fmt.Sprint("解析异常：", crash)}
	return rec
}

func (r *run) capture(p *govsweep.Page, rec *govsweep.Record) error {
	if r.spool == nil || len(p.Body) == 0 {
		return nil
	}
	switch p.Visit.Role {
	case govsweep.ImageRole, govsweep.ProbeRole, govsweep.SitemapRole:
		if p.Status < 400 && !r.proof {
			return nil
		}
	}
	rec.Digest = govsweep.DigestOf(p.Body)
	if err := r.spool.AppendCapture(&govsweep.Capture{Digest: rec.Digest, Kind: govsweep.PageCapture, URL: p.Visit.URL, At: p.FetchedAt, Header: headOf(p)}, p.Body); err != nil {
		return fmt.Errorf("keep the capture of %s: %w", p.Visit.URL, err)
	}
	return nil
}

// learn keeps the signatures of the home page and of the answer to the
// address that cannot exist, which later pages are compared with.
func (r *run) learn(rec *govsweep.Record) {
	if rec.Facts == nil || rec.Visit.Role != govsweep.HomeRole && rec.Visit.Role != govsweep.SoftProbeRole {
		return
	}
	r.sites.Lock()
	defer r.sites.Unlock()
	next := *r.site.Load()
	sig := facts.SignatureOf(rec.Facts)
	switch {
	case rec.Visit.Role == govsweep.SoftProbeRole && rec.Status == 200:
		next.Soft404 = &sig
	case rec.Visit.Role == govsweep.HomeRole && rec.Status == 200:
		next.HomeSig = &sig
		r.nav = rec.Facts.Links
	default:
		return
	}
	r.site.Store(&next)
}

// seeds are what a fresh run begins with: the home page and the address
// that cannot exist. What else is known follows when these are read.
func (r *run) seeds() []govsweep.Visit {
	seed := func(url string, role govsweep.Role) govsweep.Visit {
		return govsweep.Visit{Key: address.Key(url, ""), URL: url, Role: role}
	}
	return []govsweep.Visit{seed(r.home.URL, govsweep.HomeRole), seed(crawler.SoftProbe(r.home.URL), govsweep.SoftProbeRole)}
}
