package register

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"github.com/govsweep/govsweep"
)

// ReadAccounts reads a register of accounts 政务新媒体登记表.
func ReadAccounts(r io.Reader, name string) ([]Row[govsweep.Account], []Refusal, error) {
	return accountLayout.read(r, name)
}

// ReadAccountsBy reads a register of accounts as it may be on a day: one that
// was opened, closed or renamed later is refused with its cell.
func ReadAccountsBy(r io.Reader, name, day string) ([]Row[govsweep.Account], []Refusal, error) {
	all, refused, err := ReadAccounts(r, name)
	var rows []Row[govsweep.Account]
	for i := range all {
		a := &all[i].Value
		n := len(refused)
		for _, d := range []struct{ field, day string }{{"开设日期", a.Opened}, {"关停日期", a.Closed}, {"更名日期", a.Renamed}} {
			if d.day > day {
				refused = append(refused, accountLayout.refusal(&all[i], d.field, d.field+"“"+d.day+"”在"+govsweep.ChineseDay(day)+"之后，请核对年份；尚未发生的不填"))
			}
		}
		if len(refused) == n {
			rows = append(rows, all[i])
		}
	}
	return rows, refused, err
}

// AccountColumns lists the columns of a register of accounts.
func AccountColumns() []string { return accountLayout.names() }

var mediaWords = []choice[govsweep.MediaKind]{
	{[]string{"微信", "微信公众号", "公众号", "微信公众平台", "微信订阅号", "微信服务号", "订阅号", "服务号", "政务微信", "wechat"}, govsweep.WeChat},
	{[]string{"微博", "新浪微博", "政务微博", "weibo"}, govsweep.Weibo},
	{[]string{"抖音", "抖音号", "抖音短视频", "douyin"}, govsweep.Douyin},
	{[]string{"今日头条", "头条", "头条号", "toutiao"}, govsweep.Toutiao},
	{[]string{"快手", "快手号", "kuaishou"}, govsweep.Kuaishou},
	{[]string{"移动客户端", "客户端", "app", "移动客户端(app)", "政务app", "手机客户端"}, govsweep.App},
	{[]string{"小程序", "微信小程序", "支付宝小程序", "miniprogram"}, govsweep.MiniProgram},
	{[]string{"其他", "其它", "视频号", "微信视频号", "人民号", "澎湃号", "百家号", "网易号", "搜狐号", "学习强国号", "b站", "哔哩哔哩", "other"}, govsweep.OtherMedia},
}

var filingWords = []choice[govsweep.FilingState]{
	{[]string{"已备案", "备案", "是", "已报送", "已录入", "filed"}, govsweep.Filed},
	{[]string{"未备案", "否", "未报送", "未录入", "unfiled"}, govsweep.Unfiled},
}

var accountStateWords = []choice[govsweep.AccountState]{
	{[]string{"正常", "正常运行", "正常运营", "运行", "在用", "开通", "running"}, govsweep.AccountRunning},
	{[]string{"注销中", "关停中", "正在注销", "正在关停", "拟关停", "拟注销", "closing"}, govsweep.AccountClosing},
	{[]string{"已注销", "注销", "已关停", "关停", "已关闭", "停用", "已停用", "closed"}, govsweep.AccountClosed},
}

