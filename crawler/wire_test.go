package crawler_test

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
)

type zipper func(io.Writer) io.WriteCloser

var zippers = map[string]zipper{
	"gzip": func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	"zlib": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
	"raw": func(w io.Writer) io.WriteCloser {
		z, err := flate.NewWriter(w, flate.DefaultCompression)
		if err != nil {
			panic(err)
		}
		return z
	},
}

func squeeze(z zipper, r io.Reader) []byte {
	var b bytes.Buffer
	w := z(&b)
	if _, err := io.Copy(w, r); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func TestDecompressionBombs(t *testing.T) {
	once := crawler.Bomb(crawler.GzipHead)
	bombs := map[string]struct {
		encoding string
		body     []byte
		failure  govsweep.Failure
	}{
		"/gzip":         {"gzip", once, govsweep.FailRatio},
		"/deflate-zlib": {"deflate", crawler.Bomb(crawler.ZlibHead), govsweep.FailRatio},
		"/deflate-raw":  {"deflate", crawler.Bomb(crawler.RawHead), govsweep.FailRatio},
		"/gzip-twice":   {"gzip, gzip", squeeze(zippers["gzip"], bytes.NewReader(once)), govsweep.FailRatio},
		"/br":           {"br", once, govsweep.FailProtocol},
		"/five-times":   {"gzip,gzip,gzip,gzip,gzip", once, govsweep.FailProtocol},
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b, ok := bombs[r.URL.Path]; ok {
			w.Header().Set("Content-Encoding", b.encoding)
			w.Write(b.body)
		}
	}))
	defer server.Close()
	s := newStack(t, loopback())
	var most uint64
	for path, b := range bombs {
		for _, role := range []govsweep.Role{govsweep.ArticleRole, govsweep.SitemapRole, govsweep.HomeRole} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			p := fetch(t, s, server.URL+path, role)
			runtime.ReadMemStats(&after)
			most = max(most, after.TotalAlloc-before.TotalAlloc)
			if p.Failure != b.failure || len(p.Body) != 0 {
				t.Errorf("%s: %q, %d bytes (%s)", path, p.Failure, len(p.Body), p.Cause)
			}
		}
	}
	t.Logf("%d bombs, 1 MB that unpacks to 1 GB: at most %d MB allocated for one", len(bombs), most>>20)
	if most > 32<<20 {
		t.Error("a bomb took more than 32 MB")
	}
}

func TestHonestEncodingsAreRead(t *testing.T) {
	text := strings.Repeat("<p>某某市人民政府</p>\n", 5000)
	for name, c := range map[string]struct {
		encoding string
		body     []byte
		want     string
	}{
		"gzip":           {"gzip", squeeze(zippers["gzip"], strings.NewReader(text)), text},
		"capitals":       {"GZIP", squeeze(zippers["gzip"], strings.NewReader(text)), text},
		"deflate":        {"deflate", squeeze(zippers["zlib"], strings.NewReader(text)), text},
		"raw deflate":    {"deflate", squeeze(zippers["raw"], strings.NewReader(text)), text},
		"identity":       {"identity", []byte(text), text},
		"a charset":      {"utf-8", []byte(text), text},
		"nothing packed": {"gzip", nil, ""},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", c.encoding)
			w.Write(c.body)
		}))
		if p := fetch(t, newStack(t, loopback()), server.URL+"/", govsweep.ArticleRole); string(p.Body) != c.want || p.Failure != "" || p.WireBytes != int64(len(c.body)) {
			t.Errorf("%s: %q, %d of %d bytes, %d received (%s)", name, p.Failure, len(p.Body), len(c.want), p.WireBytes, p.Cause)
		}
		server.Close()
	}
}

// rawServer answers every connection with the same bytes and then, unless it
// is told to hang, closes it.
func rawServer(t *testing.T, answer string, hang bool) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	var open []net.Conn
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open = append(open, c)
			mu.Unlock()
			all.Go(func() {
				c.Read(make([]byte, 4096))
				io.WriteString(c, answer)
				if !hang {
					c.Close()
				}
			})
		}
	})
	t.Cleanup(func() {
		l.Close()
		mu.Lock()
		for _, c := range open {
			c.Close()
		}
		mu.Unlock()
		all.Wait()
	})
	return l.Addr().String()
}

