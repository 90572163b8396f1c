package facts_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/internal/raced"
)

// homeOf makes a home page of a made-up county; change edits its markup.
func homeOf(visit int, change func(string) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<html><head><title>云川县人民政府</title><meta name="csrf-token" content="tok%d"><script nonce="n%d">var t=%d</script></head><body>
<div class="header"><span>您是第%d位访客</span><span>10:15:%02d</span><ul class="nav"><li><a href="/zwgk/">政务公开</a></li><li><a href="/bsfw/">办事服务</a></li></ul></div>
<div id="news"><ul>`, visit, visit, visit, 10000+visit, visit)
	for i := range 20 {
		fmt.Fprintf(&b, "<li><a href=\"/xw/%d.html?_=%d\">县政府第%d次常务会议研究有关工作</a><span>2026-03-%02d</span></li>\n", 100+i, 1772000000000+visit, i, i+1)
	}
	b.WriteString(`</ul></div><div id="notice"><h3>通知公告</h3><ul>`)
	for i := range 10 {
		fmt.Fprintf(&b, `<li><a href="/tz/%d.html">关于第%d号事项的公告</a></li>`, i, i)
	}
	fmt.Fprintf(&b, `</ul></div><div id="hot"><ul><li><a href="/hot/%d.html">随机推荐：%s办事指南</a></li></ul></div>`, visit*7, []string{"婚姻登记", "不动产", "社会保险", "营业执照"}[visit%4])
	fmt.Fprintf(&b, `<img src="/images/banner.jpg?r=0.%d" alt="横幅"><iframe src="//tianqi.example/?sid=%d"></iframe><form><input type="hidden" name="csrf" value="%d"></form>
<div class="footer"><p>主办：云川县人民政府办公室</p><p>网站标识码：1507830002</p><p>您正在通过IPv%d访问</p></div></body></html>`, visit*31, visit, visit*17, 4+2*(visit%2))
	if change == nil {
		return b.String()
	}
	return change(b.String())
}

func capture(family int, body string) *facts.HomeCapture {
	const url = "http://www.yunchuan.example/"
	p := &govsweep.Page{Visit: govsweep.Visit{URL: url, Role: govsweep.HomeRole}, FinalURL: url, Status: 200, Header: http.Header{}, Body: []byte(body),
		FetchedAt: time.Date(2026, 3, 21, 10, 15, 0, 0, govsweep.Shanghai)}
	return &facts.HomeCapture{Page: p, Body: p.Body, Charset: "utf-8", Family: family}
}

func cut(from, to string) func(string) string {
	return func(s string) string {
		a := strings.Index(s, from)
		return s[:a] + s[a+strings.Index(s[a:], to):]
	}
}

func TestHomePagesAreComparedItemByItem(t *testing.T) {
	for name, test := range map[string]struct {
		change       func(string) string
		only4, only6 int
		changed      int
		same         bool
		shows        string
	}{
		"nonces, counters, clocks and tokens alone": {change: nil, same: true},
		"a block is missing over IPv6":              {change: cut(`<div id="notice">`, `<div id="hot">`), only4: 11, shows: "通知公告"},
		"one row of a list is missing":              {change: cut(`<li><a href="/xw/104`, `<li><a href="/xw/105`), only4: 1, shows: "第4次常务会议"},
		"the title is another": {change: func(s string) string {
			return strings.Replace(s, "<title>云川县人民政府", "<title>测试站点", 1)
		}, changed: 1, shows: "测试站点"},
		"a link leads elsewhere": {change: func(s string) string {
			return strings.Replace(s, `"/bsfw/"`, `"http://v4.example/bsfw/"`, 1)
		}, changed: 1, shows: "http://v4.example/bsfw/"},
		"a row has another date": {change: func(s string) string {
			return strings.Replace(s, "2026-03-07", "2025-03-07", 1)
		}, changed: 1, shows: "2025-03-07"},
		"a picture is missing": {change: cut(`<img`, `<iframe`), only4: 1, shows: "横幅"},
		"IPv6 shows more": {change: func(s string) string {
			return strings.Replace(s, `<h3>通知公告</h3>`, `<h3>通知公告</h3><p>本站正在试运行</p>`, 1)
		}, only6: 1, shows: "试运行"},
		"the same row stands twice": {change: func(s string) string {
			return strings.Replace(s, `<li><a href="/zwgk/">政务公开</a></li>`, strings.Repeat(`<li><a href="/zwgk/">政务公开</a></li>`, 3), 1)
		}, only6: 1, shows: "政务公开"},
		"other markup around the same items": {change: func(s string) string {
			return strings.NewReplacer(`<div id="notice">`, `<div id="notice" data-x="1"><!-- node 7 -->`, "</li>\n", "</li>").Replace(s)
		}, same: true},
	} {
		t.Run(name, func(t *testing.T) {
			d := facts.CompareHomes(capture(4, homeOf(1, nil)), capture(4, homeOf(3, nil)), capture(6, homeOf(2, test.change)))
			if d.State != govsweep.DiffCompared || len(d.OnlyV4) != test.only4 || len(d.OnlyV6) != test.only6 || len(d.Changed) != test.changed {
				t.Fatalf("%s %s: only v4 %v, only v6 %v, changed %v", d.State, d.Why, d.OnlyV4, d.OnlyV6, d.Changed)
			}
			if all := fmt.Sprint(d.OnlyV4, d.OnlyV6, d.Changed); !strings.Contains(all, test.shows) {
				t.Errorf("%q is not shown: %s", test.shows, all)
			}
			if (d.Similarity == 1) != test.same || d.Similarity < 0.7 || d.V4.Digest == "" || d.V6.Digest == d.V4.Digest || d.V4Again.Items == 0 {
				t.Errorf("similarity %v, captures %v %v", d.Similarity, d.V4, d.V6)
			}
		})
	}
}

func TestWhatIsNoHomePageIsToldAsWhatItIs(t *testing.T) {
	for name, test := range map[string]struct {
		edit func(six *govsweep.Page)
		want govsweep.DiffState
		says string
	}{
		"a shield stands before IPv6": {func(p *govsweep.Page) {
			p.Status, p.Body = 412, []byte(`<html><head><script>var _$jsl="__jsl_clearance_s=1";document.cookie=_$jsl;location.href=location.pathname</script></head></html>`)
		}, govsweep.DiffChallenge, "防护系统"},
		"a gateway's error": {func(p *govsweep.Page) {
			p.Status, p.Body = 502, []byte("<html><title>502 Bad Gateway</title><body>nginx</body></html>")
		}, govsweep.DiffErrorPage, "错误页面"},
		"an error with a good status": {func(p *govsweep.Page) {
			p.Body = []byte("<html><title>Welcome to nginx!</title><body>it works</body></html>")
		}, govsweep.DiffErrorPage, "错误页面"},
		"the home page under a status that has no name": {func(p *govsweep.Page) { p.Status = 521 }, govsweep.DiffErrorPage, "521"},
		"no connection": {func(p *govsweep.Page) {
			p.Status, p.Body, p.Failure, p.Cause = 0, nil, govsweep.FailRefused, "连接被拒绝。"
		}, govsweep.DiffNoAnswer, "连接被拒绝"},
		"another page behind a redirect": {func(p *govsweep.Page) { p.FinalURL = "http://www.yunchuan.example/upgrade/" }, govsweep.DiffRedirect, "/upgrade/"},
		"a page that only leads on": {func(p *govsweep.Page) {
			p.Body = []byte(`<html><head><meta http-equiv="refresh" content="0;url=/ipv6/index.html"></head><body></body></html>`)
		}, govsweep.DiffRedirect, "/ipv6/"},
		"the same page over TLS": {func(p *govsweep.Page) { p.FinalURL = "https://www.yunchuan.example/index.html" }, govsweep.DiffCompared, ""},
	} {
		t.Run(name, func(t *testing.T) {
			six := capture(6, homeOf(2, nil))
			test.edit(six.Page)
			six.Body = six.Page.Body
			d := facts.CompareHomes(capture(4, homeOf(1, nil)), capture(4, homeOf(3, nil)), six)
			if d.State != test.want || !strings.Contains(d.Why, test.says) {
				t.Errorf("%s: %s", d.State, d.Why)
			}
		})
	}
	script := capture(4, `<html><title>云川县人民政府</title><body><div id="app"></div><script src="/app.js"></script></body></html>`)
	if d := facts.CompareHomes(script, nil, script); d.State != govsweep.DiffNoItems {
		t.Errorf("a page drawn by a script: %s", d.State)
	}
	down := capture(4, "")
	down.Page.Status, down.Page.Failure = 0, govsweep.FailTimeout
	if d := facts.CompareHomes(down, nil, capture(6, homeOf(1, nil))); d.State != govsweep.DiffNoBaseline {
		t.Errorf("without IPv4: %s", d.State)
	}
}

func TestAListThatChangesOneRowDoesNotHideThatTwentyAreMissing(t *testing.T) {
	newer := func(s string) string {
		return strings.Replace(s, `<div id="news"><ul>`, `<div id="news"><ul><li><a href="/xw/200.html">刚刚发布的信息</a><span>2026-03-21</span></li>`, 1)
	}
	d := facts.CompareHomes(capture(4, homeOf(1, nil)), capture(4, homeOf(3, newer)), capture(6, homeOf(2, cut(`<li><a href="/xw/100`, `</ul></div><div id="notice">`))))
	if len(d.OnlyV4) != 19 || d.Similarity > 0.7 {
		t.Errorf("%d items only over IPv4, similarity %v", len(d.OnlyV4), d.Similarity)
	}
	if d := facts.CompareHomes(capture(4, homeOf(1, nil)), capture(4, homeOf(3, newer)), capture(6, homeOf(2, newer))); d.Similarity != 1 {
		t.Errorf("what was published meanwhile is a difference: %v", d.OnlyV6)
	}
}

