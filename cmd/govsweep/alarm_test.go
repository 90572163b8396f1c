package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/alarm"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/service"
	"github.com/govsweep/govsweep/storage"
)

// alarmWorld is an installation whose clock, disk, line, browser, database and
// mail server the test holds. What is told lands in the directory of files.
type alarmWorld struct {
	t       *testing.T
	dir     string
	app     *app
	eyes    *service.Eyes
	watch   *alarm.Watcher
	now     time.Time
	free    uint64
	line    error
	browser error
	ticking bool
	planner *schedule.Planner
	db      *storage.DB
	mails   net.Listener
}

func newAlarmWorld(t *testing.T) *alarmWorld {
	t.Helper()
	w := &alarmWorld{t: t, dir: t.TempDir(), now: time.Date(2026, 3, 2, 1, 0, 0, 0, govsweep.Shanghai), free: 8 << 30, ticking: true}
	a := &app{ctx: context.Background(), stdout: io.Discard, stderr: io.Discard, log: slog.New(slog.DiscardHandler), env: func(string) string { return "" },
		settings: settings{data: w.dir, db: "sqlite:" + filepath.Join(w.dir, "govsweep.db")}}
	a.settings.file.Control = []string{"https://www.gov.cn/"}
	a.settings.file.Alarm = alarmSettings{Browser: true, AllowNet: []string{"127.0.0.0/8"}, Channels: []alarm.ChannelConfig{
		{Name: "邮箱", Kind: "mail", Server: w.listen("127.0.0.1:0"), Security: "none", From: "a@x.gov.cn", To: []string{"b@x.gov.cn"}}}}
	var err error
	w.db, err = a.openDB()
	must(t, err)
	t.Cleanup(func() { w.db.Close() })
	must(t, w.db.SaveSchedules(t.Context(), []govsweep.Schedule{{Name: "每夜", Kind: govsweep.NoticesSchedule, When: "每日 02:00", Priority: 3, Since: w.now}}))
	clock := func() time.Time { return w.now }
	days, err := a.calendar()
	must(t, err)
	w.planner = &schedule.Planner{Store: w.db, Days: days, Now: clock, Log: a.log, Make: func(context.Context, *govsweep.Schedule, time.Time) (*govsweep.Sweep, []govsweep.Target, string, error) {
		return nil, nil, "没有到期的文书。", nil
	}}
	w.app, w.eyes = a, a.eyes(w.db, "", 1<<30)
	w.eyes.Now, w.eyes.Free = clock, func(string) (uint64, bool) { return w.free, true }
	w.eyes.Reach, w.eyes.Browser = func(context.Context, string) error { return w.line }, func(context.Context) error { return w.browser }
	w.watch, _, err = a.watcher(w.eyes, w.db)
	must(t, err)
	return w
}

// listen takes mails and forgets them until w.mails is closed.
func (w *alarmWorld) listen(address string) string {
	w.t.Helper()
	l, err := net.Listen("tcp", address)
	must(w.t, err)
	w.t.Cleanup(func() { l.Close() })
	w.mails = l
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go takeMail(c)
		}
	}()
	return l.Addr().String()
}

func takeMail(c net.Conn) {
	defer c.Close()
	fmt.Fprint(c, "220 test\r\n")
	in, data := bufio.NewScanner(c), false
	for in.Scan() {
		switch word, _, _ := strings.Cut(in.Text(), " "); {
		case data && in.Text() != ".":
		case word == "DATA":
			data = true
			fmt.Fprint(c, "354 go\r\n")
		case word == "QUIT":
			fmt.Fprint(c, "221 bye\r\n")
			return
		default:
			data = false
			fmt.Fprint(c, "250 ok\r\n")
		}
	}
}

// step is half a minute of the simulated clock.
func (w *alarmWorld) step() {
	w.now = w.now.Add(alarm.Every)
	if w.ticking {
		_ = w.planner.Tick(context.Background()) // fails while the database is gone
	}
	_ = w.watch.Step(context.Background()) // what it cannot keep it says by an alarm
}

