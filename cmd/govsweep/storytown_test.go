package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

// townSite is one made-up site with one column. The test mends and breaks it
// while the program runs.
type townSite struct {
	code, name, unit, home string

	mu     sync.Mutex
	newest map[string]int // by column, how many days old its newest item is; "" = the home page
	down   bool
}

// The two places of every site that can be at fault.
const (
	frontPage   = ""
	noticesPage = "tzgg"
)

func newTownSite(t *testing.T, code, name, unit string, days int) *townSite {
	t.Helper()
	s := &townSite{code: code, name: name, unit: unit, newest: map[string]int{frontPage: days, noticesPage: days}}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	s.home = srv.URL + "/"
	return s
}

// posts says how old the newest item of places is from now on.
func (s *townSite) posts(days int, places ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range places {
		s.newest[p] = days
	}
}

func (s *townSite) breaks(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

func (s *townSite) list(place string) string {
	return `<ul class="list"><li><a href="/wz/1.html">关于做好全市防汛工作的通知</a><span>` +
		govsweep.DateOf(time.Now().AddDate(0, 0, -s.newest[place])) + `</span></li></ul>`
}

// ServeHTTP answers as the site stands now.
func (s *townSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		http.Error(w, "坏了", http.StatusBadGateway)
		return
	}
	switch r.URL.Path {
	case "/":
		s.page(w, s.name, s.list(frontPage)+strings.Repeat(`<div class="box"><p>欢迎访问`+s.name+`，本站提供信息公开、办事服务。</p></div>`, 12))
	case "/tzgg/":
		s.page(w, "通知公告", s.list(noticesPage))
	case "/wz/1.html":
		s.page(w, "关于做好全市防汛工作的通知", "<h1>关于做好全市防汛工作的通知</h1><p>"+strings.Repeat("请各单位认真执行。", 20)+"</p>")
	default:
		http.NotFound(w, r)
	}
}

func (s *townSite) page(w http.ResponseWriter, name, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!DOCTYPE html><html><head><title>%s</title></head><body><ul class="nav"><li><a href="/">首页</a></li><li><a href="/tzgg/">通知公告</a></li></ul>`+
		`<div class="position">当前位置：<a href="/">首页</a> &gt; %s</div><div class="main">%s</div><div class="foot">主办单位：%s</div></body></html>`, name, name, body, s.unit)
}

// writeRegister writes the register of the sites as a bureau would.
func writeRegister(t *testing.T, dir string, sites ...*townSite) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("网站标识码,网站名称,首页网址,类型,层级,主办单位,主管单位\n")
	for _, s := range sites {
		fmt.Fprintf(&b, "%s,%s,%s,部门,市级,%s,云川市人民政府办公室\n", s.code, s.name, s.home, s.unit)
	}
	path := filepath.Join(dir, "sites.csv")
	must(t, os.WriteFile(path, []byte(b.String()), 0o644))
	return path
}
