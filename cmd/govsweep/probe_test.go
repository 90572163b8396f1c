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
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/storage"
)

func TestAProbeIsMadeKeptAndShown(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home, _ := officeSite(t, new(atomic.Int64))
	gone := "http://" + closedPort(t) + "/"
	out, errs, code := cli(t, dir, "probe", "run", "--site", home, "--site", gone, "--control", home, "--format", "jsonl")
	if code != exitDone {
		t.Fatalf("%d: %s", code, errs)
	}
	results := map[string]govsweep.ProbeVisit{}
	for line := range strings.Lines(out) {
		var v govsweep.ProbeVisit
		must(t, json.Unmarshal([]byte(line), &v))
		results[v.URL] = v
	}
	if v := results[home]; v.Result != govsweep.ProbeOpened || v.Response != govsweep.Content || v.Status != 200 {
		t.Errorf("the site that opens: %+v", v)
	}
	if v := results[gone]; v.Result != govsweep.ProbeFailed || !v.Checked || v.Failure != govsweep.FailRefused {
		t.Errorf("the site that does not: %+v", v)
	}
	if out, errs, code = cli(t, dir, "probe", "run", "--site", gone, "--control", gone, "--format", "jsonl"); !strings.Contains(out, `"result":"unmeasured"`) {
		t.Errorf("a control that does not open either: %d %s%s", code, out, errs)
	}
	out, _, _ = cli(t, dir, "probe", "show", "--format", "table")
	if !strings.Contains(out, "不足（0/7日）") {
		t.Errorf("the list:\n%s", out)
	}
	out, _, _ = cli(t, dir, "probe", "show", gone, "--format", "table")
	if !strings.Contains(out, "×？") || !strings.Contains(out, "共计入1次访问，打开0次，未打开1次") || !strings.Contains(out, "另有1次未能测量") {
		t.Errorf("one site:\n%s", out)
	}
	for _, wrong := range [][]string{{"probe", "run", "--visits", "19"}, {"probe", "run", "--site", "1507830002"}, {"probe", "show", "nosuch"}, {"probe", "show", "--visits"}} {
		if _, errs, code := cli(t, dir, wrong...); code != exitWrong || errs == "" {
			t.Errorf("%v: code %d, %s", wrong, code, errs)
		}
	}
}

func TestOneVisitIsShownOnAPageAndManyAsAList(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<html><head><title>云川县人民政府</title></head><body>"+strings.Repeat("<p>本网站提供信息公开和办事服务。</p>", 50)+"</body></html>")
	}))
	defer secure.Close()
	out, errs, code := cli(t, dir, "probe", "run", "--site", secure.URL, "--format", "table")
	if code != exitDone {
		t.Fatalf("%d %s", code, errs)
	}
	for _, want := range []string{"域名解析", "建立连接", "TLS握手", "首字节", "合计", "打开（状态码200）", "IPv4 127.0.0.1", "首页大小", "颁发给", "Acme Co", "有效期", "剩余", "证书问题", "自行签发"} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is not on the page:\n%s", want, out)
		}
	}
	args := []string{"probe", "run", "--format", "table"}
	for range 4 {
		home, _ := officeSite(t, new(atomic.Int64))
		args = append(args, "--site", home)
	}
	if out, _, _ = cli(t, dir, args...); strings.Count(out, "\n") != 6 || !strings.Contains(out, "网址") {
		t.Errorf("four sites:\n%s", out)
	}
}

// weekOfVisits keeps a week that ended yesterday, 24 visits a day, of which
// the first misses did not open.
func weekOfVisits(t *testing.T, dir string, id govsweep.TargetID, misses int) (from time.Time) {
	t.Helper()
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(dir, "govsweep.db"), storage.Options{})
	must(t, err)
	defer db.Close()
	from, err = govsweep.ParseDate(govsweep.DateOf(time.Now().AddDate(0, 0, -7)))
	must(t, err)
	var visits []govsweep.ProbeVisit
	for day := range 7 {
		for slot, at := range probe.Slots(id, from.AddDate(0, 0, day), 24) {
			v := govsweep.ProbeVisit{Target: id, Series: govsweep.Availability, At: at, Slot: slot, Status: 200, Total: time.Second, Result: govsweep.ProbeOpened}
			if len(visits) < misses {
				v.Status, v.Failure, v.Result, v.Checked, v.Cause = 0, govsweep.FailTimeout, govsweep.ProbeFailed, true, "在规定时间内没有打开。"
			}
			visits = append(visits, v)
		}
	}
	must(t, db.SaveProbes(t.Context(), visits))
	return from
}

