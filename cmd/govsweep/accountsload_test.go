package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/farm"
	"github.com/govsweep/govsweep/internal/raced"
)

// gazetteer serves the feeds of many accounts from many hosts and notes when
// each was asked. Of the eight accounts of a host the third and the seventh are silent.
type gazetteer struct {
	hosts   int
	padding string
	now     time.Time
	mu      sync.Mutex
	asked   map[string][]time.Time // by host
	under   map[string]int
	most    int // requests of one host at the same time
	bytes   int64
}

func (g *gazetteer) begin(host string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.asked[host] = append(g.asked[host], time.Now())
	g.under[host]++
	g.most = max(g.most, g.under[host])
}

func (g *gazetteer) end(host string, n int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.under[host]--
	g.bytes += int64(n)
}

func (g *gazetteer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.begin(r.Host)
	var i, sent int
	defer func() { g.end(r.Host, sent) }()
	if _, err := fmt.Sscanf(r.URL.Path, "/feed/%d", &i); err != nil {
		http.NotFound(w, r)
		return
	}
	first := 0
	if i/g.hosts%4 == 2 {
		first = 20
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>某某发布%d</title>`, i)
	for n := range 20 {
		fmt.Fprintf(&b, "<item><title>第%d条信息</title><link>https://m.example/%d/%d</link><pubDate>%s</pubDate><description><![CDATA[%s]]></description></item>",
			n, i, n, g.now.AddDate(0, 0, -first-2*n).Format(time.RFC1123Z), g.padding)
	}
	sent, _ = w.Write([]byte(b.String() + "</channel></rss>")) // the program may be stopped
}

// mostWithinASecond is how many requests a host may get within a second at two
// a second, where one takes a second longer than another to arrive: a turn
// counts from when it is taken, not from when its request is seen.
const mostWithinASecond = 5

// fastest is the most requests a host got within any second.
func (g *gazetteer) fastest() (most int) {
	for _, at := range g.asked {
		slices.SortFunc(at, time.Time.Compare)
		for i, from := 0, 0; i < len(at); i++ {
			for at[i].Sub(at[from]) >= time.Second {
				from++
			}
			most = max(most, i-from+1)
		}
	}
	return most
}

// TestTwoThousandAccountsInOneRun reads and judges 2,000 accounts on 250 hosts
// at the usual politeness (two requests a second to a host) in a process of
// its own, and measures that at the servers. A feed has 20 KB, the mean of 67
// real ones; GOVSWEEP_TEST_FEED_KB sets another size, GOVSWEEP_TEST_ACCOUNTS
// another number (of eights).
func TestTwoThousandAccountsInOneRun(t *testing.T) {
	accounts := envInt("GOVSWEEP_TEST_ACCOUNTS", raced.Less(2000))
	hosts := accounts / 8
	g := &gazetteer{hosts: hosts, now: time.Now(), padding: strings.Repeat("县政府召开常务会议。", max(envInt("GOVSWEEP_TEST_FEED_KB", 20)*1024/20/30, 1)), asked: map[string][]time.Time{}, under: map[string]int{}}
	var csv strings.Builder
	csv.WriteString("平台,账号名称,账号ID,认证主体,主办单位,备案状态,信息来源\n")
	var at []string
	for range hosts {
		srv := httptest.NewServer(g)
		t.Cleanup(srv.Close)
		at = append(at, srv.URL)
	}
	for i := range accounts {
		fmt.Fprintf(&csv, "微信公众号,某某发布%d,gh_%d,某某局%d,某某局%d,已备案,%s/feed/%d\n", i, i, i, i, at[i%hosts], i)
	}
	p := newProgram(t, startFarm(t, farm.Options{Seed: 1, Sites: 1}))
	file, stats := filepath.Join(p.dir, "accounts.csv"), filepath.Join(p.dir, "stats.json")
	must(t, os.WriteFile(file, []byte(csv.String()), 0o644))
	p.run("import", "accounts", file)
	said, code := p.run("sweep", "run", "--scope", "kind=account", "--stats", stats, "--format", "table")
	want := regexp.MustCompile(fmt.Sprintf("账号%d个，合格%d个，不合格%d个，待核0个，未能检查0个", accounts, accounts*3/4, accounts/4))
	if !want.MatchString(said) || code != exitFindings {
		t.Fatalf("exit %d: %s", code, said)
	}
	raw, err := os.ReadFile(stats)
	must(t, err)
	var s govsweep.Stats
	must(t, json.Unmarshal(raw, &s))
	t.Logf("%d accounts on %d hosts, %.1f MB of feeds: wall %.1f s, CPU %.1f s, peak %.0f MB, %d requests, at most %d a second to one host and %d at the same time",
		accounts, hosts, float64(g.bytes)/1e6, s.WallS, s.CPUS, s.PeakRSSMB, s.Requests, g.fastest(), g.most)
	if n := g.fastest(); n > mostWithinASecond {
		t.Errorf("a host was asked %d times within a second", n)
	}
	if g.most > 2 {
		t.Errorf("a host was asked %d times at the same time", g.most)
	}
	if s.Requests != accounts+hosts { // robots.txt of each host
		t.Errorf("%d requests for %d feeds", s.Requests, accounts)
	}
	if s.PeakRSSMB > 400 {
		t.Errorf("the peak is %.0f MB", s.PeakRSSMB)
	}
}
