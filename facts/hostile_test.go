package facts

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/raced"
)

// hostile are pages no template should send and some server does.
func hostile() map[string]string {
	return map[string]string{
		"empty":            "",
		"one byte":         "<",
		"open tag":         "<div",
		"open attribute":   `<a href="x`,
		"open comment":     "<!-- a",
		"open script":      "<script>var a='</scr",
		"open title":       "<title>某某",
		"only ends":        "</div></td></li></html></html>",
		"two pages":        "<html><head><title>一</title></head><body><p>甲</p><html><head><title>二</title></head><body><p>乙</p></body></html></body></html>",
		"text behind":      "<html><body><p>甲</p></body></html></html><p>乙</p>",
		"frames":           "<frameset><frame src=a><frameset><frame src=b></frameset></frameset>",
		"tables":           "<table><td>1<table><tr><td>2</table><tr><div>3</td></table>",
		"links in links":   "<a href=1>甲<a href=2>乙<div><a href=3>丙</div></a>",
		"control bytes":    "<p>甲\x00\x01\x0b乙\x1f</p><a href='\x00x'>丁</a>",
		"broken utf8":      "<p>\xff\xfe\xe4\xb8</p><title>\xe4\xb8</title>",
		"entities":         "<p>&#0;&#x110000;&#xd800;&amp;&lt;&nosuch;&</p><a href='?a=1&lt=2&copy=3&#x;'>x</a>",
		"base loop":        "<base href='javascript:1'><base href='http://['><a href=b>甲乙丙</a>",
		"directives":       `<%@ page contentType="text/html" %><%= title %><?php echo 1 ?><p>甲</p>`,
		"cdata":            "<![CDATA[<li><a href=x>y</a>]]><![CDATA[ open",
		"select":           "<select><option>一<option>二<div></select><p>三",
		"many attributes":  "<p " + strings.Repeat("a=b ", raced.Less(20_000)) + ">甲</p>",
		"long class":       "<div class='" + strings.Repeat("nav ", raced.Less(20_000)) + "'>甲</div>",
		"deep":             strings.Repeat("<div>", 10_000) + "甲" + strings.Repeat("</div>", 10_000),
		"deep inline":      strings.Repeat("<b><a href=x>", 5_000) + "甲",
		"deep tables":      strings.Repeat("<table><tr><td>", 3_000) + "甲",
		"deep lists":       strings.Repeat("<ul><li><a href=x.html>标题标题标题</a>2024-05-01", 3_000),
		"million nodes":    strings.Repeat("<i>a</i>", raced.Less(1_000_000)),
		"wide list":        "<ul>" + strings.Repeat("<li><a href=x.html>关于开展工作的通知公告</a><span>2024-05-01</span></li>", raced.Less(100_000)) + "</ul>",
		"wide paragraphs":  strings.Repeat("<p>2024-05-01 关于2024年5月1日开展工作的通知。", raced.Less(150_000)),
		"many cuts":        "<p>" + strings.Repeat("<b>2024-05-01</b>", raced.Less(200_000)),
		"one long text":    "<p>" + strings.Repeat("发布时间：2024年5月1日 来源：某某 ", raced.Less(300_000)),
		"many foot words":  strings.Repeat("<div>主办单位：甲 ICP备12345678号 网站标识码</div>", raced.Less(60_000)),
		"many crumbs":      strings.Repeat("<div class=position>当前位置：<a href=/>首页</a>&gt;</div>", raced.Less(60_000)),
		"many siblings":    strings.Repeat("<div class=a1><a href=1.html>标题标题标题标题</a></div><div class=b><a href=2.html>标题标题标题标题</a></div>", raced.Less(60_000)),
		"different kin":    kin(20_000),
		"unclosed anchors": strings.Repeat("<a href=1.html>标题标题标题标题<div>", raced.Less(60_000)),
		"open brackets":    strings.Repeat("<!", raced.Less(3_000_000)),
		"open ends":        "<script>" + strings.Repeat("</", raced.Less(3_000_000)),
		"json bombs":       "<script>" + strings.Repeat(`[{"title":`, raced.Less(300_000)) + "</script>",
		"twenty megabytes": strings.Repeat("<tr><td class='x y'><a href='/a/b/c.html' title='标题'>关于开展工作的通知</a></td><td>2024-05-01</td></tr>\n", raced.Less(180_000)),
	}
}

func kin(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("<div class=c")
		b.WriteString(itoa(i + 1))
		b.WriteString("><a href=1.html>标题标题标题标题</a></div>")
	}
	return b.String()
}

func TestHostilePagesCostLittle(t *testing.T) {
	site := &Site{Home: "http://www.example.gov.cn/"}
	for name, body := range hostile() {
		t.Run(name, func(t *testing.T) {
			roles := []govsweep.Role{govsweep.ColumnRole, govsweep.ArticleRole}
			if len(body) > 1_000_000 { // once is enough
				roles = roles[:1]
			}
			for _, role := range roles {
				p := &govsweep.Page{Status: 200, FinalURL: "http://www.example.gov.cn/a/"}
				p.Visit = govsweep.Visit{URL: p.FinalURL, Role: role}
				start := cpuTime()
				f := Extract(p, []byte(body), "utf-8", site)
				if took := cpuTime() - start; took > 2*time.Second*slowness {
					t.Errorf("%s took %v for %d bytes", role, took, len(body))
				}
				if f.Published != "" {
					if _, err := govsweep.ParseDate(f.Published); err != nil {
						t.Errorf("published %q", f.Published)
					}
				}
			}
		})
	}
}

// slowness leaves room for a slow machine and the work of the collector.
const slowness = 2 * raceSlowness

func TestMalformedPagesAreReadToTheEnd(t *testing.T) {
	for name, want := range map[string]string{
		"two pages":     "甲\n乙",
		"text behind":   "甲\n乙",
		"tables":        "1\n2\n3",
		"control bytes": "甲 乙\n丁",
		"select":        "一\n二\n三",
		"directives":    "甲",
	} {
		d := readHTML(hostile()[name])
		if got := strings.Trim(d.All(), "\n"); !strings.HasSuffix(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func FuzzExtract(f *testing.F) {
	for name, body := range hostile() {
		if len(body) < 2_000 {
			f.Add(body, "http://www.example.gov.cn/"+name)
		}
	}
	f.Add(string(madeUpArticle()[:3000]), "http://www.example.gov.cn/art/2024/5/9/art_1_2.html")
	f.Fuzz(func(t *testing.T, body, url string) {
		p := &govsweep.Page{Status: 200, FinalURL: url}
		p.Visit = govsweep.Visit{URL: url, Role: govsweep.ColumnRole}
		facts := Extract(p, []byte(body), "utf-8", &Site{Home: "http://www.example.gov.cn/"})
		if facts.Kind == "" || facts.Response == "" {
			t.Errorf("no kind or response: %+v", facts)
		}
		if l := facts.List; l != nil {
			for _, it := range l.Items {
				if it.Date == "" {
					continue
				}
				if _, err := time.Parse("2006-01-02", it.Date); err != nil {
					t.Errorf("impossible date %q", it.Date)
				}
			}
		}
		if again := Extract(p, []byte(body), "utf-8", &Site{Home: "http://www.example.gov.cn/"}); again.Structure != facts.Structure || again.TextHash != facts.TextHash || again.Title != facts.Title {
			t.Error("the same page gave other facts")
		}
	})
}
