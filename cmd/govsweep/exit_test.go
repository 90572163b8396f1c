package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/farm"
	"github.com/govsweep/govsweep/internal/fulldisk"
	"github.com/govsweep/govsweep/storage"
)

// ends runs a command and wants its exit code and a word on standard error.
func (p *program) ends(t *testing.T, want int, word string, args ...string) {
	t.Helper()
	var said strings.Builder
	c := p.command(args...)
	c.Stderr = &said
	out, err := c.Output()
	if c.ProcessState == nil {
		t.Fatal(err)
	}
	if code := c.ProcessState.ExitCode(); code != want || !strings.Contains(said.String(), word) {
		t.Errorf("%s: exit %d, want %d; said %q, want %q; printed %.200s", strings.Join(args, " "), code, want, said.String(), word, out)
		return
	}
	t.Logf("exit %d: %.200s", want, strings.TrimSpace(said.String()))
}

// TestSitesThatCannotBeSeen wants exit code 3 and a sentence.
func TestSitesThatCannotBeSeen(t *testing.T) {
	t.Parallel()
	f := startFarm(t, farm.Options{Seed: 7, Sites: 2})
	serve := func(h http.HandlerFunc) string {
		srv := httptest.NewServer(h)
		t.Cleanup(srv.Close)
		return srv.URL
	}
	for name, c := range map[string]struct{ url, word string }{
		"unknown host": {"http://nosuch-host.gov.cn/", "域名"},
		"refusing":     {"http://" + closedPort(t) + "/", "拒绝"},
		"cut":          {serve(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), "未能充分检查"},
		"empty":        {serve(func(http.ResponseWriter, *http.Request) {}), "没有内容"},
		"challenge": {serve(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusPreconditionFailed)
			fmt.Fprint(w, `<html><head><script>$_ts=window['$_ts'];</script></head><body></body></html>`)
		}), "拦截"},
		"forbidden": {serve(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }), "403"},
		"guarded":   {"http://10.255.255.1/", "网络范围"},
	} {
		t.Run(name, func(t *testing.T) {
			newProgram(t, f).ends(t, exitUnseen, c.word, "inspect", "--rate", "-1", c.url)
		})
	}
}

func closedPort(t *testing.T) string {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer ln.Close()
	return ln.Addr().String()
}

// TestExitCodes wants every exit code of the contract once.
func TestExitCodes(t *testing.T) {
	t.Parallel()
	f := startFarm(t, farm.Options{Seed: 7, Sites: 2, Latency: 20 * time.Millisecond, AsOf: time.Date(2026, 11, 20, 23, 59, 59, 0, govsweep.Shanghai)})
	p := newProgram(t, f)
	p.register()
	home := f.Sites()[1].URL // the first one has no fault
	p.ends(t, exitDone, "", "--as-of", "2026-11-20", "inspect", "--rate", "-1", "--max-pages", "40", "--fail-on", "none", home)
	p.ends(t, exitFindings, "", "--as-of", "2026-11-20", "inspect", "--rate", "-1", "--max-pages", "40", "--fail-on", "norm", home)
	p.ends(t, exitWrong, "不正确", "inspect", "ht!tp://x y/")
	p.ends(t, exitWrong, "找不到评分规则", "inspect", "--rulebook", "nosuch", home)
	p.ends(t, exitWrong, "只能是下列之一", "inspect", "--fail-on", "everything", home)
}

// TestDatabasesThatAreNotOurs wants a sentence for a newer and a foreign one.
func TestDatabasesThatAreNotOurs(t *testing.T) {
	t.Parallel()
	f := startFarm(t, farm.Options{Seed: 7, Sites: 1})
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			newer, foreign := newProgram(t, f), newProgram(t, f)
			foreign.dsn = "sqlite:" + filepath.Join(t.TempDir(), "customers.db")
			if kind == "postgres" {
				newer.dsn, foreign.dsn = server.DSN(t), server.DSN(t)
			}
			db, err := storage.Open(context.Background(), newer.dsn, storage.Options{})
			must(t, err)
			must(t, db.Close())
			raw := newer.sql(t)
			_, err = raw.Exec("INSERT INTO govsweep_version (version_id, is_applied) VALUES (99, " + map[string]string{"sqlite": "1", "postgres": "true"}[kind] + ")")
			must(t, err)
			newer.ends(t, exitWrong, "高于本程序支持的", "verdicts")
			_, err = foreign.sql(t).Exec("CREATE TABLE customers (id INTEGER)")
			must(t, err)
			foreign.ends(t, exitWrong, "不是", "verdicts")
		})
	}
	text := newProgram(t, f)
	must(t, os.WriteFile(filepath.Join(text.dir, "govsweep.db"), []byte(strings.Repeat("this is no database\n", 100)), 0o644))
	text.ends(t, exitWrong, "不是本程序的数据库", "verdicts")
}

// sql opens the database without the product.
func (p *program) sql(t *testing.T) *sqlx.DB {
	t.Helper()
	driver, dsn := "postgres", p.dsn
	if path, ok := strings.CutPrefix(p.dsn, "sqlite:"); ok {
		driver, dsn = "sqlite", path
	}
	db, err := sqlx.Open(driver, dsn)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

// TestAFullDiskIsSaid sweeps onto a disk that fills up, and goes on.
func TestAFullDiskIsSaid(t *testing.T) {
	f := startFarm(t, farm.Options{Seed: 7, Sites: 2, Latency: 20 * time.Millisecond, AsOf: time.Date(2026, 11, 20, 23, 59, 59, 0, govsweep.Shanghai)})
	calm, p := newProgram(t, f), newProgram(t, f)
	p.dir = fulldisk.Dir(t, "24m")
	p.dsn = "sqlite:" + filepath.Join(p.dir, "govsweep.db")
	sweep := []string{"--as-of", "2026-11-20", "sweep", "run", "--rate", "-1", "--parallel", "4", "--fail-on", "none"}
	calm.register()
	calm.run(sweep...)
	p.register()
	filler := filepath.Join(p.dir, "filler")
	out, err := exec.Command("sh", "-c", `dd if=/dev/zero of="$0" bs=1M count=23 2>/dev/null; truncate -s -700K "$0"`, filler).CombinedOutput()
	if err != nil {
		t.Fatalf("%v %s", err, out)
	}
	p.ends(t, exitInternal, "磁盘", sweep...)
	must(t, os.Remove(filler))
	p.ends(t, exitDone, "", "--as-of", "2026-11-20", "sweep", "resume")
	want, got := len(calm.findings()), len(p.findings())
	if want != got || want < 20 {
		t.Errorf("%d findings after the resume, %d without a full disk", got, want)
	}
	t.Logf("R10: full disk, exit 4; resumed to the same %d findings", got)
}