func TestOdditiesOfHTTP(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\n"
	for name, c := range map[string]struct {
		scheme, answer string
		hang           bool
		status         int
		failure        govsweep.Failure
		say            string
	}{
		"empty 200":              {"http", ok + "Content-Length: 0\r\n\r\n", false, 200, "", ""},
		"no answer":              {"http", "", false, 0, govsweep.FailRefused, "中断"},
		"not HTTP":               {"http", "SSH-2.0-OpenSSH_9.2\r\n", false, 0, govsweep.FailProtocol, "HTTP"},
		"HTTP/0.9":               {"http", "<html>hello", false, 0, govsweep.FailProtocol, "HTTP"},
		"broken header":          {"http", ok + "no colon here\r\n\r\n", false, 0, govsweep.FailProtocol, "HTTP"},
		"header without end":     {"http", ok + "X-A: " + strings.Repeat("a", 300<<10) + "\r\n\r\n", false, 0, govsweep.FailProtocol, "HTTP"},
		"body shorter than said": {"http", ok + "Content-Length: 100\r\n\r\nshort", false, 200, govsweep.FailProtocol, "不完整"},
		"broken chunks":          {"http", ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", false, 200, govsweep.FailProtocol, "不完整"},
		"gzip that is none":      {"http", ok + "Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\nplain <html>", false, 200, govsweep.FailProtocol, "压缩"},
		"gzip cut off":           {"http", ok + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08", false, 200, govsweep.FailProtocol, "压缩"},
		"silence":                {"http", "", true, 0, govsweep.FailTimeout, "没有打开"},
		"half a header":          {"http", ok + "X-A: ", true, 0, govsweep.FailTimeout, "没有打开"},
		"body that stops":        {"http", ok + "Content-Length: 100\r\n\r\nshort", true, 200, govsweep.FailTimeout, "没有传完"},
		"TLS: national ciphers":  {"https", "\x15\x03\x03\x00\x02\x02\x28", false, 0, govsweep.FailTLS, "国密"},
		"TLS: other version":     {"https", "\x15\x03\x01\x00\x02\x02\x46", false, 0, govsweep.FailTLS, "版本"},
		"TLS: silence":           {"https", "", true, 0, govsweep.FailTimeout, "没有打开"},
		"strange status":         {"http", "HTTP/1.1 412 Precondition Failed\r\nContent-Length: 2\r\n\r\nok", false, 412, "", "412"},
		"status of a cache":      {"http", "HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n", false, 999, "", "999"},
	} {
		o := loopback()
		o.Timeout = 20 * time.Second
		if c.hang {
			o.Timeout = 200 * time.Millisecond
		}
		s := newStack(t, o)
		p := fetch(t, s, c.scheme+"://"+rawServer(t, c.answer, c.hang)+"/", govsweep.ArticleRole)
		if p.Status != c.status || p.Failure != c.failure || !strings.Contains(p.Cause, c.say) || p.Failure != "" && p.Body != nil {
			t.Errorf("%s: %d %q %s", name, p.Status, p.Failure, p.Cause)
		}
	}
}

func TestBrokenHTTP2StreamIsProtocol(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			return
		}
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, "begin")
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	p := fetch(t, newStack(t, loopback()), server.URL+"/", govsweep.ArticleRole)
	if p.Failure != govsweep.FailProtocol && p.Failure != govsweep.FailRefused || len(p.Tries) < 2 {
		t.Errorf("%q %v %s", p.Failure, p.Tries, p.Cause)
	}
}

// TestSlowServersFreeTheirWorkers sends a byte now and then, for ever.
func TestSlowServersFreeTheirWorkers(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for r.URL.Path != "/robots.txt" {
			select {
			case <-tick.C:
				io.WriteString(w, "x")
				http.NewResponseController(w).Flush()
			case <-r.Context().Done():
				return
			}
		}
	}))
	defer server.Close()
	o := loopback()
	o.Timeout, o.Parallel = 300*time.Millisecond, 16
	s := newStack(t, o)
	began := time.Now()
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			p, err := s.Fetch(t.Context(), govsweep.Visit{URL: server.URL + "/" + strconv.Itoa(i)})
			if err != nil || p.Failure != govsweep.FailTimeout {
				t.Errorf("%+v %v", p, err)
			}
		})
	}
	all.Wait()
	took := time.Since(began)
	t.Logf("16 workers free after %v at a limit of %v", took.Round(time.Millisecond), o.Timeout)
	if took > 60*o.Timeout {
		t.Errorf("workers held for %v", took)
	}
}