func TestAWeekOfVisitsDecidesAnInspection(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home, _ := officeSite(t, new(atomic.Int64))
	if _, errs, code := cli(t, dir, "probe", "run", "--site", home); code != exitDone {
		t.Fatal(errs)
	}
	host := strings.Trim(strings.TrimPrefix(home, "http://"), "/")
	from := weekOfVisits(t, dir, govsweep.SiteKey("", host), 9)
	inspect := func() string {
		if _, errs, code := cli(t, dir, "inspect", home, "--no-evidence", "--fail-on", "none"); code != exitDone && code != exitFindings {
			t.Fatalf("%d: %s", code, errs)
		}
		out, _, _ := cli(t, dir, "findings", "--indicator", "site-unreachable-veto", "--format", "jsonl")
		return out
	}
	if out := inspect(); !strings.Contains(out, "共168次，其中9次在15秒内未能打开，占5.35%") {
		t.Errorf("nine of 168 found %s", out)
	}
	if out, _, _ := cli(t, dir, "probe", "show", home, "--format", "table"); !strings.Contains(out, strings.Repeat("×", 9)) || !strings.Contains(out, "打不开达到5%") {
		t.Errorf("shown as\n%s", out)
	}
	file := filepath.Join(dir, "gonggao.yaml")
	stamp := func(t time.Time) string { return t.Format("2006-01-02 15:04") }
	entry := "- site: " + home + "\n  from: " + stamp(from) + "\n  to: " + stamp(from.Add(2*time.Hour)) + "\n  announced: " + stamp(from.Add(-time.Hour)) + "\n  source: 公告第1号\n"
	must(t, os.WriteFile(file, []byte(entry+"  wrong: 1\n"), 0o644))
	if _, errs, code := cli(t, dir, "probe", "maintenance", file); code != exitWrong || !strings.Contains(errs, "wrong") {
		t.Errorf("an unknown key: %d %s", code, errs)
	}
	must(t, os.WriteFile(file, []byte(entry), 0o644))
	if out, errs, code := cli(t, dir, "probe", "maintenance", file, "--format", "table"); code != exitDone || !strings.Contains(out, "公告第1号") {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	if out := inspect(); strings.Contains(out, "site-unreachable-veto") {
		t.Errorf("seven of 168 found %s", out)
	}
}

func TestIPv6IsNotMeasuredWithoutAnIPv6OfOurOwn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home, _ := officeSite(t, new(atomic.Int64)) // an IPv4 address: no name server is asked
	out, errs, code := cli(t, dir, "--resolver", "127.0.0.1:1", "probe", "ipv6", home, "--format", "table")
	if code != exitDone || !strings.Contains(errs, "没有设置IPv6对照网站") {
		t.Fatalf("%d %s", code, errs)
	}
	if strings.Count(out, "未测") < 5 || !strings.Contains(out, "AAAA记录") || strings.Count(out, "\n") != 14 {
		t.Errorf("shown as\n%s", out)
	}
	if strings.Contains(out, "不符合") || strings.Contains(out, "NODATA") || !strings.Contains(out, "首页以IP地址登记") {
		t.Errorf("an address is no name without a record:\n%s", out)
	}
	if out, _, _ = cli(t, dir, "--resolver", "127.0.0.1:1", "probe", "ipv6", home, "--format", "jsonl"); strings.Count(out, `"name"`) < 8 || !strings.Contains(out, `"own":{"why":`) {
		t.Errorf("as a line\n%s", out)
	}
	for _, wrong := range [][]string{{"probe", "ipv6"}, {"probe", "ipv6", home, "--sweep"}} {
		if _, errs, code := cli(t, dir, wrong...); code != exitWrong || errs == "" {
			t.Errorf("%v: code %d, %s", wrong, code, errs)
		}
	}
	if out, _, _ := cli(t, dir, "probe", "show", "--format", "jsonl"); strings.Contains(out, "visits") {
		t.Errorf("visits for IPv6 are shown as availability: %s", out)
	}
}

// The register's http was visited where a person had written https.
func TestTheSchemeAPersonWritesIsVisited(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home, _ := officeSite(t, new(atomic.Int64))
	list := filepath.Join(dir, "网站.csv")
	must(t, os.WriteFile(list, []byte("网站标识码,网站名称,首页网址\n1507830002,云川市人民政府,"+home+"\n"), 0o644))
	mustOut(t, dir, "import", "sites", list)
	secured := strings.Replace(home, "http://", "https://", 1)
	says := "“云川市人民政府”在名录中的首页为" + home
	out, errs, _ := cli(t, dir, "probe", "run", "--site", secured, "--format", "jsonl")
	if !strings.Contains(out, `"url":"`+secured+`"`) || !strings.Contains(out, `"target":"1507830002"`) || !strings.Contains(errs, says+"，本次按所写的"+secured+"访问。") {
		t.Errorf("visited %s%s", out, errs)
	}
	if out, errs, _ = cli(t, dir, "probe", "show", "--format", "jsonl"); strings.Contains(out, "1507830002") {
		t.Errorf("it counts for the availability of another address: %s%s", out, errs)
	}
	if _, errs, code := cli(t, dir, "probe", "run", "--watch", "--site", secured); code != exitWrong || !strings.Contains(errs, "连续监测以名录登记的首页为准") {
		t.Errorf("a series of another address than the register's: %d %s", code, errs)
	}
	for _, word := range []string{home, "1507830002"} {
		if out, errs, _ = cli(t, dir, "probe", "run", "--site", word, "--format", "jsonl"); !strings.Contains(out, `"url":"`+home+`"`) || strings.Contains(errs, says) {
			t.Errorf("%s: visited %s%s", word, out, errs)
		}
	}
	if _, errs, _ = cli(t, dir, "inspect", secured, "--rate", "-1", "--fail-on", "none", "--max-pages", "1"); !strings.Contains(errs, says+"，按名录检查") {
		t.Errorf("an inspection does not say which address it takes: %s", errs)
	}
}
