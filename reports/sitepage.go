package reports

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
)

// sitePage is what the template of a site report sees: words, already clean.
type sitePage struct {
	head
	Name      string
	Facts     []fact
	Grade     string
	GradeKind string
	Reason    string
	Vetoes    []vetoLine
	Open      []openLine
	Coverage  coverageView
	Score     scoreView
	ByClass   chart
	ByItem    chart
	Groups    []classGroup
	Findings  int
	Unseen    bool // so little was read that 0 would be a lie
	Standing  string
	Columns   []columnView
	Series    []seriesView
	IPv6      *ipv6View
	Outcomes  []outcomeView
	Uncovered []govsweep.Uncovered
	Cite      string
	AsOf      string
}

// fact is one row of the table on the first page.
type fact struct {
	Label, Value, Link string
}

type vetoLine struct {
	ID, Title string
	Findings  int
}

type openLine struct{ ID, Title, Why string }

type coverageView struct {
	Line, Promise     string
	Complete, Suspect bool
	Reasons           []reason
}

type scoreView struct {
	Total string
	Note  string
	Rows  []scoreRow
}

type scoreRow struct {
	ID, Group, Name, Places, Deducted string
}

func newSitePage(h head, in *govsweep.Inspection) *sitePage {
	p := &sitePage{
		head: h, Name: siteName(in), Facts: siteFacts(in), Grade: gradeWord(in.Verdict.Grade), GradeKind: gradeKind(in.Verdict.Grade),
		Reason: clean(in.Verdict.Reason), Coverage: coverageOf(&in.Coverage), Score: scoreOf(&in.Verdict),
		Groups: groupFindings(in), Findings: len(in.Findings), Standing: standing(in.Findings), Unseen: notSeen(&in.Verdict, &in.Coverage), Cite: bookLine(in.Book), AsOf: asOf(in),
	}
	p.Series, p.IPv6 = seriesViews(in), ipv6ViewOf(in)
	p.Vetoes, p.Open = vetoLines(in), openLines(in)
	p.ByClass, p.ByItem = classChart(in), itemChart(p.Groups)
	for i := range in.Columns {
		p.Columns = append(p.Columns, columnOf(&in.Columns[i]))
	}
	for i := range in.Outcomes {
		p.Outcomes = append(p.Outcomes, outcomeOf(&in.Outcomes[i]))
	}
	for _, u := range in.Uncovered {
		p.Uncovered = append(p.Uncovered, govsweep.Uncovered{BookID: clean(u.BookID), Name: clean(u.Name), Why: clean(u.Why)})
	}
	return p
}

// standing says how far the findings have come: what nobody has confirmed
// may not be published.
func standing(findings []govsweep.Finding) string {
	open, review := 0, 0
	for i := range findings {
		if findings[i].Status == govsweep.Proposed {
			open++
		}
		if findings[i].NeedsReview {
			review++
		}
	}
	s := fmt.Sprintf("本次检查共发现%d个问题，其中%d个为系统提出、尚待检查人员确认，确认后方可通报", len(findings), open)
	if review > 0 {
		s += fmt.Sprintf("；有%d个须人工复核，复核前不作为定论", review)
	}
	return s + "。"
}

func gradeKind(g govsweep.Grade) string {
	switch g {
	case govsweep.Qualified, govsweep.Unqualified:
		return string(g)
	}
	return string(govsweep.Undecided)
}

func asOf(in *govsweep.Inspection) string { return moment(in.Sweep.AsOf) }

func bookLine(b govsweep.BookTitle) string {
	switch {
	case b.Citation == "":
		return clean(b.Title + b.ID)
	case b.Title == "":
		return clean(b.Citation)
	}
	return clean(fmt.Sprintf("《%s》（%s）", strings.Trim(b.Title, "《》"), b.Citation))
}

