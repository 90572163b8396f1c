package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/govsweep/govsweep/sampling"
)

// manySites registers n sites of two levels and two platforms, one of them closed.
func manySites(t *testing.T, dir, home string, n int) {
	t.Helper()
	var b strings.Builder
	b.WriteString("网站标识码,网站名称,首页网址,类型,层级,平台,状态\n")
	for i := range n {
		state := "正常运行"
		if i == n-1 {
			state = "关停"
		}
		fmt.Fprintf(&b, "99%08d,第%d个网站,%s%d/,部门,%s,%s,%s\n", i, i, home, i, []string{"市级", "县级"}[i%2], []string{"省平台", "自建"}[i/2%2], state)
	}
	path := filepath.Join(dir, "sites.csv")
	must(t, os.WriteFile(path, []byte(b.String()), 0o644))
	if _, errs, code := cli(t, dir, "import", "sites", path); code != exitDone {
		t.Fatalf("import: %s", errs)
	}
}

func draw(t *testing.T, dir string, args ...string) (sampling.Draw, string, int) {
	t.Helper()
	out, errs, code := cli(t, dir, append([]string{"sweep", "run", "--dry-run", "--format", "jsonl"}, args...)...)
	var d sampling.Draw
	if code == exitDone {
		must(t, json.Unmarshal([]byte(out), &d))
	}
	return d, errs, code
}

func TestASampleIsDrawnTheSameOnTwoMachines(t *testing.T) {
	t.Parallel()
	here, there := t.TempDir(), t.TempDir()
	manySites(t, here, "http://x.example/", 41)
	manySites(t, there, "http://x.example/", 41)
	one, _, _ := draw(t, here, "--sample", "30%", "--seed", "2026-3")
	two, _, _ := draw(t, there, "--sample", "30", "--seed", "2026-3")
	if a, b := fmt.Sprint(one), fmt.Sprint(two); a != b || one.Frame != 40 || len(one.Strata) != 4 || len(one.IDs) < 12 {
		t.Errorf("two draws:\n%s\n%s", a, b)
	}
	if other, _, _ := draw(t, here, "--sample", "30%", "--seed", "2026-4"); fmt.Sprint(other.IDs) == fmt.Sprint(one.IDs) {
		t.Error("another seed draws the same list")
	}
	if part, _, _ := draw(t, here, "--sample", "30%", "--seed", "2026-3", "--scope", "level=市级"); part.Frame >= one.Frame || len(part.Strata) != 2 {
		t.Errorf("the draw of a scope: %+v", part)
	}
	random, _, _ := draw(t, here, "--sample", "100%")
	if len(random.Seed) != 16 || len(random.IDs) != 40 {
		t.Errorf("without a seed: %q, %d drawn", random.Seed, len(random.IDs))
	}
	if again, _, _ := draw(t, here, "--sample", "100%", "--seed", random.Seed); again.Digest != random.Digest {
		t.Error("the seed that was printed does not draw again")
	}
	out, _, _ := cli(t, here, "sweep", "run", "--dry-run", "--sample", "30%", "--seed", "2026-3", "--format", "table")
	for _, want := range []string{"抽样总体40个网站，抽样30%，各层有小数的进一位，抽取12个，占30%。", "种子：2026-3", "sha256:", "层“县级·自建”", "9900000", "抽样规则"} {
		if !strings.Contains(out, want) {
			t.Errorf("the printed draw lacks %q:\n%s", want, out)
		}
	}
	if out, _, _ := cli(t, here, "sweep", "list", "--format", "jsonl"); out != "" {
		t.Errorf("a dry run left a sweep: %s", out)
	}
}

func TestAWrongSampleIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	manySites(t, dir, "http://x.example/", 5)
	for _, args := range [][]string{{"--sample", "0"}, {"--sample", "101%"}, {"--sample", "三成"}, {"--sample", "-5"}, {"--sample", "NaN"}, {"--seed", "1"}, {}} {
		if _, errs, code := draw(t, dir, args...); code != exitWrong || errs == "" {
			t.Errorf("%v: exit %d, %q", args, code, errs)
		}
	}
}

func TestASampledSweepKeepsItsDraw(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "<html><body>某某局</body></html>") }))
	t.Cleanup(srv.Close)
	dir := t.TempDir()
	manySites(t, dir, srv.URL+"/", 9)
	cli(t, dir, "sweep", "run", "--sample", "30%", "--seed", "甲", "--rate", "-1", "--fail-on", "none")
	out, _, _ := cli(t, dir, "sweep", "list", "--format", "jsonl")
	var s struct{ Scope, Options string }
	must(t, json.Unmarshal([]byte(out), &s))
	var k kept
	must(t, json.Unmarshal([]byte(s.Options), &k))
	if !strings.Contains(s.Scope, "抽样30%（抽取4个，占50%） 种子甲") || k.Draw == nil || k.Draw.Frame != 8 || k.Draw.Seed != "甲" {
		t.Errorf("scope %q, draw %+v", s.Scope, k.Draw)
	}
	rows, _, _ := cli(t, dir, "sweep", "show", "1", "--format", "jsonl")
	if n := strings.Count(rows, "\n"); n != len(k.Draw.IDs) {
		t.Errorf("%d targets, %d drawn", n, len(k.Draw.IDs))
	}
}

func TestAFailedControlIsToldAndClosesTheGate(t *testing.T) {
	t.Parallel()
	var newest atomic.Int64
	home, _ := officeSite(t, &newest)
	sound, _ := officeSite(t, &newest)
	broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Error(w, "坏了", http.StatusBadGateway) }))
	t.Cleanup(broken.Close)
	dir := t.TempDir()
	out, errs, _ := cli(t, dir, "inspect", home, "--rate", "-1", "--fail-on", "none", "--control", sound, "--control", broken.URL, "--format", "table")
	if strings.Contains(errs, "。。") || strings.Contains(errs, "。）") || !strings.Contains(out, "结果存疑") {
		t.Errorf("said: %s, and in sum: %s", errs, out)
	}
	if !strings.Contains(errs, "对照网站"+broken.URL) || !strings.Contains(errs, "本次检查结果存疑") || strings.Contains(errs, "对照网站"+sound) {
		t.Errorf("said: %s", errs)
	}
	if _, errs, _ = cli(t, dir, "sweep", "show"); !strings.Contains(errs, "存疑") || !strings.Contains(errs, "对照网站") {
		t.Errorf("sweep show: %s", errs)
	}
	must(t, os.WriteFile(filepath.Join(dir, "govsweep.yaml"), []byte("control: ["+sound+"]\n"), 0o644))
	if _, errs, _ = cli(t, dir, "inspect", home, "--rate", "-1", "--fail-on", "none"); strings.Contains(errs, "对照网站") {
		t.Errorf("said: %s", errs)
	}
	if _, errs, _ = cli(t, dir, "sweep", "show"); !strings.Contains(errs, "可以据此下发") {
		t.Errorf("sweep show: %s", errs)
	}
	if _, errs, code := cli(t, dir, "inspect", home, "--control", "ftp://x"); code != exitWrong || !strings.Contains(errs, "网址") {
		t.Errorf("a wrong control: exit %d, %s", code, errs)
	}
}
