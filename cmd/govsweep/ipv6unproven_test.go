package main

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/govsweep/govsweep/internal/fakedns"
)

// Without an own IPv6 that was proven, a site without AAAA read as two faults.
func TestWithoutAProvenIPv6NothingIsAFault(t *testing.T) {
	t.Parallel()
	home, _ := officeSite(t, new(atomic.Int64))
	u, err := url.Parse(home)
	must(t, err)
	w := new(fakedns.World)
	w.Zone(t, "test", "@ NS ns\nns A 127.0.0.1\nwww.y.gov A 127.0.0.1\n")
	server := "127.0.0.1:" + w.Start(t, "127.0.0.1")
	y, gone := "http://www.y.gov.test:"+u.Port()+"/", "http://www.gone.gov.test/"
	for name, control := range map[string][]string{"no control": nil, "a dead control": {"--control", "http://[::1]:1/"}} {
		dir := t.TempDir()
		for _, args := range [][]string{append([]string{"probe", "ipv6", y, gone, "--visits", "1", "--format", "csv"}, control...),
			{"probe", "show", "--ipv6", "--format", "csv"}, {"probe", "show", y, "--ipv6", "--format", "csv"}} {
			out, errs, code := cli(t, dir, append([]string{"--allow-net", "::1/128", "--resolver", server}, args...)...)
			if code != exitDone || strings.Contains(out, "不符合") || strings.Contains(out, ",符合") || !strings.Contains(out, "未测") {
				t.Errorf("%s, %v: exit %d\n%s%s", name, args, code, out, errs)
			}
			if args[1] == "ipv6" && (!strings.Contains(out, "域名服务器的答复供参考：域名存在，但没有该类记录（NODATA）") || strings.Count(out, "域名授权体系,未测") != 2) {
				t.Errorf("%s, %v:\n%s", name, args, out)
			}
		}
	}
}

// With it, a name that does not exist has neither records nor a chain to speak of.
func TestANameThatDoesNotExistHasNoChain(t *testing.T) {
	t.Parallel()
	control := overSix(t)
	w := new(fakedns.World)
	w.Zone(t, "test", "@ NS ns\nns A 127.0.0.1\nns AAAA ::1\n")
	server := "127.0.0.1:" + w.Start(t, "127.0.0.1", "::1")
	out, errs, code := cli(t, t.TempDir(), "--allow-net", "::1/128", "--resolver", server, "probe", "ipv6", "http://www.gone.gov.test/", "--control", control, "--visits", "1", "--format", "csv")
	if code != exitDone || !strings.Contains(out, "域名授权体系,未测") || !strings.Contains(out, "AAAA记录,未测") || !strings.Contains(out, "首页可达,未测") || strings.Contains(out, "符合") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}

// After a sweep over accounts the census spoke of no site, and of a site that
// never opened it said 0.
func TestTheCensusGoesOverTheLastSweepOfSitesAndCountsWhatWasRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := new(fakedns.World)
	server := "127.0.0.1:" + w.Start(t, "127.0.0.1")
	run := func(args ...string) string {
		t.Helper()
		out, errs, code := cli(t, dir, append([]string{"--resolver", server}, args...)...)
		if code != exitDone && code != exitUnseen {
			t.Fatalf("%v: exit %d %s%s", args, code, out, errs)
		}
		return out + errs
	}
	file := filepath.Join(dir, "accounts.csv")
	must(t, os.WriteFile(file, []byte("平台,账号名称,账号ID,主办单位\n微信,某某发布,gh_1,某某局\n"), 0o644))
	home, _ := officeSite(t, new(atomic.Int64))
	run("inspect", home, "http://127.0.0.1:1/", "--rate", "-1", "--fail-on", "none")
	run("import", "accounts", file)
	run("sweep", "run", "--scope", "kind=account", "--offline", "--fail-on", "none")
	if out := run("probe", "census"); !strings.Contains(out, "第1次检查的1个网站") || !strings.Contains(out, "另有1个网站没有读到任何网页") {
		t.Error(out)
	}
	if out := run("probe", "ipv6", "http://127.0.0.1:1/", "--visits", "1", "--format", "csv"); !strings.Contains(out, "外部资源,未测,,,,第1次检查没有读到本网站的任何网页") {
		t.Error(out)
	}
}

// A sweep that proved nothing was taken for a measurement for six hours, and
// an inspection took an older one for its own.
func TestWhatProvedNothingIsMeasuredAgain(t *testing.T) {
	t.Parallel()
	dir, control := t.TempDir(), overSix(t)
	home, _ := officeSite(t, new(atomic.Int64))
	u, err := url.Parse(home)
	must(t, err)
	w := new(fakedns.World)
	w.Zone(t, "test", "@ NS ns\nns A 127.0.0.1\nns AAAA ::1\nwww.y.gov A 127.0.0.1\n")
	server := "127.0.0.1:" + w.Start(t, "127.0.0.1", "::1")
	site := "http://www.y.gov.test:" + u.Port() + "/"
	run := func(args ...string) string {
		t.Helper()
		out, errs, code := cli(t, dir, append([]string{"--allow-net", "::1/128", "--resolver", server}, args...)...)
		if code != exitDone {
			t.Fatalf("%v: exit %d %s%s", args, code, out, errs)
		}
		return out + errs
	}
	six := func(args ...string) string {
		t.Helper()
		return run(append([]string{"probe", "ipv6", "--visits", "1", "--format", "csv"}, args...)...)
	}
	is := func(what, said, want string) {
		t.Helper()
		if !strings.Contains(said, want) {
			t.Errorf("%s: %q is not in\n%s", what, want, said)
		}
	}
	run("inspect", site, "--rate", "-1", "--fail-on", "none")
	is("without a control", six("--sweep"), "请用 --control 写明")
	is("a control the guard holds back", six("--sweep", "--control", "http://[fd00::1]:9/"), "须用 --allow-net 写明网段")
	shown := run("probe", "show", "--ipv6", "--format", "jsonl")
	is("an unproven level", shown, `"second":{"level":2`)
	is("an unproven level", shown, `"state":"not-measured"`)
	if strings.Contains(shown, `"bad":`) || strings.Contains(shown, `"good":`) {
		t.Errorf("unproven, with counts: %s", shown)
	}
	is("a good control after it", six("--sweep", "--control", control), "AAAA记录,不符合")
	is("once it was proven", six("--sweep", "--control", control), "1个网站最近6小时内已测量，不再重测（--skip-hours 0 可全部重测）")
	is("proven before, and not since", six("--sweep", "--skip-hours", "0"), "AAAA记录,未测")
	is("and then proven", six("--sweep", "--control", control), "AAAA记录,不符合")
	if said := run("inspect", site, "--rate", "-1", "--ipv6", "--fail-on", "none", "--format", "table"); strings.Contains(said, "不再重测") || !strings.Contains(said, "没有设置IPv6对照网站") {
		t.Errorf("an inspection does not measure now: %s", said)
	}
}
