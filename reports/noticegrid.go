package reports

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// NoticeLines writes papers as JSON, one a line.
func NoticeLines(w io.Writer, notices []govsweep.Notice) error {
	return lines(w, notices, func(n govsweep.Notice) any {
		n.Items = notNil(n.Items)
		return n
	})
}

// NoticeGrid lays papers out, one a row; now tells how far deadlines are.
func NoticeGrid(notices []govsweep.Notice, now time.Time) Grid {
	g := Grid{Name: "文书", Cols: []Col{
		{Title: "编号", Width: 6}, {Title: "文号", Width: 22, Keep: true}, {Title: "种类", Width: 12, Spare: true}, {Title: "网站名称", Width: 28, Tell: true}, {Title: "状态", Width: 8},
		{Title: "未了结", Width: 8, Right: true, Keep: true}, {Title: "问题数", Width: 8, Right: true, Spare: true}, {Title: "整改期限", Width: 12, Spare: true}, {Title: "距期限", Width: 10},
		{Title: "下发日期", Width: 12, Wide: true}, {Title: "主办单位", Width: 28, Wide: true},
	}}
	for i := range notices {
		n := &notices[i]
		g.Rows = append(g.Rows, []Cell{
			text(n.ID), text(orUnknown(n.Number)), text(kindWord(n.Kind)), text(n.Target.Name), text(noticeStateWord(n.State)),
			count(unsettled(n)), count(len(problemsOf(n.Items))), text(orUnknown(n.Deadline)), text(untilDeadline(n, now)),
			text(issuedDay(n.Issued)), text(orUnknown(n.Host)),
		})
	}
	return g
}

// unsettled counts the problems a unit still owes something for.
func unsettled(n *govsweep.Notice) int {
	open := 0
	for _, p := range problemsOf(n.Items) {
		if slices.ContainsFunc(p.items, owed) {
			open++
		}
	}
	return open
}

func owed(it *govsweep.NoticeItem) bool {
	switch it.Status {
	case govsweep.Noticed, govsweep.Answered, govsweep.Disputed, govsweep.Reopened:
		return true
	}
	return false
}

func untilDeadline(n *govsweep.Notice, now time.Time) string {
	last, err := govsweep.ParseDate(n.Deadline)
	if err != nil || unsettled(n) == 0 || n.State == govsweep.NoticeClosed || n.State == govsweep.NoticeWithdrawn {
		return unknown
	}
	switch d := govsweep.DaysBetween(now, last); {
	case d < 0:
		return fmt.Sprintf("逾期%d天", -d)
	case d == 0:
		return "今天"
	default:
		return fmt.Sprintf("还有%d天", d)
	}
}

// NoticeText prints one paper for a terminal: what it says, how each item
// stands, the steps of its life, the papers that follow it and what is due.
func NoticeText(w io.Writer, n *govsweep.Notice, following []govsweep.Notice, due []string, width int) error {
	out := bufio.NewWriter(w)
	say(out, width, "文书", strings.TrimSpace(n.ID+" "+clean(n.Number))+"　"+kindWord(n.Kind)+"　"+noticeStateWord(n.State))
	say(out, width, "网站", clean(n.Target.Name)+"（"+orUnknown(n.Target.Code)+"）")
	say(out, width, "主送", clean(n.Addressee))
	say(out, width, "监测时间点", issuedDay(n.AsOf))
	if n.Deadline != "" {
		say(out, width, "整改期限", n.Deadline+"　"+clean(n.DeadlineRule))
	}
	if o := n.Override; o != nil {
		say(out, width, "存疑放行", fmt.Sprintf("%s：%s", clean(o.By), clean(o.Reason)))
	}
	for _, d := range due {
		say(out, width, "到期事项", d)
	}
	for _, p := range problemsOf(n.Items) {
		p.print(out, width)
	}
	fmt.Fprintln(out)
	for _, s := range n.Steps {
		say(out, width, s.At.In(govsweep.Shanghai).Format("01-02 15:04"), stepText(&s))
	}
	for _, f := range following {
		say(out, width, "后续文书", fmt.Sprintf("%s %s %s %s", f.ID, kindWord(f.Kind), clean(f.Number), noticeStateWord(f.State)))
	}
	for _, d := range n.Documents {
		say(out, width, "留存文件", fmt.Sprintf("%s　%s", clean(d.Name), d.Digest))
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write notice: %w", err)
	}
	return nil
}

// print shows a problem once and each of its items with its own standing.
func (p *problem) print(out *bufio.Writer, width int) {
	fmt.Fprintln(out)
	for _, it := range p.items {
		say(out, width, fmt.Sprintf("第%d项", it.No), fmt.Sprintf("【%s】%s %s %s（%s）", findingStatusWord(it.Status), it.Finding, clean(it.BookID), clean(it.Title), classWord(it.Class)))
	}
	say(out, width, "问题", p.facts()+p.repeated())
	if at := place(p.column()); at != "" {
		say(out, width, "位置", at)
	}
	pages := p.pages()
	if len(pages) > 1 {
		say(out, width, "网址", fmt.Sprintf("%s 等%d个", clean(pages[0]), len(pages)))
	} else {
		say(out, width, "网址", clean(p.first().URL))
	}
	say(out, width, "整改要求", p.remedies())
	p.each(out, width, "回复", func(it *govsweep.NoticeItem) string {
		if it.Answer == nil {
			return ""
		}
		return fmt.Sprintf("%s %s：%s", issuedDay(it.Answer.At), clean(it.Answer.By), clean(it.Answer.Measures))
	})
	p.each(out, width, "复查", func(it *govsweep.NoticeItem) string {
		if it.Retest == nil {
			return ""
		}
		s := fmt.Sprintf("%s 第%d次检查：%s", issuedDay(it.Retest.At), it.Retest.Sweep, clean(it.Retest.Why))
		for _, e := range it.Retest.Proof[:min(len(it.Retest.Proof), 3)] {
			s += "　证据" + e.Digest
		}
		return s
	})
}

// each prints what is told of each item: once where all say the same.
func (p *problem) each(out *bufio.Writer, width int, label string, tell func(it *govsweep.NoticeItem) string) {
	all := p.distinct(func(it *govsweep.NoticeItem) []string { return []string{tell(it)} })
	if len(all) == 1 {
		if all[0] != "" {
			say(out, width, label, all[0])
		}
		return
	}
	for _, it := range p.items {
		if s := tell(it); s != "" {
			say(out, width, label, fmt.Sprintf("第%d项：%s", it.No, s))
		}
	}
}

func stepText(s *govsweep.NoticeStep) string {
	who := "系统"
	if s.By != "" {
		who = clean(s.By)
	}
	line := fmt.Sprintf("%s　%s", who, noticeStepWord(s.Event))
	if s.From != s.To {
		line += fmt.Sprintf("（%s→%s）", noticeStateWord(s.From), noticeStateWord(s.To))
	}
	if len(s.Items) > 0 {
		line += "　第" + numberRuns(s.Items) + "项"
	}
	for _, more := range []string{clean(s.Reason), s.Paper} {
		if more != "" {
			line += "　" + more
		}
	}
	return line
}

// issuedDay prints the day of a time; "—" where there is none.
func issuedDay(t time.Time) string { return orUnknown(dayOf(t)) }
