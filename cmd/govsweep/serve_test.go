package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
)

// serviceOn is a service over a directory that serves until the test ends.
func serviceOn(t *testing.T, dir string, web http.Handler) (*process, *httptest.Server, func() error) {
	t.Helper()
	s, start := newServiceOn(t, dir, &serviceFlags{Slots: 4})
	server := httptest.NewServer(s.state().Handler(s.app.ctx, web))
	stop := start()
	return s, server, func() error {
		defer server.Close()
		return stop()
	}
}

// newServiceOn makes a service over a directory; start begins its work and
// gives what ends it.
func newServiceOn(t *testing.T, dir string, f *serviceFlags) (s *process, start func() (stop func() error)) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	a := &app{ctx: ctx, stdout: io.Discard, stderr: io.Discard, log: slog.New(slog.DiscardHandler), env: func(string) string { return "" },
		settings: settings{data: dir, db: "sqlite:" + filepath.Join(dir, "govsweep.db"), allowNet: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}}
	db, err := a.openDB()
	must(t, err)
	s, err = newService(a, db, f)
	must(t, err)
	s.engine.Every = time.Second
	return s, func() func() error {
		ended := make(chan error, 1)
		go func() { ended <- s.engine.Run(ctx, a.jobsDatabase(db)) }()
		return func() error {
			cancel()
			err := <-ended
			s.close()
			return joinClose(err, db)
		}
	}
}

func joinClose(err error, db *storage.DB) error {
	if closed := db.Close(); err == nil {
		err = closed
	}
	return err
}

// A schedule that is due is inspected by itself; the site's next look is
// planned, the state of the process can be asked, and it stops cleanly.
func TestAServiceWorksOnWhatIsDue(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home, _ := officeSite(t, new(atomic.Int64))
	if _, errs, code := cli(t, dir, "probe", "run", "--site", home); code != exitDone { // registers the site
		t.Fatal(errs)
	}
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(dir, "govsweep.db"), storage.Options{})
	must(t, err)
	must(t, db.SaveSchedules(t.Context(), []govsweep.Schedule{
		{Name: "栏目", Kind: govsweep.ColumnsSchedule, When: "每小时", Priority: 3, Since: time.Now().Add(-2 * time.Hour)},
		{Name: "到期", Kind: govsweep.NoticesSchedule, When: "每小时", Priority: 1, Since: time.Now().Add(-2 * time.Hour)},
	}))
	must(t, db.Close())
	s, server, end := serviceOn(t, dir, http.NotFoundHandler())
	limit, every := time.After(4*time.Minute), time.NewTicker(100*time.Millisecond)
	defer every.Stop()
	for done := 0; done < 2; {
		select {
		case <-every.C:
			all, err := s.db.LastDone(context.Background())
			must(t, err)
			done = len(all)
		case <-limit:
			all, err := s.db.ScheduleRuns(context.Background(), "", 9)
			t.Fatalf("never done: %+v %v", all, err)
		}
	}
	looks, err := s.db.SiteLooks(context.Background())
	if err != nil || len(looks) != 1 || !looks[0].Next.After(time.Now()) {
		t.Errorf("looks %+v %v", looks, err)
	}
	for path, want := range map[string]string{"/healthz": `"ok":true`, "/readyz": `"state":"正常"`, "/metrics": `govsweep_schedule_last_success_timestamp_seconds{schedule="栏目"}`, "/else": "404"} {
		if body := get(t, server.URL+path); !strings.Contains(body, want) {
			t.Errorf("%s: %.300s", path, body)
		}
	}
	must(t, end())
	out, errs, code := cli(t, dir, "schedule", "explain", home, "--format", "table")
	if code != exitDone || !strings.Contains(out, "下次") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	if out, _, _ := cli(t, dir, "doctor"); !strings.Contains(out, "栏目：最近一次完成于") {
		t.Errorf("doctor says\n%s", out)
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	must(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	must(t, err)
	return string(body)
}

func TestSchedulesThatNobodyKeepsAreToldByDoctor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, errs, code := cli(t, dir, "schedule", "add", "每夜", "--kind", "full", "--when", "每日 02:00"); code != exitDone {
		t.Fatal(errs)
	}
	if out, _, code := cli(t, dir, "doctor"); code == exitDone || !strings.Contains(out, "从未执行，请运行 govsweep serve") {
		t.Errorf("%d %s", code, out)
	}
	if out, _, code := cli(t, dir, "migrate", "--dry-run"); code != exitDone || !strings.Contains(out, "任务队列的数据表将建立或升级，共") || strings.Contains(out, "initial") {
		t.Errorf("%d %s", code, out)
	}
	if _, errs, code := cli(t, dir, "migrate"); code != exitDone {
		t.Fatal(errs)
	}
	if out, _, _ := cli(t, dir, "migrate", "--dry-run"); !strings.Contains(out, "没有需要进行的步骤") {
		t.Error(out)
	}
	for _, rate := range []string{"NaN", "0", "-2", "1001"} {
		if _, errs, code := cli(t, dir, "serve", "--listen", "1", "--platform-rate="+rate); code != exitWrong || !strings.Contains(errs, "--platform-rate 应大于0、不超过1000，-1为不限") {
			t.Errorf("%s: %d %s", rate, code, errs)
		}
	}
	if _, errs, code := cli(t, dir, "serve", "--slots", "0"); code != exitWrong || !strings.Contains(errs, "1至256") {
		t.Errorf("%d %s", code, errs)
	}
}

