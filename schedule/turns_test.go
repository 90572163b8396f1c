package schedule_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
)

// Four crawlers, each with a database handle of its own as four processes
// have, ask one server as fast as they may: over all of them the rate holds,
// and each gets its share.
func TestALimitHoldsOverAllProcesses(t *testing.T) {
	for name, dsn := range map[string]string{"sqlite": "sqlite:" + filepath.Join(t.TempDir(), "a.db"), "postgres": server.DSN(t)} {
		t.Run(name, func(t *testing.T) {
			var mu sync.Mutex
			var asked []time.Time
			srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				mu.Lock()
				asked = append(asked, time.Now())
				mu.Unlock()
			}))
			defer srv.Close()
			const each, gap = 20, 25 * time.Millisecond
			var all sync.WaitGroup
			share := make([]int, 4)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			for i := range 4 {
				db, err := storage.Open(t.Context(), dsn, storage.Options{})
				must(t, err)
				defer db.Close()
				stack, err := crawler.New(crawler.Options{Rate: 1000, AllowNet: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
					Turns: &schedule.Turns{Store: db, Platform: gap, Of: func(string) string { return "集约化平台" }}})
				must(t, err)
				defer stack.Close()
				all.Go(func() {
					for range each {
						page, err := stack.Fetch(ctx, govsweep.Visit{URL: srv.URL + "/"})
						if err != nil || page.Status != 200 {
							t.Errorf("%v %+v", err, page)
							return
						}
						mu.Lock()
						share[i]++
						mu.Unlock()
					}
				})
			}
			all.Wait()
			mu.Lock()
			defer mu.Unlock()
			if len(asked) < 4*each {
				t.Fatalf("%d requests", len(asked))
			}
			took := asked[len(asked)-1].Sub(asked[0])
			if least := time.Duration(len(asked)-1) * gap * 9 / 10; took < least {
				t.Errorf("%d requests in %s, want at least %s", len(asked), took, least)
			}
			for i := range asked { // in no second more than the rate, and what one late turn adds for each process
				n := 0
				for _, other := range asked[i:] {
					if other.Sub(asked[i]) < time.Second {
						n++
					}
				}
				if n > 40+5 {
					t.Errorf("%d requests within a second of the %dth", n, i)
				}
			}
			t.Logf("%d requests of four crawlers, each with a database handle of its own, in %s: %.1f a second, allowed 40", len(asked), took, float64(len(asked)-1)/took.Seconds())
		})
	}
}

// failing is a database that is gone.
type failing struct{}

func (failing) TakeTurn(context.Context, string, time.Duration, string, time.Duration) (time.Duration, bool, error) {
	return 0, false, &govsweep.Error{Kind: govsweep.Unavailable, Say: "无法连接数据库服务器"}
}

func TestWithoutTheDatabaseNothingIsAsked(t *testing.T) {
	asked := 0
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer srv.Close()
	stack, err := crawler.New(crawler.Options{AllowNet: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Turns: &schedule.Turns{Store: failing{}}})
	must(t, err)
	defer stack.Close()
	if _, err := stack.Fetch(t.Context(), govsweep.Visit{URL: srv.URL + "/"}); govsweep.KindOf(err) != govsweep.Unavailable || !strings.Contains(err.Error(), "turn of ") || asked != 0 {
		t.Errorf("%v, asked %d times", err, asked)
	}
}

// sleepy is a database that a process asks which is now and then stopped.
type sleepy struct {
	now    time.Time
	waits  []time.Duration // that it says, then none
	slow   []time.Duration // that its answers take, then none
	gaps   []time.Duration
	groups []string
}

func (s *sleepy) TakeTurn(_ context.Context, _ string, gap time.Duration, group string, _ time.Duration) (time.Duration, bool, error) {
	s.gaps, s.groups = append(s.gaps, gap), append(s.groups, group)
	n := len(s.gaps)
	if n <= len(s.slow) {
		s.now = s.now.Add(s.slow[n-1])
	}
	if n <= len(s.waits) {
		return s.waits[n-1], false, nil
	}
	return 0, true, nil
}

func TestATurnThatWasSleptThroughIsTakenAgain(t *testing.T) {
	const ms = time.Millisecond
	for name, c := range map[string]struct {
		waits, slow []time.Duration
		asked       int
	}{
		"due at once":                         {nil, nil, 1},
		"after two waits":                     {[]time.Duration{time.Second, time.Second}, nil, 3},
		"learned a little late":               {nil, []time.Duration{200 * ms}, 1},
		"learned too late":                    {nil, []time.Duration{300 * ms}, 2},
		"a slow answer that says to wait":     {[]time.Duration{time.Second}, []time.Duration{time.Hour}, 2},
		"learned too late, and then less so":  {nil, []time.Duration{300 * ms, 400 * ms}, 2},
		"learned late as often as it is late": {nil, []time.Duration{time.Hour, 600 * ms, 1200 * ms, 1500 * ms}, 4},
	} {
		s := &sleepy{waits: c.waits, slow: c.slow}
		turns := &schedule.Turns{Store: s, Platform: time.Minute, Now: func() time.Time { return s.now }, Wait: func(_ context.Context, until time.Time) error {
			s.now = until.Add(time.Hour) // when it wakes up counts for nothing
			return nil
		}}
		must(t, turns.Turn(t.Context(), "www.a.gov.cn", 500*ms))
		if len(s.gaps) != c.asked || s.gaps[0] != 500*ms || s.groups[0] != "" {
			t.Errorf("%s: asked for gaps %v at %q", name, s.gaps, s.groups)
		}
	}
	s := &sleepy{}
	must(t, (&schedule.Turns{Store: s}).Turn(t.Context(), "www.a.gov.cn", 0))
	if len(s.gaps) != 0 {
		t.Error("without a limit a turn was taken")
	}
}
