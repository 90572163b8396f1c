package reports

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports/paper"
)

// annexRows is how many rows of a list an annex prints on paper.
const annexRows = 500

// AnnexPaper lays a statistical annex out: what was counted and from what,
// a chart by month, the lists, and where each number comes from.
func AnnexPaper(a *Annex) *paper.Paper {
	p := &paper.Paper{Title: fmt.Sprintf("%s政府网站与政务公开统计附表\n（%s至%s）", a.Subject, govsweep.ChineseDate(a.months[0].from), govsweep.ChineseDate(a.months[len(a.months)-1].to))}
	say := func(format string, args ...any) {
		p.Body = append(p.Body, new(circularText).say(format, args...).para(paper.Text, true))
	}
	n := a.Find
	p.Body = append(p.Body, paper.Para{Level: paper.First, Text: "一、网站发布信息"})
	say("统计期内，%s个网站发布信息%s条，另有%s个网站未能统计；计入栏目%s个，其中按周归月%s个，未能读取、未计入的栏目%s个。", n("items.sites"), n("items.total"),
		n("items.unknown"), n("columns.counted"), n("columns.byweek"), n("columns.unread"))
	say("按栏目列表计数，同一信息列入几个栏目计几次（单位统计表同一网址只计一次，两者可以不同）；上级栏目汇总下级栏目的不重复计算；没有日期的信息不计入。按周归月的，每周计入其最后一天所在的月份。")
	for _, m := range a.months {
		if a.unfinished[m.label] {
			say("%s尚未统计完整：部分网站只统计到监测时间点，不能与其他月份比较。", m.label)
		}
	}
	p.Body = append(p.Body, a.monthBars())
	say("其中政府公报栏目%s条，政策解读栏目%s条，留言公开栏目%s条。", n("gazette.items"), n("readings.items"), n("letters.items"))
	p.Body = append(p.Body, paper.Para{Level: paper.First, Text: "二、政务新媒体、政策解读和留言答复"})
	say("%s在册政务新媒体%s个，发布信息%s条。", sourceOf(a.accounts), n("accounts.registered"), n("accounts.posts"))
	if b := a.in.Figures.Accounts; b != nil && b.Sweep != 0 {
		say("最近一次账号检查（监测时间点"+govsweep.ChineseDate(b.AsOf)+"）检查%s个，其中合格%s个，不合格%s个，待核%s个。", n("accounts.checked"), n("accounts.qualified"),
			n("accounts.unqualified"), n("accounts.undecided"))
	}
	if b := a.in.Figures.Accounts; b != nil && b.Why != "" {
		say("%s", b.Why)
	}
	say("%s政策解读稿件%s篇，非文字形式占%s。", sourceOf(a.readings), n("interpretations.items"), n("interpretations.share"))
	say("%s收到网民留言%s件，已答复%s件。", sourceOf(a.letters), n("answers.received"), n("answers.answered"))
	if a.printed != nil {
		p.Body = append(p.Body, paper.Para{Level: paper.First, Text: "三、报告数据复核"})
		say("报告中的数据%s项，能够复核%s项；报告数、复核数和差额见附件，是否相符由检查人员认定。", n("printed.all"), n("printed.counted"))
	}
	for _, l := range []*CircularList{a.printed, a.sites, a.columns, a.accounts, a.readings, a.letters} {
		if l != nil && len(l.Grid.Rows) > 0 {
			p.Appended = append(p.Appended, paper.Appendix{Title: l.Title, Wide: len(l.Grid.Cols) > 6, Body: listBlocks(l, annexRows, func([]Cell) bool { return true })})
		}
	}
	p.Appended = append(p.Appended, a.sources())
	for _, x := range p.Appended {
		p.Annexes = append(p.Annexes, x.Title)
	}
	return p
}

func sourceOf(l *CircularList) string {
	if l == nil {
		return ""
	}
	return supplied(l)
}

func (a *Annex) monthBars() paper.Bars {
	bars := paper.Bars{Caption: "网站发布信息（按月，条）"}
	for i, n := range a.byMonth {
		label := a.months[i].label
		if a.unfinished[label] {
			label += notOver
		}
		bars.Bars = append(bars.Bars, paper.Bar{Label: label, Value: n.Value, Text: n.Text, Known: n.Known()})
	}
	return bars
}

// AnnexWorkbook writes the lists of an annex, a sheet each, behind a sheet
// that says of each number where it was counted.
func AnnexWorkbook(w io.Writer, a *Annex) error { return a.workbook(w) }

// WriteAnnex writes a statistical annex into dir as DOCX, HTML and XLSX, its
// numbers as lines of JSON, and as PDF where a browser is there. files and
// skipped are those of WriteCircular.
func WriteAnnex(ctx context.Context, dir string, a *Annex) (files, skipped []string, err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, fmt.Errorf("write annex: %w", err)
	}
	name := a.FileName()
	return writePaper(ctx, dir, name, AnnexPaper(a),
		part{name + ".xlsx", func(w io.Writer) error { return AnnexWorkbook(w, a) }},
		part{name + ".jsonl", func(w io.Writer) error { return a.numberLines(w) }})
}

// FileName is what the files of an annex are called: what it counts and the
// months, as 统计附表-云川市-2026年1月至2026年9月.
func (a *Annex) FileName() string {
	first, last := a.months[0], a.months[len(a.months)-1]
	words := "统计附表-" + a.Subject + "-" + first.from.Format("2006年1月")
	if last.label != first.label {
		words += "至" + last.to.Format("2006年1月")
	}
	return safeName(words, "")
}

// lastStep is the last element of a printed path.
func lastStep(path string) string {
	parts := strings.Split(path, " > ")
	return parts[len(parts)-1]
}
