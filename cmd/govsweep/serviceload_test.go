//go:build unix

package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// noon is a process that does what serve does, over a day at whose noon it has
// become ten to one: a visit of every site is due at once, whatever the hour.
// It ends when those visits are made and the accounts are judged. Its arguments
// are the directory, the name server and the number of sites.
func noon() {
	var sites int
	fmt.Sscan(os.Args[3], &sites) // 0 makes the test fail
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	a := &app{ctx: ctx, stdout: os.Stdout, stderr: os.Stderr, log: slog.New(slog.DiscardHandler), env: os.Getenv,
		settings: settings{data: os.Args[1], db: "sqlite:" + filepath.Join(os.Args[1], "govsweep.db"), resolver: os.Args[2], allowNet: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}}
	err := func() error {
		db, err := a.openDB()
		if err != nil {
			return err
		}
		defer db.Close()
		s, err := newService(a, db, &serviceFlags{Slots: 8})
		if err != nil {
			return err
		}
		defer s.close()
		s.engine.Every = time.Second
		visits, err := atNoon(s, sites)
		if err != nil {
			return err
		}
		go func() {
			<-visits
			for ctx.Err() == nil {
				if runs, err := db.ScheduleRuns(ctx, "账号", 1); err == nil && len(runs) > 0 && runs[0].State == govsweep.RunDone {
					cancel()
				}
				_ = waitUntil(ctx, time.Now().Add(50*time.Millisecond)) // a look a moment later is as good
			}
		}()
		return s.engine.Run(ctx, a.jobsDatabase(db))
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitInternal)
	}
}

// atNoon hands the service the watch it would make, with a clock that stands
// at 12:50 of yesterday. The channel is closed when so many visits are made.
func atNoon(s *process, sites int) (<-chan struct{}, error) {
	w, err := s.dayWatch(&govsweep.Schedule{Name: "可用性"})
	if err != nil {
		return nil, err
	}
	made, done := 0, make(chan struct{})
	noon := govsweep.EndOfDay(time.Now().AddDate(0, 0, -2)).Add(12*time.Hour + 50*time.Minute)
	w.Now = func() time.Time { return noon }
	w.Wait = func(ctx context.Context, _ time.Time) error { <-ctx.Done(); return ctx.Err() }
	w.Told = func(govsweep.ProbeVisit) {
		if made++; made == sites {
			close(done)
		}
	}
	return done, nil
}

func waitUntil(ctx context.Context, at time.Time) error {
	t := time.NewTimer(time.Until(at))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// county serves home pages and feeds from the same hosts and notes the first
// and the last of each.
type county struct {
	gazetteer
	mu   sync.Mutex
	span map[string][2]time.Time // "feed", "home": first and last request
	home map[string]int
}

func (c *county) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	kind := "home"
	if strings.HasPrefix(r.URL.Path, "/feed/") {
		kind = "feed"
	}
	c.mu.Lock()
	s := c.span[kind]
	if now := time.Now(); s[0].IsZero() {
		s = [2]time.Time{now, now}
	} else {
		s[1] = now
	}
	c.span[kind] = s
	if strings.HasPrefix(r.URL.Path, "/s") {
		c.home[r.Host+r.URL.Path]++
	}
	c.mu.Unlock()
	if !strings.HasPrefix(r.URL.Path, "/s") {
		c.gazetteer.ServeHTTP(w, r)
		return
	}
	c.begin(r.Host)
	n, _ := fmt.Fprintf(w, "<html><head><title>某单位</title></head><body>%s</body></html>", strings.Repeat("<p>欢迎访问本网站，本站提供信息公开和办事服务。</p>", 600))
	c.end(r.Host, n)
}

