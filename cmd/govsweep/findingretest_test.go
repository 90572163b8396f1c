package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

// officeSite is a site with one column, whose newest item is newest days old.
func officeSite(t *testing.T, newest *atomic.Int64) (home string, asked *atomic.Int64) {
	t.Helper()
	asked = &atomic.Int64{}
	srv := httptest.NewServer(officePages(newest, asked))
	t.Cleanup(srv.Close)
	return srv.URL + "/", asked
}

// officePages answers for such a site.
func officePages(newest, asked *atomic.Int64) http.Handler {
	page := func(w http.ResponseWriter, name, body string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!DOCTYPE html><html><head><title>%s</title></head><body><ul class="nav"><li><a href="/">首页</a></li><li><a href="/tzgg/">通知公告</a></li></ul>`+
			`<div class="position">当前位置：<a href="/">首页</a> &gt; %s</div><div class="main">%s</div><div class="foot">主办单位：某某市人民政府办公室</div></body></html>`, name, name, body)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		day := govsweep.DateOf(time.Now().AddDate(0, 0, -int(newest.Load())))
		list := `<ul class="list"><li><a href="/wz/1.html">关于做好全市防汛工作的通知</a><span>` + day + `</span></li></ul>`
		switch r.URL.Path {
		case "/":
			page(w, "某某市人民政府", list+strings.Repeat(`<div class="box"><p>欢迎访问某某市人民政府网站，本站提供信息公开、办事服务。</p></div>`, 12))
		case "/tzgg/":
			page(w, "通知公告", list)
		case "/wz/1.html":
			page(w, "关于做好全市防汛工作的通知", "<h1>关于做好全市防汛工作的通知</h1><p>"+strings.Repeat("请各单位认真执行。", 20)+"</p>")
		default:
			http.NotFound(w, r)
		}
	})
}

// cli runs the program within the test and gives what it printed.
func cli(t *testing.T, dir string, args ...string) (out, errs string, code int) {
	t.Helper()
	var o, e strings.Builder
	code = run(context.Background(), append([]string{"--data", dir, "--allow-net", "127.0.0.0/8"}, args...), func(string) string { return "" }, &o, &e)
	return o.String(), e.String(), code
}

// staleFinding gives the id of the finding about the stale column.
func staleFinding(t *testing.T, dir string) string {
	t.Helper()
	out, errs, _ := cli(t, dir, "findings", "--indicator", "column-stale", "--format", "jsonl")
	var f govsweep.Finding
	if err := json.Unmarshal([]byte(out), &f); err != nil {
		t.Fatalf("%v: %s %s", err, out, errs)
	}
	return f.ID
}

func TestAFindingIsRetestedAtOnce(t *testing.T) {
	t.Parallel()
	var newest atomic.Int64
	newest.Store(300)
	home, asked := officeSite(t, &newest)
	dir := t.TempDir()
	cli(t, dir, "inspect", home, "--rate", "-1", "--fail-on", "none")
	id := staleFinding(t, dir)
	retest := func(want string, wantCode int, status string) {
		t.Helper()
		before := asked.Load()
		out, errs, code := cli(t, dir, "finding", "retest", id, "--format", "table")
		if code != wantCode || !strings.Contains(out, want) || !strings.Contains(out, status) {
			t.Errorf("exit %d: %s%s", code, out, errs)
		}
		if !strings.Contains(out, "证据：sha256:") {
			t.Errorf("no proof printed: %s", out)
		}
		t.Logf("%d requests with robots.txt:\n%s", asked.Load()-before, out)
		if n := asked.Load() - before; n > 6 {
			t.Errorf("%d requests", n)
		}
	}
	retest("复查未通过", exitFindings, "待确认（未变）")
	newest.Store(2)
	retest("复查通过", exitDone, "现改为")
	retest("复查通过", exitDone, "（未变）")
	if again := staleFinding(t, dir); again != id {
		t.Error("the results of the inspection are no longer the last ones")
	}
	newest.Store(300)
	retest("复查未通过", exitFindings, "现改为")
	out, _, _ := cli(t, dir, "finding", "retest", id, "--format", "jsonl")
	var line struct {
		Finding, Status, Result, Why string
		Sweep                        int
		Proof                        []govsweep.Evidence
	}
	if err := json.Unmarshal([]byte(out), &line); err != nil || line.Finding != id || line.Result != "failed" || line.Sweep != 6 || len(line.Proof) == 0 {
		t.Errorf("%v: %s", err, out)
	}
	if out, _, _ = cli(t, dir, "evidence", "show", line.Proof[0].Digest); !strings.Contains(out, "某某市") && !strings.Contains(out, "通知公告") {
		t.Errorf("the proof: %.200s", out)
	}
}

func TestAWrongFindingIsNotRetested(t *testing.T) {
	t.Parallel()
	if _, errs, code := cli(t, t.TempDir(), "finding", "retest", "FFFFFFFFFFFF1"); code != exitWrong || !strings.Contains(errs, "没有编号") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