func siteFacts(in *govsweep.Inspection) []fact {
	s := &in.Site
	period := moment(in.Sweep.Started)
	if end := moment(in.Sweep.Ended); end != "" {
		period += " 至 " + end
	}
	rows := []fact{
		{"网站名称", siteName(in), ""}, {"网站标识码", orUnknown(clean(s.Code)), ""},
		{"首页网址", clean(s.URL), webURL(s.URL)}, {"网站类型", siteKindWord(s.Kind), ""},
		{"主办单位", orUnknown(clean(s.Host)), ""}, {"主管单位", orUnknown(clean(s.Supervisor)), ""},
		{"监测时间点", orUnknown(asOf(in)), ""}, {"检查时间", orUnknown(period), ""},
		{"检查依据", bookLine(in.Book), ""}, {"所属检查", fmt.Sprintf("第%d次检查（规则 %s）", in.Sweep.ID, clean(in.Book.ID)), ""},
	}
	return rows
}

func vetoLines(in *govsweep.Inspection) []vetoLine {
	var out []vetoLine
	for _, code := range in.Verdict.Vetoes {
		o := outcomeFor(in, code)
		out = append(out, vetoLine{clean(o.BookID), clean(orCode(o.Title, code)), o.Count})
	}
	return out
}

func openLines(in *govsweep.Inspection) []openLine {
	var out []openLine
	for _, code := range in.Verdict.Open {
		o := outcomeFor(in, code)
		why := o.Review
		if why == "" {
			why = o.Reason
		}
		out = append(out, openLine{clean(o.BookID), clean(orCode(o.Title, code)), clean(why)})
	}
	return out
}

func orCode(title string, code govsweep.IndicatorCode) string {
	if title == "" {
		return string(code)
	}
	return title
}

func outcomeFor(in *govsweep.Inspection, code govsweep.IndicatorCode) govsweep.Outcome {
	for _, o := range in.Outcomes {
		if o.Indicator == code {
			return o
		}
	}
	return govsweep.Outcome{Indicator: code}
}

func coverageOf(c *govsweep.Coverage) coverageView {
	return coverageView{
		Line: CoverageLine(c), Promise: clean(c.Promise), Complete: c.Complete, Suspect: c.Suspect, Reasons: reasons(c.Reasons),
	}
}

// CoverageLine says in one sentence what of a site was seen.
func CoverageLine(c *govsweep.Coverage) string {
	s := fmt.Sprintf("已读%d页，被拦截%d页，未读%d页", c.Pages.Read, c.Pages.Blocked, c.Pages.Unread)
	if c.Pages.Truncated > 0 {
		s += fmt.Sprintf("，内容截断%d页", c.Pages.Truncated)
	}
	if c.Pages.Skipped > 0 {
		s += fmt.Sprintf("，按规则略过%d页", c.Pages.Skipped)
	}
	return s + "；未检查的显示为“—”，检查无问题显示为“0”。"
}

func scoreOf(v *govsweep.Verdict) scoreView {
	s := scoreView{Total: unknown}
	switch {
	case len(v.Vetoes) > 0:
		s.Note = "本网站触发单项否决，按规定不再评分。扣分指标的问题见问题清单，供整改参考。"
	case v.Score != nil:
		s.Total = v.Score.String()
		s.Note = "得分按检查规则扣分后计算。"
	case len(v.Unpriced) > 0:
		s.Note = "部分扣分项的分值尚未录入，暂不计算总分；录入后可重新判定。"
	default:
		s.Note = "本次检查未计算得分。"
	}
	for _, it := range v.Items {
		s.Rows = append(s.Rows, scoreRow{clean(it.ID), clean(it.Group), clean(it.Name), number(it.Places), points(it.Deducted)})
	}
	return s
}

// limitLabel keeps the label of a chart short enough for its room.
func limitLabel(s string) string {
	return cutWidth(s, 46)
}

// notSeen says that so little of a target was read that a number of faults
// would say nothing: it is printed as —, not as 0.
func notSeen(v *govsweep.Verdict, c *govsweep.Coverage) bool {
	return c.Suspect && v.Grade == govsweep.Undecided
}
