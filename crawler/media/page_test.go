package media_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/media"
)

func article(scripts, body string) string {
	return `<!DOCTYPE html><html><head><meta property="og:site_name" content="微信公众平台"><meta property="og:title" content="防汛通知"></head><body>
<h1 id="activity-name"> 防汛通知 <span>（一）</span></h1><em id="publish_time">昨天</em>` + body + `<script>` + scripts + `</script></body></html>`
}

const weixin = `var nickname = "某某发布"; var ct = "1623895200"; var user_name = "gh_1"; var biz = ""||"MzA1MDEyMzQ1Ng=="; var msg_link = "http://mp.weixin.qq.com/s?__biz=MzA1&amp;mid=1";`

func render(json string) string {
	return `<html><head><title>某某视频 - 抖音</title></head><body><script id="RENDER_DATA" type="application/json">` + url.PathEscape(json) + `</script></body></html>`
}

func TestSavedPagesOfEachPlatform(t *testing.T) {
	for name, c := range map[string]struct {
		page string
		want string // platform, account, title, time, original, from
	}{
		"WeChat, the words say yesterday": {article(weixin+`var _copyright_stat = "1";`, ""), "wechat 某某发布 防汛通知 （一） 2021-06-17 10:00 original "},
		"WeChat, a new page":              {article(`window.cgiDataNew = {nick_name: htmlDecode("某某&amp;发布"), createTime: '2021-06-17 10:00', user_name: 'gh_1'}`, ""), "wechat 某某&发布 防汛通知 （一） 2021-06-17 10:00 - "},
		"WeChat, a reprint":               {article(weixin+`var _copyright_stat = "2";`, "<p>来源：新华社</p>"), "wechat 某某发布 防汛通知 （一） 2021-06-17 10:00 reprint 新华社"},
		"WeChat, an original that quotes": {article(weixin+`var _copyright_stat = "1";`, "<p>来源：新华社</p>"), "wechat 某某发布 防汛通知 （一） 2021-06-17 10:00 original "},
		"WeChat, scripts in the words":    {article(weixin, `<p>var ct = "1000000000"; 验证码 该公众号已注销</p>`), "wechat 某某发布 防汛通知 （一） 2021-06-17 10:00 - "},
		"Weibo, the mobile page": {`<html><script>var $render_data = [{"status":{"created_at":"Thu Jun 17 10:00:00 +0800 2021","bid":"Kx1","text":"<a href='/n/a'>@甲</a> 防汛 &amp; 通知","user":{"id":7,"screen_name":"某某发布"}},"hot":[{"status":{"text":"别的"}}]}][0] || {};</script></html>`,
			"weibo 某某发布 @甲 防汛 & 通知 2021-06-17 10:00 original "},
		"Weibo, a repost": {`<html><script>var $render_data = [{"status":{"created_at":"Thu Jun 17 10:00:00 +0800 2021","text":"转","user":{"id":7,"screen_name":"某某发布"},"retweeted_status":{"user":{"screen_name":"人民日报"}}}}][0] || {};</script></html>`,
			"weibo 某某发布 转 2021-06-17 10:00 reprint 人民日报"},
		"Weibo, the words of the large page": {`<html><!-- saved from url=(0032)https://weibo.com/7/Kx1 --><body><a class="ALink_default head_name_24eEB"><span>某某发布</span></a><a class="head-info_time_6sFQg" title="2021-06-17 10:00">6-17</a><div class="detail_wbtext_4CRf9">防汛通知<br>二</div></body></html>`,
			"weibo 某某发布 防汛通知二 2021-06-17 10:00 - "},
		"Toutiao": {`<!-- https://www.toutiao.com/a1/ --><html><head><title>防汛通知</title></head><body><script>var BASE_DATA = {articleInfo: {title: 'x', subInfo: { isOriginal: false, source: '某某发布', time: '2021-06-17 10:00:00' }}}</script></body></html>`,
			"toutiao 某某发布 防汛通知 2021-06-17 10:00 reprint "},
		"Toutiao, a new page": {`<html><head><meta property="og:url" content="https://www.toutiao.com/article/1/"></head><body><script id="RENDER_DATA">` + url.PathEscape(`{"data":{"title":"防汛通知","publishTime":"1623895200","mediaInfo":{"name":"某某发布"}}}`) + `</script></body></html>`,
			"toutiao 某某发布 防汛通知 2021-06-17 10:00 - "},
		"Douyin": {render(`{"app":{"videoDetail":{},"list":[{"desc":"别的","createTime":1500000000}]},"z":{"aweme":{"detail":{"desc":"防汛通知","createTime":1623895200,"authorInfo":{"nickname":"某某发布","uid":"9"}}}}}`),
			"douyin 某某发布 防汛通知 2021-06-17 10:00 - "},
		"Douyin, by its description": {`<html><head><title>防汛通知 - 抖音</title><meta name="description" content="防汛通知 - 某某发布于20210617发布在抖音，已经收获了3个喜欢"></head><body>x</body></html>`,
			"douyin 某某发布 防汛通知 2021-06-17 00:00 - "},
	} {
		s := media.ReadPage([]byte(c.page))
		mark := "-"
		if s.Post.Original != nil {
			mark = map[bool]string{true: "original", false: "reprint"}[*s.Post.Original]
		}
		got := strings.Join([]string{string(s.Media), s.Name, s.Post.Title, s.Post.At.Format("2006-01-02 15:04"), mark, s.Post.From}, " ")
		if got != c.want || s.Health != govsweep.SourceWorking || s.Why != "" {
			t.Errorf("%s: %q %s %s\nwant %q", name, got, s.Health, s.Why, c.want)
		}
	}
}

