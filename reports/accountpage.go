package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/govsweep/govsweep"
)

// shownPosts is how many posts the document lists; the workbook holds all.
const shownPosts = 200

// accountPage is what the template of the report of an account sees.
type accountPage struct {
	*sitePage
	Figures  []fact
	Calendar *calendar
	Months   []accountMonth
	Sources  []sourceView
	Posts    []postView
	MorePost int
}

type accountMonth struct{ Month, Posts, Originals, Reprints, Unsaid, Note string }

type sourceView struct{ Source, State, Kind, Items, Newest, Through, Alive, Why string }

type postView struct{ At, Title, URL, Origin, Source string }

// accountReport writes the report of one inspection of an account.
func accountReport(w io.Writer, in *govsweep.Inspection) error {
	h, err := newHead("政务新媒体检查报告 " + siteName(in))
	if err != nil {
		return err
	}
	if err := pages.ExecuteTemplate(w, "account.html", newAccountPage(h, in)); err != nil {
		return fmt.Errorf("render account report: %w", err)
	}
	return nil
}

func newAccountPage(h head, in *govsweep.Inspection) *accountPage {
	r := in.Account
	if r == nil {
		r = &govsweep.AccountReport{}
	}
	p := &accountPage{sitePage: newSitePage(h, in)}
	p.Facts = accountFacts(in, r)
	p.Figures, p.Calendar, p.Months = accountFigures(in, r), calendarOf(in, r.Activity), accountMonths(in, r.Activity)
	for i := range r.Readings {
		p.Sources = append(p.Sources, sourceRow(&r.Readings[i]))
	}
	for i := range r.Posts[:min(len(r.Posts), shownPosts)] {
		p.Posts = append(p.Posts, postOf(&r.Posts[i]))
	}
	p.MorePost = len(r.Posts) - len(p.Posts)
	return p
}

// accountFacts are who the account is and by what it was judged.
func accountFacts(in *govsweep.Inspection, r *govsweep.AccountReport) []fact {
	a := &r.Account
	filing := map[govsweep.FilingState]string{govsweep.Filed: "已备案", govsweep.Unfiled: "未备案"}[a.Filing]
	if a.FilingCode != "" {
		filing += "（" + a.FilingCode + "）"
	}
	state := map[govsweep.AccountState]string{govsweep.AccountClosing: "注销中", govsweep.AccountClosed: "已关停"}[a.State]
	if state == "" {
		state = "正常"
	}
	if a.Closed != "" {
		state += "（" + govsweep.ChineseDay(a.Closed) + "关停）"
	}
	names := ""
	for i, n := range a.FormerNames {
		if i > 0 {
			names += "、"
		}
		names += n
	}
	row := func(label, value string) fact { return fact{label, orUnknown(clean(value)), ""} }
	return []fact{
		row("账号名称", siteName(in)), row("平台", in.Site.Media.Word()), row("账号ID", a.Number), row("曾用名", names),
		row("主办单位", in.Site.Host), row("认证主体", a.Certified), row("主管单位", in.Site.Supervisor), row("行政区划", in.Site.Region),
		row("备案状态", filing), row("账号状态", state), row("开设日期", govsweep.ChineseDay(a.Opened)), {"账号链接", orUnknown(clean(in.Site.URL)), webURL(in.Site.URL)},
		row("监测时间点", asOf(in)), row("所属检查", fmt.Sprintf("第%d次检查（规则 %s）", in.Sweep.ID, in.Book.ID)), row("检查依据", bookLine(in.Book)), row("账号代码", string(in.Site.ID)),
	}
}

