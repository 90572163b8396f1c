package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/govsweep/govsweep/internal/fakedns"
)

// overSix serves something at ::1, known to work: a control.
func overSix(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Skip("no IPv6 on loopback here, NOT tested: ", err)
	}
	s := &httptest.Server{Listener: l, Config: &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})}}
	s.Start()
	t.Cleanup(s.Close)
	return s.URL + "/"
}

func TestAMeasurementOverIPv6DecidesAnInspection(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	control := overSix(t)
	home, _ := officeSite(t, new(atomic.Int64)) // over IPv4 alone
	u, err := url.Parse(home)
	must(t, err)
	w := new(fakedns.World)
	w.Zone(t, "test", "@ NS ns\nns A 127.0.0.1\nns AAAA ::1\nwww.x.gov A 127.0.0.1\nwww.x.gov AAAA ::1\nwww.y.gov A 127.0.0.1\n")
	server := "127.0.0.1:" + w.Start(t, "127.0.0.1", "::1")
	x, y := "http://www.x.gov.test:"+u.Port()+"/", "http://www.y.gov.test:"+u.Port()+"/"
	six := func(args ...string) string {
		t.Helper()
		out, errs, code := cli(t, dir, append([]string{"--allow-net", "::1/128", "--resolver", server}, args...)...)
		if code != exitDone && code != exitFindings {
			t.Fatalf("%v: %d %s%s", args, code, out, errs)
		}
		return out + errs
	}
	if out := six("probe", "ipv6", x, y, "--control", control, "--format", "csv", "--visits", "1"); !strings.Contains(out, "服务器拒绝连接") || !strings.Contains(out, "NODATA") {
		t.Errorf("measured\n%s", out)
	}
	if out := six("probe", "ipv6", "--sweep", "--control", control); !strings.Contains(out, "2个网站最近6小时内已测量") {
		t.Errorf("measured again\n%s", out)
	}
	six("inspect", x, "--rate", "-1", "--site-kind", "portal", "--fail-on", "none")
	want := map[string]string{
		"ipv6-home-unreachable": "通过IPv6访问首页1次，均未打开：服务器拒绝连接。",
		"ipv6-not-done":         "网站未完成IPv6改造：首页无法通过IPv6访问。",
	}
	for code, says := range want {
		if out := six("findings", "--indicator", code, "--format", "jsonl"); !strings.Contains(out, says) || !strings.Contains(out, `"kind":"v6-visit"`) {
			t.Errorf("%s found %s", code, out)
		}
	}
	if out := six("outcomes", "--format", "jsonl"); !strings.Contains(out, `"indicator":"ipv6-name-server","book_id":"IP-04"`) || !strings.Contains(out, "合格线待录入") && !strings.Contains(out, "不足20次") {
		t.Errorf("outcomes %s", out)
	}
	if out := six("evidence", "list", "--format", "jsonl"); strings.Count(out, `"kind":"dns-answers"`) != 1 || strings.Count(out, `"kind":"v6-visit"`) != 1 {
		t.Errorf("evidence %s", out)
	}
	if out := six("rules", "replay", "--rulebook", "gov-2019-19", "--format", "jsonl"); strings.Contains(out, "ipv6") {
		t.Errorf("replay changes %s", out)
	}
	if out := six("probe", "show", "--ipv6", "--format", "table"); !strings.Contains(out, "符合") || strings.Count(out, "不符合") != 3 || !strings.Contains(out, "0%") {
		t.Errorf("shown\n%s", out)
	}
	if out := six("probe", "show", x, "--ipv6", "--format", "table"); strings.Count(out, "\n") != 14 {
		t.Errorf("one site\n%s", out)
	}
	six("inspect", y, "--rate", "-1", "--ipv6", "--control", control, "--fail-on", "none")
	if out := six("findings", "--indicator", "ipv6-no-aaaa", "--format", "jsonl"); !strings.Contains(out, "没有AAAA记录（NODATA）") {
		t.Errorf("found %s", out)
	}
	for _, wrong := range [][]string{{"probe", "ipv6", x, "--visits", "0"}, {"probe", "ipv6", x, "--parallel", "99"}, {"probe", "show", "http://nobody.gov.cn", "--ipv6"}} {
		if _, errs, code := cli(t, dir, wrong...); code != exitWrong || errs == "" {
			t.Errorf("%v: code %d, %s", wrong, code, errs)
		}
	}
}
