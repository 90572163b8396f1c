package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/farm"
	"github.com/govsweep/govsweep/internal/pgtest"
	"github.com/govsweep/govsweep/storage"
)

// gang is several processes that work on one sweep of the farm.
type gang struct {
	*program
	rate    string
	lease   string
	members []*member
	failed  []string // what was said by those that ended with a failure of ours
	told    strings.Builder
	random  *rand.Rand
}

// member is one process of a gang.
type member struct {
	*exec.Cmd
	ended chan struct{}
	out   bytes.Buffer
	errs  bytes.Buffer
}

// calmFarm gives a farm and what an undisturbed sweep of it finds.
func calmFarm(t *testing.T, sites int) (f *farm.Farm, findings, pages []string) {
	t.Helper()
	f = startFarm(t, farm.Options{Seed: 7, Sites: sites, Latency: 20 * time.Millisecond, AsOf: time.Date(2026, 11, 20, 23, 59, 59, 0, govsweep.Shanghai)})
	calm := newProgram(t, f)
	calm.register()
	calm.run("--as-of", "2026-11-20", "sweep", "run", "--rate", "-1", "--parallel", "4", "--fail-on", "none")
	return f, calm.findings(), calm.pages()
}

// newGang begins a sweep with one process and brings n to work on it.
func newGang(t *testing.T, f *farm.Farm, dsn string, n int, rate, lease string) *gang {
	t.Helper()
	g := &gang{program: newProgram(t, f), rate: rate, lease: lease, random: rand.New(rand.NewPCG(5, uint64(n)))}
	if dsn != "" {
		g.dsn = dsn
	}
	g.register()
	g.start("sweep", "run", "--rate", rate, "--parallel", "4", "--parallel-sites", "2", "--fail-on", "none", "--format", "jsonl")
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !g.begun() {
		select {
		case <-tick.C:
		case <-g.members[0].ended:
			t.Fatalf("the sweep did not begin: %s", g.members[0].errs.String())
		}
	}
	for len(g.members) < n {
		g.resume()
	}
	t.Cleanup(func() {
		for _, m := range g.members {
			_ = m.Process.Kill() // it may have ended
			<-m.ended
		}
	})
	return g
}

func (g *gang) start(args ...string) {
	g.t.Helper()
	m := &member{Cmd: g.command(append([]string{"--as-of", "2026-11-20"}, args...)...), ended: make(chan struct{})}
	m.Env = append(m.Environ(), "GOVSWEEP_LEASE="+g.lease)
	m.Stdout, m.Stderr = &m.out, &m.errs
	must(g.t, m.Start())
	go func() {
		_ = m.Wait() // how it ended is in its state
		close(m.ended)
	}()
	g.members = append(g.members, m)
}

func (g *gang) resume() {
	g.t.Helper()
	g.start("sweep", "resume", "--parallel-sites", "2", "--format", "jsonl")
}

// over takes out the members that have ended and says whether the sweep has:
// a member that ends by itself and well says so.
func (g *gang) over() (over bool) {
	var left []*member
	for _, m := range g.members {
		select {
		case <-m.ended:
			g.told.WriteString(m.out.String())
			if code := m.ProcessState.ExitCode(); code == exitDone || code == exitUnseen {
				over = true
			} else if code >= 0 {
				g.failed = append(g.failed, fmt.Sprintf("exit %d: %s", code, m.errs.String()))
			}
		default:
			left = append(left, m)
		}
	}
	g.members = left
	return over
}

// wait waits for all members to end.
func (g *gang) wait() {
	g.t.Helper()
	for _, m := range g.members {
		select {
		case <-m.ended:
		case <-time.After(4 * time.Minute):
			g.t.Fatal("a worker does not end")
		}
	}
	g.over()
}

// same compares what the gang found with a sweep that nobody disturbed.
func (g *gang) same(what string, findings, pages []string) {
	g.t.Helper()
	if len(findings) < 20 || len(pages) < 100 {
		g.t.Fatalf("%d findings on %d pages: the farm has more", len(findings), len(pages))
	}
	if d := cmp.Diff(findings, g.findings()); d != "" {
		g.t.Errorf("findings differ after %s (-calm +gang):\n%.4000s", what, d)
	}
	if d := cmp.Diff(pages, g.pages()); d != "" {
		g.t.Errorf("pages differ after %s (-calm +gang):\n%.4000s", what, d)
	}
	db, err := storage.Open(g.t.Context(), g.dsn, storage.Options{})
	must(g.t, err)
	defer db.Close()
	s, err := db.LastSweep(g.t.Context())
	must(g.t, err)
	targets, err := db.SweepTargets(g.t.Context(), s.ID)
	must(g.t, err)
	for _, target := range targets {
		if target.State != govsweep.SweepDone {
			g.t.Errorf("%s is %s: %s", target.Target.ID, target.State, target.Note)
		}
	}
	if s.State != govsweep.SweepDone {
		g.t.Errorf("the sweep is %s", s.State)
	}
	if !g.t.Failed() {
		g.t.Logf("%s: %d pages and %d findings, the same as without, none twice", what, len(pages), len(findings))
	}
}

// pause waits a random while.
func (g *gang) pause(least, most time.Duration) {
	<-time.After(least + time.Duration(g.random.Int64N(int64(most-least))))
}

