package crawler_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	kgzip "github.com/klauspost/compress/gzip"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
)

// benchServer serves one page of 38 KB, gzipped, as the intensive platforms do.
func benchServer(b *testing.B) string {
	page := strings.Repeat(`<li><a href="/zwgk/tzgg/202108/t20210802_12345.html">某某市人民政府关于印发工作要点的通知</a><span>2021-08-02</span></li>`+"\n", 270)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	io.WriteString(z, page)
	z.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(packed.Bytes())
	}))
	b.Cleanup(server.Close)
	return server.URL
}

// BenchmarkFetch compares a fetch through the whole stack with net/http and
// the same gunzip; both share the machine with the server.
func BenchmarkFetch(b *testing.B) {
	url := benchServer(b) + "/zwgk/tzgg/index.html"
	b.Run("nethttp", func(b *testing.B) {
		t := &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 8}
		defer t.CloseIdleConnections()
		client := &http.Client{Transport: t}
		var z kgzip.Reader
		b.ReportAllocs()
		for b.Loop() {
			req, _ := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
			req.Header.Set("Accept-Encoding", "gzip")
			resp, err := client.Do(req)
			if err != nil {
				b.Fatal(err)
			}
			if err := z.Reset(resp.Body); err != nil {
				b.Fatal(err)
			}
			if _, err := io.ReadAll(&z); err != nil {
				b.Fatal(err)
			}
			resp.Body.Close()
		}
	})
	b.Run("stack", func(b *testing.B) {
		s, err := crawler.New(loopback())
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		site := s.Within(crawler.NewScope(url, nil))
		b.ReportAllocs()
		for b.Loop() {
			p, err := site.Fetch(b.Context(), govsweep.Visit{URL: url, Role: govsweep.ArticleRole})
			if err != nil || p.Status != 200 || len(p.Body) < 30000 {
				b.Fatal(p, err)
			}
		}
	})
}
