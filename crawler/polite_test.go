package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/govsweep/govsweep"
)

// fake is a Fetcher that answers as told.
type fake func(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error)

func (f fake) Fetch(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) { return f(ctx, v) }

// answered is a page with the one try a real fetcher notes.
func answered(v govsweep.Visit, status int, failure govsweep.Failure) *govsweep.Page {
	p := &govsweep.Page{Visit: v, FinalURL: v.URL, Status: status, Failure: failure, Header: http.Header{}}
	p.Tries = []govsweep.Try{{Status: status, Failure: failure}}
	return p
}

const page1 = "http://www.x.gov.cn/1"

// starts runs n fetches at once and gives when each began, in seconds.
func starts(ctx context.Context, f *polite, urls ...string) []float64 {
	var mu sync.Mutex
	var at []float64
	inner := f.next
	zero := time.Now()
	f.next = fake(func(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
		mu.Lock()
		at = append(at, time.Since(zero).Seconds())
		mu.Unlock()
		return inner.Fetch(ctx, v)
	})
	var wg sync.WaitGroup
	for _, u := range urls {
		wg.Go(func() { f.Fetch(ctx, govsweep.Visit{URL: u}) })
	}
	wg.Wait()
	return at
}

func repeat(url string, n int) (all []string) {
	for range n {
		all = append(all, url)
	}
	return all
}

func instant(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	return answered(v, 200, ""), nil
}

func lasting(d time.Duration) fake {
	return func(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
		if err := pause(ctx, d); err != nil {
			return nil, err
		}
		return answered(v, 200, ""), nil
	}
}

func newPolite(next Fetcher, change func(*Options)) *polite {
	o := Default()
	if change != nil {
		change(&o)
	}
	return &polite{next: next, opts: o}
}

func TestRateHoldsForEachHostAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newPolite(fake(instant), func(o *Options) { o.Rate = 4; o.Parallel = 5 })
		began := time.Now()
		at := starts(t.Context(), f, append(repeat(page1, 9), repeat("http://www.y.gov.cn/1", 9)...)...)
		if took := time.Since(began); took != 2*time.Second {
			t.Errorf("9 requests at 4 a second took %v", took)
		}
		if len(at) != 18 {
			t.Errorf("%d requests", len(at))
		}
	})
}

func TestRateHoldsOverAnySecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newPolite(lasting(70*time.Millisecond), func(o *Options) { o.Rate = 3; o.Parallel = 4; o.Budget = NewBudget(2) })
		at := starts(t.Context(), f, repeat(page1, 20)...)
		for i := 1; i < len(at); i++ {
			if at[i]-at[i-1] < 1.0/3-1e-6 {
				t.Errorf("requests %d and %d are %.3f s apart", i-1, i, at[i]-at[i-1])
			}
		}
	})
}

func TestParallelAndBudgetHold(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Options)
		urls   []string
		want   time.Duration
	}{
		"two at a time for a host": {func(o *Options) { o.Rate = -1; o.Parallel = 2 }, repeat(page1, 6), 3 * time.Second},
		"hosts do not wait":        {func(o *Options) { o.Rate = -1; o.Parallel = 2 }, append(repeat(page1, 6), repeat("http://y/", 6)...), 3 * time.Second},
		"three at a time over all": {func(o *Options) { o.Rate = -1; o.Parallel = 9; o.Budget = NewBudget(3) }, append(repeat(page1, 6), repeat("http://y/", 6)...), 4 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			starts(t.Context(), newPolite(lasting(time.Second), c.change), c.urls...)
			if took := time.Since(began); took != c.want {
				t.Errorf("%s: %v, want %v", name, took, c.want)
			}
		})
	}
}

func TestCancelEndsEveryWaitAtOnce(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"rate":     func(o *Options) { o.Rate = 0.01; o.Parallel = 99 },
		"parallel": func(o *Options) { o.Rate = -1; o.Parallel = 1 },
		"budget":   func(o *Options) { o.Rate = -1; o.Parallel = 99; o.Budget = NewBudget(1) },
		"window":   func(o *Options) { o.Window = &TimeWindow{From: 22, To: 23} },
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
			defer cancel()
			began := time.Now()
			starts(ctx, newPolite(lasting(time.Hour), change), repeat(page1, 10)...)
			if took := time.Since(began); took != 500*time.Millisecond {
				t.Errorf("%s: ended after %v", name, took)
			}
		})
	}
}

