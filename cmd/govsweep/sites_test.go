package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
)

// TestARegisterIsCheckedByASweep sweeps a town whose register is wrong in
// every way the check knows, with a name server of the test's own.
func TestARegisterIsCheckedByASweep(t *testing.T) {
	t.Parallel()
	var port string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, _ := strings.Cut(r.Host, ":")
		foot := func(code string) string {
			return `<div class="foot">主办单位：某某市人民政府办公室 网站标识码：` + code + ` 版权所有</div>`
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch {
		case r.URL.Path != "/":
			http.NotFound(w, r)
		case host == "www.town.gov.cn":
			fmt.Fprintf(w, `<html><head><title>某某市人民政府</title></head><body><ul class="nav"><li><a href="/">首页</a></li></ul><a href="http://old.town.gov.cn:%s/">旧站</a>`+
				`<a href="http://jyj.town.gov.cn:%s/">教育局</a><a href="http://www.gov.cn/">中国政府网</a>%s</body></html>`, port, port, foot("1507830001"))
		case host == "jyj.town.gov.cn":
			fmt.Fprint(w, `<html><head><title>某某市教育局</title></head><body><p>欢迎访问。</p>`+foot("1507830001")+`</body></html>`)
		case host == "moved.town.gov.cn":
			http.Redirect(w, r, "http://www.elsewhere.com:"+port+"/", http.StatusFound)
		case host == "parked.town.gov.cn":
			fmt.Fprint(w, `<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1></body></html>`)
		default:
			fmt.Fprint(w, `<html><head><title>其他</title></head><body>其他</body></html>`)
		}
	}))
	t.Cleanup(srv.Close)
	_, port, _ = strings.Cut(strings.TrimPrefix(srv.URL, "http://"), ":")
	names := nameServer(t)

	dir := t.TempDir()
	rows := "网站标识码,网站名称,首页网址\n"
	for i, host := range []string{"www", "jyj", "moved", "parked", "gone", "empty", "broken"} {
		rows += fmt.Sprintf("150783000%d,某某市%s,http://%s.town.gov.cn:%s/\n", i+1, host, host, port)
	}
	file := filepath.Join(dir, "sites.csv")
	must(t, os.WriteFile(file, []byte(rows), 0o644))
	run := func(args ...string) string {
		out, errs, code := cli(t, dir, append([]string{"--resolver", names}, args...)...)
		if code != exitDone && code != exitUnseen {
			t.Fatalf("%v: %d %s", args, code, errs)
		}
		return out
	}
	run("import", "sites", file)
	out := filepath.Join(dir, "报告")
	run("sweep", "run", "--rate", "-1", "--no-evidence", "--fail-on", "none", "--out", out)
	want := map[string]govsweep.RegisterKind{"jyj": govsweep.CodeDiffers, "moved": govsweep.SiteMoved, "parked": govsweep.SiteParked, "gone": govsweep.NameGone,
		"empty": govsweep.NameEmpty, "broken": govsweep.RegisterUnread, "old": govsweep.Unregistered}
	for line := range strings.Lines(run("sites", "hygiene", "--format", "jsonl")) {
		var n govsweep.RegisterNote
		must(t, json.Unmarshal([]byte(line), &n))
		name, _, _ := strings.Cut(n.Host, ".")
		if want[name] != n.Kind {
			t.Errorf("%s: %s", name, line)
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
	if table := run("sites", "hygiene", "--only", "name-gone", "--format", "table"); !strings.Contains(table, "域名不存在") || strings.Contains(table, "停放") {
		t.Errorf("one kind:\n%s", table)
	}
	page, err := os.ReadFile(filepath.Join(out, "sweep-1.html"))
	must(t, err)
	if !strings.Contains(string(page), "三、名录核查") || !strings.Contains(string(page), "疑似未登记") {
		t.Error("the overview does not hold the check of the register")
	}
	if _, errs, code := cli(t, dir, "sites", "hygiene", "--only", "nosuch"); code != exitWrong || !strings.Contains(errs, "nosuch") {
		t.Errorf("an unknown kind: %d %s", code, errs)
	}
}

// nameServer answers for a town: every name is this machine, but for one that
// is not there, one without address and one whose server is broken.
func nameServer(t *testing.T) string {
	t.Helper()
	started := make(chan struct{})
	s := &dns.Server{Addr: "127.0.0.1:0", Net: "udp", NotifyStartedFunc: func() { close(started) }}
	s.Handler = dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg).SetReply(q)
		name, _, _ := strings.Cut(q.Question[0].Name, ".")
		switch {
		case name == "gone":
			m.Rcode = dns.RcodeNameError
		case name == "broken":
			m.Rcode = dns.RcodeServerFailure
		case name != "empty" && q.Question[0].Qtype == dns.TypeA:
			rr, _ := dns.NewRR(q.Question[0].Name + " 60 IN A 127.0.0.1")
			m.Answer = append(m.Answer, rr)
		}
		_ = w.WriteMsg(m) // who asked may be gone
	})
	go func() { _ = s.ListenAndServe() }() // ends with Shutdown
	<-started
	t.Cleanup(func() { _ = s.Shutdown() })
	return s.PacketConn.LocalAddr().String()
}
