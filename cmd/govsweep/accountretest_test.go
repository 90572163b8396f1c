package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

// bureau has three accounts: one fed by a service that a 控制账号 proves, the
// control account, and one whose posts come by files.
type bureau struct {
	official
	url    string       // of the service its feeds are of
	newest atomic.Int64 // how many days old the newest post of the first account is
	status atomic.Int64 // what its feed answers
	tagged atomic.Bool  // with an ETag
}

func newBureau(t *testing.T) *bureau {
	b := &bureau{official: official{t: t, dir: t.TempDir()}}
	b.dsn = "sqlite:" + filepath.Join(b.dir, "govsweep.db")
	b.newest.Store(20)
	b.status.Store(http.StatusOK)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, first := "对照发布", 1
		if r.URL.Path == "/feed/wx1" {
			name, first = "某某发布", int(b.newest.Load())
			if b.status.Load() != http.StatusOK {
				http.Error(w, "", int(b.status.Load()))
				return
			}
		} else if r.URL.Path != "/feed/wx2" {
			http.NotFound(w, r)
			return
		}
		if b.tagged.Load() {
			tag := fmt.Sprintf("%q", fmt.Sprint(name, first))
			w.Header().Set("ETag", tag)
			if r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>%s</title>`, name)
		for day := first; day < 60; day += 4 {
			fmt.Fprintf(w, "<item><title>第%d天的信息</title><pubDate>%s</pubDate></item>", day, time.Now().AddDate(0, 0, -day).Format(time.RFC1123Z))
		}
		fmt.Fprint(w, "</channel></rss>")
	}))
	t.Cleanup(srv.Close)
	b.url = srv.URL
	mustOut(t, b.dir, "import", "accounts", b.file("账号.csv", "平台,账号名称,账号ID,主办单位,备案状态,信息来源,控制账号\n"+
		"微信,某某发布,wx1,某某局,已备案,"+srv.URL+"/feed/wx1,\n微信,对照发布,wx2,某某办,已备案,"+srv.URL+"/feed/wx2,是\n微博,某某在线,wb1,某某中心,已备案,,\n"))
	return b
}

func (b *bureau) file(name, text string) string {
	b.t.Helper()
	path := filepath.Join(b.dir, name)
	must(b.t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// posts writes an export of the third account with posts so many days old.
func (b *bureau) posts(name string, days ...int) string {
	var s strings.Builder
	s.WriteString("平台,账号ID,标题,发布时间\n")
	for _, d := range days {
		fmt.Fprintf(&s, "微博,wb1,第%d天的信息,%s 09:00\n", d, daysAgo(d))
	}
	return b.file(name, s.String())
}

// stale sweeps the accounts and gives the finding that one fell silent.
func (b *bureau) stale(id string, options ...string) string {
	b.t.Helper()
	cli(b.t, b.dir, append([]string{"sweep", "run", "--scope", "kind=account", "--rate", "-1"}, options...)...)
	out, _, _ := cli(b.t, b.dir, "findings", "--indicator", "account-stale-veto", "--site", id, "--format", "jsonl")
	var f govsweep.Finding
	if err := json.Unmarshal([]byte(out), &f); err != nil {
		b.t.Fatalf("%s is not stale: %v %s", id, err, out)
	}
	return f.ID
}

func (b *bureau) retests(finding string, code int, says ...string) {
	b.t.Helper()
	b.retestsWith(nil, finding, code, says...)
}

func (b *bureau) retestsWith(options []string, finding string, code int, says ...string) {
	b.t.Helper()
	out, errs, got := cli(b.t, b.dir, append([]string{"finding", "retest", finding, "--format", "table"}, options...)...)
	for _, want := range says {
		if !strings.Contains(out, want) {
			b.t.Errorf("the re-test does not say %q: exit %d %s%s", want, got, out, errs)
		}
	}
	if got != code {
		b.t.Errorf("exit %d, want %d: %s%s", got, code, out, errs)
	}
}

func TestAFindingOfAnAccountIsRetested(t *testing.T) {
	t.Parallel()
	b := newBureau(t)
	id := b.stale("wechat:wx1")
	b.retests(id, exitFindings, "复查未通过", "待确认（未变）", "证据：sha256:")
	b.status.Store(http.StatusForbidden)
	b.retests(id, exitUnseen, "未能得出结果", "未能判断该指标", "待确认（未变）")
	b.status.Store(http.StatusOK)
	b.newest.Store(1)
	b.retests(id, exitDone, "复查通过", "账号已更新，最新一条信息“第1天的信息”", "现改为", "证据：sha256:")
	b.newest.Store(20) // posts once seen count, though the source shows them no longer
	b.retests(id, exitUnseen, "没有取得发现问题之后的新证据")
}

func TestANoticeToAnAccountIsClosedWhenItPostsAgain(t *testing.T) {
	t.Parallel()
	b := newBureau(t)
	mustOut(t, b.dir, "import", "posts", b.posts("一.csv", 20, 40), "--from", daysAgo(60), "--through", daysAgo(0))
	for name, c := range map[string]struct {
		account string
		mend    func()
	}{
		"by its feed":             {"wechat:wx1", func() { b.newest.Store(1) }},
		"by an export since then": {"weibo:wb1", func() { mustOut(t, b.dir, "import", "posts", b.posts("二.csv", 1, 20, 40), "--through", daysAgo(0)) }},
	} {
		f := b.stale(c.account)
		b.does(exitDone, "finding", "confirm", f, "--by", "张三", "--reason", "已核对") // a veto: two persons
		b.does(exitDone, "finding", "confirm", f, "--by", "李四", "--reason", "已核对")
		out := t.TempDir()
		n := b.read(b.does(exitDone, "notice", "draft", "--site", c.account, "--by", "张三", "--format", "jsonl", "--out", out))
		speaksOfTheAccount(t, out, c.account)
		n = b.read(b.does(exitDone, "notice", "issue", n.ID, "--by", "王五", "--out", t.TempDir(), "--format", "jsonl"))
		b.does(exitFindings, "notice", "answer", n.ID, "--by", "赵六", "--measures", "已安排更新", "--done", daysAgo(0), "--responsible", "赵六")
		b.hears("复查未通过")
		c.mend()
		b.does(exitDone, "notice", "retest", n.ID, "--by", "赵六")
		b.hears("复查通过")
		n = b.notice(n.ID)
		if n.State != govsweep.NoticeClosed || len(n.Items[0].Retest.Proof) == 0 {
			t.Errorf("%s: %s, %+v", name, n.State, n.Items[0].Retest)
		}
		shown, errs, _ := cli(t, b.dir, "evidence", "show", n.Items[0].Retest.Proof[0].Digest)
		if !strings.Contains(shown+errs, "第1天的信息") {
			t.Errorf("%s: the proof does not show the new post: %.300s%s", name, shown, errs)
		}
	}
}

// speaksOfTheAccount reads the papers of a draft in a folder.
func speaksOfTheAccount(t *testing.T, dir, account string) {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(dir, "*.html"))
	must(t, err)
	var all strings.Builder
	for _, name := range pages {
		b, err := os.ReadFile(name)
		must(t, err)
		all.Write(b)
	}
	if !strings.Contains(all.String(), "账号代码") || !strings.Contains(all.String(), account) || !strings.Contains(all.String(), "国办发〔2018〕123号") {
		t.Errorf("the draft in %d files does not speak of an account: %.2000s", len(pages), all.String())
	}
	for _, wrong := range []string{"网站标识码", "国办发〔2017〕47号", "政府网站“"} {
		if strings.Contains(all.String(), wrong) {
			t.Errorf("the draft says %q", wrong)
		}
	}
}
