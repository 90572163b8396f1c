package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports/paper"
)

// NoticePaper lays a notice out as an official paper, with the wording of the
// form it was drafted with (FormOf). The same notice and form give the same
// paper. A draft prints 草稿 and leaves number, date and deadline open. Texts
// that came from a website or the register stay text.
func NoticePaper(n *govsweep.Notice, f *Form) *paper.Paper {
	w := writer{n: n, f: f, p: f.Paper(n.Kind), words: noticeWords(n, f), problems: problemsOf(n.Items)}
	w.columns = columnProblems(w.problems)
	if w.p == nil { // a notice storage never gives: printed as the plainest kind
		w.p = &f.Papers.Reminder
	}
	out := &paper.Paper{
		Title: fill(w.p.Title, w.words), Head: f.Head, Number: w.number(), To: name(n.Addressee),
		Author: f.Author, Date: n.Issued, Note: w.note(), CopyTo: w.copyTo(), Printer: f.Printer,
		Draft: n.State == govsweep.NoticeDraft,
	}
	if out.Author == "" {
		out.Author = f.Bureau
	}
	if f.Printer != "" {
		out.Printed = n.Issued
	}
	if w.p.Sheet {
		out.Head, out.CopyTo, out.Printer, out.Printed = "", "", "", time.Time{}
		out.Title += "\n（" + out.Number + "）" // without a head there is no line for it
	}
	w.opening()
	switch {
	case n.Kind == govsweep.RectificationNotice:
		w.full()
	case n.Kind == govsweep.Reminder:
		w.light()
	case follows(n.Kind):
		w.further()
	}
	out.Body = w.body
	for _, a := range w.annexes {
		out.Annexes = append(out.Annexes, a.Title)
	}
	out.Appended = w.annexes
	return out
}

// writer writes the body of one paper.
type writer struct {
	n       *govsweep.Notice
	f       *Form
	p       *FormPaper
	words   map[string]string
	body    []paper.Block
	annexes []paper.Appendix
	parts   int // 一、二、 so far

	problems []problem           // the root causes of the items
	columns  map[string]*problem // by address of the column
}

func (w *writer) number() string {
	if w.n.Number != "" {
		return clean(w.n.Number)
	}
	year := w.n.Drafted.In(govsweep.Shanghai).Year()
	return fill(w.p.Number, map[string]string{"year": number(year), "serial": "\u3000"})
}

// note is the 附注: whom to ask.
func (w *writer) note() string {
	var out []string
	for _, c := range w.f.Contact.rows() {
		if c.value != "" {
			out = append(out, c.label+"："+c.value)
		}
	}
	return strings.Join(out, "，")
}

