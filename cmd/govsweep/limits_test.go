package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/govsweep/govsweep/farm"
	"github.com/govsweep/govsweep/internal/raced"
	"github.com/govsweep/govsweep/storage"
)

// asked is the request log of a farm.
type asked struct {
	mu sync.Mutex
	at map[string][]time.Time
}

func (a *asked) log(host string, at time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.at[host] = append(a.at[host], at)
}

// count says of requests how close the nearest two are and how many fall into
// one second at most.
func count(times []time.Time) (nearest time.Duration, most int) {
	slices.SortFunc(times, time.Time.Compare)
	nearest = time.Hour
	for i, first := 0, 0; i < len(times); i++ {
		if i > 0 {
			nearest = min(nearest, times[i].Sub(times[i-1]))
		}
		for ; times[i].Sub(times[first]) >= time.Second; first++ {
		}
		most = max(most, i-first+1)
	}
	return nearest, most
}

// TestLimitsHoldOverFourProcesses sweeps a farm with four processes on one
// PostgreSQL, while a fifth visits home pages again and again and a sixth
// inspects one of the sites by hand: at the farm no host and no platform is
// asked faster than it may. GOVSWEEP_TEST_LIMITS=1 does so at the usual rates
// and for as long as the sweep lasts.
func TestLimitsHoldOverFourProcesses(t *testing.T) {
	t.Parallel()
	hostRate, platformRate, sites, pages := 10, 25, 3, "4"
	if os.Getenv("GOVSWEEP_TEST_LIMITS") != "" {
		hostRate, platformRate, sites, pages = 2, 8, 8, "60"
	}
	log := asked{at: map[string][]time.Time{}}
	f := startFarm(t, farm.Options{Seed: 7, Sites: sites, Latency: 20 * time.Millisecond, Log: log.log})
	p := newProgram(t, f)
	p.dsn = server.DSN(t)
	p.register()
	p.onePlatform("某省集约化平台")
	must(t, os.WriteFile(filepath.Join(p.dir, "govsweep.yaml"), fmt.Appendf(nil, "rate: %d\nplatform_rate: %d\n", hostRate, platformRate), 0o600))
	g := &gang{program: p, lease: "60s"}
	g.start("sweep", "run", "--max-pages", pages, "--max-attachments", "-1", "--max-images", "-1", "--max-probes", "-1", "--parallel-sites", "2", "--fail-on", "none", "--format", "jsonl")
	for !g.begun() {
		<-time.After(10 * time.Millisecond)
	}
	for range 3 {
		g.resume()
	}
	inspect := p.command("inspect", f.Sites()[0].URL, "--max-pages", pages, "--max-attachments", "-1", "--max-images", "-1", "--max-probes", "-1", "--fail-on", "none")
	must(t, inspect.Start())
	visits := 0
	for len(g.members) > 0 {
		probe := p.command("probe", "run", "--format", "jsonl")
		out, err := probe.Output()
		must(t, err)
		visits += strings.Count(string(out), "\n")
		g.over()
	}
	if err := inspect.Wait(); err != nil && inspect.ProcessState.ExitCode() == exitInternal {
		t.Error(err)
	}
	if len(g.failed) > 0 {
		t.Errorf("workers failed: %s", g.failed)
	}
	log.mu.Lock()
	defer log.mu.Unlock()
	var platform []time.Time
	nearest, total := time.Hour, 0
	for _, s := range f.Sites() {
		host := strings.ToLower(hostOnly(t, s.URL))
		times := log.at[host]
		near, most := count(times)
		nearest, total = min(nearest, near), total+len(times)
		if len(times) < 5 || overRate(times, float64(hostRate)) {
			t.Errorf("%s: %d requests, %d within a second, the nearest two %s apart", host, len(times), most, near)
		}
		platform = append(platform, times...)
	}
	near, most := count(platform)
	took := platform[len(platform)-1].Sub(platform[0])
	if overRate(platform, float64(platformRate)) {
		t.Errorf("platform: %d requests in %s, %d within a second", len(platform), took, most)
	}
	t.Logf("platform: %d requests in %s, %.2f a second, at most %d within a second (allowed %d), the nearest two %s apart", len(platform), took.Round(time.Millisecond),
		float64(len(platform)-1)/took.Seconds(), most, platformRate, near.Round(time.Millisecond))
	t.Logf("hosts: %d requests to %d, allowed %d a second each, the nearest two to one %s apart; %d of them home pages visited beside the sweep", total, sites, hostRate, nearest.Round(time.Millisecond), visits)
}

// overRate says that more requests, in order of time, came in any time than the
// rate allows. One may take half a second longer than another to arrive, and a
// second under the race detector.
func overRate(times []time.Time, rate float64) bool {
	late := 0.5
	if raced.On {
		late = 1
	}
	for i := range times {
		for j := i + 1; j < len(times); j++ {
			if float64(j-i) > rate*(times[j].Sub(times[i]).Seconds()+late) {
				return true
			}
		}
	}
	return false
}

// onePlatform has all sites on the servers of one platform.
func (p *program) onePlatform(name string) {
	p.t.Helper()
	db, err := storage.Open(p.t.Context(), p.dsn, storage.Options{})
	must(p.t, err)
	defer db.Close()
	sites, err := db.Sites(p.t.Context(), storage.SiteFilter{})
	must(p.t, err)
	for i := range sites {
		sites[i].Platform = name
	}
	must(p.t, db.SaveSites(p.t.Context(), sites))
}

// hostOnly is the host of an address without its port.
func hostOnly(t *testing.T, home string) string {
	t.Helper()
	u, err := url.Parse(home)
	must(t, err)
	return u.Hostname()
}
