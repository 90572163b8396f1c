package sweep_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/internal/fakedns"
	"github.com/govsweep/govsweep/sweep"
)

// bothLines serves one page on 127.0.0.1 and another on ::1, on one port.
func bothLines(t *testing.T, four, six http.HandlerFunc) (port string) {
	t.Helper()
	for range 20 {
		a, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_, port, _ = net.SplitHostPort(a.Addr().String())
		b, err := net.Listen("tcp", "[::1]:"+port)
		if err != nil {
			a.Close()
			continue
		}
		for l, h := range map[net.Listener]http.HandlerFunc{a: four, b: six} {
			s := httptest.NewUnstartedServer(h)
			s.Listener.Close()
			s.Listener = l
			s.Start()
			t.Cleanup(s.Close)
		}
		return port
	}
	t.Skip("no port is free on 127.0.0.1 and ::1")
	return ""
}

// lookStore is an inspection drawn by hand.
type lookStore struct {
	drawnGraph
	site    govsweep.Site
	dossier []byte
}

func (s *lookStore) Site(context.Context, govsweep.TargetID) (*govsweep.Site, error) {
	return &s.site, nil
}

func (s *lookStore) LastDossier(context.Context, govsweep.TargetID, int64) ([]byte, error) {
	return s.dossier, nil
}