// copyTo leaves out whom the register does not name, and the addressee.
func (w *writer) copyTo() string {
	var out []string
	for _, to := range w.f.CopyTo {
		if strings.Contains(to, "{supervisor}") {
			if strings.TrimSpace(clean(w.n.Supervisor)) == "" {
				continue
			}
			to = fill(to, map[string]string{"supervisor": name(w.n.Supervisor)})
		}
		if to != name(w.n.Addressee) && to != w.f.Bureau {
			out = append(out, to)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, "，") + "。"
}

func (w *writer) text(words ...string) {
	for _, s := range words {
		if s != "" {
			w.body = append(w.body, paper.Para{Text: s})
		}
	}
}

func (w *writer) filled(words []string) { w.text(fillAll(words, w.words)...) }

// part begins 一、二、三、.
func (w *writer) part(title string) {
	w.parts++
	w.body = append(w.body, paper.Para{Level: paper.First, Text: chineseNumber(w.parts) + "、" + title})
}

func (w *writer) opening() {
	w.text(strings.Join(fillAll(w.p.Basis, w.words), "") + fill(w.p.Opening, w.words))
	if w.n.State == govsweep.NoticeDraft && w.n.Override != nil {
		w.text(fmt.Sprintf("【拟稿提示，印发时不印】本次检查曾被列为存疑，由%s于%s决定继续使用，理由：%s",
			name(w.n.Override.By), moment(w.n.Override.At), sentence(cut(clean(w.n.Override.Reason), maxFact))))
	}
}

// full is the body of a 整改通知书.
func (w *writer) full() {
	if len(w.p.Inspected) > 0 {
		w.part(w.f.Headings.Inspected)
		w.filled(w.p.Inspected)
	}
	w.part(w.f.Headings.Findings)
	w.text(w.tally())
	w.items()
	if len(w.p.Requirements) > 0 {
		w.part(w.f.Headings.Requirements)
		w.filled(w.requirements())
	}
	if len(w.p.Answering) > 0 {
		w.part(w.f.Headings.Answering)
		w.filled(w.p.Answering)
	}
	w.filled(w.p.Closing)
	w.annexes = append(w.annexes, w.list())
	w.slip()
	w.addresses()
}

// requirements are those of the form, without the sentences about vetoes
// where the notice names none.
func (w *writer) requirements() []string {
	if classCounts(w.problems)[govsweep.Veto] > 0 {
		return w.p.Requirements
	}
	return slices.DeleteFunc(slices.Clone(w.p.Requirements), func(s string) bool { return strings.HasPrefix(s, "涉及单项否决指标的") })
}

// tally says how many problems of which class follow and where they stand.
func (w *writer) tally() string {
	var parts []string
	for _, c := range classOrder {
		if k := classCounts(w.problems)[c]; k > 0 {
			parts = append(parts, classWord(c)+number(k)+"个")
		}
	}
	s := fmt.Sprintf("共%d个问题，其中%s。", len(w.problems), strings.Join(parts, "、"))
	if len(parts) == 1 {
		s = fmt.Sprintf("共%d个问题，均为%s指标。", len(w.problems), strings.TrimRight(parts[0], "0123456789个"))
	}
	if w.grouped() {
		s += fmt.Sprintf("同一问题不符合多项指标的，合并为一个问题，按指标逐项编号共%d项；类别按其中最重的计。", len(w.n.Items))
	}
	if len(w.problems) > w.f.Style.ItemsInBody {
		return s + fmt.Sprintf("以下列出前%d个，全部问题见附件“问题清单”。", w.f.Style.ItemsInBody)
	}
	return s + "详见附件“问题清单”。"
}

// classCounts counts problems by the class of their weightiest item.
func classCounts(all []problem) map[govsweep.Class]int {
	by := map[govsweep.Class]int{}
	for i := range all {
		by[knownClass(all[i].first().Class)]++
	}
	return by
}

// light is the body of a 监管提示单: one page where it can be, so the findings
// stand in a table, whose letters are small.
func (w *writer) light() {
	shown := min(len(w.problems), w.f.Style.ItemsInBody)
	w.body = append(w.body, w.briefTable(w.problems[:shown]))
	w.others(shown)
	w.filled(w.p.Requirements)
	w.filled(w.p.Answering)
	w.filled(w.p.Closing)
	w.slip()
	w.addresses()
}

// others says that a table holds the first problems alone, and adds the list.
func (w *writer) others(shown int) {
	if shown == len(w.problems) {
		return
	}
	w.text(fmt.Sprintf("以上列出%d个问题中的前%d个，全部问题见附件“问题清单”。", len(w.problems), shown))
	w.annexes = append(w.annexes, w.list())
}

func (w *writer) briefTable(all []problem) paper.Table {
	t := paper.Table{Head: []string{"序号", "问题", "处理要求"}, Widths: []int{6, 68, 26}}
	for i := range all {
		p := &all[i]
		proof := "检查时间：" + p.looked() + "。依据：" + sentence(p.clauses())
		if codes := w.codes(p); codes != "" {
			proof += "证据编号：" + codes + "。"
		}
		fact := p.facts() + "（" + classWord(p.first().Class) + "）" + p.repeated() + w.counted(p)
		t.Rows = append(t.Rows, []string{p.numbers(), fact + "\n" + w.where(p) + "\n" + proof, p.remedies()})
	}
	return t
}

// further is the body of a paper that follows a notice.
func (w *writer) further() {
	switch {
	case w.n.Kind == govsweep.Amendment:
		w.filled(w.p.Requirements)
		for i := range w.n.Items {
			w.text(amended(&w.n.Items[i]))
		}
	case w.n.Kind == govsweep.Withdrawal:
		w.filled(w.p.Requirements)
	default:
		w.body = append(w.body, w.openTable())
		w.filled(w.p.Requirements)
	}
	w.filled(w.p.Answering)
	w.filled(w.p.Closing)
	if w.n.Kind == govsweep.Urge || w.n.Kind == govsweep.SupervisionOrder {
		w.slip()
	}
}

// amended says what becomes of an item of the earlier notice.
func amended(it *govsweep.NoticeItem) string {
	title := cut(clean(it.Title), maxName)
	if it.TakenOut() {
		return fmt.Sprintf("原第%d项问题（%s）经核查予以撤销，不再要求整改和回复。", it.No, title)
	}
	return fmt.Sprintf("原第%d项问题（%s）的事实更正为：%s", it.No, title, sentence(cut(clean(it.Summary), maxFact)))
}

// openTable lists every open problem in few words, for the facts stand in the
// notice itself; a 督办单, which goes to others as well, tells them once.
// Problems of one indicator with one demand and one standing share a row.
func (w *writer) openTable() paper.Table {
	t := paper.Table{Head: []string{"原序号", "问题", "整改要求", "目前情况"}, Widths: []int{10, 40, 28, 22}}
	facts := w.n.Kind == govsweep.SupervisionOrder
	rows := map[string]int{}
	for i := range w.problems {
		p := &w.problems[i]
		where, said := p.short(), ""
		if title, at := cut(clean(p.first().Title), maxName), place(p.column()); at != "" {
			where, said = at, title+"："
		}
		if facts {
			where, said = p.facts(), ""
		}
		key := strings.Join([]string{said, p.remedies(), p.standing()}, "\x00")
		if at, ok := rows[key]; ok && said != "" {
			t.Rows[at][0] += "、" + p.numbers()
			t.Rows[at][1] += "、" + where
			continue
		}
		rows[key] = len(t.Rows)
		t.Rows = append(t.Rows, []string{p.numbers(), said + where, p.remedies(), p.standing()})
	}
	return t
}

// standing says where a problem of the earlier notice stands, item by item
// where they differ.
func (p *problem) standing() string {
	all := p.distinct(func(it *govsweep.NoticeItem) []string { return []string{itemStanding(it)} })
	if len(all) == 1 {
		return all[0]
	}
	var out []string
	for _, it := range p.items {
		out = append(out, fmt.Sprintf("第%d项：%s", it.No, itemStanding(it)))
	}
	return strings.Join(out, "\n")
}

// itemStanding says where an item of the earlier notice stands.
func itemStanding(it *govsweep.NoticeItem) string {
	switch {
	case it.Retest != nil && it.Retest.Result == govsweep.RetestFailed:
		return fmt.Sprintf("%s复查未通过。%s", govsweep.ChineseDate(it.Retest.At), sentence(cut(clean(it.Retest.Why), maxQuote)))
	case it.Retest != nil && it.Retest.Result == govsweep.RetestUnknown:
		return fmt.Sprintf("%s复查时未能核实。%s", govsweep.ChineseDate(it.Retest.At), sentence(cut(clean(it.Retest.Why), maxQuote)))
	case it.Status == govsweep.Fixed:
		return "已整改。"
	case it.Answer != nil:
		return fmt.Sprintf("%s已回复，尚未复查通过。", govsweep.ChineseDate(it.Answer.At))
	case it.Status == govsweep.Disputed:
		return "已提出异议，正在核查。"
	}
	return "未收到整改回复。"
}

var chineseDigits = []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// chineseNumber writes 1 to 999 as headings are numbered; larger ones in digits.
func chineseNumber(n int) string {
	if n < 1 || n > 999 {
		return number(n)
	}
	s, h, t := "", n/100, n/10%10
	if h > 0 {
		s = chineseDigits[h] + "百"
	}
	switch {
	case t == 1 && h == 0:
		s += "十"
	case t > 0:
		s += chineseDigits[t] + "十"
	case h > 0 && n%10 > 0:
		s += "零"
	}
	if n%10 > 0 {
		s += chineseDigits[n%10]
	}
	return s
}
