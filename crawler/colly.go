package crawler

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gocolly/colly/v2"

	"github.com/govsweep/govsweep"
)

// robotsRole marks the visit of a robots.txt. It never leaves the room.
const robotsRole govsweep.Role = "robots"

// Sizes of what is read besides pages.
const (
	robotsLimit     = 512 << 10
	attachmentLimit = 256 << 10
	probeLimit      = 64 << 10
)

// collyFetcher sends one request, follows nothing and decides nothing. colly
// is its fetch layer; queue, limits, robots and redirects are ours.
type collyFetcher struct {
	opts       Options
	wire       *wire
	agent      []string
	collectors sync.Pool // *colly.Collector, one fetch at a time each
}

func newCollyFetcher(o Options, w *wire) *collyFetcher {
	base := colly.NewCollector(colly.AllowURLRevisit(), colly.ParseHTTPErrorResponse(), colly.IgnoreRobotsTxt())
	base.AllowedDomains, base.DisallowedDomains, base.CacheDir = nil, nil, "" // the environment has no say
	base.MaxBodySize, base.MaxDepth, base.DetectCharset, base.TraceHTTP = 0, 0, false, false
	base.SetClient(&http.Client{Transport: w, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}})
	f := &collyFetcher{opts: o, wire: w, agent: []string{o.agent()}}
	f.collectors.New = func() any { return base.Clone() }
	return f
}

// Fetch sends the request of v and gives its answer, whatever it is.
func (f *collyFetcher) Fetch(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m := mannerOf(ctx)
	p := &govsweep.Page{Visit: v, FinalURL: v.URL, FetchedAt: f.opts.Clock()}
	x := &exchange{manner: m, page: p}
	x.limit, x.head = f.size(v)
	began := time.Now()
	err := f.send(ctx, x, v)
	p.Took = time.Since(began)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	f.settle(p, x, err)
	return p, nil
}

func (f *collyFetcher) send(ctx context.Context, x *exchange, v govsweep.Visit) error {
	limit := f.opts.Timeout
	if x.manner.left > 0 {
		limit = min(limit, x.manner.left)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	method, form := f.method(v, x.manner)
	c := f.collectors.Get().(*colly.Collector)
	defer f.collectors.Put(c)
	c.Context = context.WithValue(ctx, exchangeKey{}, x)
	defer func() { c.Context = context.Background() }()
	return c.Request(method, v.URL, form, nil, f.header(v, x.manner, method))
}

// settle writes how the exchange ended into the page.
func (f *collyFetcher) settle(p *govsweep.Page, x *exchange, err error) {
	if x.err != nil {
		err = x.err
	}
	switch {
	case err != nil && x.began.IsZero() && x.err == nil:
		p.Failure, p.Cause = govsweep.FailProtocol, causeBadURL
	case err != nil:
		p.Failure, p.Cause = classify(err, x.answer)
		p.Body = nil
	case p.Truncated:
		p.Cause = "网页内容超过大小上限，只读取了前面的部分。"
	case p.Status == http.StatusPartialContent && x.head:
		p.Status = http.StatusOK // we asked for a part: the thing is there
	case p.Status >= 400:
		p.Cause = statusCause(p.Status)
	}
	p.Tries = []govsweep.Try{{At: p.FetchedAt, Status: p.Status, Failure: p.Failure}}
}

func (f *collyFetcher) size(v govsweep.Visit) (limit int64, head bool) {
	switch v.Role {
	case govsweep.AttachmentRole:
		return attachmentLimit, true
	case govsweep.ProbeRole, govsweep.ImageRole:
		return probeLimit, true
	case robotsRole:
		return robotsLimit, true
	}
	return f.opts.MaxBody, false
}

func (f *collyFetcher) method(v govsweep.Visit, m manner) (string, io.Reader) {
	switch {
	case v.Form != "":
		return http.MethodPost, strings.NewReader(v.Form)
	case headFirst(v.Role) && !m.get:
		return http.MethodHead, nil
	}
	return http.MethodGet, nil
}

var (
	acceptPages    = []string{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
	acceptLanguage = []string{"zh-CN,zh;q=0.9,mn;q=0.5,en;q=0.3"}
	acceptEncoding = []string{"gzip, deflate"}
	formType       = []string{"application/x-www-form-urlencoded"}
	firstPart      = []string{"bytes=0-262143"}
	plainBytes     = []string{"identity"}
)

func (f *collyFetcher) header(v govsweep.Visit, m manner, method string) http.Header {
	h := http.Header{"User-Agent": f.agent, "Accept": acceptPages, "Accept-Language": acceptLanguage, "Accept-Encoding": acceptEncoding}
	if method == http.MethodPost {
		h["Content-Type"] = formType
	}
	if v.Role == govsweep.ListCallRole && v.Via != "" {
		h["Referer"] = []string{v.Via} // data addresses refuse callers that come from nowhere
		h["X-Requested-With"] = []string{"XMLHttpRequest"}
	}
	if v.Role == govsweep.AttachmentRole {
		h["Accept-Encoding"] = plainBytes
		if !m.whole {
			h["Range"] = firstPart
		}
	}
	if m.etag != "" {
		h["If-None-Match"] = []string{m.etag}
	}
	if m.modified != "" {
		h["If-Modified-Since"] = []string{m.modified}
	}
	return h
}
