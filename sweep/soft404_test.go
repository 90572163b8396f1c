package sweep_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/sweep"
)

// A label says what an address of the labelled site really is.
type label struct {
	path string
	dead govsweep.Response // soft-404, home-redirect; "" for a real page
}

// labelledSite is a site of twenty-five pages a column: real ones of many
// forms, ones that are gone and answer 200, ones that lead to the home page.
// gone writes the site's page for what is missing.
func labelledSite(gone func(w http.ResponseWriter, r *http.Request, i int)) (http.Handler, []label) {
	var labels []label
	pages := map[string]http.HandlerFunc{}
	article := func(title, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			writePage(w, title, "<h1>"+title+"</h1><div class=\"time\">2026-11-01 09:30</div><div class=\"con\">"+body+"</div>")
		}
	}
	lookalikes := []string{
		"关于规范“404页面”设置的通知", "网页打不开怎么办？市大数据局答复", "关于注销已不存在企业的公告", "找不到用人单位怎么办", "首页改版公告",
	}
	for c := range 4 {
		var rows strings.Builder
		for i := range 25 {
			path := fmt.Sprintf("/lm%d/202611/t202611%02d_%d%03d.html", c, i%20+1, c+1, i)
			l := label{path: path}
			title := fmt.Sprintf("关于做好第%d批%d号工作的通知", c+1, i+1)
			switch {
			case i < 5:
				l.dead = govsweep.Soft404
				pages[path] = func(w http.ResponseWriter, r *http.Request) { gone(w, r, i) }
			case i < 9:
				l.dead = govsweep.HomeRedirect
				pages[path] = toHome(i)
			case i < 14:
				title = lookalikes[i-9]
				pages[path] = article(title, "<p>"+strings.Repeat(title+"，请各单位认真执行。", 3+c)+"</p>")
			case i < 17: // short pages of one template
				pages[path] = article(title, "<p>见附件。</p>")
			default:
				pages[path] = article(title, "<p>"+strings.Repeat(fmt.Sprintf("第%d项工作由牵头单位负责。", i), 20)+"</p>")
			}
			labels = append(labels, l)
			fmt.Fprintf(&rows, `<li><a href="%s">%s</a><span>2026-11-%02d</span></li>`, path, title, i%20+1)
		}
		name := []string{"通知公告", "政务动态", "政策文件", "规划计划"}[c]
		list := rows.String()
		pages[fmt.Sprintf("/lm%d/", c)] = func(w http.ResponseWriter, r *http.Request) {
			writePage(w, name, "<div class=\"position\">当前位置：<a href=\"/\">首页</a> &gt; "+name+"</div><ul class=\"list\">"+list+"</ul>")
		}
	}
	pages["/"] = func(w http.ResponseWriter, r *http.Request) {
		writePage(w, "某某市人民政府", strings.Repeat(`<div class="box"><p>欢迎访问某某市人民政府网站，本站提供信息公开、办事服务、互动交流。</p></div>`, 12))
	}
	pages["/index.html"] = pages["/"]
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch page := pages[r.URL.Path]; {
		case page != nil:
			page(w, r)
		case r.URL.Path == "/robots.txt" || r.URL.Path == "/sitemap.xml":
			http.NotFound(w, r)
		default:
			gone(w, r, len(r.URL.Path))
		}
	}), labels
}

func writePage(w http.ResponseWriter, title, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!DOCTYPE html><html><head><title>%s</title></head><body><div class="head"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/lm0/">通知公告</a></li><li><a href="/lm1/">政务动态</a></li><li><a href="/lm2/">政策文件</a></li><li><a href="/lm3/">规划计划</a></li></ul></div><div class="main">%s</div><div class="foot">主办单位：某某市人民政府办公室 网站标识码：9900000001</div></body></html>`, title, body)
}

// toHome leads to the home page in one of four ways.
func toHome(i int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch i % 4 {
		case 0:
			http.Redirect(w, r, "/", http.StatusFound)
		case 1:
			http.Redirect(w, r, "/index.html", http.StatusMovedPermanently)
		case 2:
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<html><head><meta http-equiv="refresh" content="0;url=/"></head><body></body></html>`)
		case 3:
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<html><head><script>window.location.href="/";</script></head><body></body></html>`)
		}
	}
}

// styles are ways in which servers answer 200 for what is gone.
var styles = map[string]func(w http.ResponseWriter, r *http.Request, i int){
	"template with words": func(w http.ResponseWriter, r *http.Request, i int) {
		writePage(w, "页面未找到", `<div class="err"><h2>404</h2><p>抱歉，您访问的页面不存在或已删除。</p><a href="/">返回首页</a></div>`)
	},
	"template without words": func(w http.ResponseWriter, r *http.Request, i int) {
		writePage(w, "某某市人民政府", `<div class="tip"><img src="/images/sorry.png"><p>信息正在整理，请从导航栏目浏览其他内容。</p></div>`)
	},
	"path echoed": func(w http.ResponseWriter, r *http.Request, i int) {
		writePage(w, "提示信息", fmt.Sprintf(`<div class="err"><p>您要查看的 %s 暂时无法显示。编号：%d</p><a href="/">返回首页</a></div>`, r.URL.Path, i))
	},
}

// TestSoft404AndHomeRedirects inspects three labelled sites whole and
// compares what every address was taken for with its label.
func TestSoft404AndHomeRedirects(t *testing.T) {
	var hit, missed, wrong, pages int
	for name, gone := range styles {
		h, labels := labelledSite(gone)
		home, _ := counted(t, h)
		w := newWorld(t, sqlite(t), crawler.Options{})
		w.in.Limits = sweep.Limits{Parallel: 4}
		in := w.inspect(home)
		got := map[string]govsweep.Response{}
		for _, r := range w.records(in) {
			if r.Facts != nil && r.Visit.Look == 0 {
				got[r.Visit.URL] = r.Facts.Response
			}
		}
		for _, l := range labels {
			pages++
			dead := got[strings.TrimSuffix(home, "/")+l.path]
			switch {
			case l.dead != "" && dead == l.dead:
				hit++
			case l.dead != "":
				missed++
				t.Logf("%s: %s is %s, taken for %q", name, l.path, l.dead, dead)
			case dead != govsweep.Content:
				wrong++
				t.Logf("%s: %s is a page, taken for %q", name, l.path, dead)
			}
		}
	}
	recall, precision := float64(hit)/float64(hit+missed), float64(hit)/float64(hit+wrong)
	t.Logf("W4: %d labelled pages, %d of them gone: recall %.3f, precision %.3f", pages, hit+missed, recall, precision)
	if recall < 0.99 || precision < 1 {
		t.Error("recall must be at least 0.99, precision 1")
	}
}
