package sweep_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

// board is a site whose pages change between an inspection and a re-test.
type board struct {
	mu    sync.Mutex
	pages map[string]http.HandlerFunc
	nav   []string // path and name by turns

	silent bool // no word comes with a 404
}

func (b *board) set(path string, h http.HandlerFunc) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pages[path] = h
}

func (b *board) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	h, silent := b.pages[r.URL.Path], b.silent
	b.mu.Unlock()
	if h == nil {
		w.WriteHeader(http.StatusNotFound)
		if silent {
			return
		}
		fmt.Fprint(w, "<html><head><title>页面不存在</title></head><body>您访问的页面不存在。</body></html>")
		return
	}
	h(w, r)
}

// page is a page of the board with its menu and its place in it.
func (b *board) page(name, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		b.mu.Lock()
		var nav strings.Builder
		for i := 0; i < len(b.nav); i += 2 {
			fmt.Fprintf(&nav, `<li><a href="%s">%s</a></li>`, b.nav[i], b.nav[i+1])
		}
		b.mu.Unlock()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!DOCTYPE html><html><head><title>%s</title></head><body><div class="head"><ul class="nav"><li><a href="/">首页</a></li>%s</ul></div>`+
			`<div class="position">当前位置：<a href="/">首页</a> &gt; %s</div><div class="main">%s</div>`+
			`<div class="foot">主办单位：某某市人民政府办公室 网站标识码：9900000001</div></body></html>`, name, nav.String(), name, body)
	}
}

// list is the list of a column; each date is one row.
func (b *board) list(name string, dates ...string) http.HandlerFunc {
	var rows strings.Builder
	for i, d := range dates {
		fmt.Fprintf(&rows, `<li><a href="/%s/t2026_%d.html">关于做好第%d项%s工作的通知</a><span>%s</span></li>`, "wz", i, i+1, name, d)
	}
	return b.page(name, `<ul class="list">`+rows.String()+`</ul>`)
}

func (b *board) menu(items ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.nav = items
}

// newBoard has a fresh column, a stale one and five blank ones.
func newBoard() *board {
	b := &board{pages: map[string]http.HandlerFunc{}}
	nav := []string{"/dt/", "政务动态", "/tzgg/", "通知公告"}
	for i := range 5 {
		nav = append(nav, fmt.Sprintf("/kb%d/", i), "专题"+string([]rune("甲乙丙丁戊")[i]))
	}
	b.menu(nav...)
	b.set("/", b.page("某某市人民政府", strings.Repeat(`<div class="box"><p>欢迎访问某某市人民政府网站，本站提供信息公开、办事服务、互动交流。</p></div>`, 12)+
		`<ul class="list"><li><a href="/wz/t2026_0.html">关于召开常务会议的通知</a><span>2026-11-18</span></li><li><a href="/wz/t2026_1.html">关于做好防火工作的通知</a><span>2026-11-17</span></li><li><a href="/wz/t2026_2.html">关于做好防汛工作的通知</a><span>2026-11-16</span></li></ul>`))
	b.set("/dt/", b.list("政务动态", "2026-11-18", "2026-11-17", "2026-11-10"))
	b.set("/tzgg/", b.list("通知公告", "2026-03-02", "2026-02-01", "2026-01-05"))
	for i := range 5 {
		b.set(nav[4+2*i], b.list(nav[5+2*i]))
	}
	for i := range 3 {
		b.set(fmt.Sprintf("/wz/t2026_%d.html", i), b.page("关于工作的通知", "<h1>关于工作的通知</h1><div class=\"time\">2026-11-10 09:30</div><p>"+strings.Repeat("请各单位认真执行。", 20)+"</p>"))
	}
	return b
}

// standing is a finding as it stands.
func standing(f govsweep.Finding) govsweep.Standing {
	return govsweep.Standing{Target: f.Target.ID, Fingerprint: f.Fingerprint, ID: f.ID, Indicator: f.Indicator, BookID: f.BookID, Class: f.Class,
		Status: f.Status, FirstSeen: f.FirstSeen, LastSeen: f.LastSeen, LastSweep: f.Sweep, Column: f.Column, URL: f.URL, Pages: f.Pages}
}

// of picks the standings of an indicator, whose column or page has part in its address.
func of(in *govsweep.Inspection, code, part string) []govsweep.Standing {
	var out []govsweep.Standing
	for _, f := range in.Findings {
		if string(f.Indicator) == code && strings.Contains(f.URL+" "+f.Locator, part) {
			out = append(out, standing(f))
		}
	}
	return out
}

// begin makes the sweep of a re-test.
func (w *world) begin(site govsweep.Site) (*govsweep.Sweep, *govsweep.SweepTarget) {
	w.t.Helper()
	s := &govsweep.Sweep{Kind: govsweep.RetestSweep, Rulebook: w.in.Rules.ID, AsOf: asOf, Started: time.Now(), State: govsweep.SweepRunning}
	must(w.t, w.db.CreateSweep(w.ctx, s, []govsweep.Target{site.Target()}))
	targets, err := w.db.SweepTargets(w.ctx, s.ID)
	must(w.t, err)
	return s, &targets[0]
}

// retest looks again at findings.
func (w *world) retest(in *govsweep.Inspection, about ...govsweep.Standing) *sweep.Look {
	w.t.Helper()
	if len(about) == 0 {
		w.t.Fatal("nothing to re-test: the inspection did not find what the test is about")
	}
	s, target := w.begin(in.Site)
	look, err := w.in.Retest(w.ctx, s, target, about)
	must(w.t, err)
	return look
}

// proved checks that every capture of a result lies in the evidence store and
// in its index.
func (w *world) proved(r govsweep.Retest) {
	w.t.Helper()
	for _, e := range r.Proof {
		d, err := govsweep.ParseDigest(e.Digest)
		must(w.t, err)
		_, err = w.in.Evidence.Get(d)
		must(w.t, err)
		rows, err := w.db.Captures(w.ctx, storage.CaptureFilter{Sweep: r.Sweep})
		must(w.t, err)
		if !slices.ContainsFunc(rows, func(c govsweep.Capture) bool { return c.Digest == d && c.Sweep == r.Sweep }) {
			w.t.Errorf("capture %s of %s is not in the index of sweep %d", e.Digest, e.URL, r.Sweep)
		}
	}
}

func TestAStaleColumnIsRetestedAlone(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(b *board)
		want   govsweep.RetestWord
		why    string
	}{
		"nothing was done":           {func(b *board) {}, govsweep.RetestFailed, "2026年3月2日"},
		"a new item was published":   {func(b *board) { b.set("/tzgg/", b.list("通知公告", "2026-11-19", "2026-03-02")) }, govsweep.RetestPassed, "2026年11月19日"},
		"an item of tomorrow's date": {func(b *board) { b.set("/tzgg/", b.list("通知公告", "2026-12-19", "2026-03-02")) }, govsweep.RetestFailed, "2026年3月2日"},
		"the address is blocked": {func(b *board) {
			b.set("/tzgg/", func(w http.ResponseWriter, r *http.Request) { http.Error(w, "禁止访问", http.StatusForbidden) })
		}, govsweep.RetestUnknown, "403"},
		"a shield answers":     {func(b *board) { b.set("/tzgg/", challenges[3].ServeHTTP) }, govsweep.RetestUnknown, "拦截"},
		"the page was removed": {func(b *board) { b.set("/tzgg/", nil) }, govsweep.RetestUnknown, "人工核对"},
		"a page for what is missing answers 200": {func(b *board) {
			b.set("/tzgg/", b.page("页面不存在", "<h1>404</h1><p>抱歉，您访问的页面不存在或已删除。</p>"))
		}, govsweep.RetestUnknown, "读取"},
		"the list comes by a call now": {func(b *board) {
			b.set("/tzgg/", b.page("通知公告", `<div id="52" class="default_pgContainer"></div><script type="text/javascript">$.ajax({type:'post',url:'/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=3&perpage=3',data:'col=1&appid=1&webid=1&path=/&columnid=52&sourceContentType=1&unitid=1&webname=x&permissiontype=0'});</script>`))
			b.set("/module/web/jpage/dataproxy.jsp", func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/xml; charset=utf-8")
				fmt.Fprint(w, `<datastore><totalrecord>2</totalrecord><totalpage>1</totalpage><recordset><record><![CDATA[<li><a href="/art/2026/11/19/art_52_1.html" title="关于新通知">关于做好新一轮工作的通知</a><span>2026-11-19</span></li>]]></record><record><![CDATA[<li><a href="/art/2026/3/2/art_52_2.html">关于旧工作的通知</a><span>2026-03-02</span></li>]]></record></recordset></datastore>`)
			})
		}, govsweep.RetestPassed, "2026年11月19日"},
		"in another charset": {func(b *board) {
			b.set("/tzgg/", func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				w.Write(gbk(`<html><head><meta charset="gb2312"><title>通知公告</title></head><body><div class="position">当前位置：<a href="/">首页</a> &gt; 通知公告</div><ul class="list"><li><a href="/wz/t2026_0.html">关于做好新一轮工作的通知</a><span>2026-11-19</span></li></ul></body></html>`))
			})
		}, govsweep.RetestPassed, "2026年11月19日"},
		"the date stands on the article only": {func(b *board) {
			b.set("/tzgg/", b.page("通知公告", `<ul class="list"><li><a href="/wz/t2026_9.html">关于做好新一轮工作的通知</a></li><li><a href="/wz/t2026_1.html">关于工作的通知</a></li></ul>`))
			b.set("/wz/t2026_9.html", b.page("关于做好新一轮工作的通知", "<h1>关于做好新一轮工作的通知</h1><div class=\"time\">发布时间：2026-11-19 09:30</div><p>"+strings.Repeat("请各单位认真执行。", 20)+"</p>"))
		}, govsweep.RetestPassed, "2026年11月19日"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBoard()
			home, asked := counted(t, b)
			w := newWorld(t, sqlite(t), crawler.Options{})
			in := w.inspect(home)
			stale := of(in, "column-stale", "/tzgg/")
			c.change(b)
			before := asked()
			look := w.retest(in, stale...)
			got := look.Result(stale[0])
			if got.Result != c.want || !strings.Contains(got.Why, c.why) {
				t.Errorf("got %s (%s), want %s (%s)", got.Result, got.Why, c.want, c.why)
			}
			if c.want == govsweep.RetestPassed && len(got.Proof) == 0 {
				t.Error("passed without proof")
			}
			w.proved(got)
			n := 0
			for path, k := range asked() {
				n += k - before[path]
			}
			if n > 10 {
				t.Errorf("%d requests for one column", n)
			}
			t.Logf("%d requests: %s, %d captures: %s", n, got.Result, len(got.Proof), got.Why)
		})
	}
}

func TestFiveBlankColumns(t *testing.T) {
	t.Parallel()
	blanks := func(b *board, path string) { b.set(path, b.list("专题", "2026-11-19")) }
	cases := map[string]struct {
		change func(b *board)
		veto   govsweep.RetestWord
		passed int // of the five single findings
	}{
		"none was filled":           {func(b *board) {}, govsweep.RetestFailed, 0},
		"two were filled":           {func(b *board) { blanks(b, "/kb0/"); blanks(b, "/kb1/") }, govsweep.RetestPassed, 2},
		"one cannot be read":        {func(b *board) { b.set("/kb0/", challenges[6].ServeHTTP) }, govsweep.RetestUnknown, 0},
		"one filled, one blocked":   {func(b *board) { blanks(b, "/kb0/"); b.set("/kb1/", challenges[6].ServeHTTP) }, govsweep.RetestPassed, 1},
		"one removed, still linked": {func(b *board) { b.set("/kb0/", nil) }, govsweep.RetestUnknown, 0},
		"all removed with their links": {func(b *board) {
			b.menu("/dt/", "政务动态", "/tzgg/", "通知公告")
			for i := range 5 {
				b.set(fmt.Sprintf("/kb%d/", i), nil)
			}
		}, govsweep.RetestPassed, 5},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBoard()
			home, _ := counted(t, b)
			w := newWorld(t, sqlite(t), crawler.Options{})
			in := w.inspect(home)
			veto, single := of(in, "column-blank-veto", ""), of(in, "column-blank", "/kb")
			if len(veto) != 1 || len(single) != 5 {
				t.Fatalf("%d vetoes, %d blank columns", len(veto), len(single))
			}
			c.change(b)
			look := w.retest(in, append(veto, single...)...)
			if got := look.Result(veto[0]); got.Result != c.veto {
				t.Errorf("the veto: %s (%s), want %s", got.Result, got.Why, c.veto)
			} else {
				t.Log(got.Why)
				w.proved(got)
			}
			passed := 0
			for _, s := range single {
				if r := look.Result(s); r.Result == govsweep.RetestPassed {
					passed++
					if len(r.Proof) == 0 {
						t.Error("passed without proof")
					}
				}
			}
			if passed != c.passed {
				t.Errorf("%d of five passed, want %d", passed, c.passed)
			}
		})
	}
}

// TestARetestDisturbsNothing compares what an inspection left before and
// after a re-test.
func TestARetestDisturbsNothing(t *testing.T) {
	t.Parallel()
	b := newBoard()
	home, _ := counted(t, b)
	w := newWorld(t, sqlite(t), crawler.Options{})
	in := w.inspect(home)
	columns, err := w.db.Columns(w.ctx, in.Site.ID)
	must(t, err)
	dossier, err := w.db.LastDossier(w.ctx, in.Site.ID, 99)
	must(t, err)
	b.set("/kb0/", nil)
	stale := of(in, "column-stale", "/tzgg/")
	look := w.retest(in, stale...)
	if len(look.Inspection.Findings) != 1 || look.Inspection.Verdict.Grade != govsweep.Undecided {
		t.Errorf("the re-test holds %d findings and the grade %s", len(look.Inspection.Findings), look.Inspection.Verdict.Grade)
	}
	after, err := w.db.Columns(w.ctx, in.Site.ID)
	must(t, err)
	if len(columns) != len(after) {
		t.Errorf("%d columns before, %d after", len(columns), len(after))
	}
	again, err := w.db.LastDossier(w.ctx, in.Site.ID, 99)
	must(t, err)
	if string(dossier) != string(again) {
		t.Error("the dossier of the re-test stands for the last inspection")
	}
	last, err := w.db.LastSweep(w.ctx)
	must(t, err)
	if last.ID != in.Sweep.ID {
		t.Errorf("sweep %d is the last one, want %d", last.ID, in.Sweep.ID)
	}
}

// TestAKilledRetestGivesTheSameAnswer stops a re-test after every number of
// requests and calls it again.
func TestAKilledRetestGivesTheSameAnswer(t *testing.T) {
	t.Parallel()
	b := newBoard()
	home, _ := counted(t, b)
	w := newWorld(t, sqlite(t), crawler.Options{})
	in := w.inspect(home)
	about := append(of(in, "column-stale", "/tzgg/"), of(in, "column-blank", "/kb")...)
	b.set("/kb0/", b.list("专题", "2026-11-19"))
	want := results(w.retest(in, about...), about)
	for kill := range 6 {
		s, target := w.begin(in.Site)
		ctx, stop := context.WithCancel(w.ctx)
		pages := 0
		w.in.Progress = func(govsweep.Target, int) {
			if pages++; pages > kill {
				stop()
			}
		}
		_, err := w.in.Retest(ctx, s, target, about)
		stop()
		w.in.Progress = nil
		look, err2 := w.in.Retest(w.ctx, s, target, about)
		must(t, err2)
		if got := results(look, about); !slices.Equal(got, want) {
			t.Errorf("killed after %d batches (%v):\n%s\nwant\n%s", kill, err, got, want)
		}
		look, err = w.in.Retest(w.ctx, s, target, about)
		must(t, err)
		if got := results(look, about); !slices.Equal(got, want) {
			t.Errorf("called again after the end:\n%s\nwant\n%s", got, want)
		}
	}
}

func results(l *sweep.Look, about []govsweep.Standing) []string {
	var out []string
	for _, s := range about {
		r := l.Result(s)
		out = append(out, fmt.Sprint(s.Indicator, " ", s.URL, " ", r.Result, " ", r.Why, " ", len(r.Proof)))
	}
	return out
}

// TestNothingPassesWhereNothingWasDone re-tests every finding of a farm that
// stays as it is.
func TestNothingPassesWhereNothingWasDone(t *testing.T) {
	t.Parallel()
	f := startFarm(t, 3)
	w := farmWorld(t, f, sqlite(t), sweep.Limits{Parallel: 4})
	_, all := w.run(f.Sites()...)
	count := map[govsweep.RetestWord]int{}
	for id, r := range all {
		must(t, r.Err)
		byCode := map[govsweep.IndicatorCode][]govsweep.Standing{}
		proven := map[string]bool{}
		for _, f := range r.Inspection.Findings {
			byCode[f.Indicator] = append(byCode[f.Indicator], standing(f))
			proven[f.Fingerprint] = !f.Unproven
		}
		for code, about := range byCode {
			look := w.retest(r.Inspection, about...)
			for _, s := range about {
				got := look.Result(s)
				count[got.Result]++
				if got.Result == govsweep.RetestPassed {
					t.Errorf("%s %s %s passed: %s", id, code, s.URL, got.Why)
				}
				if got.Result == govsweep.RetestUnknown && proven[s.Fingerprint] {
					t.Logf("%s %s %s unknown: %s", id, code, s.URL, got.Why)
				}
			}
		}
	}
	t.Logf("results: %v", count)
}

// gbk encodes a page as the servers of old platforms do.
func gbk(page string) []byte {
	out, err := simplifiedchinese.GBK.NewEncoder().String(page)
	if err != nil {
		panic(err)
	}
	return []byte(out)
}
