package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/access"
	"github.com/govsweep/govsweep/service"
	"github.com/govsweep/govsweep/storage"
)

// The pages over a real database: a person logs in, sees what runs, begins a
// schedule, pauses it, and stands in the audit log with it; on both databases.
func TestAPersonOperatesByThePages(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			dir := t.TempDir()
			dsn := "sqlite:" + filepath.Join(dir, "govsweep.db")
			if engine == "postgres" {
				dsn = server.DSN(t)
			}
			ctx, stop := context.WithCancel(context.Background())
			defer stop()
			a := &app{ctx: ctx, stdout: io.Discard, stderr: io.Discard, log: slog.New(slog.DiscardHandler), env: func(string) string { return "" },
				settings: settings{data: dir, db: dsn, allowNet: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}}
			db, err := a.openDB()
			must(t, err)
			defer db.Close()
			const word = "正确的马和电池订书钉"
			must(t, db.AddUser(ctx, &govsweep.User{Name: "王某", Role: govsweep.BureauRole, Password: access.NewHasher().Hash(word)}))
			home, _ := officeSite(t, new(atomic.Int64))
			must(t, db.SaveSites(ctx, []govsweep.Site{{ID: "1000000001", Code: "1000000001", Name: "某局", URL: home, Host: "某局"}}))
			must(t, db.SaveSchedule(ctx, &govsweep.Schedule{Name: "每月", Kind: govsweep.FullSchedule, When: "每月1日 20:00", Priority: 3}))
			s, err := newService(a, db, &serviceFlags{Slots: 4})
			must(t, err)
			defer s.close()
			pages, _, err := (&serveCmd{}).web(s)
			must(t, err)
			web := httptest.NewServer(s.state().Handler(ctx, pages))
			defer web.Close()
			jar, err := cookiejar.New(nil)
			must(t, err)
			browser := &http.Client{Jar: jar}
			post := func(path string, form url.Values) string {
				resp, err := browser.PostForm(web.URL+path, form)
				must(t, err)
				defer resp.Body.Close()
				body, err := io.ReadAll(resp.Body)
				must(t, err)
				return string(body)
			}
			if body := post("/login", url.Values{"name": {"王某"}, "password": {word}}); !strings.Contains(body, "运行总览") {
				t.Fatalf("%.500s", body)
			}
			one := "/schedules/" + url.PathEscape("每月")
			if body := post(one+"/run", nil); !strings.Contains(body, "取消正在进行的一次") || !strings.Contains(body, "第1次") {
				t.Errorf("run: %.900s", body)
			}
			if body := post(one+"/run", nil); !strings.Contains(body, "请等它结束或先取消") { // refused: not in the audit log
				t.Errorf("run twice: %.900s", body)
			}
			if body := post(one+"/cancel", nil); !strings.Contains(body, "立即执行一次") {
				t.Errorf("cancel: %.900s", body)
			}
			if body := post(one+"/pause", nil); !strings.Contains(body, "由王某在页面上暂停") {
				t.Errorf("pause: %.900s", body)
			}
			for _, path := range []string{"/", "/sweeps", "/sweeps/1", "/sites", "/sites/1000000001", "/audit", "/api/v1/sweeps/1", "/api/v1/sweeps/1/findings", "/api/v1/targets", "/api/v1/health"} {
				resp, err := browser.Get(web.URL + path)
				must(t, err)
				resp.Body.Close()
				if resp.StatusCode != http.StatusOK {
					t.Errorf("%s: %s", path, resp.Status)
				}
			}
			lines, err := db.Audit(ctx, storage.AuditFilter{By: "王某"})
			must(t, err)
			var events []string
			for _, l := range lines {
				events = append(events, l.Event)
				if l.Via != "127.0.0.1" {
					t.Errorf("%+v", l)
				}
			}
			if got := strings.Join(events, " "); got != "schedule.pause schedule.cancel sweep.start schedule.run login" {
				t.Error(got)
			}
		})
	}
}

// A schedule that cannot be read any more is told on its row, and takes no
// page away.
func TestAScheduleWhoseTimeIsWrongIsToldOnItsRow(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a := &app{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, log: slog.New(slog.DiscardHandler), env: func(string) string { return "" },
		settings: settings{data: dir, db: "sqlite:" + filepath.Join(dir, "govsweep.db")}}
	db, err := a.openDB()
	must(t, err)
	defer db.Close()
	must(t, db.SaveSchedules(t.Context(), []govsweep.Schedule{
		{Name: "好的", Kind: govsweep.NoticesSchedule, When: "每日 09:00"}, {Name: "坏的", Kind: govsweep.NoticesSchedule, When: "有空的时候"}}))
	s, err := newService(a, db, &serviceFlags{Slots: 1})
	must(t, err)
	defer s.close()
	all, err := (service.Operations{State: s.state()}).Schedules(t.Context())
	must(t, err)
	for _, x := range all {
		if bad := x.Name == "坏的"; x.Next.IsZero() != bad || strings.Contains(x.Fault, "有空的时候") != bad {
			t.Errorf("%s: next %s, fault %q", x.Name, x.Next, x.Fault)
		}
	}
}

func TestACertificateThatCannotBeReadIsTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "text.pem")
	if err := os.WriteFile(text, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, flags := range map[string][]string{
		"TLS证书（--cert）和私钥（--key）应一起写明":  {"--cert", "none.pem"},
		"TLS证书（--cert）“" + dir + "”是目录": {"--cert", dir, "--key", text},
		"TLS私钥（--key）“/dev/null”不是普通文件": {"--cert", text, "--key", "/dev/null"},
		"应为PEM格式，并且相互对应":                {"--cert", text, "--key", text},
	} {
		if _, errs, code := cli(t, dir, append([]string{"serve", "--listen", "127.0.0.1:0"}, flags...)...); code != exitWrong || !strings.Contains(errs, want) {
			t.Errorf("%d %s, want %s", code, errs, want)
		}
	}
}

func TestPagesThatLeaveTheMachineUnencryptedAreWarnedOf(t *testing.T) {
	for address, want := range map[string]bool{"127.0.0.1:8420": true, "localhost:8420": true, "[::1]:8420": true,
		"0.0.0.0:8420": false, ":8420": false, "[::]:8420": false, "192.0.2.1:8420": false, "office.example:8420": false} {
		if got := onLoopback(address); got != want {
			t.Errorf("%s stays on this machine: %t", address, got)
		}
	}
}
