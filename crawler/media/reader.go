// Package media reads what accounts published from the sources that know:
// feeds, routes of RSSHub-style services, saved feeds. Every reading says how
// healthy its source was; a source that is not working says nothing about the
// account. Files of platforms and manual logs are read by register.
package media

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
)

// A Reader reads sources through the crawler's guarded, polite transport. It
// is safe for many goroutines.
type Reader struct {
	Fetch crawler.Fetcher
	// Base is the address of the RSSHub-style service; "" when there is none.
	Base string
	// Routes give each platform's usual route, {id} for the account's number;
	// nil means Routes().
	Routes map[govsweep.MediaKind]string
	Now    func() time.Time
	// Capture is handed every answer with a body before it is read, and must
	// keep what it needs of it; nil: nothing is kept. Its error ends the run.
	Capture func(ctx context.Context, a *govsweep.Account, s govsweep.MediaSource, p *govsweep.Page) error
	// Again says whether a source of an account may be asked only for what is
	// new since a reading; nil: always. Without its body an answer is no proof.
	Again func(a *govsweep.Account, before *govsweep.Reading) bool
	// Parsing bounds how many answers are read into posts at the same time:
	// that takes many times the memory of the answer. nil: no bound.
	Parsing chan struct{}
}

// Host gives the host a source is asked at; "" for one that cannot be asked.
func (r *Reader) Host(a *govsweep.Account, s govsweep.MediaSource) string {
	to, why := r.where(a, s)
	if why != "" {
		return ""
	}
	return address.Host(to)
}

// Routes gives the routes public services offer. WeChat has none that lasts:
// a source there names its own.
func Routes() map[govsweep.MediaKind]string {
	return map[govsweep.MediaKind]string{
		govsweep.Weibo: "/weibo/user/{id}", govsweep.Douyin: "/douyin/user/{id}",
		govsweep.Kuaishou: "/kuaishou/user/{id}", govsweep.Toutiao: "/toutiao/user/token/{id}",
	}
}

// Read looks at one source of a. before is the last reading of the same
// source, nil when there is none: when that worked, the question is a
// conditional one. Every way a source can fail is a reading; err means that
// the run itself cannot go on.
func (r *Reader) Read(ctx context.Context, a *govsweep.Account, s govsweep.MediaSource, before *govsweep.Reading) (govsweep.Reading, []govsweep.Post, error) {
	rd := govsweep.Reading{Source: s, At: r.Now()}
	if before != nil {
		rd.Alive = before.Alive
	}
	to, why := r.where(a, s)
	if why != "" {
		rd.Health, rd.Why = govsweep.SourceDown, why
		return rd, nil, nil
	}
	rd.URL = to
	asked := ctx
	if before != nil && before.Health == govsweep.SourceWorking && (r.Again == nil || r.Again(a, before)) {
		asked = crawler.IfChanged(ctx, before.ETag, before.Modified)
	}
	p, err := r.Fetch.Fetch(asked, govsweep.Visit{Key: address.Key(to, ""), URL: to, Role: govsweep.HomeRole})
	if err != nil {
		return rd, nil, fmt.Errorf("read source %s: %w", s.Key(), err)
	}
	if !p.FetchedAt.IsZero() {
		rd.At = p.FetchedAt
	}
	if p.NotModified && before != nil && before.Health == govsweep.SourceWorking {
		same := *before
		same.At, same.Through, same.Alive = rd.At, rd.At, rd.At
		return same, nil, nil
	}
	if r.Capture != nil && len(p.Body) > 0 {
		rd.Digest = govsweep.DigestOf(p.Body).String()
		if err := r.Capture(ctx, a, s, p); err != nil {
			return rd, nil, err
		}
	}
	if rd.Health, rd.Why = ofAnswer(p); rd.Health != "" {
		return rd, nil, nil
	}
	if r.Parsing != nil {
		select {
		case r.Parsing <- struct{}{}:
			defer func() { <-r.Parsing }()
		case <-ctx.Done():
			return rd, nil, ctx.Err()
		}
	}
	posts := judge(&rd, a, p.Body, p.Header.Get("Content-Type"))
	rd.ETag, rd.Modified = p.Header.Get("ETag"), p.Header.Get("Last-Modified")
	return rd, posts, nil
}

// ReadSaved reads a feed that was saved as a file. taken is when it was
// saved; the zero time when nobody knows: then it proves what was published
// and never that nothing was.
func ReadSaved(a *govsweep.Account, name string, body []byte, taken time.Time) (govsweep.Reading, []govsweep.Post) {
	rd := govsweep.Reading{Source: govsweep.MediaSource{Kind: govsweep.FeedSource, Address: name}, At: taken}
	posts := judge(&rd, a, body, "")
	if taken.IsZero() {
		rd.At, rd.Through = rd.Newest, time.Time{}
	}
	return rd, posts
}

// where gives the address of a source; else why it has none.
func (r *Reader) where(a *govsweep.Account, s govsweep.MediaSource) (string, string) {
	raw := s.Address
	if s.Kind == govsweep.ProfileSource {
		return "", "账号主页须用浏览器打开，本版本不读取；请另登记订阅地址，或导入平台导出的清单、人工记录或保存的网页。"
	}
	if s.Kind == govsweep.RSSHubSource {
		if r.Base == "" {
			return "", "没有设置聚合服务的地址，未读取。"
		}
		routes := r.Routes
		if routes == nil {
			routes = Routes()
		}
		route := s.Address
		if route == "" {
			route = routes[a.Media]
		}
		if route == "" || strings.Contains(route, "{id}") && a.Number == "" {
			return "", "该平台没有通用路由，或账号ID未登记，未读取。"
		}
		raw = strings.TrimSuffix(r.Base, "/") + "/" + strings.TrimPrefix(strings.ReplaceAll(route, "{id}", url.PathEscape(a.Number)), "/")
	}
	to, err := address.Canonical(raw)
	if err != nil || !strings.HasPrefix(to, "http") {
		return "", "来源地址不正确，未读取。"
	}
	return to, ""
}

// ofAnswer says what an answer without a feed is; "" when its body is to be read.
func ofAnswer(p *govsweep.Page) (govsweep.SourceHealth, string) {
	switch {
	case p.Failure == govsweep.FailRobots || p.Failure == govsweep.FailGuard:
		return govsweep.SourceBlocked, why(p, "按规则不得访问该来源。")
	case p.Failure == govsweep.FailRatio:
		return govsweep.SourceMalformed, why(p, "压缩内容异常，未读取。")
	case p.Failure != "":
		return govsweep.SourceDown, why(p, "来源没有答复。")
	}
	switch s := p.Status; {
	case s == http.StatusNotFound || s == http.StatusGone:
		return govsweep.SourceGone, fmt.Sprintf("来源不存在（状态%d），可能已停用或改了地址。", s)
	case s == 401 || s == 403 || s == 412 || s == 418 || s == 429 || s == 503 || s == 451:
		return govsweep.SourceBlocked, fmt.Sprintf("来源拒绝访问（状态%d）。", s)
	case s < 200 || s >= 300:
		return govsweep.SourceDown, fmt.Sprintf("来源答复异常（状态%d）。", s)
	case p.Truncated:
		return govsweep.SourceMalformed, "来源内容过大，只收到一部分。"
	}
	return "", ""
}

func why(p *govsweep.Page, fallback string) string {
	if p.Cause != "" {
		return p.Cause
	}
	return fallback
}
