package crawler

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// RobotsRead is what was read of one host's robots.txt, kept for the report.
type RobotsRead struct {
	URL      string
	At       time.Time
	Status   int
	Failure  govsweep.Failure
	Text     string        // as read, at most 64 KB
	Rules    int           // that concern this crawler
	Delay    time.Duration // Crawl-delay it asks of us
	Sitemaps []string
	Note     string // what follows from it, Chinese, a whole sentence
}

const (
	robotsKept      = 64 << 10
	mostRobotsHosts = 4096
	longestDelay    = 10 * time.Second
	robotsAgain     = 10 * time.Minute // until a robots.txt that could not be had is asked for again
)

// CauseRobotsDown is the cause of a page that was not read because the
// server failed to say whether it may be.
const CauseRobotsDown = "网站的robots.txt返回服务器错误，按规定暂不读取该网站。"

// robots reads robots.txt once a host and keeps to it. Addresses of other
// hosts that are only asked whether they are there do not ask for it.
type robots struct {
	next   Fetcher
	reader Fetcher                     // how robots.txt itself is fetched
	slow   func(string, time.Duration) // tells the limiter of a Crawl-delay
	policy RobotsPolicy
	agent  string
	mu     sync.Mutex
	hosts  map[string]*robotsHost
}

type robotsHost struct {
	ready chan struct{} // closed when read and rules are set
	ok    bool          // false: the reading was cut off, ask again
	down  time.Time     // when the server failed to answer; zero when it did
	read  RobotsRead
	rules []robotsRule
}

// Fetch passes v on unless its host's robots.txt forbids it.
func (r *robots) Fetch(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	if v.Role == govsweep.ProbeRole {
		return r.next.Fetch(ctx, v)
	}
	h, err := r.host(ctx, v.URL)
	if err != nil {
		return nil, err
	}
	path := address.Path(v.URL)
	if q := address.Query(v.URL); q != "" {
		path += "?" + q
	}
	switch {
	case r.policy.Override:
		return r.next.Fetch(ctx, v)
	case !h.down.IsZero():
		return unfetched(v, govsweep.FailRobots, CauseRobotsDown), nil
	case robotsAllow(h.rules, path):
		return r.next.Fetch(ctx, v)
	}
	return unfetched(v, govsweep.FailRobots, "网站的robots.txt不允许访问该地址，按规定未读取。"), nil
}

// host gives what the host of url allows; one goroutine reads, the others wait.
func (r *robots) host(ctx context.Context, url string) (*robotsHost, error) {
	name := address.Host(url)
	for {
		r.mu.Lock()
		h, known := r.hosts[name]
		if known && h.stale() {
			known = false
		}
		if !known {
			if r.hosts == nil || len(r.hosts) >= mostRobotsHosts {
				r.hosts = map[string]*robotsHost{}
			}
			h = &robotsHost{ready: make(chan struct{})}
			r.hosts[name] = h
		}
		r.mu.Unlock()
		if !known {
			return h, r.read(ctx, h, url)
		}
		select {
		case <-h.ready:
			if h.ok {
				return h, nil
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// stale says that what is known of a host is that its server failed, some
// time ago.
func (h *robotsHost) stale() bool {
	select {
	case <-h.ready:
		return !h.down.IsZero() && time.Since(h.down) > robotsAgain
	default:
		return false
	}
}

func (r *robots) read(ctx context.Context, h *robotsHost, url string) error {
	defer close(h.ready)
	name := address.Host(url)
	where := url[:strings.Index(url, "://")+3] + name + "/robots.txt"
	p, err := r.reader.Fetch(withManner(ctx, manner{}), govsweep.Visit{URL: where, Role: robotsRole})
	if err != nil {
		r.mu.Lock()
		delete(r.hosts, name)
		r.mu.Unlock()
		return err
	}
	h.ok = true
	h.read = RobotsRead{URL: where, At: p.FetchedAt, Status: p.Status, Failure: p.Failure}
	if p.Failure == "" && p.Status >= 500 && p.Status < 600 { // RFC 9309, 2.3.1.4: the server may forbid everything
		h.down = time.Now()
	}
	if p.Failure == "" && p.Status >= 200 && p.Status < 300 && !looksLikePage(p.Body) {
		r.keep(h, name, p.Body)
	}
	h.read.Note = r.note(h)
	return nil
}

func (r *robots) keep(h *robotsHost, name string, body []byte) {
	text, _ := Decode(body, "")
	f := parseRobots(text)
	h.rules, h.read.Delay = f.rulesFor(agentToken(r.agent))
	h.read.Rules, h.read.Sitemaps = len(h.rules), f.sitemaps
	h.read.Text = strings.Clone(string(text[:min(len(text), robotsKept)]))
	if h.read.Delay > 0 && !r.policy.Override && r.slow != nil {
		r.slow(name, min(h.read.Delay, longestDelay))
	}
}

// looksLikePage says that a page for people came under the name of robots.txt,
// as sites do that answer 200 for everything.
func looksLikePage(body []byte) bool {
	head := strings.ToLower(strings.TrimLeft(string(body[:min(len(body), 1024)]), "\xef\xbb\xbf \t\r\n"))
	return strings.HasPrefix(head, "<")
}

// note says what follows. A server that fails to give its robots.txt is left
// alone for a while, as RFC 9309 asks; where the host itself does not answer,
// the request for the page will say so.
func (r *robots) note(h *robotsHost) string {
	switch read := &h.read; {
	case !h.down.IsZero() && r.policy.Override:
		return fmt.Sprintf("robots.txt返回服务器错误（状态码%d），依%s的授权照常检查。", read.Status, r.policy.Authority)
	case !h.down.IsZero():
		return fmt.Sprintf("robots.txt返回服务器错误（状态码%d），按规定暂不读取该网站。", read.Status)
	case read.Failure != "":
		return "robots.txt未能读取，按没有限制处理。"
	case read.Status >= 400 || read.Text == "":
		return "网站没有robots.txt，没有限制。"
	case r.policy.Override && read.Rules > 0:
		return fmt.Sprintf("robots.txt对本程序有%d条规则，依%s的授权未予采用。", read.Rules, r.policy.Authority)
	case read.Rules == 0:
		return "robots.txt已读取，对本程序没有限制。"
	default:
		return fmt.Sprintf("robots.txt已读取，其中%d条规则适用于本程序，均已遵守。", read.Rules)
	}
}

// known gives what was read of host, without asking.
func (r *robots) known(host string) (RobotsRead, bool) {
	r.mu.Lock()
	h, ok := r.hosts[host]
	r.mu.Unlock()
	if !ok {
		return RobotsRead{}, false
	}
	select {
	case <-h.ready:
		return h.read, h.ok
	default:
		return RobotsRead{}, false
	}
}
