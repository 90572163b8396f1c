package reports

import (
	"fmt"
	"io"
	"regexp"
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
	return l
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
		{Label: "检查范围", Value: orUnknown(clean(o.Sweep.Scope))}, {Label: "监测时间点", Value: orUnknown(moment(o.Sweep.AsOf))},
		{Label: "检查依据", Value: orUnknown(bookLine(o.Book))}, {Label: "检查状态", Value: sweepStateWord(o.Sweep.State)},
		{Label: "开始时间", Value: orUnknown(moment(o.Sweep.Started))}, {Label: "结束时间", Value: orUnknown(moment(o.Sweep.Ended))},
	}
	p.Register = registerOf(o.Register, o.Compared)
	n := map[string]int{}
	for i := range o.Lines {
		v := lineOf(i+1, &o.Lines[i])
		if v.Findings == unknown {
			n[unknown]++
		} else {
			n[v.Grade]++
		}
		p.Lines = append(p.Lines, v)
	}
	p.Summary = fmt.Sprintf("本次检查共有%d个%s，其中合格%d个，不合格%d个，待核%d个，未能检查%d个。", len(o.Lines), p.Words.One, n["合格"], n["不合格"], n["待核"], n[unknown])
	p.Grades = barChart("各结论的"+p.Words.One+"数量", []bar{
		{Label: "合格", Value: n["合格"], Kind: "bonus"}, {Label: "不合格", Value: n["不合格"], Kind: "veto"},
		{Label: "待核", Value: n["待核"], Kind: "deduction"}, {Label: "未能检查", Value: n[unknown], Kind: "norm"},
	})
	return p
}

func lineOf(n int, l *Line) lineView {
	v := lineView{
		Number: n, Name: clean(orUnknown(l.Target.Name)), URL: l.Target.URL, Code: orUnknown(clean(l.Target.Code)), File: safeFile(l.File),
		Grade: unknown, Score: unknown, Vetoes: unknown, Findings: unknown, Coverage: unknown, Note: clean(l.Note),
	}
	if l.Verdict != nil {
		v.Grade, v.Kind, v.Findings = gradeWord(l.Verdict.Grade), gradeKind(l.Verdict.Grade), number(l.Findings)
		v.Score, v.Vetoes = scoreCell(l.Verdict).Text, vetoWords(l)
		if n := len(l.Verdict.Open); n > 0 {
			v.Open = fmt.Sprintf("另有%d项指标待核", n)
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
	}
	return "0"
}

var plainFile = regexp.MustCompile(`^[a-z0-9A-Z\p{Han}〔〕][a-zA-Z0-9\p{Han}〔〕._-]*\.html$`)

// safeFile lets only a plain name beside the overview become a link.
func safeFile(name string) string {
	if plainFile.MatchString(name) {
		return name
	}
	return ""
}
