package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/govsweep/govsweep/internal/fakedns"
)

// onBothLines serves one site on 127.0.0.1 and ::1, told over which line it is asked.
func onBothLines(t *testing.T, page func(w http.ResponseWriter, r *http.Request, six bool)) (port string) {
	t.Helper()
	for range 20 {
		four, err := net.Listen("tcp", "127.0.0.1:0")
		must(t, err)
		_, port, _ = net.SplitHostPort(four.Addr().String())
		six, err := net.Listen("tcp6", "[::1]:"+port)
		if err != nil {
			four.Close()
			continue
		}
		for l, is6 := range map[net.Listener]bool{four: false, six: true} {
			s := &httptest.Server{Listener: l, Config: &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { page(w, r, is6) })}}
			s.Start()
			t.Cleanup(s.Close)
		}
		return port
	}
	t.Skip("no port is free on 127.0.0.1 and ::1, NOT tested")
	return ""
}

func TestPagesOverIPv6AreComparedCountedAndShown(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	port := onBothLines(t, func(w http.ResponseWriter, r *http.Request, six bool) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/":
			fmt.Fprint(w, `<html><head><title>云川县人民政府</title><script src="//cdn.test/a.js"></script></head><body><ul>`)
			for i := range 9 {
				if !six || i < 5 {
					fmt.Fprintf(w, `<li><a href="/xw/%d.html">县政府第%d次常务会议</a><span>2026-11-1%d</span></li>`, i, i, i)
				}
			}
			fmt.Fprint(w, `</ul><div class="footer">主办单位：云川县人民政府办公室 <p>本网站已支持IPv6</p></div></body></html>`)
		default:
			if !strings.HasPrefix(r.URL.Path, "/xw/") || six {
				http.NotFound(w, r)
				return
			}
			fmt.Fprint(w, `<html><title>云川县</title><body><h1>县政府常务会议</h1><p>会议研究部署了有关工作，要求各部门抓好落实，确保各项任务按期完成。</p><img src="http://img.test/1.png"></body></html>`)
		}
	})
	w := new(fakedns.World)
	w.Zone(t, "test", "@ NS ns\nns A 127.0.0.1\nns AAAA ::1\nwww.x.gov A 127.0.0.1\nwww.x.gov AAAA ::1\ncdn A 127.0.0.1\nimg AAAA ::1\nctl AAAA ::1\n")
	server := "127.0.0.1:" + w.Start(t, "127.0.0.1", "::1")
	home := "http://www.x.gov.test:" + port + "/"
	six := func(args ...string) string {
		t.Helper()
		out, errs, code := cli(t, dir, append([]string{"--allow-net", "::1/128", "--resolver", server}, args...)...)
		if code != exitDone && code != exitFindings {
			t.Fatalf("%v: %d %s%s", args, code, out, errs)
		}
		return out + errs
	}
	six("inspect", home, "--rate", "-1", "--fail-on", "none")
	out := six("probe", "census", "--format", "csv")
	if !strings.Contains(out, "cdn.test,不支持,脚本,1,1,1,域名没有AAAA记录。") || !strings.Contains(out, "img.test,支持,图片,1,0,9") || !strings.Contains(out, "不支持IPv6的1个") {
		t.Errorf("census\n%s", out)
	}
	if _, errs, code := cli(t, dir, "probe", "census", "--sweep", "99"); code != exitWrong || errs == "" {
		t.Errorf("no such sweep: %d %s", code, errs)
	}
	out = six("probe", "ipv6", home, "--control", "http://ctl.test:"+port+"/", "--visits", "2", "--links", "1", "--format", "csv")
	for _, want := range []string{"首页内容一致性,已测", "仅IPv4有4项", "二级链接支持率,已测", "外部资源,已测", "不支持IPv6的1个"} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is not in\n%s", want, out)
		}
	}
	six("inspect", home, "--rate", "-1", "--fail-on", "none", "--out", filepath.Join(dir, "out"))
	if out = six("findings", "--indicator", "ipv6-content-differs", "--format", "jsonl"); !strings.Contains(out, "低于90%") || strings.Count(out, `"kind":"home-v4"`) != 2 || !strings.Contains(out, `"kind":"home-v6"`) {
		t.Errorf("found %s", out)
	}
	if out = six("findings", "--indicator", "ipv6-second-level", "--format", "jsonl"); !strings.Contains(out, "抽样种子为1-") {
		t.Errorf("found %s", out)
	}
	pages, err := filepath.Glob(filepath.Join(dir, "out", "*.html"))
	must(t, err)
	var all strings.Builder
	for _, f := range pages {
		b, err := os.ReadFile(f)
		must(t, err)
		all.Write(b)
	}
	for _, want := range []string{"仅IPv4有", "县政府第8次常务会议", "二级链接", "cdn.test", "页面标注了支持IPv6的标识，与测量结果相符"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("%s is not in the report (%d files)", want, len(pages))
		}
	}
	if keep := os.Getenv("KEEP_REPORT"); keep != "" {
		must(t, os.WriteFile(keep, []byte(all.String()), 0o644))
	}
}
