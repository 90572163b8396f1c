package govsweep

import (
	"slices"
	"strings"
)

// MediaKind is the platform 平台 an account lives on.
type MediaKind string

// The platforms the filing system counts apart.
const (
	WeChat      MediaKind = "wechat"      // 微信公众号
	Weibo       MediaKind = "weibo"       // 微博
	Douyin      MediaKind = "douyin"      // 抖音
	Toutiao     MediaKind = "toutiao"     // 今日头条
	Kuaishou    MediaKind = "kuaishou"    // 快手
	App         MediaKind = "app"         // 移动客户端
	MiniProgram MediaKind = "miniprogram" // 小程序
	OtherMedia  MediaKind = "other"
)

// FilingState says whether an account is in the 全国政务新媒体信息报送系统.
type FilingState string

// The filing states. The zero value means the register does not say.
const (
	Filed        FilingState = "filed"   // 已备案
	Unfiled      FilingState = "unfiled" // 未备案
	FilingUnsaid FilingState = ""
)

// AccountState is whether an account is kept up.
type AccountState string

// The states. The zero value counts as running.
const (
	AccountRunning AccountState = "running" // 正常
	AccountClosing AccountState = "closing" // 关停注销中: kept up until it is cancelled
	AccountClosed  AccountState = "closed"  // 已关停、已注销
)

// Account is one row of the register of 政务新媒体: one account of one unit on
// one platform, an app or a 小程序. Days are YYYY-MM-DD, "" when the register
// does not say.
type Account struct {
	ID          TargetID      `json:"id"` // AccountKey
	Media       MediaKind     `json:"media"`
	Number      string        `json:"number,omitempty"` // 账号ID, as the platform gives it
	Name        string        `json:"name"`
	Certified   string        `json:"certified,omitempty"`  // 认证主体
	Host        string        `json:"host,omitempty"`       // 主办单位
	Supervisor  string        `json:"supervisor,omitempty"` // 主管单位
	Level       string        `json:"level,omitempty"`      // 省级 市级 县级 乡级 部委
	Region      string        `json:"region,omitempty"`     // 行政区划
	Filing      FilingState   `json:"filing,omitempty"`
	FilingCode  string        `json:"filing_code,omitempty"` // 备案编号
	State       AccountState  `json:"state,omitempty"`
	Opened      string        `json:"opened,omitempty"`
	Closed      string        `json:"closed,omitempty"`
	Renamed     string        `json:"renamed,omitempty"`      // day of the last change of name
	FormerNames []string      `json:"former_names,omitempty"` // 曾用名
	URL         string        `json:"url,omitempty"`          // public page, or where an app is had
	Tags        []string      `json:"tags,omitempty"`
	Sources     []MediaSource `json:"sources,omitempty"` // where its posts are learned
	// Control says that the account is known to post: a source kind that shows
	// it silent is itself in doubt (控制账号).
	Control bool            `json:"control,omitempty"`
	History []AccountChange `json:"history,omitempty"` // the oldest first
}

// AccountChange is one change of an account that the register has seen.
type AccountChange struct {
	On    string `json:"on"`    // the day the register learned of it; of a name the day of the change where it was given
	Field string `json:"field"` // as the register calls it: 账号名称
	Old   string `json:"old"`
	New   string `json:"new"`
}

// AccountKey gives the key of an account: platform and number, or platform
// and name where no number is registered.
func AccountKey(media MediaKind, number, name string) TargetID {
	if number != "" {
		return TargetID(string(media) + ":" + number)
	}
	return TargetID(string(media) + ":name:" + name)
}

// Target is the account as results print it.
func (a *Account) Target() Target {
	return Target{ID: a.ID, Kind: AccountTarget, Code: string(a.ID), Name: a.Name, URL: a.URL}
}

// Site gives the account as the row of a target: what inspections, notices
// and reports carry of it.
func (a *Account) Site() Site {
	return Site{ID: a.ID, Code: string(a.ID), Name: a.Name, URL: a.URL, Level: a.Level, Region: a.Region, Host: a.Host,
		Supervisor: a.Supervisor, Tags: a.Tags, Media: a.Media}
}

// After gives a as it follows old: what changed in name, subject, unit,
// filing, state, or the days it was opened and closed is added to the history
// under day (a name under the day a names for it), and an old name is kept
// among the former ones. Equal accounts change nothing.
func (a Account) After(old *Account, day string) Account {
	a.History = slices.Clone(old.History)
	note := func(field, was, is string) {
		if was != is {
			a.History = append(a.History, AccountChange{On: day, Field: field, Old: was, New: is})
		}
	}
	renamed := day
	if a.Renamed != "" && a.Renamed != old.Renamed {
		renamed = a.Renamed
	}
	if old.Name != a.Name {
		a.History = append(a.History, AccountChange{On: renamed, Field: "账号名称", Old: old.Name, New: a.Name})
	}
	note("认证主体", old.Certified, a.Certified)
	note("主办单位", old.Host, a.Host)
	note("备案状态", string(old.Filing), string(a.Filing))
	note("账号状态", string(old.State), string(a.State))
	note("开设日期", old.Opened, a.Opened)
	note("关停日期", old.Closed, a.Closed)
	slices.SortStableFunc(a.History, func(x, y AccountChange) int { return strings.Compare(x.On, y.On) })
	if old.Name == a.Name {
		return a
	}
	if a.FormerNames = slices.Clone(a.FormerNames); !slices.Contains(a.FormerNames, old.Name) {
		a.FormerNames = append(a.FormerNames, old.Name)
	}
	if a.Renamed == old.Renamed {
		a.Renamed = day
	}
	return a
}

// Calls says whether name is one the account has or had; case and spaces do
// not count.
func (a *Account) Calls(name string) bool {
	same := func(s string) bool { return sameName(s, name) }
	return same(a.Name) || slices.ContainsFunc(a.FormerNames, same)
}

// OfUnit says whether name is that of the unit behind the account, its 主办单位
// or 认证主体: platforms and services show the one or the other.
func (a *Account) OfUnit(name string) bool {
	return name != "" && (sameName(a.Host, name) || sameName(a.Certified, name))
}

func sameName(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), ""), strings.Join(strings.Fields(b), ""))
}

// AccountReport is what the report of an account prints beside its verdict
// and its findings.
type AccountReport struct {
	Account  Account
	Activity *AccountActivity // nil in results of older versions
	Readings []Reading        // of each source the last one, in order of source
	Posts    []Post           // of the year up to the check point, the newest first
}
