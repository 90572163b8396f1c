package main

import (
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/fakedns"
	"github.com/govsweep/govsweep/internal/raced"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
)

// crowd is one server on loopback that answers as many sites, each under a name
// of its own, and notes who was asked when.
type crowd struct {
	port  string
	names string // the resolver that knows them
	mu    sync.Mutex
	asked []visitAt
}

type visitAt struct {
	host string
	at   time.Time
}

func newCrowd(t *testing.T) *crowd {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	must(t, err)
	w := new(fakedns.World)
	w.Zone(t, "crowd.test", "@ NS ns\nns A 127.0.0.1\n* A 127.0.0.1\n")
	c := &crowd{names: "127.0.0.1:" + w.Start(t, "127.0.0.1")}
	_, c.port, _ = net.SplitHostPort(l.Addr().String())
	srv := &http.Server{Handler: c}
	go func() { _ = srv.Serve(l) }() // ends with the test
	t.Cleanup(func() { _ = srv.Close() })
	return c
}

// ServeHTTP answers for any site: a page with a hundred links.
func (c *crowd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.asked = append(c.asked, visitAt{r.Host, time.Now()})
	c.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<!DOCTYPE html><title>某某局</title><h1>某某局", r.URL.Path, "</h1><p>", strings.Repeat("请各单位认真执行。", 30), "</p>")
	for i := range 100 {
		fmt.Fprintf(w, `<a href="/wz/%d.html">第%d号文件</a>`, i, i)
	}
}

// take gives what was asked since the last time.
func (c *crowd) take() []visitAt {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.asked
	c.asked = nil
	return out
}

// sites are n sites over a few platforms.
func (c *crowd) sites(n, platforms int) []govsweep.Site {
	out := make([]govsweep.Site, n)
	for i := range out {
		out[i] = govsweep.Site{ID: govsweep.TargetID(fmt.Sprintf("%010d", i)), Code: fmt.Sprintf("%010d", i), Name: fmt.Sprint("网站", i),
			URL: fmt.Sprintf("http://s%d.crowd.test:%s/", i, c.port), Platform: fmt.Sprint("平台", i%platforms), State: govsweep.Running}
	}
	return out
}

// R6: a service that comes up again with 1,500 sites due asks one after the
// other first, and no host and no platform faster than its rate.
// GOVSWEEP_TEST_RAMP=1 takes the product's own rates and its minute.
func TestARestartWithManySitesDueIsNoHerd(t *testing.T) {
	const slots, platforms = 16, 3
	faster := 6.0
	ramp, watch := time.Second, 1600*time.Millisecond
	if envInt("GOVSWEEP_TEST_RAMP", 0) > 0 {
		faster, ramp, watch = 1, time.Minute, 90*time.Second
	} else {
		t.Parallel()
	}
	hostRate, platformRate := 2*faster, 8*faster
	c, dir := newCrowd(t), t.TempDir()
	sites := c.sites(raced.Less(1500), platforms)
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(dir, "govsweep.db"), storage.Options{})
	must(t, err)
	must(t, db.SaveSites(t.Context(), sites))
	must(t, db.SaveSchedules(t.Context(), []govsweep.Schedule{
		{Name: "全面", Kind: govsweep.FullSchedule, When: "每小时", Priority: 3, Parallel: 4 * slots, Since: time.Now().Add(-2 * time.Hour)}}))
	must(t, db.Close())

	up := func(ramp time.Duration) (stop func() error) {
		s, start := newServiceOn(t, dir, &serviceFlags{Slots: slots, PlatformRate: &platformRate})
		s.app.settings.file.Rate, s.app.settings.resolver = hostRate, c.names
		s.engine.Ramp = ramp
		return start()
	}
	stop := up(0)
	c.await(t, slots)
	must(t, stop())
	before := len(hostsOf(c.take()))

	began := time.Now()
	stop = up(ramp)
	<-time.After(time.Until(began.Add(watch)))
	c.await(t, slots/2) // a busy machine may take longer
	asked := c.take()
	must(t, stop())
	hosts := hostsOf(asked)
	for n, host := range hosts { // the n-th host is asked when the n-th piece may begin, not before
		if late := host.at.Sub(began); n <= slots && late < time.Duration(n)*ramp/slots {
			t.Errorf("host %d was asked %s after the start", n+1, late)
		}
	}
	platform := &schedule.Platforms{Sites: func() ([]govsweep.Site, error) { return sites, nil }}
	inRate(t, asked, hostRate, func(host string) string { return host })
	inRate(t, asked, platformRate, platform.Of)
	t.Logf("%d sites due, %d under way at the restart, %d slots over %s: %d requests to %d hosts in %s", len(sites), before, slots, ramp, len(asked), len(hosts), watch)
	t.Logf("requests started per second, in eight parts of that time: %s", curve(asked, began, watch))
}

// hostsOf gives the first request to every host.
func hostsOf(asked []visitAt) []visitAt {
	var out []visitAt
	seen := map[string]bool{}
	for _, a := range asked {
		if !seen[a.host] {
			seen[a.host] = true
			out = append(out, a)
		}
	}
	return out
}

// await waits until n hosts were asked.
func (c *crowd) await(t *testing.T, n int) {
	t.Helper()
	every, limit := time.NewTicker(20*time.Millisecond), time.After(4*time.Minute)
	defer every.Stop()
	for asked := 0; asked < n; {
		select {
		case <-every.C:
			c.mu.Lock()
			asked = len(hostsOf(c.asked))
			c.mu.Unlock()
		case <-limit:
			t.Fatalf("%d hosts were asked of %d", asked, n)
		}
	}
}

// inRate says when more requests of one name came in any time than its rate
// allows.
func inRate(t *testing.T, asked []visitAt, rate float64, name func(host string) string) {
	t.Helper()
	of := map[string][]time.Time{}
	for _, a := range asked {
		of[name(a.host)] = append(of[name(a.host)], a.at)
	}
	for name, at := range of {
		if overRate(at, rate) {
			t.Errorf("%s: %d requests in %s, allowed %.0f a second", name, len(at), at[len(at)-1].Sub(at[0]), rate)
		}
	}
}

// curve counts requests a second in eight parts of a time.
func curve(asked []visitAt, from time.Time, whole time.Duration) string {
	var parts [8]int
	for _, a := range asked {
		if n := int(a.at.Sub(from) * 8 / whole); n < len(parts) {
			parts[n]++
		}
	}
	words := make([]string, len(parts))
	for i, n := range parts {
		words[i] = fmt.Sprintf("%.0f", float64(n)/(whole.Seconds()/8))
	}
	return strings.Join(words, ", ")
}