// told lists what was told of a kind, by files.
func (w *alarmWorld) told() []string {
	files, err := filepath.Glob(filepath.Join(w.dir, "alarms", "*.json"))
	must(w.t, err)
	var out []string
	for _, f := range files {
		raw, err := os.ReadFile(f)
		must(w.t, err)
		_, kind, _ := strings.Cut(string(raw), `"kind":"`)
		_, change, _ := strings.Cut(string(raw), `"change":"`)
		kind, _, _ = strings.Cut(kind, `"`)
		change, _, _ = strings.Cut(change, `"`)
		out = append(out, kind+" "+change)
	}
	return out
}

// Show 5 of the issue: each fault is told within 15 minutes, once, and told
// when it is over.
func TestEveryFaultIsToldWithinAQuarterOfAnHourOnceAndWhenItIsOver(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		kind       govsweep.AlarmKind
		hurt, heal func(w *alarmWorld)
	}{
		{"the scheduler is stopped", govsweep.SchedulerStopped, func(w *alarmWorld) { w.ticking = false }, func(w *alarmWorld) { w.ticking = true }},
		{"the database is gone", govsweep.DatabaseGone, func(w *alarmWorld) { must(w.t, w.db.Close()) }, func(w *alarmWorld) {
			db, err := w.app.openDB()
			must(w.t, err)
			w.db, w.eyes.Store, w.planner.Store, w.watch.Shared = db, db, db, db
		}},
		{"the file of the database is gone", govsweep.DatabaseGone, func(w *alarmWorld) {
			must(w.t, os.Rename(filepath.Join(w.dir, "govsweep.db"), filepath.Join(w.dir, "x")))
		}, func(w *alarmWorld) {
			must(w.t, os.Rename(filepath.Join(w.dir, "x"), filepath.Join(w.dir, "govsweep.db")))
		}},
		{"the uplink is gone", govsweep.UplinkGone, func(w *alarmWorld) { w.line = errors.New("down") }, func(w *alarmWorld) { w.line = nil }},
		{"the disk is nearly full", govsweep.DiskFull, func(w *alarmWorld) { w.free = 100 << 20 }, func(w *alarmWorld) { w.free = 8 << 30 }},
		{"the browser is dead", govsweep.BrowserDead, func(w *alarmWorld) { w.browser = errors.New("down") }, func(w *alarmWorld) { w.browser = nil }},
		{"the mail server is dead", govsweep.ChannelDead, func(w *alarmWorld) { must(w.t, w.mails.Close()) }, func(w *alarmWorld) { w.listen(w.mail()) }},
		{"a due sweep did not run", govsweep.SweepMissed, func(w *alarmWorld) {
			w.planner.Make = func(context.Context, *govsweep.Schedule, time.Time) (*govsweep.Sweep, []govsweep.Target, string, error) {
				return nil, nil, "", errors.New("broken")
			}
		}, func(w *alarmWorld) {
			w.planner.Make = func(context.Context, *govsweep.Schedule, time.Time) (*govsweep.Sweep, []govsweep.Target, string, error) {
				return nil, nil, "没有到期的文书。", nil
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newAlarmWorld(t)
			for range 10 {
				w.step()
			}
			if c.kind == govsweep.SweepMissed {
				w.now = time.Date(2026, 3, 2, 2, 0, 0, 0, govsweep.Shanghai)
			}
			if told := w.told(); len(told) != 0 {
				t.Fatalf("told of nothing: %v", told)
			}
			c.hurt(w)
			after := w.until(1)
			for range 60 { // half an hour more says nothing more
				w.step()
			}
			if told := w.told(); len(told) != 1 || told[0] != string(c.kind)+" raised" {
				t.Fatalf("told %v", told)
			}
			c.heal(w)
			over := w.until(2)
			for range 60 {
				w.step()
			}
			if told := w.told(); len(told) != 2 || told[1] != string(c.kind)+" cleared" {
				t.Errorf("told %v", told)
			}
			t.Logf("%s: told after %s, its end after %s", c.name, after, over)
		})
	}
}

// mail is the address of the mail server.
func (w *alarmWorld) mail() string { return w.app.settings.file.Alarm.Channels[0].Server }

// until steps until n messages were told, and gives how long that took.
func (w *alarmWorld) until(n int) time.Duration {
	w.t.Helper()
	from := w.now
	for len(w.told()) < n {
		if w.step(); w.now.Sub(from) > 15*time.Minute {
			w.t.Fatalf("not told within 15 minutes: %v", w.told())
		}
	}
	return w.now.Sub(from)
}
