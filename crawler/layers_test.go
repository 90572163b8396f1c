package crawler

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/govsweep/govsweep"
)

// script answers each request in turn, the last one for ever.
type script struct {
	mu      sync.Mutex
	answers []*govsweep.Page
	asked   []string
	manners []manner
}

func (s *script) Fetch(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := *s.answers[min(len(s.asked), len(s.answers)-1)]
	s.asked = append(s.asked, v.URL)
	s.manners = append(s.manners, mannerOf(ctx))
	p.Visit, p.FinalURL = v, v.URL
	p.Tries = []govsweep.Try{{Status: p.Status, Failure: p.Failure}}
	return &p, nil
}

func status(n int) *govsweep.Page { return &govsweep.Page{Status: n, Header: http.Header{}} }

func failed(f govsweep.Failure, cause string) *govsweep.Page {
	return &govsweep.Page{Failure: f, Cause: cause}
}

func TestRetryLooksTwiceWhereItHelps(t *testing.T) {
	for name, c := range map[string]struct {
		first *govsweep.Page
		tries int
	}{
		"good": {status(200), 1}, "missing": {status(404), 1}, "server error": {status(500), 2}, "bad gateway": {status(502), 2},
		"not implemented": {status(501), 1}, "too many": {status(429), 2}, "unavailable": {status(503), 2},
		"reset": {failed(govsweep.FailRefused, "x"), 2}, "time-out": {failed(govsweep.FailTimeout, "x"), 1},
		"no such name": {failed(govsweep.FailDNS, causeNoName), 1}, "name server down": {failed(govsweep.FailDNS, "x"), 2},
		"guard": {failed(govsweep.FailGuard, "x"), 1}, "robots": {failed(govsweep.FailRobots, "x"), 1}, "broken": {failed(govsweep.FailProtocol, "x"), 2},
		"bad address": {failed(govsweep.FailProtocol, causeBadURL), 1}, "ratio": {failed(govsweep.FailRatio, "x"), 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			s := &script{answers: []*govsweep.Page{c.first, status(200)}}
			p, err := (&retry{next: s, pause: 3 * time.Second}).Fetch(t.Context(), govsweep.Visit{URL: page1})
			if err != nil || len(p.Tries) != c.tries || len(s.asked) != c.tries {
				t.Errorf("%s: %v %v", name, p.Tries, err)
			}
			if c.tries == 2 && (p.Status != 200 || p.Tries[1].Note != noteAgain || time.Since(began) != 3*time.Second) {
				t.Errorf("%s: %+v after %v", name, p, time.Since(began))
			}
		})
	}
}

func TestRetryPauseEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := (&retry{next: &script{answers: []*govsweep.Page{status(500)}}, pause: time.Hour}).Fetch(ctx, govsweep.Visit{URL: page1})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
}

func TestTLSLadder(t *testing.T) {
	bad := failed(govsweep.FailTLS, "x")
	redirect := status(301)
	redirect.Header.Set("Location", "https://www.x.gov.cn/1")
	for name, c := range map[string]struct {
		answers []*govsweep.Page
		final   govsweep.Failure
		urls    int
	}{
		"older settings help":        {[]*govsweep.Page{bad, status(200)}, "", 2},
		"plain HTTP helps":           {[]*govsweep.Page{bad, bad, status(200)}, "", 3},
		"plain HTTP leads back":      {[]*govsweep.Page{bad, bad, redirect}, govsweep.FailTLS, 3},
		"plain HTTP has nothing":     {[]*govsweep.Page{bad, bad, status(404)}, govsweep.FailTLS, 3},
		"nothing helps":              {[]*govsweep.Page{bad, bad, failed(govsweep.FailRefused, "x")}, govsweep.FailTLS, 3},
		"older settings see a fault": {[]*govsweep.Page{bad, status(500)}, "", 2},
	} {
		s := &script{answers: c.answers}
		p, err := (&retry{next: s}).Fetch(t.Context(), govsweep.Visit{URL: "https://www.x.gov.cn/1"})
		if err != nil || p.Failure != c.final || len(p.Tries) != c.urls || !s.manners[1].oldTLS || p.Visit.URL != "https://www.x.gov.cn/1" {
			t.Errorf("%s: %+v %v", name, p, err)
		}
		if c.urls == 3 && (s.asked[2] != page1 || s.manners[2].oldTLS) {
			t.Errorf("%s: %v", name, s.asked)
		}
	}
}

