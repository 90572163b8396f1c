package farm

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// ServeHTTP answers by Host header, for every site of the farm.
func (f *Farm) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	host := strings.ToLower(req.Host)
	if i := strings.LastIndexByte(host, ':'); i > 0 {
		host = host[:i]
	}
	if f.opt.Log != nil {
		f.opt.Log(host, time.Now())
	}
	if f.opt.Delay > 0 && !wait(req, f.opt.Delay) {
		return
	}
	if s := f.byStray[host]; s != nil {
		s.stray(f, w, req)
		return
	}
	s := f.byHost[host]
	if s == nil {
		f.outside(w, req, host)
		return
	}
	p := &reply{site: s, req: req, path: req.URL.Path, status: 200}
	if f.misbehave(w, p) {
		return
	}
	p.route()
	p.send(w)
}

// outside answers for the hosts that external links lead to.
func (f *Farm) outside(w http.ResponseWriter, req *http.Request, host string) {
	switch host {
	case mediaHost:
		f.feed(w, req)
		return
	case goneHost:
		http.Error(w, "404 page not found", http.StatusNotFound)
		return
	case slowHost:
		if !wait(req, 3*f.opt.Latency) {
			return
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, "<!DOCTYPE html><html><head><title>%s</title></head><body><h1>服务大厅</h1><p>%s</p></body></html>", host, paragraph(dice(f.opt.Seed, host), 10))
}

// wait lets d pass; false when the client went away.
func wait(req *http.Request, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-req.Context().Done():
		return false
	}
}

// route finds what the address stands for.
func (p *reply) route() {
	if page := p.paths[p.path]; page != nil {
		page(p)
		return
	}
	if strings.HasSuffix(p.path, "/") {
		if page := p.paths[p.path+"index.html"]; page != nil {
			page(p)
			return
		}
	}
	switch {
	case p.trap():
	case strings.HasPrefix(p.path, "/images/"):
		p.ctype, p.raw = "image/png", picture(len(p.path)*31+int(p.path[len(p.path)-5]))
	case strings.HasPrefix(p.path, "/css/"):
		p.ctype = "text/css"
		p.f("body{font:14px/1.8 sans-serif}.sub{position:absolute}\n")
	case p.path == "/js/foot.js":
		p.ctype = "application/javascript"
		p.f("%s", p.footScript())
	case strings.HasSuffix(p.path, ".js"):
		p.ctype = "application/javascript"
		p.f("function tab(n){}\n")
	case p.path == "/robots.txt":
		p.robots()
	case p.path == "/sitemap.xml":
		p.sitemapXML(false)
	case p.path == "/sitemap.xml.gz":
		p.sitemapXML(true)
	default:
		p.nowhere()
	}
}

func (p *reply) headerLocation(to string) {
	p.ctype = "redirect"
	p.raw = []byte(to)
}

// body gives the bytes of the answer and their type.
func (p *reply) body() ([]byte, string) {
	if p.raw != nil {
		return p.raw, p.ctype
	}
	text := p.farm.ported(p.b.String())
	if p.traditon {
		text = traditional(text)
	}
	ctype := p.ctype
	if ctype == "" {
		ctype = "text/html"
	}
	if p.header != "" {
		ctype += "; charset=" + p.header
	}
	return encode(text, p.charset), ctype
}