// An old program stops by itself when a later one upgrades the database under
// it, and does not start again.
func TestAServiceStopsWhenTheDatabaseIsUpgradedUnderIt(t *testing.T) {
	t.Parallel()
	s, start := newServiceOn(t, t.TempDir(), &serviceFlags{Slots: 1})
	s.looks = 20 * time.Millisecond
	stop := start()
	for every := time.Tick(10 * time.Millisecond); ; <-every {
		if beats, err := s.db.Beats(t.Context()); err == nil && !beats[schedule.TickBeat].IsZero() {
			break
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	outrun := s.outrun(ctx, cancel)
	w, _ := s.db.Lend()
	_, err := w.ExecContext(t.Context(), `INSERT INTO govsweep_version (version_id, is_applied) VALUES (99, 1)`)
	must(t, err)
	<-ctx.Done()
	if err := <-outrun; govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), "第99版结构，高于本程序支持的") {
		t.Error(err)
	}
	must(t, stop())
	s.app.ctx = t.Context()
	if _, err := s.app.openDB(); govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), "未作任何改动") {
		t.Error(err)
	}
}

// A service whose pages cannot be reached any more says so and stops.
func TestAServiceThatCannotAnswerStops(t *testing.T) {
	t.Parallel()
	var said strings.Builder
	s := &process{app: &app{log: slog.New(slog.NewTextHandler(&said, nil))}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, stop := context.WithCancel(t.Context())
	heard := s.answer(ctx, stop, &http.Server{Handler: http.NotFoundHandler()}, l)
	must(t, l.Close())
	<-ctx.Done()
	if err := <-heard; govsweep.KindOf(err) != govsweep.Internal || !strings.Contains(said.String(), "no more answers on HTTP") {
		t.Errorf("%v, log %s", err, said.String())
	}
}

// What a service does by itself is not done by whoever started it.
func TestAServiceActsInItsOwnName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a := &app{ctx: asOperator(t.Context()), stdout: io.Discard, stderr: io.Discard, log: slog.New(slog.DiscardHandler), env: func(string) string { return "" },
		settings: settings{data: dir, db: "sqlite:" + filepath.Join(dir, "govsweep.db")}}
	if err := (&serviceFlags{Slots: 1, Listen: "no address"}).serve(a, nil); govsweep.KindOf(err) != govsweep.Wrong {
		t.Error(err)
	}
	if by := govsweep.ActorOf(a.ctx); by.Name != "本程序" || by.Via != "定时" {
		t.Errorf("%+v", by)
	}
}

func TestTheTimeBetweenTwoRequests(t *testing.T) {
	t.Parallel()
	if between(8) != 125*time.Millisecond || between(0) != 0 || between(-1) != 0 {
		t.Error(between(8), between(0))
	}
}
