package sweep_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
)

// linkBoard is a board whose home page points at a page, a file, a picture
// and another host that do not open.
func linkBoard(outside string) *board {
	b := newBoard()
	b.set("/", b.page("某某市人民政府", `<ul class="list"><li><a href="/wz/t2026_0.html">关于召开常务会议的通知</a><span>2026-11-18</span></li>`+
		`<li><a href="/wz/t2026_7.html">关于下架的通知</a><span>2026-11-17</span></li><li><a href="/wz/t2026_2.html">关于做好防汛工作的通知</a><span>2026-11-16</span></li></ul>`+
		`<p><a href="/files/biao.pdf">申请表下载</a><img src="/images/tu.png" alt="图"><a href="`+outside+`">外部网站</a></p>`))
	return b
}

func answer(status int, media, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", media)
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func TestDeadLinksAreAskedAnew(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		code, path string
		change     func(b, other *board)
		want       govsweep.RetestWord
	}{
		"a page still missing, too few looks for the law": {"home-link-broken", "t2026_7", func(b, other *board) {}, govsweep.RetestUnknown},
		"the page is there again": {"home-link-broken", "t2026_7", func(b, other *board) {
			b.set("/wz/t2026_7.html", b.page("关于下架的通知", strings.Repeat("<p>请各单位认真执行。</p>", 20)))
		}, govsweep.RetestPassed},
		"the page refuses us":       {"home-link-broken", "t2026_7", func(b, other *board) { b.set("/wz/t2026_7.html", challenges[6].ServeHTTP) }, govsweep.RetestUnknown},
		"the link was taken away":   {"home-link-broken", "t2026_7", func(b, other *board) { b.set("/", newBoard().pages["/"]) }, govsweep.RetestPassed},
		"the home page is blocked":  {"home-link-broken", "t2026_7", func(b, other *board) { b.set("/", challenges[6].ServeHTTP) }, govsweep.RetestUnknown},
		"the file is still missing": {"attachment-broken", "biao.pdf", func(b, other *board) {}, govsweep.RetestFailed},
		"the file is there":         {"attachment-broken", "biao.pdf", func(b, other *board) { b.set("/files/biao.pdf", answer(200, "application/pdf", "%PDF-1.4 表")) }, govsweep.RetestPassed},
		"a page comes for the file": {"attachment-broken", "biao.pdf", func(b, other *board) { b.set("/files/biao.pdf", b.page("下载", "请登录后下载")) }, govsweep.RetestFailed},
		"the picture is there":      {"image-broken", "tu.png", func(b, other *board) { b.set("/images/tu.png", answer(200, "image/png", "\x89PNG")) }, govsweep.RetestPassed},
		"the picture is busy":       {"image-broken", "tu.png", func(b, other *board) { b.set("/images/tu.png", answer(503, "text/html", "busy")) }, govsweep.RetestUnknown},
		"the other host answers":    {"home-link-broken", "/wai/", func(b, other *board) { other.set("/wai/", other.page("外部", "欢迎访问")) }, govsweep.RetestPassed},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			other := newBoard()
			abroad, _ := counted(t, other)
			abroad = strings.Replace(abroad, "127.0.0.1", "localhost", 1)
			b := linkBoard(abroad + "wai/")
			home, asked := counted(t, b)
			w := newWorld(t, sqlite(t), crawler.Options{})
			in := w.inspect(home)
			dead := of(in, c.code, c.path)
			c.change(b, other)
			before := asked()
			look := w.retest(in, dead...)
			got := look.Result(dead[0])
			if got.Result != c.want {
				t.Errorf("got %s (%s), want %s", got.Result, got.Why, c.want)
			}
			w.proved(got)
			n := 0
			for path, k := range asked() {
				n += k - before[path]
			}
			t.Logf("%d requests to the site: %s, %d captures: %s", n, got.Result, len(got.Proof), got.Why)
			if n > 6 {
				t.Errorf("%d requests for one link", n)
			}
		})
	}
}