var accountLayout = layout[govsweep.Account]{
	kind:     "政务新媒体登记表",
	required: []string{"平台", "账号名称"},
	key:      func(a *govsweep.Account) string { return string(a.ID) },
	label:    func(a *govsweep.Account) string { return "账号" + string(a.ID) },
	finish:   finishAccount,
	fields: []field[govsweep.Account]{
		{name: "平台", synonyms: []string{"平台", "平台类型", "新媒体类型", "账号类型", "媒体类型", "所属平台", "开设平台", "平台名称", "类型", "种类"},
			set: func(a *govsweep.Account, v string) (err error) {
				a.Media, err = pick(mediaWords, v, "平台")
				return err
			},
			get:  func(a *govsweep.Account) string { return wordOf(mediaWords, a.Media) },
			copy: func(d, s *govsweep.Account) { d.Media = s.Media }},
		{name: "账号ID", synonyms: []string{"账号id", "账号", "微信号", "账号编号", "id", "原始id", "bizid", "账号标识", "唯一标识", "抖音号"},
			set: func(a *govsweep.Account, v string) (err error) { a.Number, err = accountNumber(v); return err },
			get: func(a *govsweep.Account) string { return a.Number }, copy: func(d, s *govsweep.Account) { d.Number = s.Number }},
		{name: "曾用名", synonyms: []string{"曾用名", "原名称", "原账号名称", "更名前名称"},
			set:  func(a *govsweep.Account, v string) error { a.FormerNames = list(v); return nil },
			get:  func(a *govsweep.Account) string { return strings.Join(a.FormerNames, "、") },
			copy: formerNames},
		words("账号名称", []string{"账号名称", "新媒体名称", "政务新媒体名称", "账号名", "公众号名称", "名称", "name"}, func(a *govsweep.Account) *string { return &a.Name }),
		words("认证主体", []string{"认证主体", "账号主体", "主体名称", "注册主体", "认证单位", "账号认证主体"}, func(a *govsweep.Account) *string { return &a.Certified }),
		words("主办单位", []string{"主办单位", "开办单位", "单位名称", "开设单位", "运营单位", "主办单位名称", "单位"}, func(a *govsweep.Account) *string { return &a.Host }),
		words("主管单位", []string{"主管单位", "上级主管单位", "主管部门"}, func(a *govsweep.Account) *string { return &a.Supervisor }),
		{name: "层级", synonyms: []string{"层级", "级别", "行政级别", "单位层级"},
			set: func(a *govsweep.Account, v string) (err error) {
				a.Level, err = pick(levelWords, v, "层级")
				return err
			},
			get:  func(a *govsweep.Account) string { return a.Level },
			copy: func(d, s *govsweep.Account) { d.Level = s.Level }},
		words("行政区划", []string{"行政区划", "地区", "所属地区", "区划"}, func(a *govsweep.Account) *string { return &a.Region }),
		{name: "备案状态", synonyms: []string{"备案状态", "备案情况", "是否备案", "报送状态"},
			set: func(a *govsweep.Account, v string) (err error) {
				a.Filing, err = pick(filingWords, v, "备案状态")
				return err
			},
			get:  func(a *govsweep.Account) string { return wordOf(filingWords, a.Filing) },
			copy: func(d, s *govsweep.Account) { d.Filing = s.Filing }},
		words("备案编号", []string{"备案编号", "备案号", "新媒体标识码", "标识码"}, func(a *govsweep.Account) *string { return &a.FilingCode }),
		{name: "账号状态", synonyms: []string{"账号状态", "运行状态", "运营状态", "状态", "使用状态"},
			set: func(a *govsweep.Account, v string) (err error) {
				a.State, err = pick(accountStateWords, v, "账号状态")
				return err
			},
			get:  func(a *govsweep.Account) string { return wordOf(accountStateWords, a.State) },
			copy: runningAgain},
		day("开设日期", []string{"开设日期", "开设时间", "开通时间", "开通日期", "注册时间", "开办时间", "上线时间"}, func(a *govsweep.Account) *string { return &a.Opened }),
		closingDay(day("关停日期", []string{"关停日期", "关停时间", "注销时间", "注销日期", "关闭日期", "关闭时间"}, func(a *govsweep.Account) *string { return &a.Closed })),
		day("更名日期", []string{"更名日期", "更名时间", "变更日期"}, func(a *govsweep.Account) *string { return &a.Renamed }),
		{name: "链接", synonyms: []string{"链接", "网址", "主页", "主页地址", "账号链接", "下载地址", "url"},
			set: func(a *govsweep.Account, v string) (err error) { a.URL, err = webAddress(v); return err },
			get: func(a *govsweep.Account) string { return a.URL }, copy: func(d, s *govsweep.Account) { d.URL = s.URL }},
		{name: "信息来源", synonyms: []string{"信息来源", "采集来源", "来源地址", "来源", "订阅地址", "rss", "feed"},
			set: setSources, get: func(a *govsweep.Account) string { return sourceWords(a.Sources) },
			copy: func(d, s *govsweep.Account) { d.Sources = s.Sources }},
		{name: "标签", synonyms: []string{"标签", "分组"},
			set:  func(a *govsweep.Account, v string) error { a.Tags, a.Control = list(v), isControl(list(v)); return nil },
			get:  func(a *govsweep.Account) string { return strings.Join(a.Tags, "、") },
			copy: func(d, s *govsweep.Account) { d.Tags, d.Control = s.Tags, d.Control || isControl(s.Tags) }},
		{name: "控制账号", synonyms: []string{"控制账号", "对照账号"},
			set: func(a *govsweep.Account, v string) (err error) {
				a.Control, err = pick(yesWords, v, "控制账号")
				return err
			},
			get:  func(a *govsweep.Account) string { return wordOf(yesWords, a.Control) },
			copy: func(d, s *govsweep.Account) { d.Control = s.Control }},
	},
}

// formerNames adds to the former names where the row gives the account a new
// name, which is copied after them; else the row tells them anew.
func formerNames(d, s *govsweep.Account) {
	if d.Name == s.Name {
		d.FormerNames = s.FormerNames
		return
	}
	d.FormerNames = slices.Clone(d.FormerNames)
	for _, n := range append([]string{d.Name}, s.FormerNames...) {
		if n != s.Name && !slices.Contains(d.FormerNames, n) {
			d.FormerNames = append(d.FormerNames, n)
		}
	}
}

// runningAgain takes the state over: an account that runs again is not closed,
// and the day it was closed stands in its history alone.
func runningAgain(d, s *govsweep.Account) {
	if d.State = s.State; d.State == govsweep.AccountRunning {
		d.Closed = ""
	}
}

// closingDay takes the state over with the day: a row that gives the day of
// closing alone closes an account that was running.
func closingDay(f field[govsweep.Account]) field[govsweep.Account] {
	f.copy = func(d, s *govsweep.Account) { d.Closed, d.State = s.Closed, s.State }
	return f
}

