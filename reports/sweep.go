package reports

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// Overview is a sweep at a glance: what the summary of all targets prints.
type Overview struct {
	Sweep govsweep.Sweep
	Book  govsweep.BookTitle
	Lines []Line
	// Register are the differences between the register and the sweep; they
	// are shown when Compared says that they were looked for.
	Register []govsweep.RegisterNote
	Compared bool
}

// Line is one target of an Overview. It is small, so that a sweep over
// thousands of sites needs no inspection kept in memory.
type Line struct {
	Target   govsweep.Target
	Verdict  *govsweep.Verdict // nil when the target was not judged
	Coverage *govsweep.Coverage
	Vetoes   []string // titles of the vetoes found
	Findings int
	Unseen   bool   // nothing was measured: that no finding was made says nothing
	NoVeto   bool   // no veto was measured: that none was found says nothing
	Unasked  int    // vetoes that could not be measured and do not hold up the grade
	File     string // name of the target's report beside the overview; "" when there is none
	Note     string // why the target was not judged
}

// LineOf gives the line of an inspection whose report WriteSite has written
// into the same folder.
func LineOf(in *govsweep.Inspection) Line {
	l := Line{
		Target: in.Site.Target(), Verdict: &in.Verdict, Coverage: &in.Coverage,
		Findings: len(in.Findings), File: fileNameOf(&in.Site) + ".html",
	}
	for _, v := range vetoLines(in) {
		l.Vetoes = append(l.Vetoes, v.Title)
	}
	l.measured(in)
	return l
}

// measured notes what of a target was measured at all.
func (l *Line) measured(in *govsweep.Inspection) {
	l.Unseen, l.NoVeto = len(in.Outcomes) > 0, len(in.Outcomes) > 0
	for i := range in.Outcomes {
		o := &in.Outcomes[i]
		seen, veto := o.Status == govsweep.Passed || o.Status == govsweep.Found, o.Class == govsweep.Veto
		l.Unseen = l.Unseen && !seen
		l.NoVeto = l.NoVeto && !(seen && veto)
		if veto && o.Status == govsweep.NotMeasured && !slices.Contains(in.Verdict.Open, o.Indicator) {
			l.Unasked++
		}
	}
}

type sweepPage struct {
	head
	Subject, Summary string
	Words            fieldWords
	Facts            []fact
	Grades           chart
	Lines            []lineView
	Register         *registerView
}

type lineView struct {
	Number                                                                            int
	Name, URL, Code, Grade, Kind, Vetoes, Score, Findings, Coverage, Note, File, Open string
}

// Sweep writes the overview of a sweep as one HTML file.
func Sweep(w io.Writer, o *Overview) error {
	words := overviewWords(o)
	h, err := newHead(fmt.Sprintf("%s检查情况汇总 第%d次检查", words.Field, o.Sweep.ID))
	if err != nil {
		return err
	}
	if err := pages.ExecuteTemplate(w, "sweep.html", newSweepPage(h, o)); err != nil {
		return fmt.Errorf("render sweep overview: %w", err)
	}
	return nil
}

func newSweepPage(h head, o *Overview) *sweepPage {
	p := &sweepPage{head: h, Subject: fmt.Sprintf("第%d次检查", o.Sweep.ID), Words: overviewWords(o)}
	p.Facts = []fact{
		{Label: "检查范围", Value: orUnknown(clean(govsweep.ScopeWords(o.Sweep.Scope)))}, {Label: "监测时间点", Value: orUnknown(moment(o.Sweep.AsOf))},
		{Label: "检查依据", Value: orUnknown(bookLine(o.Book))}, {Label: "检查状态", Value: sweepStateWord(o.Sweep.State)},
		{Label: "开始时间", Value: orUnknown(moment(o.Sweep.Started))}, {Label: "结束时间", Value: orUnknown(moment(o.Sweep.Ended))},
	}
	p.Register = registerOf(o)
	n, unread := map[string]int{}, 0
	for i := range o.Lines {
		v := lineOf(i+1, &o.Lines[i])
		n[v.Grade]++ // as the table says it: a target that was not judged is 未能检查, and it alone
		if v.Grade == gradeWord(govsweep.Undecided) && v.Findings == unknown {
			unread++
		}
		p.Lines = append(p.Lines, v)
	}
	p.Summary = fmt.Sprintf("本次检查共有%d个%s，完成检查%d个，其中合格%d个，不合格%d个，待核%d个%s；未能检查%d个。",
		len(o.Lines), p.Words.One, len(o.Lines)-n[unknown], n["合格"], n["不合格"], n["待核"], unreadWords(unread), n[unknown])
	p.Grades = barChart("各结论的"+p.Words.One+"数量", []bar{
		{Label: "合格", Value: n["合格"], Kind: "bonus"}, {Label: "不合格", Value: n["不合格"], Kind: "veto"},
		{Label: "待核", Value: n["待核"], Kind: "deduction"}, {Label: "未能检查", Value: n[unknown], Kind: "norm"},
	})
	return p
}