// accountFigures are the figures of a year. What no source proves is a line.
func accountFigures(in *govsweep.Inspection, r *govsweep.AccountReport) []fact {
	a := r.Activity
	if a == nil {
		return nil
	}
	newest, days, gap, long := unknown, unknown, unknown, unknown
	running := runningSilence(in, a)
	if a.Last != nil {
		newest, days = govsweep.ChineseDate(a.Last.At), fmt.Sprintf("%d天", a.SinceLast())
	}
	if g, ok := a.LongestGap(); ok {
		gap = fmt.Sprintf("%d天", g.Days)
	}
	if gap != unknown || running > gapLimit {
		long = longGaps(a, running)
	}
	total := unknown
	if n := a.Total(); n > 0 || len(a.Known) > 0 {
		total = fmt.Sprintf("%d条", n)
	}
	return []fact{{"最近一条信息", newest, ""}, {"距监测时间点", days, ""}, {"近一年已知发布", total, ""}, {"两次发布之间的最长间隔（不含最近一条之后）", gap, ""},
		{fmt.Sprintf("超过%d天的间隔", gapLimit), long, ""}, {fmt.Sprintf("超出%d天的天数合计", gapLimit), overdue(a, running), ""}}
}

// accountMonths are the months of a; what no source covers is a line.
func accountMonths(in *govsweep.Inspection, a *govsweep.AccountActivity) []accountMonth {
	if a == nil {
		return nil
	}
	var out []accountMonth
	for _, m := range a.Months {
		v := accountMonth{Month: chineseMonth(m.Month), Posts: number(m.Posts), Originals: number(m.Originals), Reprints: number(m.Reprints), Unsaid: number(m.Unsaid)}
		switch {
		case blind(in, a, m.Month) && m.Posts == 0:
			v.Posts, v.Originals, v.Reprints, v.Unsaid, v.Note = unknown, unknown, unknown, unknown, "没有来源覆盖全月，未知是否发布"
		case blind(in, a, m.Month):
			v.Note = "来源未覆盖全月，实际可能更多"
		case strings.HasPrefix(a.To, m.Month) && !m.Whole:
			v.Note = "截至" + dateWord(a.To)
		}
		out = append(out, v)
	}
	return out
}

// blind says whether a month of the window has a day nobody knows of.
func blind(in *govsweep.Inspection, a *govsweep.AccountActivity, month string) bool {
	silent := provenSilence(in, a)
	for i, n := range a.Posts {
		if day := a.Day(i); strings.HasPrefix(day, month) && n == 0 && !a.IsKnown(day) && (silent == "" || day <= silent) {
			return true
		}
	}
	return false
}

// chineseMonth prints 2026-03 as 2026年3月.
func chineseMonth(s string) string {
	var y, m int
	if _, err := fmt.Sscanf(s, "%d-%d", &y, &m); err != nil {
		return clean(s)
	}
	return fmt.Sprintf("%d年%d月", y, m)
}

func sourceRow(r *govsweep.Reading) sourceView {
	v := sourceView{Source: clean(sourceName(r)), State: clean(r.Health.Word()), Kind: "bad", Items: number(r.Items), Newest: dayOr(r.Newest), Through: dayOr(r.Through),
		Alive: dayOr(r.Alive), Why: clean(r.Why)}
	if r.Health == govsweep.SourceWorking {
		v.Kind = "good"
		if r.Through.IsZero() {
			v.Why = "未注明截取日期，只能证明发布过信息。"
		}
	}
	return v
}

func sourceName(r *govsweep.Reading) string {
	kind := map[govsweep.SourceKind]string{govsweep.FeedSource: "订阅", govsweep.RSSHubSource: "聚合服务", govsweep.ExportSource: "平台导出文件", govsweep.ManualSource: "人工查看记录"}[r.Source.Kind]
	if kind == "" {
		kind = "来源"
	}
	if r.URL != "" {
		return kind + " " + r.URL
	}
	return kind + " " + r.Source.Address
}

func postOf(p *govsweep.Post) postView {
	v := postView{At: stamp(p.At), Title: clean(p.Title), URL: p.URL, Origin: unknown, Source: clean(p.Source)}
	if p.DayOnly {
		v.At = govsweep.DateOf(p.At)
	}
	switch {
	case p.Original != nil && *p.Original:
		v.Origin = "原创"
	case p.From != "":
		v.Origin = clean("转载自" + p.From)
	case p.Original != nil:
		v.Origin = "转载"
	}
	return v
}