// isControl says whether tags call an account a 控制账号; a column of that
// name says it more clearly, and is read after them.
func isControl(tags []string) bool {
	return slices.ContainsFunc(tags, func(t string) bool { return t == "控制账号" || t == "对照账号" })
}

// setSources reads where posts are learned: the address of a feed, or rsshub
// for the platform's usual route of the service in use, rsshub:/a/{id} for another.
func setSources(a *govsweep.Account, v string) error {
	for _, w := range strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune("；;、\n\t 　", r) }) {
		if kind, route, _ := strings.Cut(w, ":"); strings.EqualFold(kind, "rsshub") {
			if route != "" && !strings.HasPrefix(route, "/") {
				return fmt.Errorf("路由“%s”应以 / 开头，如 rsshub:/weibo/user/{id}", short(w))
			}
			a.Sources = append(a.Sources, govsweep.MediaSource{Kind: govsweep.RSSHubSource, Address: route})
			continue
		}
		u, err := webAddress(w)
		if err != nil {
			return err
		}
		kind := govsweep.FeedSource
		if profile.MatchString(u) {
			kind = govsweep.ProfileSource
		}
		a.Sources = append(a.Sources, govsweep.MediaSource{Kind: kind, Address: u})
	}
	return nil
}

// profile tells the public page of an account, which needs a browser, from a feed.
var profile = regexp.MustCompile(`^https?://(?:(?:www\.|m\.)?weibo\.(?:com|cn)/(?:u/|n/|p/)?[^/?.]+/?(?:\?|$)|mp\.weixin\.qq\.com/mp/profile_ext|(?:www\.)?douyin\.com/user/|(?:www|m)\.toutiao\.com/c/user/|(?:www\.)?kuaishou\.com/profile/)`)

func sourceWords(all []govsweep.MediaSource) string {
	var out []string
	for _, s := range all {
		switch {
		case s.Kind == govsweep.FeedSource || s.Kind == govsweep.ProfileSource:
			out = append(out, s.Address)
		case s.Address == "":
			out = append(out, "rsshub")
		default:
			out = append(out, "rsshub:"+s.Address)
		}
	}
	return strings.Join(out, "；")
}

// day is a field that holds a date.
func day[T any](name string, synonyms []string, at func(*T) *string) field[T] {
	return field[T]{
		name: name, synonyms: synonyms,
		set:  func(v *T, s string) (err error) { *at(v), err = dateOf(s); return err },
		get:  func(v *T) string { return *at(v) },
		copy: func(d, s *T) { *at(d) = *at(s) },
	}
}

var (
	numberForm   = regexp.MustCompile(`^[\p{L}\p{N}_.@=+/-]{1,100}$`)
	numberBroken = regexp.MustCompile(`^\d(\.\d+)?[eE]\+?\d+$`)
)

// accountNumber reads an account's number. One that a spreadsheet rounded is
// refused: its last digits are lost.
func accountNumber(s string) (string, error) {
	s = strings.TrimLeft(strings.ReplaceAll(width.Fold.String(s), " ", ""), "'`‘’")
	switch {
	case plainWord(s) == "":
		return "", nil
	case numberBroken.MatchString(s):
		return "", fmt.Errorf("账号ID“%s”已被表格软件改成数字，后几位已丢失，请将该列设为文本后重新填写", short(s))
	case !numberForm.MatchString(s):
		return "", fmt.Errorf("账号ID“%s”不正确，应为平台给出的账号，不含空格和标点", short(s))
	}
	return s, nil
}

func finishAccount(a *govsweep.Account) (bad, string) {
	switch {
	case a.Media == "":
		return "平台", "平台不能为空"
	case a.Name == "":
		return "账号名称", "账号名称不能为空"
	case a.Closed != "" && a.Opened != "" && a.Closed < a.Opened:
		return "关停日期", "关停日期早于开设日期"
	case a.Closed != "" && a.State == govsweep.AccountRunning:
		return "账号状态", "填写了关停日期，账号状态却为正常"
	}
	if a.Closed != "" && a.State == "" {
		a.State = govsweep.AccountClosed
	}
	a.ID = govsweep.AccountKey(a.Media, a.Number, a.Name)
	return "", ""
}

// ReadMedia reads the word of a platform, Chinese or its code; the error names
// the codes.
func ReadMedia(s string) (govsweep.MediaKind, error) {
	if m, err := pick(mediaWords, s, "平台"); err == nil {
		return m, nil
	}
	var ask []string
	for _, m := range mediaWords {
		ask = append(ask, string(m.value)+"（"+m.words[0]+"）")
	}
	return "", wrong(nil, "平台“%s”不认识，可用 %s", short(s), strings.Join(ask, "、"))
}

// MediaWord gives the Chinese word of a platform; the kind itself when there is none.
func MediaWord(m govsweep.MediaKind) string {
	if w := wordOf(mediaWords, m); w != "" {
		return w
	}
	return string(m)
}
