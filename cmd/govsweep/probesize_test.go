//go:build unix

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestManySitesAreProbedInOneRun visits 150 sites once, three on every host,
// as a process of its own (GOVSWEEP_TEST_PROBES sets another number): every
// site is visited once, and no host is asked twice within half a second.
func TestManySitesAreProbedInOneRun(t *testing.T) {
	sites := envInt("GOVSWEEP_TEST_PROBES", 150)
	var mu sync.Mutex
	asked := map[string][]time.Time{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.Host] = append(asked[r.Host], time.Now())
		mu.Unlock()
		fmt.Fprintf(w, "<html><head><title>某单位</title></head><body>%s</body></html>", strings.Repeat("<p>欢迎访问本网站，本站提供信息公开和办事服务。</p>", 600))
	}))
	t.Cleanup(srv.Close)
	_, port, _ := strings.Cut(strings.TrimPrefix(srv.URL, "http://"), ":")
	dir := t.TempDir()
	rows := "网站标识码,网站名称,首页网址\n"
	for i := range sites {
		rows += fmt.Sprintf("%010d,单位%d,http://h%d.town.gov.cn:%s/s%d/\n", 1507830000+i, i, i/3, port, i)
	}
	file := filepath.Join(dir, "sites.csv")
	must(t, os.WriteFile(file, []byte(rows), 0o644))
	names := nameServer(t)
	if _, errs, code := cli(t, dir, "import", "sites", file); code != exitDone {
		t.Fatal(errs)
	}
	began := time.Now()
	c := exec.Command("govsweep", "--data", dir, "--resolver", names, "--allow-net", "127.0.0.0/8", "probe", "run", "--parallel", "64", "--format", "jsonl")
	out, err := c.Output()
	must(t, err)
	wall := time.Since(began)
	if n := strings.Count(string(out), `"result":"opened"`); n != sites {
		t.Errorf("%d of %d sites opened", n, sites)
	}
	total, nearest := 0, time.Hour
	for _, times := range asked {
		total += len(times)
		for i := 1; i < len(times); i++ {
			nearest = min(nearest, times[i].Sub(times[i-1]))
		}
	}
	if total != sites || nearest < 490*time.Millisecond { // measured where requests come in, not where they leave
		t.Errorf("%d requests for %d sites, the nearest two of a host %v apart", total, sites, nearest)
	}
	usage := c.ProcessState.SysUsage().(*syscall.Rusage)
	t.Logf("%d sites on %d hosts: %.1f s, CPU %.1f s, peak %d MB, the nearest two visits of a host %v apart", sites, len(asked), wall.Seconds(),
		(c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), usage.Maxrss/1024, nearest.Round(time.Millisecond))
}