func TestHostileHomePagesAreComparedInBoundedTime(t *testing.T) {
	for name, body := range map[string]string{
		"a hundred thousand links":   strings.Repeat(`<p><a href="/a">x</a> y</p>`, raced.Less(25_000)),
		"deep nesting":               strings.Repeat("<div class=a><span>", raced.Less(25_000)) + "end",
		"one endless word":           "<p>" + strings.Repeat("f0", raced.Less(500_000)),
		"links that never end":       strings.Repeat(`<a href="//x/?t=`, raced.Less(50_000)),
		"many containers":            strings.Repeat("<ul id=a><li>1</ul><ul id=b><li>2</ul>", 15_000),
		"unfinished blocks in links": strings.Repeat("<a href=x><div>a<p>b", 10_000),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			d := facts.CompareHomes(capture(4, body), capture(4, body+"z"), capture(6, "<title>other</title>"+body))
			if len(d.OnlyV4)+len(d.OnlyV6) > 2*govsweep.MaxDiffItems || len(d.Changed) > govsweep.MaxDiffItems {
				t.Errorf("%d, %d and %d items kept", len(d.OnlyV4), len(d.OnlyV6), len(d.Changed))
			}
			if took := time.Since(began); took > 2*time.Minute {
				t.Errorf("took %v", took)
			}
		})
	}
}