func TestAskRepeatsInThePlainForm(t *testing.T) {
	for name, c := range map[string]struct {
		role  govsweep.Role
		first *govsweep.Page
		tries int
	}{
		"probe fine":        {govsweep.ProbeRole, status(200), 1},
		"probe refused":     {govsweep.ProbeRole, status(405), 2},
		"probe missing":     {govsweep.ImageRole, status(404), 2},
		"probe too many":    {govsweep.ProbeRole, status(429), 1},
		"probe reset":       {govsweep.ProbeRole, failed(govsweep.FailRefused, "x"), 2},
		"probe closed port": {govsweep.ProbeRole, failed(govsweep.FailRefused, causeRefused), 1},
		"probe time-out":    {govsweep.ProbeRole, failed(govsweep.FailTimeout, "x"), 1},
		"page missing":      {govsweep.ArticleRole, status(404), 1},
		"attachment":        {govsweep.AttachmentRole, status(200), 1},
		"attachment range":  {govsweep.AttachmentRole, status(416), 2},
	} {
		s := &script{answers: []*govsweep.Page{c.first, status(200)}}
		p, err := (&ask{next: s}).Fetch(t.Context(), govsweep.Visit{URL: page1, Role: c.role})
		if err != nil || len(p.Tries) != c.tries {
			t.Errorf("%s: %v %v", name, p.Tries, err)
		}
		if c.tries == 2 && !s.manners[1].get && !s.manners[1].whole {
			t.Errorf("%s: asked the same way again", name)
		}
	}
}

func TestScopedReadsOnlyTheSite(t *testing.T) {
	inner := &script{answers: []*govsweep.Page{status(200)}}
	f := &scoped{next: inner, scope: NewScope(page1, nil)}
	for role, want := range map[govsweep.Role]govsweep.Failure{
		govsweep.ArticleRole: govsweep.FailScope, govsweep.ColumnRole: govsweep.FailScope, govsweep.SitemapRole: govsweep.FailScope,
		govsweep.ProbeRole: "", govsweep.ImageRole: "", govsweep.AttachmentRole: "", govsweep.ListCallRole: "",
	} {
		p, err := f.Fetch(t.Context(), govsweep.Visit{URL: "https://elsewhere.example/", Role: role})
		if err != nil || p.Failure != want {
			t.Errorf("%s: %q %v", role, p.Failure, err)
		}
	}
	if p, _ := f.Fetch(t.Context(), govsweep.Visit{URL: "https://x.gov.cn/2", Role: govsweep.ArticleRole}); p.Failure != "" {
		t.Error(p.Cause)
	}
}

// robotsWith builds the layer over a robots.txt; asked counts its readings.
func robotsWith(answers *govsweep.Page, policy RobotsPolicy) (r *robots, asked *atomic.Int64) {
	asked = new(atomic.Int64)
	return &robots{
		next: fake(instant), policy: policy, agent: "govsweep/1.0",
		reader: fake(func(_ context.Context, v govsweep.Visit) (*govsweep.Page, error) {
			asked.Add(1)
			p := *answers
			p.Visit = v
			return &p, nil
		}),
	}, asked
}

func robotsTxt(text string) *govsweep.Page {
	p := status(200)
	p.Body = []byte(text)
	return p
}

func TestRobotsIsReadOnceAndKept(t *testing.T) {
	r, asked := robotsWith(robotsTxt("User-agent: *\nDisallow: /admin/\nDisallow: /*?session=\nCrawl-delay: 60\nSitemap: http://www.x.gov.cn/sitemap.xml\n"), RobotsPolicy{})
	var slowed time.Duration
	r.slow = func(_ string, d time.Duration) { slowed = d }
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { r.Fetch(t.Context(), govsweep.Visit{URL: page1, Role: govsweep.ArticleRole}) })
	}
	wg.Wait()
	for url, want := range map[string]govsweep.Failure{
		page1: "", "http://www.x.gov.cn/admin/a": govsweep.FailRobots, "http://www.x.gov.cn/b?session=1": govsweep.FailRobots, "http://www.x.gov.cn/b?page=1": "",
	} {
		p, err := r.Fetch(t.Context(), govsweep.Visit{URL: url, Role: govsweep.ArticleRole})
		if err != nil || p.Failure != want {
			t.Errorf("%s: %q %v", url, p.Failure, err)
		}
	}
	read, ok := r.known("www.x.gov.cn")
	if !ok || asked.Load() != 1 || read.Rules != 2 || len(read.Sitemaps) != 1 || read.Delay != time.Minute || slowed != longestDelay || !strings.Contains(read.Note, "2条规则") {
		t.Errorf("asked %d times: %+v, slowed %v", asked.Load(), read, slowed)
	}
	if p, _ := r.Fetch(t.Context(), govsweep.Visit{URL: "http://other.example/admin/", Role: govsweep.ProbeRole}); p.Failure != "" || asked.Load() != 1 {
		t.Error("a probe of another host asked for its robots.txt")
	}
}