// unreadWords says how many of the undecided were seen too little of for a
// number of faults to say anything; "" for none.
func unreadWords(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("（其中%d个没有看到或没有看全，不统计问题数）", n)
}

func lineOf(n int, l *Line) lineView {
	v := lineView{
		Number: n, Name: clean(orUnknown(l.Target.Name)), URL: l.Target.URL, Code: orUnknown(clean(l.Target.Code)), File: safeFile(l.File),
		Grade: unknown, Score: unknown, Vetoes: unknown, Findings: unknown, Coverage: unknown, Note: clean(l.Note),
	}
	if l.Verdict != nil {
		v.Grade, v.Kind, v.Findings = gradeWord(l.Verdict.Grade), gradeKind(l.Verdict.Grade), number(l.Findings)
		v.Score, v.Vetoes = scoreCell(l.Verdict).Text, vetoWords(l)
		v.Open = openWords(l)
		if l.Unseen && l.Findings == 0 {
			v.Findings = unknown
		}
	}
	if l.Coverage != nil {
		c := l.Coverage.Pages
		v.Coverage = sourcesRead(c)
	}
	if l.Coverage != nil && l.Target.Kind != govsweep.AccountTarget {
		c := l.Coverage.Pages
		v.Coverage = fmt.Sprintf("已读%d，被拦截%d，未读%d", c.Read, c.Blocked, c.Unread)
		if c.Skipped > 0 {
			v.Coverage += fmt.Sprintf("，略过%d", c.Skipped)
		}
		if l.Verdict != nil && notSeen(l.Verdict, l.Coverage) {
			v.Findings, v.Vetoes = unknown, unknown
		}
	}
	return v
}

// fieldWords are what an overview calls what it is about.
type fieldWords struct{ Field, One, Code string }

func overviewWords(o *Overview) fieldWords {
	if o.Sweep.Kind == govsweep.AccountSweep {
		return fieldWords{"政务新媒体", "账号", "账号代码"}
	}
	return fieldWords{"政府网站", "网站", "标识码"}
}

// sourcesRead says how many sources of an account worked.
func sourcesRead(c govsweep.PageCounts) string {
	bad := c.Blocked + c.Unread + c.Truncated
	if c.Read+bad == 0 {
		return "没有信息来源"
	}
	return fmt.Sprintf("来源正常%d个，不正常%d个", c.Read, bad)
}

func vetoWords(l *Line) string {
	switch {
	case len(l.Vetoes) > 0:
		return strings.Join(cleanAll(l.Vetoes), "、")
	case len(l.Verdict.Vetoes) > 0:
		return clean(codes(l.Verdict.Vetoes))
	case l.NoVeto:
		return unknown
	}
	return "0"
}

// openWords says what beside a line nobody has answered yet.
func openWords(l *Line) string {
	var words []string
	if n := len(l.Verdict.Open); n > 0 {
		words = append(words, fmt.Sprintf("另有%d项指标待核", n))
	}
	if l.Unasked > 0 {
		words = append(words, fmt.Sprintf("另有%d项单项否决指标没有检查", l.Unasked))
	}
	return strings.Join(words, "，")
}

var plainFile = regexp.MustCompile(`^[a-z0-9A-Z\p{Han}〔〕][a-zA-Z0-9\p{Han}〔〕._-]*\.html$`)

// safeFile lets only a plain name beside the overview become a link.
func safeFile(name string) string {
	if plainFile.MatchString(name) {
		return name
	}
	return ""
}
