package reports

import (
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
)

// AnnexInput is everything the 统计附表 of a unit or region is made of. Like
// a circular's it is plain data.
type AnnexInput struct {
	Subject string    // 云川市 or a unit
	From    time.Time // first day of the first month
	To      time.Time // last day of the last month; at most 24 months
	Sites   []AnnexSite
	Figures Figures
	Answers *AnswerFigures  // nil = not supplied
	Printed []PrintedFigure // numbers of a progress report, to be counted again
}

// AnnexSite is one site with what its inspections saw of its columns.
type AnnexSite struct {
	Site        govsweep.Site
	Inspections []AnnexInspection
}

// AnnexInspection is one inspection, with its check point.
type AnnexInspection struct {
	Sweep   int64
	AsOf    time.Time
	Columns []govsweep.ColumnVerdict
}

// AnswerFigures count letters and their answers.
type AnswerFigures struct {
	Source string
	Rows   []AnswerRow
}

// AnswerRow is one unit or area.
type AnswerRow struct {
	Name               string
	Received, Answered *int
}

// PrintedFigure is a number a progress report prints.
type PrintedFigure struct {
	Label string
	Value int
	Count PrintedKind
	Name  string // of the column or the platform that is meant
}

// PrintedKind says what a printed number counts.
type PrintedKind string

// What can be counted again; everything else stays with a person.
const (
	PrintedSiteItems    PrintedKind = "site-items"      // items on the sites in the period
	PrintedPosts        PrintedKind = "account-items"   // items of accounts
	PrintedItems        PrintedKind = "items"           // both together
	PrintedColumn       PrintedKind = "column"          // items seen in the column called Name
	PrintedAccounts     PrintedKind = "accounts"        // registered accounts, on the platform called Name or all
	PrintedGazette      PrintedKind = "gazette"         // items of gazette columns in the period
	PrintedReadings     PrintedKind = "interpretations" // items of interpretation columns in the period
	PrintedAnswers      PrintedKind = "answers"         // answered letters
	PrintedNotCountable PrintedKind = ""                // nothing on public pages to count
)

// An Annex is a 统计附表: every number counted once, with its list.
type Annex struct {
	Tally
	Subject  string
	From, To time.Time

	in                                         *AnnexInput
	months                                     []annexMonth
	columns, sites, accounts, letters, printed *CircularList
	readings                                   *CircularList
	byMonth                                    []*Number
	siteRows                                   map[govsweep.TargetID][]int // rows of columns by site
	unfinished                                 map[string]bool             // months counted up to a check point within them
}

// annexMonth is one calendar month in Shanghai.
type annexMonth struct {
	label    string // 2026年7月
	from, to time.Time
}

// NewAnnex counts everything a statistical annex says.
func NewAnnex(in AnnexInput) (*Annex, error) {
	a := &Annex{Subject: clean(in.Subject), From: in.From, To: in.To, in: &in, months: monthsOf(in.From, in.To), unfinished: map[string]bool{}}
	if len(a.months) == 0 {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "统计期间不正确，应为1至24个整月，开始日期不晚于结束日期"}
	}
	if err := in.Figures.check(false); err != nil {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "外部数据" + err.Error(), Err: err}
	}
	a.listColumns()
	a.listSites()
	a.listReadings()
	a.listLetters()
	a.listAccounts()
	a.count()
	a.listPrinted()
	return a, nil
}

// maxMonths is the longest period of an annex.
const maxMonths = 24

func monthsOf(from, to time.Time) []annexMonth {
	if from.IsZero() || to.Before(from) {
		return nil
	}
	from, to = from.In(govsweep.Shanghai), to.In(govsweep.Shanghai)
	var out []annexMonth
	for at := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, govsweep.Shanghai); !at.After(to); at = at.AddDate(0, 1, 0) {
		if len(out) == maxMonths {
			return nil
		}
		out = append(out, annexMonth{fmt.Sprintf("%d年%d月", at.Year(), int(at.Month())), at, at.AddDate(0, 1, 0).Add(-time.Second)})
	}
	return out
}