func TestWindowOpensInShanghai(t *testing.T) {
	night := &TimeWindow{From: 22, To: 6}
	for at, want := range map[string]string{
		"2021-08-02T22:00:00+08:00": "2021-08-02T22:00:00+08:00",
		"2021-08-02T14:30:00Z":      "2021-08-02T22:30:00+08:00",
		"2021-08-02T06:00:00+08:00": "2021-08-02T22:00:00+08:00",
		"2021-08-02T05:59:59+08:00": "2021-08-02T05:59:59+08:00",
	} {
		a, _ := time.Parse(time.RFC3339, at)
		if got := night.Next(a).In(govsweep.Shanghai).Format(time.RFC3339); got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
	if day := (&TimeWindow{From: 9, To: 17}); day.Open(mustTime("2021-08-02T17:00:00+08:00")) || !day.Open(mustTime("2021-08-02T09:00:00+08:00")) {
		t.Error("a window by day")
	}
	if !(*TimeWindow)(nil).Open(time.Now()) || !(&TimeWindow{From: 0, To: 24}).Open(time.Now()) {
		t.Error("no window is not always")
	}
}

func mustTime(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestRetryAfterIsKept(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		header func(now time.Time) string
		least  time.Duration
		most   time.Duration
	}{
		"seconds":         {429, func(time.Time) string { return "30" }, 30 * time.Second, 31 * time.Second},
		"a date":          {503, func(n time.Time) string { return n.Add(40 * time.Second).UTC().Format(http.TimeFormat) }, 39 * time.Second, 41 * time.Second},
		"too long":        {429, func(time.Time) string { return "86400" }, longestWait, longestWait + time.Second},
		"no number":       {429, func(time.Time) string { return "soon" }, time.Second, 2 * time.Second},
		"endless":         {429, func(time.Time) string { return "Inf" }, time.Second, 2 * time.Second},
		"negative":        {429, func(time.Time) string { return "-5" }, time.Second, 2 * time.Second},
		"503 without one": {503, func(time.Time) string { return "" }, time.Second, time.Second},
		"none asked":      {200, func(time.Time) string { return "30" }, 500 * time.Millisecond, 500 * time.Millisecond},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := newPolite(fake(func(_ context.Context, v govsweep.Visit) (*govsweep.Page, error) {
				p := answered(v, c.status, "")
				p.Header.Set("Retry-After", c.header(time.Now()))
				return p, nil
			}), func(o *Options) { o.Parallel = 1 })
			at := starts(t.Context(), f, repeat(page1, 2)...)
			if gap := time.Duration((at[1] - at[0]) * float64(time.Second)); gap < c.least-time.Millisecond && c.status != 503 || gap > c.most+time.Millisecond {
				t.Errorf("%s: the next request came after %v", name, gap)
			}
		})
	}
}

func TestRisingLatencyHalvesTheRateAndItRecovers(t *testing.T) {
	o := Default()
	p := newPace(o)
	now := time.Unix(0, 0)
	see := func(n int, d time.Duration) {
		for range n {
			now = now.Add(time.Second)
			p.learn(&govsweep.Page{Status: 200, FirstByte: d}, now, now)
		}
	}
	see(20, 200*time.Millisecond)
	if p.interval != p.base || p.halvings != 0 {
		t.Fatalf("slowed down without reason: %v", p.interval)
	}
	see(30, 6*time.Second)
	if p.interval < 4*p.base || p.halvings < 2 {
		t.Errorf("6 s answers: %v after %d halvings", p.interval, p.halvings)
	}
	slow := p.interval
	see(5, 200*time.Millisecond)
	if p.interval < slow {
		t.Error("recovered at once")
	}
	see(400, 200*time.Millisecond)
	if p.interval != p.base {
		t.Errorf("not recovered: %v", p.interval)
	}
}

func TestPromiseTellsWhatWasKept(t *testing.T) {
	s, err := New(Options{Contact: "电话010-12345678", Window: &TimeWindow{From: 20, To: 6}, Robots: RobotsPolicy{Override: true, Authority: "某某市政务公开办公室"}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h := s.polite.pace("www.x.gov.cn")
	h.learn(&govsweep.Page{Status: 503}, time.Now(), time.Now())
	said := s.Promise("www.x.gov.cn")
	for _, want := range []string{"www.x.gov.cn", "每秒不超过2个请求", "同时不超过2个请求", "每日20时至6时", "电话010-12345678", "应网站要求放慢1次", "现为每秒1个请求", "依某某市政务公开办公室的授权"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing from %s", want, said)
		}
	}
	if !strings.HasSuffix(said, "。") || strings.Count(said, "。") != 1 {
		t.Errorf("not one sentence: %s", said)
	}
}

func TestHostsAreForgottenOnlyWhenIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newPolite(fake(instant), nil)
		for i := range mostPaces {
			f.Fetch(t.Context(), govsweep.Visit{URL: fmt.Sprintf("http://h%d.example/", i)})
		}
		busy := f.pace("busy.example")
		busy.atLeast(time.Second)
		busy.learn(&govsweep.Page{Status: 429, Header: http.Header{"Retry-After": {"120"}}}, time.Now(), time.Now())
		pause(t.Context(), longestWait+time.Second/2)
		busy.claim(time.Now())
		f.pace("new.example")
		if len(f.hosts) > 3 || f.hosts["busy.example"] != busy {
			t.Errorf("%d hosts kept", len(f.hosts))
		}
	})
}

func TestOptionsListEveryFault(t *testing.T) {
	o := Options{Parallel: -1, Timeout: -1, MaxBody: -1, MaxHops: 99, UserAgent: "a\nb", Resolver: "8.8.8.8", Robots: RobotsPolicy{Override: true}, Window: &TimeWindow{From: 25}}
	err := o.Validate()
	if n := strings.Count(err.Error(), "。"); n != 8 {
		t.Errorf("%d faults: %v", n, err)
	}
	var one *govsweep.Error
	if !errors.As(err, &one) || one.Kind != govsweep.Wrong {
		t.Error("no wrong use")
	}
	if _, err := New(o); err == nil {
		t.Error("a Stack was built")
	}
	if err := Default().Validate(); err != nil {
		t.Error(err)
	}
}