// TestAccountsAndSitesInOneRun has one process judge accounts and visit the
// home pages of sites, both due at the same moment: eight accounts a host, and
// three sites a host (fewer of few), on the same hosts where there are any. No host is asked
// faster than its limit by the two together. GOVSWEEP_TEST_ACCOUNTS and
// GOVSWEEP_TEST_PROBES set other numbers.
func TestAccountsAndSitesInOneRun(t *testing.T) {
	t.Parallel()
	accounts, sites := envInt("GOVSWEEP_TEST_ACCOUNTS", 12), envInt("GOVSWEEP_TEST_PROBES", 12)
	hosts := max(accounts/8, min(accounts, 4))
	c := &county{span: map[string][2]time.Time{}, home: map[string]int{}, gazetteer: gazetteer{hosts: hosts, now: time.Now(),
		padding: strings.Repeat("县政府召开常务会议。", 34), asked: map[string][]time.Time{}, under: map[string]int{}}}
	srv := httptest.NewServer(c)
	t.Cleanup(srv.Close)
	dir := t.TempDir()
	dueNow(t, dir, srv.Listener.Addr().(*net.TCPAddr).Port, accounts, hosts, sites)
	began := time.Now()
	p := exec.Command("noon", dir, nameServer(t), fmt.Sprint(sites))
	p.Stderr = os.Stderr
	must(t, p.Run())
	wall := time.Since(began)

	for page, n := range c.home {
		if n != 1 {
			t.Errorf("%s was visited %d times", page, n)
		}
	}
	if len(c.home) != sites {
		t.Errorf("%d of %d home pages were visited", len(c.home), sites)
	}
	requests := 0
	for _, at := range c.asked {
		requests += len(at)
	}
	if n := c.fastest(); n > mostWithinASecond {
		t.Errorf("a host was asked %d times within a second", n)
	}
	judged, opened := outcome(t, dir, sites)
	if judged != accounts || opened != sites {
		t.Errorf("%d of %d accounts judged, %d of %d home pages opened", judged, accounts, opened, sites)
	}
	usage := p.ProcessState.SysUsage().(*syscall.Rusage)
	since := func(kind string) string {
		return fmt.Sprintf("%.1f to %.1f s", c.span[kind][0].Sub(began).Seconds(), c.span[kind][1].Sub(began).Seconds())
	}
	t.Logf("%d accounts and %d sites on %d hosts: wall %.1f s, CPU %.1f s, peak %d MB, %d requests, at most %d a second to one host; home pages from %s, feeds from %s", accounts, sites, len(c.asked),
		wall.Seconds(), (p.ProcessState.UserTime() + p.ProcessState.SystemTime()).Seconds(), usage.Maxrss/1024, requests, c.fastest(), since("home"), since("feed"))
}

// dueNow writes a register whose accounts and sites are due by schedules.
func dueNow(t *testing.T, dir string, port, accounts, hosts, sites int) {
	t.Helper()
	host := func(n int) string { return fmt.Sprintf("http://www.h%d.gov.cn:%d", n, port) }
	rows := [][]string{{"平台", "账号名称", "账号ID", "认证主体", "主办单位", "备案状态", "信息来源"}}
	for i := range accounts {
		unit := fmt.Sprintf("某某局%d", i)
		rows = append(rows, []string{"微信公众号", fmt.Sprintf("某某发布%d", i), fmt.Sprintf("gh_%d", i), unit, unit, "已备案", fmt.Sprintf("%s/feed/%d", host(i%hosts), i)})
	}
	imported(t, dir, "accounts", rows)
	rows = [][]string{{"网站标识码", "网站名称", "首页网址"}}
	for i := range sites {
		rows = append(rows, []string{fmt.Sprintf("%010d", 1507830000+i), fmt.Sprintf("单位%d", i), fmt.Sprintf("%s/s%d/", host(i%(2*hosts)), i)})
	}
	imported(t, dir, "sites", rows)
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(dir, "govsweep.db"), storage.Options{})
	must(t, err)
	since := time.Now().Add(-90 * time.Minute)
	must(t, db.SaveSchedules(t.Context(), []govsweep.Schedule{
		{Name: "账号", Kind: govsweep.AccountsSchedule, When: "每小时", Priority: 2, Since: since},
		{Name: "可用性", Kind: govsweep.AvailabilitySchedule, When: "每小时", Priority: 2, Since: since},
	}))
	must(t, db.Close())
}

func imported(t *testing.T, dir, what string, rows [][]string) {
	t.Helper()
	var b strings.Builder
	must(t, csv.NewWriter(&b).WriteAll(rows))
	file := filepath.Join(t.TempDir(), what+".csv")
	must(t, os.WriteFile(file, []byte(b.String()), 0o644))
	if _, errs, code := cli(t, dir, "import", what, file); code != exitDone {
		t.Fatal(errs)
	}
}

// outcome counts the accounts that were judged and the home pages that opened.
func outcome(t *testing.T, dir string, sites int) (judged, opened int) {
	t.Helper()
	out, errs, code := cli(t, dir, "verdicts", "--format", "jsonl")
	if code != exitDone {
		t.Fatal(errs)
	}
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(dir, "govsweep.db"), storage.Options{})
	must(t, err)
	defer db.Close()
	for i := range sites {
		visits, err := db.Probed(t.Context(), govsweep.TargetID(fmt.Sprintf("%010d", 1507830000+i)), time.Time{}, time.Now().Add(time.Hour))
		must(t, err)
		if len(visits) == 1 && visits[0].Result == govsweep.ProbeOpened {
			opened++
		}
	}
	return strings.Count(out, "\n") - strings.Count(out, `"undecided"`), opened
}
