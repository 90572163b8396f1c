package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/origin"
	"github.com/govsweep/govsweep/storage"
)

// syncTitles are the articles of the site of the test, one a day from
// 2026-03-01 on. The last twelve are on the site alone.
var syncTitles = []string{
	"云川市召开全市经济工作会议", "东河大桥主体工程完工", "市教育局公布义务教育招生政策", "关于调整城区公交线路的公告", "云川市首届文化旅游节开幕", "市财政局开展预算绩效评价",
	"春季植树活动启动", "市水利局检查堤防安全", "云川市推进数字政府建设", "异地就医备案办法公布", "市民政局走访困难群众", "高新区新项目集中开工", "市文旅局举办惠民演出",
	"平阳县农业现场会召开", "西山镇完成道路改造", "城关镇开展环境整治", "市公安局发布防诈骗提示", "云川市质量工作推进会召开", "市医保局优化办事流程", "市住建局公布保障房分配结果",
	"市商务局组织消费促进活动", "云川市林长制工作会议召开", "市应急局发布森林防火提示",
}

// syncSite serves those articles; a column that asks for a browser when unread says so.
func syncSite(t *testing.T, unread bool) string {
	t.Helper()
	text := func(i int) string {
		return strings.Repeat(fmt.Sprintf("<p>这是第%d条信息的正文，请各单位结合实际认真贯彻执行。%s。</p>", i, syncTitles[i]), 6)
	}
	page := func(w http.ResponseWriter, name, body string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		second := ""
		if unread {
			second = `<li><a href="/zcwj/">政策文件</a></li>`
		}
		fmt.Fprintf(w, `<!DOCTYPE html><html><head><title>%s</title></head><body><ul class="nav"><li><a href="/">首页</a></li><li><a href="/yw/">政务要闻</a></li>%s</ul>`+
			`<div class="position">当前位置：<a href="/">首页</a> &gt; %s</div><div class="main">%s</div><div class="foot">主办单位：云川市人民政府办公室</div></body></html>`, name, second, name, body)
	}
	var list strings.Builder
	for i, title := range syncTitles {
		fmt.Fprintf(&list, `<li><a href="/yw/202603/t%d.html">%s</a><span>2026-03-%02d</span></li>`, i, title, i+1)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var i int
		switch {
		case r.URL.Path == "/":
			page(w, "云川市人民政府", `<ul class="list">`+list.String()+"</ul>"+strings.Repeat("<p>欢迎访问云川市人民政府网站。</p>", 12))
		case r.URL.Path == "/yw/":
			page(w, "政务要闻", `<ul class="list">`+list.String()+"</ul>")
		case r.URL.Path == "/zcwj/":
			http.Error(w, "", http.StatusForbidden)
		case strings.HasPrefix(r.URL.Path, "/yw/202603/t"):
			if _, err := fmt.Sscanf(r.URL.Path, "/yw/202603/t%d.html", &i); err != nil || i >= len(syncTitles) {
				http.NotFound(w, r)
				return
			}
			page(w, syncTitles[i], fmt.Sprintf(`<h1>%s</h1><p>发布时间：2026-03-%02d 09:00 来源：市政府办公室</p>%s`, syncTitles[i], i+1, text(i)))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(srv.Close)
	return srv.URL + "/"
}

// syncRegister imports the site, three accounts and the posts of one of them:
// eleven of the site, one under another headline, and four of its own.
func syncRegister(t *testing.T, dir, home string) {
	t.Helper()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	mustOut(t, dir, "import", "sites", file("网站.csv", "网站标识码,网站名称,首页网址,类型,主办单位\n1507830002,云川市人民政府,"+home+",政府门户网站,云川市人民政府办公室\n"))
	mustOut(t, dir, "import", "accounts", file("账号.csv", "平台,账号名称,账号ID,主办单位\n微信,云川发布,gh_1,云川市人民政府办公室\n微博,云川水利,wb_2,云川市水利局\n微博,云川政府,wb_3,云川市人民政府\n"))
	var posts strings.Builder
	posts.WriteString("平台,账号ID,标题,发布时间,正文\n")
	for i := range 11 {
		title, text := "【要闻】"+syncTitles[i]+"丨云川发布", ""
		if i == 9 {
			title = "看病更方便了"
			text = strings.Repeat(fmt.Sprintf("这是第%d条信息的正文，请各单位结合实际认真贯彻执行。%s。", i, syncTitles[i]), 6)
		}
		fmt.Fprintf(&posts, "微信公众号,gh_1,%s,2026-03-%02d 18:30,%s\n", title, i+1+i%2, text)
	}
	for i, title := range []string{"早安云川，今天是植树节", "本周末文艺演出预告", "致全市高考学子的一封信", "云川春景邀您打卡"} {
		fmt.Fprintf(&posts, "微信公众号,gh_1,%s,2026-03-%02d 08:00,\n", title, 12+i)
	}
	mustOut(t, dir, "import", "posts", file("信息.csv", posts.String()), "--from", "2026-02-01", "--through", "2026-05-01")
}

// TestAccountsAreComparedWithTheSiteOfTheirUnit goes the way of a bureau:
// registers, an inspection, posts, the comparison, the verdict.
func TestAccountsAreComparedWithTheSiteOfTheirUnit(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home := syncSite(t, false)
	syncRegister(t, dir, home)
	if out, _, _ := cli(t, dir, "accounts", "sync", "--format", "jsonl", "--as-of", "2026-04-30"); !strings.Contains(out, "尚未检查，没有可比对的信息") {
		t.Errorf("before the first inspection: %s", out)
	}
	cli(t, dir, "inspect", home, "--rate", "-1", "--fail-on", "none", "--as-of", "2026-04-30", "--no-evidence")
	out, errs, code := cli(t, dir, "accounts", "sync", "--format", "jsonl", "--as-of", "2026-04-30")
	if code != exitDone || !strings.Contains(errs, "账号3个，已与网站比对1个，未能比对2个") {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	var c compared
	must(t, json.Unmarshal([]byte(lines[0]), &c))
	if n := c.Total; n.Articles != 23 || n.Posts != 15 || n.Paired != 11 || n.SameDay != 6 || n.SiteFirst != 5 || n.ArticlesOnly != 12 || n.PostsOnly != 4 || n.ArticlesOpen+n.PostsOpen != 0 {
		t.Errorf("%+v\n%+v", n, c.Comparison)
	}
	if !strings.Contains(lines[1], "网站名录中没有主办单位为“云川市水利局”的网站") || !strings.Contains(lines[2], "名称相近的有“云川市人民政府”1507830002") {
		t.Errorf("%s\n%s", lines[1], lines[2])
	}
	pairs := mustOut(t, dir, "accounts", "sync", "--account", "wechat:gh_1", "--list", "pairs", "--format", "csv", "--as-of", "2026-04-30")
	for _, want := range []string{"异地就医备案办法公布", "看病更方便了", "2026-03-10 09:00", "2026-03-11 18:30", "正文相近", "100%", "/yw/202603/t9.html"} {
		if !strings.Contains(pairs, want) {
			t.Errorf("the sheet does not show %s:\n%s", want, pairs)
		}
	}
	if single := mustOut(t, dir, "accounts", "sync", "--list", "single", "--format", "table", "--as-of", "2026-04-30"); strings.Count(single, "账号未发布") != 12 || strings.Count(single, "网站未发布") != 4 {
		t.Errorf("%s", single)
	}
	if months := mustOut(t, dir, "accounts", "sync", "--site", "1507830002", "--format", "table", "--as-of", "2026-04-30"); !strings.Contains(months, "2026-03") || strings.Contains(months, "—") {
		t.Errorf("%s", months)
	}
	cli(t, dir, "sweep", "run", "--scope", "kind=account", "--offline", "--as-of", "2026-04-30", "--fail-on", "none")
	outcomes := mustOut(t, dir, "outcomes", "--format", "jsonl")
	for _, line := range strings.Split(outcomes, "\n") {
		if !strings.Contains(line, "account-site-sync") {
			continue
		}
		want := map[bool]string{true: `"status":"passed"`, false: `"status":"not-measured"`}[strings.Contains(line, "gh_1")]
		if !strings.Contains(line, want) {
			t.Errorf("want %s: %s", want, line)
		}
	}
	if _, errs, code := cli(t, dir, "rules", "replay", "--rulebook", "gov-2019-19"); code != exitDone {
		t.Errorf("replay: %s", errs)
	}
}

// TestWhatTheSiteDidNotShowIsNotMissing has a column that refuses.
func TestWhatTheSiteDidNotShowIsNotMissing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home := syncSite(t, true)
	syncRegister(t, dir, home)
	cli(t, dir, "inspect", home, "--rate", "-1", "--fail-on", "none", "--as-of", "2026-04-30", "--no-evidence")
	out := mustOut(t, dir, "accounts", "sync", "--account", "wechat:gh_1", "--format", "jsonl", "--as-of", "2026-04-30")
	var c compared
	must(t, json.Unmarshal([]byte(out), &c))
	if n := c.Total; n.PostsOnly != 0 || n.PostsOpen != 4 || n.ArticlesOnly != 12 || !strings.Contains(c.PostsOpen[0].Why, "1个栏目未能读取（如“政策文件”）") {
		t.Errorf("%+v\n%+v", n, c.PostsOpen)
	}
}

// A site that was not in the sweep that was named has nothing to compare; the
// other sites are compared all the same.
func TestASiteThatWasNotInTheSweepIsNamedAndHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "a.db"), storage.Options{})
	must(t, err)
	defer db.Close()
	s := &govsweep.Sweep{Kind: "sweep", State: govsweep.SweepRunning}
	must(t, db.CreateSweep(t.Context(), s, []govsweep.Target{{ID: "b", Kind: govsweep.SiteTarget}}))
	sides := &siteSides{db: db, sweep: s.ID, held: map[govsweep.TargetID]*origin.SiteSide{}}
	for _, id := range []govsweep.TargetID{"a", "b"} { // not of the sweep, not judged yet
		side, why, err := sides.of(t.Context(), &govsweep.Site{ID: id, Name: "某某网"})
		if err != nil || side != nil || !strings.Contains(why, "“某某网”不在第1次检查中") {
			t.Errorf("%s: %v %q %v", id, side, why, err)
		}
	}
}
