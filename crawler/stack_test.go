package crawler_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/internal/fakesite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// loopback are options that allow the test servers and promise nothing.
func loopback() crawler.Options {
	o := crawler.Default()
	o.Rate, o.Parallel = -1, 8
	o.AllowNet = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	o.Timeout = 20 * time.Second
	return o
}

func newStack(t testing.TB, o crawler.Options) *crawler.Stack {
	t.Helper()
	s, err := crawler.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func fetch(t testing.TB, f crawler.Fetcher, url string, role govsweep.Role) *govsweep.Page {
	t.Helper()
	p, err := f.Fetch(t.Context(), govsweep.Visit{URL: url, Role: role})
	if err != nil {
		t.Fatal(err)
	}
	if (p.Failure != "" || p.Status >= 400) && (p.Cause == "" || !strings.HasSuffix(p.Cause, "。")) {
		t.Errorf("%s ends with %q and no sentence: %q", url, p.Failure, p.Cause)
	}
	if p.FetchedAt.IsZero() {
		t.Errorf("%s has no time", url)
	}
	return p
}

const oddServer = `
-- / --

<html><title>首页</title></html>
-- /gbk/ --
charset: gbk
type: text/html; charset=gb2312
gzip:

<html><title>通知公告</title></html>
-- /missing/ --
status: 404

没有
-- /broken/ --
status: 500

-- /recovers/ --
statuses: 503

好了
-- /cut-once/ --
statuses: 0,0

好了
-- /reset/ --
reset:

-- /slow-head/ --
hang: head

-- /slow-body/ --
hang: body

只有一半
-- /endless/ --
endless:
repeat: 1000

没有尽头的页面。
-- /big/ --
repeat: 4000000

四
-- /empty/ --


-- /to-gbk --
redirect: /gbk/

-- /loop-a --
redirect: /loop-b

-- /loop-b --
redirect: /loop-a

-- /out --
redirect: http://www.elsewhere.example/

-- /file --
redirect: file:///etc/passwd

-- /nowhere --
redirect: http://[bad/

-- /no-location --
status: 302

跳转
`

func TestEveryRequestEndsAsAPage(t *testing.T) {
	site := fakesite.Serve(t, oddServer)
	o := loopback()
	o.MaxBody = 1 << 20
	for _, c := range []struct {
		path    string
		status  int
		failure govsweep.Failure
		tries   int
	}{
		{"/", 200, "", 1},
		{"/gbk/", 200, "", 1},
		{"/missing/", 404, "", 1},
		{"/broken/", 500, "", 2},
		{"/recovers/", 200, "", 2},
		{"/cut-once/", 200, "", 2},
		{"/reset/", 0, govsweep.FailRefused, 2},
		{"/slow-head/", 0, govsweep.FailTimeout, 1},
		{"/slow-body/", 200, govsweep.FailTimeout, 1},
		{"/big/", 200, "", 1},
		{"/empty/", 200, "", 1},
		{"/to-gbk", 200, "", 1},
		{"/loop-a", 302, govsweep.FailLoop, 1},
		{"/out", 0, govsweep.FailScope, 0},
		{"/file", 302, govsweep.FailGuard, 1},
		{"/nowhere", 302, govsweep.FailProtocol, 1},
		{"/no-location", 302, "", 1},
	} {
		o.Timeout = 20 * time.Second
		if c.failure == govsweep.FailTimeout {
			o.Timeout = 300 * time.Millisecond
		}
		within := newStack(t, o).Within(crawler.NewScope(site.URL, nil))
		p := fetch(t, within, site.URL+c.path, govsweep.ArticleRole)
		if p.Status != c.status || p.Failure != c.failure || len(p.Tries) != c.tries {
			t.Errorf("%s: status %d failure %q tries %v, want %d %q %d (%s)", c.path, p.Status, p.Failure, p.Tries, c.status, c.failure, c.tries, p.Cause)
		}
	}
}

func TestPageKeepsWhatCame(t *testing.T) {
	site := fakesite.Serve(t, oddServer)
	s := newStack(t, loopback())
	p := fetch(t, s, site.URL+"/to-gbk", govsweep.ArticleRole)
	text, charset := crawler.Decode(p.Body, p.Header.Get("Content-Type"))
	if p.FinalURL != site.URL+"/gbk/" || len(p.Hops) != 1 || p.Hops[0].Status != 302 || p.Visit.URL != site.URL+"/to-gbk" {
		t.Errorf("hops %v to %s", p.Hops, p.FinalURL)
	}
	if charset != "gb18030" || !bytes.Contains(text, []byte("<title>通知公告</title>")) {
		t.Errorf("%s %s", charset, text)
	}
	if p.WireBytes == 0 || p.Took == 0 || p.FirstByte == 0 || s.Bytes() < p.WireBytes || s.Requests() < 3 {
		t.Errorf("not counted: %+v, %d requests, %d bytes", p, s.Requests(), s.Bytes())
	}
}

func TestSizeCapIsFlaggedAndEndlessBodiesEnd(t *testing.T) {
	site := fakesite.Serve(t, oddServer)
	o := loopback()
	o.MaxBody = 1 << 20
	s := newStack(t, o)
	for _, path := range []string{"/big/", "/endless/"} {
		p := fetch(t, s, site.URL+path, govsweep.ArticleRole)
		if !p.Truncated || len(p.Body) != 1<<20 || p.Failure != "" {
			t.Errorf("%s: truncated %v, %d bytes, %q", path, p.Truncated, len(p.Body), p.Failure)
		}
	}
	p := fetch(t, s, site.URL+"/big/", govsweep.AttachmentRole)
	if p.Truncated || len(p.Body) != 256<<10 {
		t.Errorf("attachment: truncated %v, %d bytes", p.Truncated, len(p.Body))
	}
}

func TestCancelledContextIsTheOnlyError(t *testing.T) {
	site := fakesite.Serve(t, oddServer)
	s := newStack(t, loopback())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Fetch(ctx, govsweep.Visit{URL: site.URL + "/"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestTLSStepsDown(t *testing.T) {
	page := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("好")) })
	old := httptest.NewUnstartedServer(page)
	old.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS10}
	old.StartTLS()
	defer old.Close()
	selfSigned := httptest.NewTLSServer(page)
	defer selfSigned.Close()
	plain := httptest.NewServer(page)
	defer plain.Close()
	for _, c := range []struct {
		url   string
		notes []string
	}{
		{old.URL, []string{"", "改用旧版TLS设置，不校验证书"}},
		{selfSigned.URL, []string{"", "改用旧版TLS设置，不校验证书"}},
		{strings.Replace(plain.URL, "http:", "https:", 1), []string{"", "改用旧版TLS设置，不校验证书", "改用HTTP明文"}},
	} {
		s := newStack(t, loopback())
		p := fetch(t, s, c.url+"/", govsweep.ProbeRole)
		var notes []string
		for _, try := range p.Tries {
			notes = append(notes, try.Note)
		}
		if p.Status != 200 || p.Failure != "" || strings.Join(notes, "|") != strings.Join(c.notes, "|") {
			t.Errorf("%s: %d %q tries %q (%s)", c.url, p.Status, p.Failure, notes, p.Cause)
		}
		if q := fetch(t, s, c.url+"/2", govsweep.ProbeRole); len(c.notes) == 2 && len(q.Tries) != 1 {
			t.Errorf("%s: the host's settings are not remembered: %v", c.url, q.Tries)
		}
	}
}

func TestUnknownNameAndRefusedPort(t *testing.T) {
	s := newStack(t, loopback())
	gone := httptest.NewServer(nil)
	gone.Close()
	if p := fetch(t, s, gone.URL+"/", govsweep.ProbeRole); p.Failure != govsweep.FailRefused {
		t.Errorf("closed port: %q %s", p.Failure, p.Cause)
	}
}

func TestHeadFallsBackToGet(t *testing.T) {
	for _, status := range []int{400, 403, 404, 405, 501} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodHead {
				w.WriteHeader(status)
			}
		}))
		s := newStack(t, loopback())
		p := fetch(t, s, server.URL+"/", govsweep.ProbeRole)
		if p.Status != 200 || len(p.Tries) != 2 || p.Tries[0].Status != status {
			t.Errorf("HEAD %d: %d %v", status, p.Status, p.Tries)
		}
		server.Close()
	}
}
