package farm

import (
	"crypto/tls"
	"encoding/csv"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/miekg/dns"
	"go.uber.org/goleak"

	"github.com/govsweep/govsweep"
)

func TestNamesLeadToLoopback(t *testing.T) {
	f := started(t, Options{Seed: 2})
	ask := func(network, name string) (*dns.Msg, error) {
		m := new(dns.Msg)
		m.SetQuestion(name+".", dns.TypeA)
		r, _, err := (&dns.Client{Net: network}).Exchange(m, f.DNSAddr())
		return r, err
	}
	for _, network := range []string{"udp", "tcp"} {
		r, err := ask(network, f.sites[0].host)
		if err != nil || len(r.Answer) != 1 || !r.Answer[0].(*dns.A).A.IsLoopback() {
			t.Errorf("%s: %v, %v", network, r, err)
		}
	}
	if r, err := ask("udp", noSuchHost); err != nil || r.Rcode != dns.RcodeNameError {
		t.Errorf("a name that does not exist: %v, %v", r, err)
	}
	if r, err := ask("udp", "bszs.conac.cn"); err != nil || !r.Answer[0].(*dns.A).A.IsPrivate() {
		t.Errorf("hosts of the marks must not be reached: %v, %v", r, err)
	}
}

func TestPagesAreConditionalAndPacked(t *testing.T) {
	f := started(t, Options{Seed: 2})
	c := client(f)
	req, err := http.NewRequest("GET", f.sites[0].at("/"), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.Header.Get("Content-Encoding") != "gzip" || resp.Header.Get("ETag") == "" {
		t.Errorf("headers %v", resp.Header)
	}
	req.Header.Set("If-None-Match", resp.Header.Get("ETag"))
	resp, err = c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusNotModified {
		t.Errorf("status %d for what is known", resp.StatusCode)
	}
}

func TestOnePortSpeaksTLSAndPlain(t *testing.T) {
	f := started(t, Options{Seed: 2})
	dial := func(name string) error {
		conn, err := tls.Dial("tcp", f.HTTPAddr(), &tls.Config{ServerName: name, InsecureSkipVerify: true})
		if err == nil {
			conn.Close()
		}
		return err
	}
	if err := dial(f.sites[0].host); err != nil {
		t.Errorf("TLS: %v", err)
	}
	for _, s := range f.sites {
		if s.trouble != plainOnly {
			continue
		}
		if dial(s.host) == nil {
			t.Errorf("%s: TLS works where it must not", s.host)
		}
		if status, _ := fetch(t, client(f), f.address(s.host, "/")); status != 200 {
			t.Errorf("%s: plain HTTP gives %d", s.host, status)
		}
	}
}

func TestACutAnswerIsCut(t *testing.T) {
	f := started(t, Options{Seed: 2})
	for _, s := range f.sites {
		for _, c := range s.columns {
			if c.trouble != cutShort {
				continue
			}
			resp, err := client(f).Get(s.at(c.path()))
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			if err == nil || len(body) == 0 {
				t.Errorf("%d bytes, error %v", len(body), err)
			}
			return
		}
	}
	t.Error("no column is cut")
}

func TestTheRegisterNamesEverySite(t *testing.T) {
	f := fixed(t, 2)
	dir := filepath.Join(t.TempDir(), "register")
	if err := f.Register(dir); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(filepath.Join(dir, "sites.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) != len(f.sites)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		if !govsweep.ValidSiteIDCode(row[0]) || seen[row[0]] || seen[row[2]] {
			t.Errorf("row %v", row)
		}
		seen[row[0]], seen[row[2]] = true, true
	}
}

func TestStopLeavesNothingBehind(t *testing.T) {
	defer goleak.VerifyNone(t)
	f, err := New(Options{Seed: 2, AsOf: testDay, Sites: 3})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if conn, err := net.Dial("tcp", f.HTTPAddr()); err == nil {
		conn.Close()
	}
	if err := f.Start(t.Context()); err == nil {
		t.Error("started twice")
	}
	f.Stop()
	f.Stop()
}
