package main

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/storage"
)

func TestASecondWatchOnTheSameDataIsRefused(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); refused(t, "") })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); refused(t, server.DSN(t)) })
}

func refused(t *testing.T, dsn string) {
	dir := t.TempDir()
	home, _ := officeSite(t, new(atomic.Int64))
	args := []string{"--data", dir, "--allow-net", "127.0.0.0/8", "probe", "run", "--site", home, "--watch", "--format", "jsonl"}
	if dsn != "" {
		args = append([]string{"--db", dsn}, args...)
	}
	first := begunWatch(t, args)
	ends := func(want int, more ...string) string {
		c := exec.Command("govsweep", append(args, more...)...)
		out, _ := c.CombinedOutput()
		if c.ProcessState.ExitCode() != want {
			t.Fatalf("exit %d: %s", c.ProcessState.ExitCode(), out)
		}
		return string(out)
	}
	if out := ends(exitWrong); !strings.Contains(out, "已有一个持续监测正在运行，不能再开始一个") || strings.Contains(out, "开始监测") {
		t.Errorf("the second watch: %s", out)
	}
	other := begunWatch(t, append(args, "--vantage", "第二监测点"))
	must(t, other.Process.Signal(os.Interrupt))
	_ = other.Wait() // it was told to stop
	must(t, first.Process.Kill())
	_ = first.Wait() // it was killed
	again := begunWatch(t, args)
	must(t, again.Process.Signal(os.Interrupt))
	if _ = again.Wait(); again.ProcessState.ExitCode() != exitUnseen {
		t.Errorf("stopped with %d", again.ProcessState.ExitCode())
	}
}

// begunWatch starts a watch and waits until it says so.
func begunWatch(t *testing.T, args []string) *exec.Cmd {
	t.Helper()
	for range 200 { // the server lets go of a killed program's name a moment later
		c := exec.Command("govsweep", args...)
		errs, err := c.StderrPipe()
		must(t, err)
		must(t, c.Start())
		lines := bufio.NewScanner(errs)
		for lines.Scan() {
			if strings.Contains(lines.Text(), "开始监测1个网站") {
				t.Cleanup(func() { _ = c.Process.Kill() }) // over already, mostly
				return c
			}
		}
		_ = c.Wait() // refused: its exit code says so
	}
	t.Fatal("no watch begins")
	return nil
}

// The watch that is killed: three days of twenty visits to each of its sites.
const (
	watchDays  = 3
	watchSites = 40
)

var watchFrom = time.Date(2026, 3, 23, 0, 0, 0, 0, govsweep.Shanghai)

// watcher is a program that watches with a clock which moves when it waits:
// watcher DSN. It says every visit that was kept, once it is.
func watcher() {
	ctx := context.Background()
	db, err := storage.Open(ctx, os.Args[1], storage.Options{})
	if err != nil {
		panic(err)
	}
	clock := watchFrom
	var sites []probe.Site
	for i := range watchSites {
		s := probe.Site{ID: govsweep.TargetID(fmt.Sprintf("15078300%02d", i)), URL: fmt.Sprintf("http://www.s%d.gov.cn/", i)}
		visits, err := db.Probed(ctx, s.ID, watchFrom, watchFrom.AddDate(0, 0, watchDays))
		if err != nil {
			panic(err)
		}
		for _, v := range visits {
			if v.At.After(clock) {
				clock = v.At
			}
		}
		sites = append(sites, s)
	}
	w := &probe.Watch{Prober: &probe.Prober{}, Log: tellingLog{db}, Series: govsweep.Availability, Visits: 20, Now: func() time.Time { return clock },
		Wait: func(_ context.Context, until time.Time) error { clock = until; return nil },
		Look: func(_ context.Context, r probe.Request) (govsweep.ProbeVisit, *govsweep.Page) {
			return govsweep.ProbeVisit{Target: r.Target, Series: r.Series, URL: r.URL, At: clock, Status: 200, Result: govsweep.ProbeOpened}, nil
		}}
	if err := w.Run(ctx, sites, watchFrom.AddDate(0, 0, watchDays)); err != nil {
		panic(err)
	}
	fmt.Println("done")
}

// tellingLog says what it has kept.
type tellingLog struct{ *storage.DB }

func (l tellingLog) SaveProbes(ctx context.Context, visits []govsweep.ProbeVisit) error {
	if err := l.DB.SaveProbes(ctx, visits); err != nil {
		return err
	}
	for _, v := range visits {
		fmt.Println(v.Target, v.At.UnixMilli())
	}
	return nil
}

// TestAKilledWatchLosesNothingItKept kills the watcher at random moments and
// starts it again: what it said was kept is there after every kill, and in
// the end every planned visit was made once.
func TestAKilledWatchLosesNothingItKept(t *testing.T) {
	t.Parallel()
	dsn := "sqlite:" + t.TempDir() + "/govsweep.db"
	db, err := storage.Open(t.Context(), dsn, storage.Options{})
	must(t, err)
	defer db.Close()
	random := rand.New(rand.NewPCG(7, 7))
	kept, kills := map[string]bool{}, 0
	for done := false; !done; kills++ {
		c := exec.Command("watcher", dsn)
		c.Stderr = os.Stderr
		out, err := c.StdoutPipe()
		must(t, err)
		must(t, c.Start())
		after := 1 + random.IntN(watchDays*watchSites*20/8)
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if done = lines.Text() == "done"; done {
				break
			}
			kept[lines.Text()] = true
			if after--; after == 0 {
				must(t, c.Process.Kill())
			}
		}
		_ = c.Wait() // killed, or done
		if n := visitsKept(t, db, kept); n != 0 {
			t.Fatalf("%d of %d visits are gone after kill %d", n, len(kept), kills+1)
		}
	}
	total := 0
	for i := range watchSites {
		id := govsweep.TargetID(fmt.Sprintf("15078300%02d", i))
		for day := range watchDays {
			from := watchFrom.AddDate(0, 0, day)
			visits, err := db.Probed(t.Context(), id, from, from.AddDate(0, 0, 1))
			must(t, err)
			slots := map[int]bool{}
			for _, v := range visits {
				slots[v.Slot] = true
			}
			if len(visits) != 20 || len(slots) != 20 {
				t.Errorf("%s on %s: %d visits of %d slots", id, govsweep.DateOf(from), len(visits), len(slots))
			}
			total += len(visits)
		}
	}
	if kills < 3 {
		t.Errorf("only %d kills", kills)
	}
	t.Logf("%d kills, %d visits", kills-1, total)
}

// visitsKept counts those said to be kept that are not there.
func visitsKept(t *testing.T, db *storage.DB, said map[string]bool) int {
	t.Helper()
	gone := 0
	there := map[string]bool{}
	for i := range watchSites {
		id := govsweep.TargetID(fmt.Sprintf("15078300%02d", i))
		visits, err := db.Probed(t.Context(), id, watchFrom, watchFrom.AddDate(0, 0, watchDays))
		must(t, err)
		for _, v := range visits {
			there[string(v.Target)+" "+strconv.FormatInt(v.At.UnixMilli(), 10)] = true
		}
	}
	for line := range said {
		if !there[line] {
			gone++
		}
	}
	return gone
}
