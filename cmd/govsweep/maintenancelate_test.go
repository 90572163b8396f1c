package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
)

// A notice announced after its start took the place of a valid one.
func TestALateAnnouncementIsNamedAndReplacesNoneMadeInTime(t *testing.T) {
	t.Parallel()
	at := func(hour int) time.Time { return time.Date(2026, 3, 2, hour, 0, 0, 0, govsweep.Shanghai) }
	window := func(from, announced int) govsweep.Maintenance {
		return govsweep.Maintenance{Target: "1507830002", From: at(from), To: at(from + 2), Announced: at(announced), Source: "公告"}
	}
	for name, c := range map[string]struct {
		file, kept []govsweep.Maintenance
		out, said  int
		says       string
	}{
		"in time":                          {[]govsweep.Maintenance{window(10, 9)}, nil, 1, 0, ""},
		"late, and there is none":          {[]govsweep.Maintenance{window(10, 11)}, nil, 1, 1, "后公告的不予扣除。"},
		"late, and one in time is kept":    {[]govsweep.Maintenance{window(10, 11)}, []govsweep.Maintenance{window(10, 9)}, 0, 1, "仍然有效，未作更改"},
		"late, behind one in time":         {[]govsweep.Maintenance{window(10, 9), window(10, 11)}, nil, 1, 1, "仍然有效，未作更改"},
		"late, of another time than known": {[]govsweep.Maintenance{window(12, 13)}, []govsweep.Maintenance{window(10, 9)}, 1, 1, "网站“1507830002”自2026年3月2日12:00起的维护，公告（2026年3月2日13:00）晚于开始时间"},
	} {
		out, said := withoutLate(c.file, c.kept)
		if len(out) != c.out || len(said) != c.said || !strings.Contains(strings.Join(said, ""), c.says) {
			t.Errorf("%s: %d kept, said %q", name, len(out), said)
		}
	}
}

func TestAnAnnouncementOfTwoYearsIsNamed(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, 3, 2, 22, 0, 0, 0, govsweep.Shanghai)
	window := func(to time.Time) govsweep.Maintenance {
		return govsweep.Maintenance{Target: "1507830002", From: from, To: to, Announced: from}
	}
	said := longWindows([]govsweep.Maintenance{window(from.AddDate(0, 0, 31)), window(from.AddDate(2, 0, 0))})
	if want := "网站“1507830002”的维护自2026年3月2日22:00至2028年3月2日22:00，长达731天，请核对年月；已按公告登记。"; len(said) != 1 || said[0] != want {
		t.Errorf("%q", said)
	}
}

func TestTheExampleOfAnAnnouncementCanBeCopied(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out, _, _ := cli(t, dir, "probe", "maintenance", "--help")
	_, example, ok := strings.Cut(out, "# 公告.yaml\n")
	example, _, _ = strings.Cut(example, "\n\n")
	windows, faults := parseWindows([]byte(example), []govsweep.Site{{ID: "1507830002", Code: "1507830002", URL: "http://www.example.gov.cn/"}})
	if !ok || len(windows) != 1 || len(faults) != 0 || windows[0].Source != "http://www.example.gov.cn/gg/1.html" {
		t.Errorf("%v %q in\n%s", windows, faults, out)
	}
}

func TestTheNextVisitOfAWatchIsTheFirstPlannedOne(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, govsweep.Shanghai)
	sites := []probe.Site{{ID: "1507830001"}, {ID: "1507830002"}}
	next := nextVisit(sites, now, 24)
	if !next.After(now) || next.After(now.Add(2*time.Hour)) {
		t.Errorf("the next visit is at %v", next)
	}
	for _, s := range sites {
		for _, at := range probe.Slots(s.ID, now, 24) {
			if at.After(now) && at.Before(next) {
				t.Errorf("%s is visited at %v, before %v", s.ID, at, next)
			}
		}
	}
	if late := nextVisit(sites, time.Date(2026, 3, 2, 23, 59, 59, 0, govsweep.Shanghai), 24); late.Day() != 3 {
		t.Errorf("behind the last visit of a day comes %v", late)
	}
}

// After a sweep over accounts the report of a site said only that there is none.
func TestTheReportOfASiteNamesTheSweepThatHasIt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home, _ := officeSite(t, new(atomic.Int64))
	file := filepath.Join(dir, "accounts.csv")
	must(t, os.WriteFile(file, []byte("平台,账号名称,账号ID,主办单位\n微信,某某发布,gh_1,某某局\n"), 0o644))
	site := strings.TrimSuffix(strings.TrimPrefix(home, "http://"), "/")
	for _, args := range [][]string{{"inspect", home, "--rate", "-1", "--fail-on", "none"}, {"import", "accounts", file}, {"sweep", "run", "--scope", "kind=account", "--offline", "--fail-on", "none"}} {
		if out, errs, code := cli(t, dir, args...); code != exitDone && code != exitUnseen {
			t.Fatalf("%v: exit %d %s%s", args, code, out, errs)
		}
	}
	_, errs, code := cli(t, dir, "report", "site", "host:"+site)
	if code != exitWrong || !strings.Contains(errs, "第2次检查中没有这些网站的结果；“host:"+site+"”最近一次检查为第1次") || !strings.Contains(errs, "--sweep 1") {
		t.Errorf("exit %d %s", code, errs)
	}
	// Looked at it has the name its page gives, and is registered by import alone.
	out, errs, code := cli(t, dir, "sites", "list", "--format", "csv")
	if code != exitDone || strings.Contains(out, site) || !strings.Contains(errs, "没有登记") {
		t.Errorf("a site nobody registered is listed: %s%s", out, errs)
	}
	rows := filepath.Join(dir, "sites.csv")
	must(t, os.WriteFile(rows, []byte("网站名称,首页网址\n某某街道办事处,"+home+"\n"), 0o644))
	if _, errs, code := cli(t, dir, "import", "sites", rows); code != exitDone {
		t.Fatal(errs)
	}
	if out, errs, _ := cli(t, dir, "sites", "list", "--format", "csv"); !strings.Contains(out, site) {
		t.Errorf("an imported site is not listed: %s%s", out, errs)
	}
}