// count gives the annex its numbers.
func (a *Annex) count() {
	l := a.sites
	for i, m := range a.months {
		a.byMonth = append(a.byMonth, a.sum(fmt.Sprintf("items.%d", i+1), m.label+"网站发布信息", "条", l, m.label, l.numeric(m.label)))
		a.emptyIsUnknown(a.byMonth[i])
	}
	a.emptyIsUnknown(a.sum("items.total", "统计期内网站发布信息", "条", l, "合计", l.numeric("合计")))
	a.rows("items.sites", "统计了发布信息的网站", "个", l, l.numeric("合计"))
	a.rows("items.unknown", "未能统计发布信息的网站", "个", l, without(l.all(), l.numeric("合计")))
	c := a.columns
	a.rows("columns.counted", "计入统计的栏目", "个", c, c.matching("计数方式", countedByDate, countedByWeek))
	a.rows("columns.byweek", "其中按周归月的栏目", "个", c, c.matching("计数方式", countedByWeek))
	a.rows("columns.unread", "未能读取、未计入的栏目", "个", c, c.matching("计数方式", notCounted))
	a.countClass("gazette", "政府公报栏目发布信息", govsweep.GazetteColumn)
	a.countClass("readings", "政策解读栏目发布信息", govsweep.InterpretationColumn)
	a.countClass("letters", "留言公开栏目发布信息", govsweep.LettersColumn)
	a.countSupplied()
}

// emptyIsUnknown makes a sum over nothing unknown: nothing was measured.
func (a *Annex) emptyIsUnknown(n *Number) {
	if n.Known() && len(n.Rows) == 0 {
		n.Text, n.Unknown = unknown, "没有可统计的网站或栏目"
	}
}

func (a *Annex) countClass(key, label string, class govsweep.ColumnClass) {
	rows := rowsInBoth(a.columns.matching("栏目类别", columnClassWord(class)), a.columns.numeric("统计期合计"))
	a.emptyIsUnknown(a.sum(key+".items", label, "条", a.columns, "统计期合计", rows))
}

func (a *Annex) countSupplied() {
	if l := a.accounts; l != nil {
		a.sum("accounts.registered", "在册政务新媒体", "个", l, "在册账号", l.all())
		a.sum("accounts.posts", "政务新媒体发布信息", "条", l, "发布信息", a.publishing())
		if a.in.Figures.Accounts.Sweep != 0 {
			a.sum("accounts.checked", "检查的政务新媒体", "个", l, "检查账号", l.all())
			a.sum("accounts.qualified", "合格的政务新媒体", "个", l, "合格", l.all())
			a.sum("accounts.unqualified", "不合格的政务新媒体", "个", l, "不合格", l.all())
			a.sum("accounts.undecided", "待核的政务新媒体", "个", l, "待核", l.all())
		}
	} else {
		const why = "账号名录中没有该单位或地区的政务新媒体，也没有提供数据"
		a.missing("accounts.registered", "在册政务新媒体", "个", why, nil)
		a.missing("accounts.posts", "政务新媒体发布信息", "条", why, nil)
	}
	if l := a.readings; l != nil {
		a.sum("interpretations.items", "报送的政策解读稿件", "篇", l, "解读稿件", l.all())
		a.shareOf("interpretations.share", "非文字形式解读占比", l, "非文字形式", "解读稿件", l.all())
	} else {
		a.missing("interpretations.items", "报送的政策解读稿件", "篇", "未提供政策解读数据", nil)
		a.missing("interpretations.share", "非文字形式解读占比", "%", "未提供政策解读数据，解读形式须人工认定", nil)
	}
	if l := a.letters; l != nil {
		a.sum("answers.received", "收到网民留言", "件", l, "收到留言", l.all())
		a.sum("answers.answered", "已答复网民留言", "件", l, "已答复", l.all())
		a.shareOf("answers.rate", "网民留言答复率", l, "已答复", "收到留言", l.all())
	} else {
		a.missing("answers.received", "收到网民留言", "件", "未提供留言办理数据", nil)
		a.missing("answers.answered", "已答复网民留言", "件", "未提供留言办理数据", nil)
	}
}