func TestWhatIsSent(t *testing.T) {
	var mu sync.Mutex
	sent := map[string]http.Header{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		sent[r.Method+" "+r.URL.Path] = r.Header
		mu.Unlock()
		switch r.URL.Path {
		case "/a.pdf":
			http.ServeContent(w, r, "a.pdf", time.Time{}, bytes.NewReader(make([]byte, 1<<20)))
		case "/empty.pdf":
			if r.Header.Get("Range") != "" {
				w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
			}
		case "/same":
			w.WriteHeader(http.StatusNotModified)
		}
	}))
	defer server.Close()
	o := loopback()
	o.Contact = "mailto:jiance@x.gov.cn"
	s := newStack(t, o)
	pdf := fetch(t, s, server.URL+"/a.pdf", govsweep.AttachmentRole)
	empty := fetch(t, s, server.URL+"/empty.pdf", govsweep.AttachmentRole)
	fetch(t, s, server.URL+"/p.png", govsweep.ImageRole)
	same, err := s.Fetch(crawler.IfChanged(t.Context(), `"e1"`, "Mon, 02 Aug 2021 00:00:00 GMT"), govsweep.Visit{URL: server.URL + "/same"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Fetch(t.Context(), govsweep.Visit{URL: server.URL + "/call", Form: "a=1", Via: server.URL + "/col/", Role: govsweep.ListCallRole})
	if err != nil {
		t.Fatal(err)
	}
	if pdf.Status != 200 || pdf.Truncated || len(pdf.Body) != 256<<10 || pdf.WireBytes > 257<<10 || pdf.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("attachment: %d, %d bytes, %d received", pdf.Status, len(pdf.Body), pdf.WireBytes)
	}
	if empty.Status != 200 || len(empty.Tries) != 2 {
		t.Errorf("empty attachment: %d %v", empty.Status, empty.Tries)
	}
	if !same.NotModified || sent["GET /same"].Get("If-None-Match") != `"e1"` {
		t.Error("the condition was not sent")
	}
	for request, want := range map[string][2]string{
		"GET /a.pdf": {"User-Agent", "govsweep/1.0 (+mailto:jiance@x.gov.cn)"}, "HEAD /p.png": {"Accept-Language", "zh-CN,zh;q=0.9,mn;q=0.5,en;q=0.3"},
		"GET /robots.txt": {"User-Agent", "govsweep/1.0 (+mailto:jiance@x.gov.cn)"},
		"POST /call":      {"Content-Type", "application/x-www-form-urlencoded"},
	} {
		if h, ok := sent[request]; !ok || h.Get(want[0]) != want[1] {
			t.Errorf("%s: %v", request, h)
		}
	}
	if sent["POST /call"].Get("Referer") != server.URL+"/col/" || sent["GET /robots.txt"].Get("If-None-Match") != "" {
		t.Error("headers of another request")
	}
}

func TestUnknownNamesAreDNS(t *testing.T) {
	r := startRange(t)
	s := newStack(t, r.opts)
	p := fetch(t, s, "http://gone.example/", govsweep.ProbeRole)
	if p.Failure != govsweep.FailDNS || len(p.Tries) != 1 || !strings.Contains(p.Cause, "没有对应") {
		t.Errorf("%q %v %s", p.Failure, p.Tries, p.Cause)
	}
	o := r.opts
	o.Resolver = rawServer(t, "", true) // nobody answers there by UDP
	o.Timeout = 300 * time.Millisecond
	if p := fetch(t, newStack(t, o), "http://gone.example/", govsweep.ProbeRole); p.Failure != govsweep.FailDNS {
		t.Errorf("%q %s", p.Failure, p.Cause)
	}
}
