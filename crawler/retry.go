package crawler

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// Notes of a try that did not use the ordinary settings.
const (
	noteAgain  = "再次尝试"
	noteOldTLS = "改用旧版TLS设置，不校验证书"
	notePlain  = "改用HTTP明文"
)

// retry looks a second time where the first look may have been bad luck, and
// steps down the ladder of TLS: older settings, then plain HTTP.
type retry struct {
	next  Fetcher
	pause time.Duration // before a second look
	mu    sync.Mutex
	old   map[string]bool // hosts that are known to need older settings
}

const mostOldHosts = 4096

// Fetch gives the last answer; every try is in Page.Tries.
func (r *retry) Fetch(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	m := mannerOf(ctx)
	if r.needsOld(v.URL) {
		m.oldTLS = true
		ctx = withManner(ctx, m)
	}
	p, err := r.next.Fetch(ctx, v)
	if err != nil {
		return nil, err
	}
	if m.oldTLS {
		addNote(p, noteOldTLS)
	}
	switch {
	case p.Failure == govsweep.FailTLS:
		return r.stepDown(ctx, v, p)
	case worthAgain(p):
		if err := pause(ctx, r.pause); err != nil {
			return nil, err
		}
		return again(ctx, r.next, v, p, noteAgain)
	}
	return p, nil
}

// stepDown tries older settings, and the page without TLS at all.
func (r *retry) stepDown(ctx context.Context, v govsweep.Visit, p *govsweep.Page) (*govsweep.Page, error) {
	m := mannerOf(ctx)
	if !m.oldTLS {
		m.oldTLS = true
		old, err := again(withManner(ctx, m), r.next, v, p, noteOldTLS)
		if err != nil {
			return nil, err
		}
		if old.Failure != govsweep.FailTLS {
			r.remember(v.URL)
			return old, nil
		}
		p = old
	}
	plain, ok := plainHTTP(v)
	if !ok {
		return p, nil
	}
	m.oldTLS = false
	q, err := again(withManner(ctx, m), r.next, plain, p, notePlain)
	if err != nil {
		return nil, err
	}
	if q.Failure != "" || q.Status >= 400 || leadsBack(q, v) {
		p.Tries = q.Tries // the site is known by its own address: the failure is TLS
		return p, nil
	}
	q.Visit = v
	return q, nil
}

// leadsBack says that plain HTTP only points at the address that failed.
func leadsBack(p *govsweep.Page, v govsweep.Visit) bool {
	return p.Status >= 300 && p.Status < 400 && strings.HasPrefix(p.Header.Get("Location"), "https://"+address.Host(v.URL))
}

func plainHTTP(v govsweep.Visit) (govsweep.Visit, bool) {
	rest, ok := strings.CutPrefix(v.URL, "https://")
	v.URL = "http://" + rest
	return v, ok
}

// worthAgain says whether a second look may end otherwise. Time-outs are not:
// 15 seconds are the law's line.
func worthAgain(p *govsweep.Page) bool {
	switch p.Failure {
	case govsweep.FailRefused, govsweep.FailProtocol:
		return p.Cause != causeBadURL
	case govsweep.FailDNS:
		return p.Cause != causeNoName
	case "":
		return p.Status == http.StatusTooManyRequests ||
			p.Status >= 500 && p.Status != http.StatusNotImplemented && p.Status != http.StatusHTTPVersionNotSupported
	}
	return false
}

func (r *retry) needsOld(url string) bool {
	if !strings.HasPrefix(url, "https:") {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.old[address.Host(url)]
}

func (r *retry) remember(url string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.old == nil || len(r.old) >= mostOldHosts {
		r.old = map[string]bool{}
	}
	r.old[address.Host(url)] = true
}