// send writes the answer: conditional, compressed where the client takes it.
func (p *reply) send(w http.ResponseWriter) {
	body, ctype := p.body()
	if p.ctype == "redirect" {
		w.Header().Set("Location", string(p.raw))
		w.WriteHeader(p.status)
		return
	}
	h := w.Header()
	h.Set("Content-Type", ctype)
	if p.status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "1")
	}
	if p.status == 200 {
		sum := fnv.New64a()
		sum.Write(body)
		tag := fmt.Sprintf("\"%x\"", sum.Sum64())
		h.Set("ETag", tag)
		if !p.modified.IsZero() && p.modified.Before(time.Now()) {
			h.Set("Last-Modified", p.modified.UTC().Format(http.TimeFormat))
		}
		if p.req.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if strings.Contains(p.req.Header.Get("Accept-Encoding"), "gzip") && strings.HasPrefix(ctype, "text/") && len(body) > 500 {
		var z bytes.Buffer
		zw, _ := gzip.NewWriterLevel(&z, gzip.BestSpeed) // the level is a valid one
		zw.Write(body)                                   // into memory: cannot fail
		zw.Close()
		body = z.Bytes()
		h.Set("Content-Encoding", "gzip")
		h.Set("Vary", "Accept-Encoding")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.status)
	if p.req.Method != http.MethodHead {
		w.Write(body) // a client that went away is no fault of ours
	}
}

// misbehave plays the troubles of a site or column; true when it answered.
func (f *Farm) misbehave(w http.ResponseWriter, p *reply) bool {
	t := p.site.trouble
	if c := p.troubled(); c != nil {
		t = c.trouble
	}
	switch t {
	case challenged:
		if p.path == "/robots.txt" {
			return false
		}
		p.challenge(w)
	case cutShort:
		if p.path == "/" || strings.HasPrefix(p.path, "/images/") {
			return false
		}
		p.cut(w)
	case busyOnce:
		if p.troubled() == nil && !p.seldom() || !f.first(p.host+p.path) {
			return false
		}
		w.Header().Set("Retry-After", "1")
		http.Error(w, "Service Unavailable", []int{503, 429}[len(p.path)%2])
	case slowAnswer:
		return !wait(p.req, f.opt.Latency)
	case redirectLoop:
		http.Redirect(w, p.req, p.path+"?t="+strconv.Itoa(f.count(p.host+p.path)), http.StatusFound)
	case serverError:
		http.Error(w, "Internal Server Error", http.StatusInternalServerError)
	case garbled:
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte("\x1f\x8b\x08\x00not gzip at all"))
	case hangs:
		wait(p.req, time.Minute)
	case tlsBroken:
		http.Error(w, "Bad Gateway", http.StatusBadGateway)
	default:
		return false
	}
	return true
}

// troubled gives the column with a trouble of its own the address belongs to.
func (p *reply) troubled() *column {
	for _, c := range p.columns {
		if c.trouble != noTrouble && c.trouble != forbidden && (p.path == c.path() || p.path+"index.html" == c.path()) {
			return c
		}
	}
	return nil
}

// seldom picks about one address in twenty-four.
func (p *reply) seldom() bool {
	sum := fnv.New32a()
	sum.Write([]byte(p.path))
	return sum.Sum32()%24 == 0
}

// first says whether an address is asked for the first time.
func (f *Farm) first(key string) bool { return f.count(key) == 1 }

func (f *Farm) count(key string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked[key]++
	return f.asked[key]
}

// challenge is the page of a firewall that wants a script to run.
func (p *reply) challenge(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Set-Cookie", "__jsluid_h="+hexes(p.dice(p.path), 32)+"; path=/; HttpOnly")
	status := []int{521, 412, 403, 200}[p.no%4]
	w.WriteHeader(status)
	fmt.Fprintf(w, "<html><head><meta charset=\"utf-8\"><title>安全验证</title></head><body><script>document.cookie=('__jsl_clearance_s=')+('%s');location.href=location.pathname+location.search</script>"+
		"<noscript>您的访问请求正在进行安全验证，请开启浏览器脚本后重试。</noscript></body></html>", hexes(p.dice("jsl"), 24))
}

// cut promises a whole page and sends the first part of it.
func (p *reply) cut(w http.ResponseWriter) {
	p.route()
	body, ctype := p.body()
	w.Header().Set("Content-Type", ctype)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)+5000))
	w.WriteHeader(p.status)
	w.Write(body[:len(body)/3])
	http.NewResponseController(w).Flush() // the rest never comes
	panic(http.ErrAbortHandler)
}