func TestAFaultOfManyPages(t *testing.T) {
	t.Parallel()
	sound := func(b *board, i int) {
		b.set(fmt.Sprintf("/wz/t2026_%d.html", i), b.page("关于工作的通知", "<h1>关于工作的通知</h1><div class=\"time\">2026-11-10 09:30 来源：市政府办公室</div><p>"+strings.Repeat("请各单位认真执行。", 20)+"</p>"))
	}
	cases := map[string]struct {
		change func(b *board)
		want   govsweep.RetestWord
	}{
		"nothing was done":                {func(b *board) {}, govsweep.RetestFailed},
		"two of three were put right":     {func(b *board) { sound(b, 0); sound(b, 1) }, govsweep.RetestFailed},
		"all were put right":              {func(b *board) { sound(b, 0); sound(b, 1); sound(b, 2) }, govsweep.RetestPassed},
		"two put right, one removed":      {func(b *board) { sound(b, 0); sound(b, 1); b.set("/wz/t2026_2.html", nil) }, govsweep.RetestPassed},
		"two put right, one blocked":      {func(b *board) { sound(b, 0); sound(b, 1); b.set("/wz/t2026_2.html", challenges[6].ServeHTTP) }, govsweep.RetestUnknown},
		"two put right, one without body": {func(b *board) { sound(b, 0); sound(b, 1); b.set("/wz/t2026_2.html", answer(200, "text/html", "")) }, govsweep.RetestUnknown},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBoard()
			home, _ := counted(t, b)
			w := newWorld(t, sqlite(t), crawler.Options{})
			in := w.inspect(home)
			about := of(in, "source-missing", "")
			if len(about) != 1 || len(about[0].Pages) != 3 {
				t.Fatalf("%d findings: %v", len(about), about)
			}
			c.change(b)
			got := w.retest(in, about...).Result(about[0])
			if got.Result != c.want {
				t.Errorf("got %s (%s), want %s", got.Result, got.Why, c.want)
			}
			w.proved(got)
		})
	}
}

// TestABlockedPageStaysOnTheList re-tests twice: what did not answer the
// first time is asked for the second time.
func TestABlockedPageStaysOnTheList(t *testing.T) {
	t.Parallel()
	b := newBoard()
	home, _ := counted(t, b)
	w := newWorld(t, sqlite(t), crawler.Options{})
	in := w.inspect(home)
	about := of(in, "source-missing", "")
	b.set("/wz/t2026_2.html", challenges[6].ServeHTTP)
	w.retest(in, about...)
	now, err := w.db.StandingOf(w.ctx, about[0].ID)
	must(t, err)
	if len(now.Pages) != 3 {
		t.Errorf("the finding stands on %v now", now.Pages)
	}
	if got := w.retest(in, *now).Result(*now); got.Result != govsweep.RetestFailed {
		t.Errorf("the second re-test: %s (%s)", got.Result, got.Why)
	}
}

func TestWhatIsNowhereNeedsTheWholeSite(t *testing.T) {
	t.Parallel()
	for _, put := range []bool{false, true} {
		b := newBoard()
		home, asked := counted(t, b)
		w := newWorld(t, sqlite(t), crawler.Options{})
		in := w.inspect(home)
		about := of(in, "functions-column-missing", "")
		if len(about) != 1 {
			t.Fatalf("%d findings", len(about))
		}
		want := govsweep.RetestFailed
		if put {
			b.menu("/dt/", "政务动态", "/jgzn/", "机构职能")
			b.set("/jgzn/", b.list("机构职能", "2026-11-01"))
			want = govsweep.RetestPassed
		}
		if pages, whole, err := w.in.Plan(w.ctx, in.Site.ID, in.Sweep.ID+1, about); err != nil || len(pages) != 0 || len(whole) != 1 {
			t.Errorf("plan: %d by pages, %d by the whole site, %v", len(pages), len(whole), err)
		}
		before := asked()["/dt/"]
		got := w.retest(in, about...).Result(about[0])
		if got.Result != want || asked()["/dt/"] == before {
			t.Errorf("got %s (%s), want %s; columns asked for %d times", got.Result, got.Why, want, asked()["/dt/"]-before)
		}
	}
}

// TestARetestIsPolite asks at the rate of an inspection.
func TestARetestIsPolite(t *testing.T) {
	t.Parallel()
	b := newBoard()
	home, _ := counted(t, b)
	w := newWorld(t, sqlite(t), crawler.Options{})
	in := w.inspect(home)
	about := of(in, "column-blank", "/kb")
	slow := newWorld(t, sqlite(t), crawler.Options{Rate: 20, Parallel: 1})
	w.in.Stack = slow.in.Stack
	began := time.Now()
	w.retest(in, about...)
	n := w.in.Stack.Requests()
	if took, least := time.Since(began), time.Duration(n-2)*time.Second/20; n < 10 || took < least {
		t.Errorf("%d requests in %v, at least %v were promised", n, took, least)
	}
	t.Logf("five blank columns: %d requests with robots.txt and second looks", n)
}

// TestADeadLinkFailsWithTheLooksOfTheLaw inspects a day before the re-test:
// with its looks there are three over 24 hours.
func TestADeadLinkFailsWithTheLooksOfTheLaw(t *testing.T) {
	t.Parallel()
	b := linkBoard("/dt/")
	home, _ := counted(t, b)
	w := newWorld(t, sqlite(t), crawler.Options{Clock: func() time.Time { return time.Now().Add(-25 * time.Hour) }})
	in := w.inspect(home)
	about := of(in, "home-link-broken", "t2026_7")
	w.in.Stack = newWorld(t, sqlite(t), crawler.Options{}).in.Stack
	if got := w.retest(in, about...).Result(about[0]); got.Result != govsweep.RetestFailed {
		t.Errorf("got %s: %s", got.Result, got.Why)
	}
}
