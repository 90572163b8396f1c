// Package fakesite builds government websites for tests from txtar archives,
// on loopback: pages in GBK, servers that fail, hang, redirect in circles or
// never end.
//
// A file of the archive is one address. Its name is the path with query, its
// first lines up to an empty one are directives, the rest is the body, in
// which {{base}} becomes the address of the site:
//
//	-- /zwgk/tzgg/ --
//	charset: gbk
//	header: X-Server nginx
//
//	<html>…
//
// Directives: status N · charset gbk|gb18030|big5|utf-16le|utf-16be · type T
// (Content-Type) · header K V · redirect LOCATION · gzip · hang head|body
// (until the client gives up) · reset (the connection is cut) · endless (a
// body without end) · statuses N,N,N (for the first requests, then the body) ·
// repeat N (the body N times) · calendar (a link to the next month, for ever).
package fakesite

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// A Site is one made-up site. It counts what it is asked.
type Site struct {
	URL   string // without closing slash; set once it is served
	pages map[string]*page
	mu    sync.Mutex
	asked map[string]int
	log   []string
}

type page struct {
	status   int
	header   http.Header
	body     []byte
	charset  encoding.Encoding
	gzip     bool
	hang     string
	reset    bool
	endless  bool
	calendar bool
	statuses []int
}

// Parse reads a site from a txtar archive.
func Parse(archive string) (*Site, error) {
	s := &Site{pages: map[string]*page{}, asked: map[string]int{}}
	for name, data := range files(archive) {
		p, err := parsePage(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		s.pages[name] = p
	}
	return s, nil
}

// files splits an archive: a line "-- name --" begins a file.
func files(archive string) map[string][]byte {
	all := map[string][]byte{}
	name := ""
	for line := range strings.Lines(archive) {
		if n, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "-- "); ok && strings.HasSuffix(n, " --") {
			name = strings.TrimSpace(strings.TrimSuffix(n, "--"))
			all[name] = nil
			continue
		}
		if name != "" {
			all[name] = append(all[name], line...)
		}
	}
	return all
}

// Serve serves the site on loopback until the test ends.
func Serve(t testing.TB, archive string) *Site {
	t.Helper()
	s, err := Parse(archive)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

func parsePage(data []byte) (*page, error) {
	head, body, _ := bytes.Cut(data, []byte("\n\n"))
	if bytes.HasPrefix(data, []byte("\n")) {
		head, body = nil, data[1:]
	}
	p := &page{status: http.StatusOK, header: http.Header{"Content-Type": {"text/html"}}, body: bytes.TrimSuffix(body, []byte("\n"))}
	for line := range strings.Lines(string(head)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		if err := p.directive(key, strings.TrimSpace(value)); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *page) directive(key, value string) (err error) {
	switch key {
	case "":
	case "status":
		p.status, err = strconv.Atoi(value)
	case "charset":
		if p.charset = charsets[value]; p.charset == nil {
			err = fmt.Errorf("unknown charset %q", value)
		}
	case "type":
		p.header.Set("Content-Type", value)
	case "header":
		k, v, _ := strings.Cut(value, " ")
		p.header.Add(k, v)
	case "redirect":
		p.status = http.StatusFound
		p.header.Set("Location", value)
	case "gzip":
		p.gzip = true
	case "hang":
		p.hang = value
	case "reset":
		p.reset = true
	case "endless":
		p.endless = true
	case "calendar":
		p.calendar = true
	case "repeat":
		var n int
		n, err = strconv.Atoi(value)
		p.body = bytes.Repeat(p.body, max(n, 0))
	case "statuses":
		for s := range strings.SplitSeq(value, ",") {
			n, bad := strconv.Atoi(strings.TrimSpace(s))
			p.statuses, err = append(p.statuses, n), bad
		}
	default:
		err = fmt.Errorf("unknown directive %q", key)
	}
	return err
}

var charsets = map[string]encoding.Encoding{
	"gbk":      simplifiedchinese.GBK,
	"gb18030":  simplifiedchinese.GB18030,
	"big5":     traditionalchinese.Big5,
	"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"utf-16be": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
}

// Asked counts the requests for a path with query.
func (s *Site) Asked(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

// Log gives every request in order: method and path with query.
func (s *Site) Log() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.log...)
}

// ServeHTTP answers as the archive says, and 404 for what is not in it. A
// calendar answers for every path below its own.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.RequestURI()
	s.mu.Lock()
	s.asked[path]++
	n := s.asked[path]
	s.log = append(s.log, r.Method+" "+path)
	s.mu.Unlock()
	p := s.find(path)
	switch {
	case p == nil:
		http.NotFound(w, r)
	case n <= len(p.statuses) && p.statuses[n-1] == 0, p.reset:
		cut(w)
	case n <= len(p.statuses):
		w.WriteHeader(p.statuses[n-1])
	case p.hang == "head":
		<-r.Context().Done()
	default:
		s.write(w, r, p)
	}
}

func (s *Site) find(path string) *page {
	if p := s.pages[path]; p != nil {
		return p
	}
	for name, p := range s.pages {
		if p.calendar && strings.HasPrefix(path, name) {
			return p
		}
	}
	return nil
}

// cut resets the connection without an answer.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	conn.Close()
}

func (s *Site) write(w http.ResponseWriter, r *http.Request, p *page) {
	for k, list := range p.header {
		for _, v := range list {
			w.Header().Add(k, strings.ReplaceAll(v, "{{base}}", s.URL))
		}
	}
	body := p.encode(s.body(r, p))
	if p.gzip {
		w.Header().Set("Content-Encoding", "gzip")
	}
	w.WriteHeader(p.status)
	if p.hang == "body" {
		w.Write(body[:len(body)/2])
		http.NewResponseController(w).Flush()
		<-r.Context().Done()
		return
	}
	for {
		if _, err := w.Write(body); err != nil || !p.endless || len(body) == 0 {
			return
		}
	}
}

func (s *Site) body(r *http.Request, p *page) []byte {
	body := bytes.ReplaceAll(p.body, []byte("{{base}}"), []byte(s.URL))
	if p.calendar {
		month, _ := strconv.Atoi(r.URL.Query().Get("m"))
		body = append(body, fmt.Sprintf(`<a href="%s?m=%d">下一月</a>`, r.URL.Path, month+1)...)
	}
	return body
}

func (p *page) encode(body []byte) []byte {
	if p.charset != nil {
		if out, err := p.charset.NewEncoder().Bytes(body); err == nil {
			body = out
		}
	}
	if !p.gzip {
		return body
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(body)
	z.Close()
	return b.Bytes()
}