// TestSeveralProcessesShareASweep lets two and four processes work on one
// sweep: every target is judged by one of them.
func TestSeveralProcessesShareASweep(t *testing.T) {
	t.Parallel()
	f, findings, pages := calmFarm(t, 4)
	for _, c := range []struct {
		name string
		dsn  func(t *testing.T) string
		n    int
	}{
		{"two on SQLite", func(*testing.T) string { return "" }, 2},
		{"two on PostgreSQL", func(t *testing.T) string { return server.DSN(t) }, 2},
		{"four on PostgreSQL", func(t *testing.T) string { return server.DSN(t) }, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g := newGang(t, f, c.dsn(t), c.n, "-1", "60s")
			g.wait()
			if len(g.failed) > 0 {
				t.Errorf("workers failed: %s", g.failed)
			}
			if judged := strings.Count(g.told.String(), "\n"); judged != 4 {
				t.Errorf("the workers judged %d targets of 4:\n%s", judged, g.told.String())
			}
			g.same(c.name, findings, pages)
		})
	}
}

// TestWorkersAreKilledAtRandom kills a random one of several processes again
// and again; another takes its place. GOVSWEEP_TEST_KILLS sets the number.
func TestWorkersAreKilledAtRandom(t *testing.T) {
	t.Parallel()
	kills := envInt("GOVSWEEP_TEST_KILLS", 4)
	sites, rate := 3, "-1"
	if kills > 10 { // a sweep that lasts as long as the killing
		sites, rate = 6, fmt.Sprintf("%.1f", max(2, 1000/float64(kills)))
	}
	f, findings, pages := calmFarm(t, sites)
	for _, c := range []struct {
		name string
		dsn  func(t *testing.T) string
		n    int
	}{
		{"one on SQLite", func(*testing.T) string { return "" }, 1},
		{"two on PostgreSQL", func(t *testing.T) string { return server.DSN(t) }, 2},
		{"four on PostgreSQL", func(t *testing.T) string { return server.DSN(t) }, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			if kills <= 10 {
				t.Parallel()
			}
			g := newGang(t, f, c.dsn(t), c.n, rate, "60s")
			done := 0
			for ; done < kills && !g.over(); done++ {
				g.pause(60*time.Millisecond, 600*time.Millisecond)
				victim := g.members[g.random.IntN(len(g.members))]
				_ = victim.Process.Kill() // it may have ended
				<-victim.ended
				g.resume()
			}
			g.wait()
			if len(g.failed) > 0 {
				t.Errorf("workers failed: %s", g.failed)
			}
			if done < kills/2 {
				t.Errorf("the sweep ended after %d of %d kills: the test kills too late", done, kills)
			}
			g.same(fmt.Sprintf("%s, %d kills", c.name, done), findings, pages)
		})
	}
}

// TestAStoppedWorkerWritesNothing stops a process for longer than its lease,
// lets another one finish the sweep, and wakes it up again.
func TestAStoppedWorkerWritesNothing(t *testing.T) {
	t.Parallel()
	f, findings, pages := calmFarm(t, 2)
	// The lease is longer than what the stopped one may hold the database for.
	g := newGang(t, f, server.DSN(t)+"&idle_in_transaction_session_timeout=1000", 1, "-1", "4s")
	for g.read() < 30 {
		g.pause(5*time.Millisecond, 10*time.Millisecond)
	}
	stale := g.members[0]
	must(t, stale.Process.Signal(syscall.SIGSTOP))
	g.resume()
	select {
	case <-g.members[1].ended:
	case <-time.After(4 * time.Minute):
		t.Fatal("nobody takes over what the stopped worker holds")
	}
	g.same("one stopped and another one at the end", findings, pages)
	must(t, stale.Process.Signal(syscall.SIGCONT))
	g.wait()
	// Stopped within a transaction it finds its connection ended by the server
	// and ends; else it is told that it has lost its lease, and goes on.
	cut := len(g.failed) == 1 && strings.Contains(g.failed[0], "数据库")
	if len(g.failed) > 0 && !cut {
		t.Errorf("workers failed: %s", g.failed)
	}
	if n := strings.Count(stale.errs.String(), "已由另一个程序接手"); n == 0 && !cut {
		t.Errorf("the stopped worker was not told that its lease was lost: %s", stale.errs.String())
	}
	if n := strings.Count(g.told.String(), "\n"); n != 2 {
		t.Errorf("%d targets of 2 were judged:\n%s", n, g.told.String())
	}
	g.same("R5: stopped beyond its lease, woken up: 0 stale writes accepted", findings, pages)
}

// TestTheDatabaseCrashesUnderTheWorkers stops PostgreSQL again and again while
// two processes work. GOVSWEEP_TEST_CRASHES sets the number.
func TestTheDatabaseCrashesUnderTheWorkers(t *testing.T) {
	t.Parallel()
	crashes := envInt("GOVSWEEP_TEST_CRASHES", 3)
	sites, rate := 2, "-1"
	if crashes > 10 {
		sites, rate = 6, "3"
	}
	f, findings, pages := calmFarm(t, sites)
	var own pgtest.Server
	t.Cleanup(own.Close)
	g := newGang(t, f, own.DSN(t), 2, rate, "2s")
	done := 0
	for ; done < crashes && !g.over(); done++ {
		for len(g.members) < 2 {
			g.resume()
		}
		g.pause(50*time.Millisecond, 500*time.Millisecond)
		own.Crash(t)
	}
	g.wait()
	g.failed = nil // that the database was gone is what they said
	if _, code := g.run("--as-of", "2026-11-20", "sweep", "resume"); code != exitDone {
		t.Errorf("the last one ends with exit %d", code)
	}
	if done < crashes/2 {
		t.Errorf("the sweep ended after %d of %d crashes: the test crashes too late", done, crashes)
	}
	g.same(fmt.Sprintf("R2: %d crashes of PostgreSQL", done), findings, pages)
}