func countyPage(visit int, extra string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<html><title>云川县人民政府</title><body><script nonce="%d"></script><p>您是第%d位访客</p><ul>`, visit, visit)
	for i := range 12 {
		fmt.Fprintf(&b, `<li><a href="/xw/%d.html?_=17720000%05d">县政府第%d次常务会议</a></li>`, i, visit, i)
	}
	return b.String() + "</ul>" + extra + "</body></html>"
}

// look makes one report of www.look.test, whose home pages are page(family, visit).
func look(t *testing.T, l *sweep.PageLook, store *lookStore, page func(w http.ResponseWriter, r *http.Request, family, visit int)) *govsweep.IPv6Report {
	t.Helper()
	visit := make(chan int, 1)
	visit <- 0
	serve := func(family int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			n := <-visit + 1
			visit <- n
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			page(w, r, family, n)
		}
	}
	port := bothLines(t, serve(4), serve(6))
	var dns fakedns.World
	dns.Zone(t, "test.", "@ SOA ns. h. 1 1 1 1 1\nwww.look A 127.0.0.1\nwww.look AAAA ::1\nfour A 127.0.0.1\nsix AAAA ::1\nctl AAAA ::1\n")
	server := "127.0.0.1:" + dns.Start(t, "127.0.0.1")
	p := &probe.Prober{Options: crawler.Options{AllowNet: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}, Timeout: 3 * time.Second, Resolver: server}}
	kept := map[string]int{}
	l.Store, l.Hosts, l.Apart = store, &probe.Hosts{Prober: p, Server: server}, time.Millisecond
	l.Look = &probe.IPv6Look{Prober: p, Server: server, Controls: []string{"http://ctl.test:" + port + "/"}, Apart: time.Millisecond, Page: l.Page, Further: l.Further,
		Judge: func(p *govsweep.Page) (govsweep.Response, string) {
			body, charset := crawler.Decode(p.Body, p.Header.Get("Content-Type"))
			return facts.HomeAnswer(p, body, charset)
		},
		Keep: func(kind govsweep.CaptureKind, url string, at time.Time, body []byte) (govsweep.Evidence, error) {
			kept[string(kind)]++
			return govsweep.Evidence{Kind: string(kind), URL: url, Digest: govsweep.DigestOf(body).String()}, nil
		}}
	store.site = govsweep.Site{ID: "look", URL: "http://www.look.test:" + port + "/"}
	for i := range store.drawnGraph {
		v := &store.drawnGraph[i].Visit
		v.URL = strings.Replace(v.URL, ":PORT", ":"+port, 1)
	}
	r, err := l.Look.Site(t.Context(), probe.Site{ID: "look", URL: store.site.URL})
	if err != nil || l.Err() != nil {
		t.Fatal(err, l.Err())
	}
	if !r.Own.Proven() {
		t.Skip("no IPv6 on loopback: " + r.Own.Why)
	}
	if r.Pages.Home != nil && r.Pages.Home.V6.Digest != "" && (kept["home-v4"] != 2 || kept["home-v6"] != 1) {
		t.Errorf("kept %v", kept)
	}
	return r
}

func TestHomePagesOfTwoLinesAreCompared(t *testing.T) {
	for name, test := range map[string]struct {
		six  func(w http.ResponseWriter, r *http.Request, visit int)
		want govsweep.DiffState
		same bool
	}{
		"nonces and counters alone": {func(w http.ResponseWriter, _ *http.Request, n int) {
			fmt.Fprint(w, countyPage(n, "<p>主办单位</p>"))
		}, govsweep.DiffCompared, true},
		"a block is missing": {func(w http.ResponseWriter, _ *http.Request, n int) { fmt.Fprint(w, countyPage(n, "")) }, govsweep.DiffCompared, false},
		"another title": {func(w http.ResponseWriter, _ *http.Request, n int) {
			fmt.Fprint(w, strings.Replace(countyPage(n, "<p>主办单位</p>"), "云川县", "测试", 1))
		}, govsweep.DiffCompared, false},
		"a challenge": {func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.WriteHeader(412)
			fmt.Fprint(w, `<html><script>document.cookie="__jsl_clearance_s=1";location.href=location.pathname</script></html>`)
		}, govsweep.DiffChallenge, false},
		"an error page": {func(w http.ResponseWriter, _ *http.Request, _ int) {
			http.Error(w, "bad gateway", http.StatusBadGateway)
		}, govsweep.DiffErrorPage, false},
		"a redirect": {func(w http.ResponseWriter, r *http.Request, n int) {
			if r.URL.Path == "/" {
				http.Redirect(w, r, "/v6/", http.StatusFound)
				return
			}
			fmt.Fprint(w, countyPage(n, ""))
		}, govsweep.DiffRedirect, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := look(t, &sweep.PageLook{}, &lookStore{}, func(w http.ResponseWriter, r *http.Request, family, n int) {
				if family == 6 && !strings.HasPrefix(r.Host, "ctl.") {
					test.six(w, r, n)
					return
				}
				fmt.Fprint(w, countyPage(n, "<p>主办单位</p>"))
			})
			d := r.Pages.Home
			if d == nil || d.State != test.want || (d.Similarity == 1) != test.same || d.V4Again.Items == 0 {
				t.Fatalf("%+v", d)
			}
			if lists := len(d.OnlyV4) + len(d.Changed); name != "a redirect" && test.want == govsweep.DiffCompared && (lists == 0) != test.same {
				t.Errorf("the difference is not kept: %+v", d)
			}
			if r.Pages.Second != nil {
				t.Error("links without an inspection")
			}
		})
	}
}

func TestLinksAndHostsOfTheNewestInspectionAreLookedAt(t *testing.T) {
	const home = "http://www.look.test:PORT"
	store := func(t *testing.T) *lookStore {
		s := &lookStore{drawnGraph: drawnGraph{met(govsweep.HomeRole, home+"/", home+"/c/", home+"/fails6.html", home+"/dead.html"), met(govsweep.ColumnRole, home+"/c/", home+"/x.html"),
			met(govsweep.ArticleRole, home+"/fails6.html"), met(govsweep.ArticleRole, home+"/dead.html"), met(govsweep.ArticleRole, home+"/x.html")}}
		raw, err := json.Marshal(&facts.Dossier{Coverage: govsweep.Coverage{Sweep: 7}, Resources: []govsweep.HostUse{
			{Host: "four.test", Kinds: govsweep.ScriptResource, Pages: 3}, {Host: "six.test", Kinds: govsweep.ImageResource, Pages: 9}, {Host: "gone.test", Kinds: govsweep.ImageResource, Pages: 4}}})
		if err != nil {
			t.Fatal(err)
		}
		s.dossier = raw
		return s
	}
	page := func(w http.ResponseWriter, r *http.Request, family, n int) {
		if r.URL.Path == "/dead.html" || family == 6 && r.URL.Path == "/fails6.html" {
			http.Error(w, "x", http.StatusNotFound)
			return
		}
		fmt.Fprint(w, countyPage(n, ""))
	}
	r := look(t, &sweep.PageLook{}, store(t), page)
	if s := r.Pages.Second; s.Known != 3 || s.Good != 1 || s.Bad != 1 || s.Unknown != 1 || !s.Visited || s.Sweep != 7 || len(s.Faults) != 1 || !strings.HasSuffix(s.Faults[0].URL, "/fails6.html") {
		t.Errorf("second level %+v", s)
	}
	if s := r.Pages.Third; s.Good != 1 || s.Bad != 0 {
		t.Errorf("third level %+v", s)
	}
	if g := r.Pages.Gaps; len(g) != 2 || g[0].Host != "four.test" || g[1].Host != "gone.test" || g[1].State != govsweep.HostGone || r.Pages.Hosts != 3 || !strings.Contains(g[0].Why, "AAAA") {
		t.Errorf("hosts without IPv6: %+v", g)
	}
	r = look(t, &sweep.PageLook{Links: -1}, store(t), page)
	if s := r.Pages.Second; s.Good != 3 || s.Visited {
		t.Errorf("by records alone %+v", s)
	}
}