func TestRobotsThatCannotBeHadForbidsNothing(t *testing.T) {
	for name, c := range map[string]*govsweep.Page{
		"missing": status(404), "down": failed(govsweep.FailTimeout, "x"), "forbidden": status(403),
		"page for people": robotsTxt("<!DOCTYPE html><html>User-agent: *\nDisallow: /"), "empty": robotsTxt(""), "binary": robotsTxt("\x00\x01\xff\xfe"),
	} {
		r, _ := robotsWith(c, RobotsPolicy{})
		p, err := r.Fetch(t.Context(), govsweep.Visit{URL: page1, Role: govsweep.HomeRole})
		read, ok := r.known("www.x.gov.cn")
		if err != nil || p.Failure != "" || !ok || !strings.HasSuffix(read.Note, "。") {
			t.Errorf("%s: %q %v %q", name, p.Failure, err, read.Note)
		}
	}
}

// TestAServerThatFailsAtRobotsIsLeftAlone: RFC 9309, 2.3.1.4.
func TestAServerThatFailsAtRobotsIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		answer := status(503)
		r, asked := robotsWith(answer, RobotsPolicy{})
		for range 3 {
			p, err := r.Fetch(t.Context(), govsweep.Visit{URL: page1, Role: govsweep.HomeRole})
			if err != nil || p.Failure != govsweep.FailRobots || p.Cause != CauseRobotsDown || p.Status != 0 {
				t.Errorf("%+v %v", p, err)
			}
		}
		if read, ok := r.known("www.x.gov.cn"); !ok || asked.Load() != 1 || !strings.Contains(read.Note, "503") {
			t.Errorf("asked %d times, %q", asked.Load(), read.Note)
		}
		<-time.After(robotsAgain + time.Second) // of the test's own clock
		*answer = *robotsTxt("User-agent: *\nDisallow: /admin/")
		if p, err := r.Fetch(t.Context(), govsweep.Visit{URL: page1, Role: govsweep.HomeRole}); err != nil || p.Failure != "" || asked.Load() != 2 {
			t.Errorf("after a while: %+v %v, asked %d times", p, err, asked.Load())
		}
		r, _ = robotsWith(status(500), RobotsPolicy{Override: true, Authority: "某某省政府办公厅"})
		p, err := r.Fetch(t.Context(), govsweep.Visit{URL: page1, Role: govsweep.HomeRole})
		if read, _ := r.known("www.x.gov.cn"); err != nil || p.Failure != "" || !strings.Contains(read.Note, "某某省政府办公厅") {
			t.Errorf("with authority: %+v %v %q", p, err, read.Note)
		}
	})
}

func TestRobotsOverrideNamesItsAuthority(t *testing.T) {
	r, _ := robotsWith(robotsTxt("User-agent: *\nDisallow: /\n"), RobotsPolicy{Override: true, Authority: "某某省政府办公厅"})
	p, err := r.Fetch(t.Context(), govsweep.Visit{URL: page1, Role: govsweep.HomeRole})
	read, _ := r.known("www.x.gov.cn")
	if err != nil || p.Failure != "" || read.Rules != 1 || !strings.Contains(read.Note, "某某省政府办公厅") {
		t.Errorf("%q %v %q", p.Failure, err, read.Note)
	}
}

func TestRobotsReadingThatIsCutOffIsRepeated(t *testing.T) {
	r, asked := robotsWith(robotsTxt("User-agent: *\nDisallow: /\n"), RobotsPolicy{})
	inner := r.reader
	r.reader = fake(func(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return inner.Fetch(ctx, v)
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Fetch(ctx, govsweep.Visit{URL: page1}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if p, err := r.Fetch(t.Context(), govsweep.Visit{URL: page1}); err != nil || p.Failure != govsweep.FailRobots || asked.Load() != 1 {
		t.Errorf("%+v %v", p, err)
	}
}

func TestDeadHostIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []*govsweep.Page{failed(govsweep.FailTimeout, "x")}}
		d := &down{next: s}
		probe := func(url string, role govsweep.Role) *govsweep.Page {
			p, err := d.Fetch(t.Context(), govsweep.Visit{URL: url, Role: role})
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		for range 10 {
			if p := probe(page1, govsweep.ProbeRole); p.Failure != govsweep.FailTimeout || len(p.Tries) != 1 {
				t.Errorf("%+v", p)
			}
		}
		if len(s.asked) != downAfter {
			t.Errorf("asked %d times", len(s.asked))
		}
		probe("http://other.example/", govsweep.ProbeRole)
		probe(page1, govsweep.ArticleRole)
		if len(s.asked) != downAfter+2 {
			t.Error("another host, or a page of the site, was not asked for")
		}
		pause(t.Context(), downFor+time.Second)
		s.answers = []*govsweep.Page{status(404)}
		probe(page1, govsweep.ProbeRole)
		s.answers = []*govsweep.Page{failed(govsweep.FailTimeout, "x")}
		probe(page1, govsweep.ProbeRole)
		if len(s.asked) != downAfter+4 || len(d.hosts) != 2 || d.hosts["www.x.gov.cn"].failures != 1 {
			t.Errorf("an answer did not end the count: %d asked, %+v", len(s.asked), d.hosts)
		}
	})
}
