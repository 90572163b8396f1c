package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep/farm"
	"github.com/govsweep/govsweep/storage"
)

// gated answers a number of requests and keeps those after them waiting, until
// it is open; once let, it answers whoever asks then.
type gated struct {
	http.Handler
	first   int64
	asked   atomic.Int64
	let     atomic.Bool
	reached sync.Once
	full    chan struct{}
	open    chan struct{}
}

func (g *gated) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/feed/") && g.asked.Add(1) > g.first && !g.let.Load() {
		g.reached.Do(func() { close(g.full) })
		<-g.open
	}
	g.Handler.ServeHTTP(w, r)
}

// TestAStoppedSweepOverAccountsWritesNothing stops a process for longer than
// its tenure in the middle of a sweep over accounts, lets another one finish
// the sweep, and wakes it up again: nothing in the database changes any more.
func TestAStoppedSweepOverAccountsWritesNothing(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); stoppedOverAccounts(t, "") })
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		stoppedOverAccounts(t, server.DSN(t)+"&idle_in_transaction_session_timeout=1000")
	})
}

func stoppedOverAccounts(t *testing.T, dsn string) {
	const accounts, answered = 24, 8
	feeds := &gazetteer{hosts: 1, now: time.Now(), asked: map[string][]time.Time{}, under: map[string]int{}}
	g := &gated{Handler: feeds, first: answered, full: make(chan struct{}), open: make(chan struct{})}
	srv := httptest.NewServer(g)
	t.Cleanup(srv.Close)
	wake := sync.OnceFunc(func() { close(g.open) })
	t.Cleanup(wake)
	p := newProgram(t, startFarm(t, farm.Options{Seed: 1, Sites: 1}))
	if dsn != "" {
		p.dsn = dsn
	}
	var csv strings.Builder
	csv.WriteString("平台,账号名称,账号ID,认证主体,主办单位,备案状态,信息来源\n")
	for i := range accounts {
		fmt.Fprintf(&csv, "微信公众号,某某发布%d,gh_%d,某某局%d,某某局%d,已备案,%s/feed/%d\n", i, i, i, i, srv.URL, i)
	}
	file := filepath.Join(p.dir, "accounts.csv")
	must(t, os.WriteFile(file, []byte(csv.String()), 0o644))
	p.run("import", "accounts", file)
	db, err := storage.Open(t.Context(), p.dsn, storage.Options{})
	must(t, err)
	defer db.Close()

	team := &gang{program: p, lease: "2s"}
	team.start("sweep", "run", "--scope", "kind=account", "--rate", "-1", "--fail-on", "none", "--format", "jsonl")
	stale := team.members[0]
	t.Cleanup(func() { _ = stale.Process.Kill() }) // it may have ended
	select {
	case <-g.full:
	case <-stale.ended:
		t.Fatalf("the sweep ended: %s", stale.errs.String())
	}
	stopOutsideATransaction(t, stale, p.dsn)
	g.let.Store(true)
	for over := false; !over; { // until the tenure has run out the sweep is refused
		next := p.command("sweep", "resume", "--format", "jsonl")
		next.Env = append(next.Environ(), "GOVSWEEP_LEASE=2s")
		out, err := next.CombinedOutput()
		if over = next.ProcessState.ExitCode() != exitWrong; !over && !strings.Contains(string(out), "正由另一个程序运行") {
			t.Fatalf("resumed: %v: %s", err, out)
		}
	}
	before := rowsOf(t, db)
	if before["outcomes"].n < accounts || before["account_readings"].n < accounts {
		t.Fatalf("the other process has judged %d outcomes of %d readings", before["outcomes"].n, before["account_readings"].n)
	}
	wake() // what it is to write lies there when it wakes up
	must(t, stale.Process.Signal(syscall.SIGCONT))
	<-stale.ended
	if d := cmp.Diff(before, rowsOf(t, db), cmp.AllowUnexported(table{})); d != "" {
		t.Errorf("the stale process wrote (-before +after):\n%s", d)
	}
	// Stopped within a transaction it finds its connection ended by the server.
	code, said := stale.ProcessState.ExitCode(), stale.errs.String()
	lost, cut := code == exitWrong && strings.Contains(said, "已由另一个程序接手"), dsn != "" && code == exitInternal && strings.Contains(said, "数据库")
	if !lost && !cut {
		t.Errorf("the stale process: exit %d: %s", code, said)
	}
	if out, code := p.run("evidence", "verify"); code != exitDone {
		t.Errorf("evidence: exit %d: %s", code, out)
	}
}

// stopOutsideATransaction stops a process where it holds no lock of SQLite,
// which nothing on this machine could take from it.
func stopOutsideATransaction(t *testing.T, m *member, dsn string) {
	t.Helper()
	for {
		must(t, m.Process.Signal(syscall.SIGSTOP))
		db, err := storage.Open(t.Context(), dsn, storage.Options{Wait: time.Second})
		if err == nil {
			err = db.KeepTurns(t.Context(), map[string]time.Time{"host:test": time.Now()})
			must(t, db.Close())
		}
		if err == nil {
			return
		}
		must(t, m.Process.Signal(syscall.SIGCONT))
	}
}

// table is what a table of a database holds.
type table struct {
	n   int
	sum uint64
}

// rowsOf digests every table, but those of clocks and locks.
func rowsOf(t *testing.T, db *storage.DB) map[string]table {
	t.Helper()
	out, name := map[string]table{}, ""
	sum := fnv.New64a()
	_, err := db.Dump(context.Background(), func(next string, _ []string) error {
		name = next
		sum.Reset()
		out[name] = table{}
		return nil
	}, func(values []any) error {
		fmt.Fprintln(sum, values...)
		out[name] = table{out[name].n + 1, sum.Sum64()}
		return nil
	})
	must(t, err)
	delete(out, "work_holds")
	return out
}
