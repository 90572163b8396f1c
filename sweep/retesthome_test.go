package sweep_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
)

const welcome = `<div class="box"><p>欢迎访问某某市人民政府网站，本站提供信息公开、办事服务、互动交流。</p></div>`

// oldHome is a board whose newest news are of spring, with an empty link and
// a site that knows no missing page.
func oldHome() *board {
	b := newBoard()
	b.set("/", b.page("某某市人民政府", homeBody("2026-03-01", `<p><a href="#">领导信箱</a></p>`)))
	b.set("/dt/", b.list("政务动态", "2026-03-01"))
	return b
}

func homeBody(day, more string) string {
	row := func(n, title string) string {
		date := ""
		if day != "" {
			date = "<span>" + day + "</span>"
		}
		return `<li><a href="/wz/t2026_` + n + `.html">` + title + `</a>` + date + `</li>`
	}
	return strings.Repeat(welcome, 12) + `<ul class="list">` + row("0", "关于召开常务会议的通知") + row("1", "关于做好防火工作的通知") + row("2", "关于做好防汛工作的通知") + `</ul>` + more
}

func TestFaultsOfTheHomePageAreRetested(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		code   string
		change func(b *board)
		want   govsweep.RetestWord
	}{
		"stale as before":  {"home-stale-veto", func(b *board) {}, govsweep.RetestFailed},
		"stale, news came": {"home-stale-veto", func(b *board) { b.set("/", b.page("某某市人民政府", homeBody("2026-11-19", ""))) }, govsweep.RetestPassed},
		"stale, dates on articles only": {"home-stale-veto", func(b *board) {
			var rows strings.Builder
			for i := range 9 {
				url := fmt.Sprintf("/wz/t2026_%d.html", 20+i)
				fmt.Fprintf(&rows, `<li><a href="%s">关于做好全市第%d项重点工作的通知</a></li>`, url, i+1)
				b.set(url, b.page("关于做好全市重点工作的通知", "<h1>关于做好全市重点工作的通知</h1><div class=\"time\">发布时间：2026-11-19 09:30</div><p>"+strings.Repeat("请各单位认真执行。", 20)+"</p>"))
			}
			b.set("/", b.page("某某市人民政府", strings.Repeat(welcome, 30)+`<ul class="list">`+rows.String()+`</ul>`))
		}, govsweep.RetestPassed},
		"stale, an entrance only now": {"home-stale-veto", func(b *board) { b.set("/", b.page("某某市人民政府", "<p>欢迎</p>")) }, govsweep.RetestUnknown},
		"stale, blocked":              {"home-stale-veto", func(b *board) { b.set("/", challenges[6].ServeHTTP) }, govsweep.RetestUnknown},
		"stale, timed out": {"home-stale-veto", func(b *board) {
			b.set("/", func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) })
		}, govsweep.RetestUnknown},
		"no filing number as before": {"icp-number", func(b *board) {}, govsweep.RetestFailed},
		"filing number put in": {"icp-number", func(b *board) {
			b.set("/", b.page("某某市人民政府", homeBody("2026-11-19", `<div class="foot">主办单位：某某市人民政府办公室 <a href="https://beian.miit.gov.cn/">蒙ICP备05001234号</a></div>`)))
		}, govsweep.RetestPassed},
		"empty link as before":  {"link-empty", func(b *board) {}, govsweep.RetestFailed},
		"empty link taken away": {"link-empty", func(b *board) { b.set("/", b.page("某某市人民政府", homeBody("2026-11-19", ""))) }, govsweep.RetestPassed},
		"empty link under another name": {"link-empty", func(b *board) {
			b.set("/", b.page("某某市人民政府", homeBody("2026-11-19", `<p><a href="#">市长信箱</a></p>`)))
		}, govsweep.RetestUnknown},
		"a missing page without a word":  {"soft-404", func(b *board) {}, govsweep.RetestFailed},
		"a missing page with a sentence": {"soft-404", func(b *board) { b.mu.Lock(); defer b.mu.Unlock(); b.silent = false }, govsweep.RetestPassed},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := oldHome()
			b.silent = true
			home, asked := counted(t, b)
			w := newWorld(t, sqlite(t), crawler.Options{})
			in := w.inspect(home)
			about := of(in, c.code, "")
			if len(about) != 1 {
				t.Fatalf("%d findings of %s: %v", len(about), c.code, about)
			}
			c.change(b)
			before := asked()
			got := w.retest(in, about...).Result(about[0])
			if got.Result != c.want {
				t.Errorf("got %s (%s), want %s", got.Result, got.Why, c.want)
			}
			w.proved(got)
			n := 0
			for path, k := range asked() {
				n += k - before[path]
			}
			t.Logf("%d requests: %s, %s", n, got.Result, got.Why)
			if n > 12 {
				t.Errorf("%d requests for one page", n)
			}
		})
	}
}