func TestSavedPagesThatShowNoPost(t *testing.T) {
	for name, c := range map[string]struct {
		page   string
		health govsweep.SourceHealth
	}{
		"a challenge":                {`<html><body>环境异常，完成验证后即可继续访问</body></html>`, govsweep.SourceBlocked},
		"a closed account":           {`<html><body>该公众号已自主注销</body></html>`, govsweep.SourceClosed},
		"a deleted post":             {`<html><body>该内容已被发布者删除</body></html>`, govsweep.SourceGone},
		"nothing":                    {``, govsweep.SourceEmpty},
		"only scripts":               {`<html><script>1</script></html>`, govsweep.SourceEmpty},
		"another site":               {`<html><body>欢迎光临</body></html>`, govsweep.SourceMalformed},
		"broken off before the time": {article(weixin, "")[:300], govsweep.SourceMalformed},
		"no time that can be read":   {article(`var ct = "soon"; var user_name = "gh_1"`, ""), govsweep.SourceMalformed},
		"Weibo data broken off":      {`<html><script>var $render_data = [{"status":{"created_at":"Thu</script><p>x</p></html>`, govsweep.SourceMalformed},
	} {
		if s := media.ReadPage([]byte(c.page)); s.Health != c.health || s.Why == "" || !s.Post.At.IsZero() {
			t.Errorf("%s: %+v, want %s", name, s, c.health)
		}
	}
}

func TestHostilePagesEnd(t *testing.T) {
	deep := strings.Repeat("[", 200_000)
	for name, page := range map[string]string{
		"a million open tags":    strings.Repeat("<div id=js_name>", 300_000),
		"scripts without end":    strings.Repeat("<script>"+strings.Repeat("a", 1000)+"</script>", 8000),
		"nested JSON":            `<html><script>var $render_data = ` + deep + `</script></html>`,
		"escaped JSON":           render(strings.Repeat(`{"a":`, 50_000)),
		"more than is read":      strings.Repeat("x", 11<<20),
		"NUL and half a rune":    "\x00\xff<html>" + article(weixin, "\xe4\xbd")[:200],
		"an attribute of 9 MB":   `<meta property="og:title" content="` + strings.Repeat("y", 9<<20) + `">`,
		"a comment without end":  "<!--" + strings.Repeat("-", 1<<20),
		"an entity without end":  "<title>" + strings.Repeat("&", 1<<20),
		"a script that is a tag": `<script id="RENDER_DATA">%%%zz</script>`,
	} {
		if s := media.ReadPage([]byte(page)); s.Health == govsweep.SourceWorking || s.Health == "" || s.Why == "" {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// TestTheRealSavedPages reads the pages that lie beside the repository.
func TestTheRealSavedPages(t *testing.T) {
	folder := sharedPosts(t)
	for file, want := range map[string]string{
		"gne_tests_wechat_1.html":    "wechat 2020-02-12 22:17:54 working",
		"gne_tests_toutiao_4.html":   "toutiao 2019-11-25 10:37:31 working",
		"gne_tests_baijiahao_1.html": " 0001-01-01 00:00:00 malformed",
	} {
		body, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil {
			t.Fatal(err)
		}
		s := media.ReadPage(body)
		if got := string(s.Media) + " " + s.Post.At.Format("2006-01-02 15:04:05") + " " + string(s.Health); got != want {
			t.Errorf("%s: %s, want %s", file, got, want)
		}
		if s.Health == govsweep.SourceWorking && (s.Name == "" || s.Post.Title == "") {
			t.Errorf("%s: %+v", file, s)
		}
	}
}

func sharedPosts(t *testing.T) string {
	t.Helper()
	root := os.Getenv("GOVSWEEP_SHARED")
	for dir := "../.."; root == "" && len(dir) < 40; dir += "/.." {
		if _, err := os.Stat(filepath.Join(dir, "shared", "data", "feeds")); err == nil {
			root = filepath.Join(dir, "shared")
		}
	}
	folder := filepath.Join(root, "data", "feeds", "posts")
	if _, err := os.Stat(folder); root == "" || err != nil {
		t.Skip("the real saved posts (shared/data/feeds/posts) are not beside the repository; set GOVSWEEP_SHARED")
	}
	return folder
}

func FuzzSavedPagesNeverCrash(f *testing.F) {
	f.Add([]byte(article(weixin, "")))
	f.Add([]byte(render(`{"detail":{"authorInfo":{}}}`)))
	f.Fuzz(func(t *testing.T, body []byte) {
		if s := media.ReadPage(body); s.Health == "" || (s.Health == govsweep.SourceWorking) == s.Post.At.IsZero() {
			t.Errorf("%+v", s)
		}
	})
}
