package farm

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// mediaHost serves the feeds of the accounts, as a route service does.
const mediaHost = "rss.yunlanfuwu.org.cn"

// account is one made-up account with its feed.
type account struct {
	media  string // as a register writes it
	kind   govsweep.MediaKind
	number string
	name   string
	unit   string
	body   string // certified
	filing string
	state  string
	closed string
	posts  []post
	truths []Truth // indicator, kind and note
}

type post struct {
	title string
	at    time.Time
}

// playAccounts plays the cast of accounts: those of the first clean portal in step
// with it, apart from it and too young to tell, and single faults of others,
// each beside what looks like it.
func (f *Farm) playAccounts() {
	portal, other := f.sites[0], f.sites[len(f.sites)-1]
	if len(f.sites) > 3 {
		other = f.sites[3]
	}
	day := f.opt.AsOf.In(govsweep.Shanghai)
	f.addAccount("微信公众号", govsweep.WeChat, portal, portal.published(150), plants{LookAlike, "account-site-sync", "账号发布的信息来自网站"}, plants{LookAlike, "account-duplicate", "同一单位在不同平台各开设一个账号"})
	f.addAccount("微博", govsweep.Weibo, portal, f.own("weibo", day, 1, 3, 50), plants{Planted, "account-site-sync", "账号与网站各发各的信息"})
	f.addAccount("今日头条", govsweep.Toutiao, portal, f.own("toutiao", day, 1, 1, 26), plants{LookAlike, "account-site-sync", "信息来源仅列出近一个月，未能判定是否同步"})
	f.addAccount("微信公众号", govsweep.WeChat, other, f.own("silent", day, 20, 2, 20), plants{Planted, "account-stale-veto", "20日未更新"}, plants{Tolerated, "account-site-sync", ""})
	f.addAccount("微博", govsweep.Weibo, other, nil, plants{LookAlike, "account-stale-veto", "信息来源没有条目，不等于没有更新"})
	for i := range 2 {
		a := f.addAccount("抖音", govsweep.Douyin, other, f.own(fmt.Sprint("twin", i), day, 2, 1, 20), plants{Planted, "account-duplicate", "同一单位在同一平台开设两个账号"})
		a.name += []string{"", "（政务）"}[i]
	}
	closed := f.addAccount("今日头条", govsweep.Toutiao, other, nil, plants{LookAlike, "account-duplicate", "已关停的账号不计"})
	closed.state, closed.closed = "关停", govsweep.DateOf(day.AddDate(0, 0, -90))
	f.addAccount("今日头条", govsweep.Toutiao, other, f.own("after", day, 1, 1, 20), plants{LookAlike, "account-duplicate", "同一平台的另一账号已关停"})
	f.addAccount("抖音", govsweep.Douyin, portal, f.own("body", day, 1, 1, 20), plants{Planted, "account-subject-mismatch", "认证主体不是主办单位"}).body = "云岚传媒有限公司"
	f.addAccount("快手", govsweep.Kuaishou, portal, f.own("unfiled", day, 1, 1, 20), plants{Planted, "account-not-filed", "未备案"}).filing = "未备案"
}

// plants is one truth about an account.
type plants struct {
	kind string
	code govsweep.IndicatorCode
	note string
}

func (f *Farm) addAccount(media string, kind govsweep.MediaKind, s *site, posts []post, truths ...plants) *account {
	n := len(f.accounts) + 1
	slices.SortStableFunc(posts, func(x, y post) int { return y.at.Compare(x.at) }) // a feed has the newest first
	a := &account{media: media, kind: kind, number: fmt.Sprintf("farm_%02d", n), name: s.region + "发布" + fmt.Sprint(n), unit: s.owner, body: s.owner, filing: "已备案", posts: posts}
	for _, t := range truths {
		a.truths = append(a.truths, Truth{Indicator: t.code, Kind: t.kind, Note: t.note})
	}
	f.accounts = append(f.accounts, a)
	return a
}

// published are the articles of the last days of a site as its account posts
// them: some hours later, some under a heading.
func (s *site) published(days int) []post {
	from := s.farm.opt.AsOf.AddDate(0, 0, -days)
	var out []post
	for _, c := range s.columns {
		for i, it := range c.items {
			if it.at.After(from) && it.at.Before(s.farm.opt.AsOf) {
				out = append(out, post{[]string{"", "【要闻】", ""}[i%3] + it.title, it.at.Add(time.Duration(1+i%4) * time.Hour)})
			}
		}
	}
	return out
}

// own are items no site has: one every so many days from an age on.
func (f *Farm) own(place string, day time.Time, age, gap, n int) []post {
	r := dice(f.opt.Seed, "post "+place)
	var out []post
	for i := range n {
		at := day.AddDate(0, 0, -age-i*gap)
		out = append(out, post{fmt.Sprintf("%s：%s%d", pick(r, []string{"随手拍", "小课堂", "夜读", "实用贴", "视频"}), phrases[r.IntN(len(phrases))], i), time.Date(at.Year(), at.Month(), at.Day(), 9, r.IntN(60), 0, 0, govsweep.Shanghai)})
	}
	return out
}

// feed answers for an account.
func (f *Farm) feed(w http.ResponseWriter, r *http.Request) {
	i := slices.IndexFunc(f.accounts, func(a *account) bool { return r.URL.Path == "/feed/"+a.number })
	if i < 0 {
		http.NotFound(w, r)
		return
	}
	a := f.accounts[i]
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>%s</title>`, esc(a.name))
	for k, p := range a.posts {
		if p.at.After(f.opt.AsOf) {
			continue
		}
		fmt.Fprintf(&b, "<item><title>%s</title><link>%s</link><pubDate>%s</pubDate></item>", esc(p.title), f.address(a.host(), fmt.Sprintf("/p/%d", k)), p.at.Format(time.RFC1123Z))
	}
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	fmt.Fprint(w, b.String()+"</channel></rss>")
}

func (a *account) host() string {
	return strings.ReplaceAll(a.number, "_", "") + ".zhanghao.yunlanfuwu.org.cn"
}

func (a *account) key() string { return string(govsweep.AccountKey(a.kind, a.number, "")) }

// accountTruth tells what is planted at accounts.
func (f *Farm) accountTruth() (out []Truth) {
	for _, a := range f.accounts {
		for _, t := range a.truths {
			home := f.address(a.host(), "/")
			t.Site, t.Home, t.URL, t.Scope = a.key(), home, home, map[bool]string{true: "site"}[t.Kind != LookAlike]
			out = append(out, t)
		}
	}
	return out
}

// accountRows is the register of accounts, in the layout bureaus use.
func (f *Farm) accountRows() [][]string {
	rows := [][]string{{"平台", "账号名称", "账号ID", "认证主体", "主办单位", "备案状态", "账号状态", "关停日期", "链接", "信息来源"}}
	for _, a := range f.accounts {
		rows = append(rows, []string{a.media, a.name, a.number, a.body, a.unit, a.filing, a.state, a.closed, f.address(a.host(), "/"), f.address(mediaHost, "/feed/"+a.number)})
	}
	return rows
}
