package main

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

// TestMemoryIsFlat inspects one clean site of two sizes and compares the
// peaks. It takes minutes: GOVSWEEP_TEST_MEMORY=10000,50000 (or 10000,200000)
// asks for it.
func TestMemoryIsFlat(t *testing.T) {
	sizes := strings.Split(os.Getenv("GOVSWEEP_TEST_MEMORY"), ",")
	if testing.Short() || len(sizes) < 2 {
		t.Skip("SKIPPED, MEMORY NOT MEASURED: set GOVSWEEP_TEST_MEMORY=10000,200000")
	}
	dir := t.TempDir()
	for _, name := range []string{"govsweep", "govfarm"} {
		if out, err := exec.Command("go", "build", "-o", dir, "../"+name).CombinedOutput(); err != nil {
			t.Fatalf("build %s: %v %s", name, err, out)
		}
	}
	var peaks []float64
	for _, size := range sizes {
		s := inspectBenchSite(t, dir, size)
		if n, err := strconv.Atoi(size); err != nil || s.Pages < n*9/10 {
			t.Fatalf("%d pages read of %s", s.Pages, size)
		}
		t.Logf("R14: %d pages: peak %.1f MB, %.2f ms of processor a page, %.0f s", s.Pages, s.PeakRSSMB, 1000*s.CPUS/float64(s.Pages), s.WallS)
		peaks = append(peaks, s.PeakRSSMB)
	}
	ratio := peaks[len(peaks)-1] / peaks[0]
	t.Logf("R14: the peak of the largest site is %.3f × that of the smallest", ratio)
	if ratio > 1.10 {
		t.Error("memory is not flat within 10 %")
	}
}

var served = regexp.MustCompile(`http://\S+`)

// inspectBenchSite inspects a site of so many pages, served by a process of
// its own.
func inspectBenchSite(t *testing.T, programs, pages string) govsweep.Stats {
	t.Helper()
	site := exec.Command(filepath.Join(programs, "govfarm"), "bench-site", "--pages", pages, "--http", "127.0.0.1:0")
	said, err := site.StderrPipe()
	must(t, err)
	must(t, site.Start())
	defer func() {
		site.Process.Kill()
		site.Wait() // it was killed: its code says nothing
	}()
	line, err := bufio.NewReader(said).ReadString('\n')
	must(t, err)
	dir := t.TempDir()
	stats := filepath.Join(dir, "stats.json")
	out, err := exec.Command(filepath.Join(programs, "govsweep"), "--data", dir, "--allow-net", "127.0.0.0/8", "inspect", "--no-evidence",
		"--max-pages", "-1", "--rate", "-1", "--parallel", "8", "--fail-on", "none", "--stats", stats, served.FindString(line)).CombinedOutput()
	if err != nil {
		t.Fatalf("inspect: %v %.500s", err, out)
	}
	raw, err := os.ReadFile(stats)
	must(t, err)
	var s govsweep.Stats
	must(t, json.Unmarshal(raw, &s))
	return s
}
