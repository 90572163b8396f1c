package reports

import (
	"net/url"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// platformOrder is the order platforms are printed in, with their words.
var platformOrder = []struct {
	kind govsweep.MediaKind
	word string
}{
	{govsweep.WeChat, "微信"}, {govsweep.Weibo, "微博"}, {govsweep.Douyin, "抖音"}, {govsweep.Toutiao, "今日头条"}, {govsweep.Kuaishou, "快手"},
	{govsweep.App, "移动客户端"}, {govsweep.MiniProgram, "小程序"}, {govsweep.OtherMedia, "其他"},
}

// mediaWord is the word of a platform; what is unknown counts as 其他.
func mediaWord(kind govsweep.MediaKind) string {
	for _, p := range platformOrder {
		if p.kind == kind {
			return p.word
		}
	}
	return "其他"
}

// byPlatform gives the accounts of each platform that has some.
func (u *UnitStatistics) byPlatform() (words []string, of map[string][]*StatisticsAccount) {
	of = map[string][]*StatisticsAccount{}
	for i := range u.in.Accounts {
		word := mediaWord(u.in.Accounts[i].Account.Media)
		of[word] = append(of[word], &u.in.Accounts[i])
	}
	for _, p := range platformOrder {
		if len(of[p.word]) > 0 {
			words = append(words, p.word)
		}
	}
	return words, of
}

const accountGroup = "政务新媒体账号"

// accountItems are what is counted of accounts.
var accountItems = []struct {
	word string
	is   func(govsweep.AccountState) bool
}{
	{"在册", func(govsweep.AccountState) bool { return true }},
	{"正常运行", func(s govsweep.AccountState) bool {
		return s != govsweep.AccountClosed && s != govsweep.AccountClosing
	}},
	{"关停注销中", func(s govsweep.AccountState) bool { return s == govsweep.AccountClosing }},
	{"已关停", func(s govsweep.AccountState) bool { return s == govsweep.AccountClosed }},
}

// accounts counts the accounts of the register by platform and state.
func (u *UnitStatistics) accounts() {
	words, of := u.byPlatform()
	totals := make([]tallied, len(accountItems))
	for i := range totals {
		totals[i] = nobodyKnows("账号名录中没有该单位的账号，请先核对名录。")
	}
	for _, word := range words {
		for i, item := range accountItems {
			n := 0
			for _, a := range of[word] {
				if item.is(a.Account.State) {
					n++
				}
			}
			totals[i] = tallied{n: totals[i].n + n, state: StatisticsExact, source: fromRegister}
			u.add(accountGroup, item.word, word, "", "个", tallied{n: n, state: StatisticsExact, source: fromRegister})
		}
	}
	for i, item := range accountItems {
		u.add(accountGroup, item.word, statisticsTotal, "", "个", totals[i])
	}
}

const siteGroup = "网站发布信息"

// sites counts the dated articles of each site by month.
func (u *UnitStatistics) sites() {
	byMonth := make([][]tallied, len(u.months))
	for i := range u.in.Sites {
		s := &u.in.Sites[i]
		var all []tallied
		for k, m := range u.months {
			f := u.siteMonth(s, m)
			byMonth[k], all = append(byMonth[k], f), append(all, f)
			u.add(siteGroup, "发布信息", orUnknown(s.Site.Name), m.key(), "条", f)
		}
		u.add(siteGroup, "发布信息", orUnknown(s.Site.Name), "", "条", u.withUndated(s, together(all)))
	}
	var all []tallied
	for k, m := range u.months {
		f := onlyPart(together(byMonth[k]), byMonth[k])
		if len(u.in.Sites) == 0 {
			f = nobodyKnows("网站名录中没有该单位的网站。")
		}
		f = f.or(u.in.Given.siteItems(m.key()))
		all = append(all, f)
		u.add(siteGroup, "发布信息", statisticsTotal, m.key(), "条", f)
	}
	sum := together(all)
	if len(u.in.Sites) > 0 {
		sum.note += countedOnce
	}
	u.add(siteGroup, "发布信息", statisticsTotal, "", "条", sum)
}

// countedOnce is by which rule items of sites are counted here, and why the
// annex has other numbers.
const countedOnce = "同一网址的信息只计一次；统计附表按栏目列表计数，同一信息列入几个栏目计几次，两者可以不同。"

// onlyPart keeps the reason of a sum of one part.
func onlyPart(sum tallied, parts []tallied) tallied {
	if len(parts) == 1 {
		return parts[0]
	}
	return sum
}

// siteMonth counts one month of one site: a month that was not read whole has
// no number, only what was seen of it.
func (u *UnitStatistics) siteMonth(s *StatisticsSite, m annexMonth) tallied {
	n := 0
	last := govsweep.DateOf(s.AsOf)
	for i := range s.Articles {
		p := &s.Articles[i]
		if day := govsweep.DateOf(p.At); !p.At.IsZero() && day[:7] == m.key() && day <= last && own(&s.Site, p) {
			n++
		}
	}
	why := s.Why
	switch {
	case s.AsOf.IsZero():
		why = "网站尚未检查。"
	case m.from.After(s.AsOf):
		why = "最近一次检查的监测时间点为" + govsweep.ChineseDate(s.AsOf) + "，早于该月。"
	case m.to.After(govsweep.EndOfDay(s.AsOf)):
		why = "最近一次检查的监测时间点为" + govsweep.ChineseDate(s.AsOf) + "，该月当时尚未结束。"
	case why == "" && s.Since >= govsweep.DateOf(m.from):
		why = "栏目列表只完整读取到" + dayWord(s.Since) + "。"
	}
	if why != "" {
		return tallied{state: StatisticsUnknown, note: why, seen: n}
	}
	return tallied{n: n, state: StatisticsExact, source: fromInspection}
}

func (u *UnitStatistics) withUndated(s *StatisticsSite, f tallied) tallied {
	n := 0
	for i := range s.Articles {
		if s.Articles[i].At.IsZero() && own(&s.Site, &s.Articles[i]) {
			n++
		}
	}
	if n > 0 {
		f.note += "另有" + number(n) + "条信息没有日期，未计入。"
	}
	return f
}

// own says whether an article is one of the site: it stands on the site, or
// in one of its columns. A link of the home page to another site is not.
func own(s *govsweep.Site, p *govsweep.Published) bool {
	if p.Place != "" {
		return true
	}
	a, err := url.Parse(s.URL)
	b, err2 := url.Parse(p.URL)
	return err == nil && err2 == nil && a.Host != "" && bareHost(a) == bareHost(b)
}

func bareHost(u *url.URL) string {
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

func dayWord(day string) string {
	t, err := govsweep.ParseDate(day)
	if err != nil {
		return clean(day)
	}
	return govsweep.ChineseDate(t)
}

const postGroup = "新媒体发布信息"

// posts counts what the accounts of each platform published by month. Apps
// and 小程序 are asked for no posts; they stand here only when some are known.
func (u *UnitStatistics) posts() {
	words, of := u.byPlatform()
	byMonth := make([][]tallied, len(u.months))
	for _, word := range words {
		if !posting(of[word]) && !u.in.Given.hasPosts(word) {
			continue
		}
		var all []tallied
		for k, m := range u.months {
			var parts []tallied
			for _, a := range of[word] {
				parts = append(parts, postMonth(a, m))
			}
			f := together(parts)
			if f.state != StatisticsExact {
				f.note = unknownAccounts(of[word], m)
			}
			f = f.or(u.in.Given.postItems(word, m.key()))
			byMonth[k], all = append(byMonth[k], f), append(all, f)
			u.add(postGroup, "发布信息", word, m.key(), "条", f)
		}
		u.add(postGroup, "发布信息", word, "", "条", together(all))
	}
	var all []tallied
	for k, m := range u.months {
		f := together(byMonth[k])
		if len(byMonth[k]) == 0 {
			f.note = "账号名录中没有该单位应发布信息的账号，请先核对名录。"
		}
		all = append(all, f)
		u.add(postGroup, "发布信息", statisticsTotal, m.key(), "条", f)
	}
	u.add(postGroup, "发布信息", statisticsTotal, "", "条", together(all))
}

func posting(accounts []*StatisticsAccount) bool {
	return slices.ContainsFunc(accounts, func(a *StatisticsAccount) bool {
		if k := a.Account.Media; k != govsweep.App && k != govsweep.MiniProgram {
			return true
		}
		return slices.ContainsFunc(a.Months, func(m govsweep.AccountMonth) bool { return m.Posts > 0 })
	})
}

func postMonth(a *StatisticsAccount, m annexMonth) tallied {
	for _, x := range a.Months {
		if x.Month != m.key() {
			continue
		}
		f := tallied{n: x.Posts, state: StatisticsExact, source: fromInspection}
		if !x.Whole {
			if f.state = StatisticsAtLeast; x.Posts == 0 {
				f.state = StatisticsUnknown
			}
		}
		return f
	}
	return tallied{state: StatisticsUnknown}
}

// unknownAccounts says which accounts were not read over the whole month.
func unknownAccounts(accounts []*StatisticsAccount, m annexMonth) string {
	n, example := 0, ""
	for _, a := range accounts {
		if postMonth(a, m).state != StatisticsExact {
			if n++; example == "" {
				example = a.Account.Name
			}
		}
	}
	return number(n) + "个账号（如“" + name(example) + "”）的信息来源没有覆盖该月每一天。"
}
