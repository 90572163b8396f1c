package reports

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports/paper"
)

// list is the annex 问题清单: every problem, one row each.
func (w *writer) list() paper.Appendix {
	t := paper.Table{
		Head:   []string{"序号", "指标", "位置和网址", "问题和查证情况", "检查时间", "依据", "整改要求", "证据编号"},
		Widths: []int{4, 10, 20, 24, 9, 13, 13, 13},
	}
	for i := range w.problems {
		p := &w.problems[i]
		fact := p.facts() + p.repeated() + w.counted(p)
		if q := w.quoted(p); q != "" {
			fact += "\n" + q
		}
		t.Rows = append(t.Rows, []string{
			p.numbers(), p.listed(), w.where(p), fact, p.looked(), p.clauses(), p.remedies(), strings.ReplaceAll(w.codes(p), "、", "\n"),
		})
	}
	head := "网站名称：%s  网站标识码：%s  监测时间点：%s"
	if w.n.Target.Kind == govsweep.AccountTarget {
		head = "账号名称：%s  账号代码：%s  监测时间点：%s"
	}
	body := []paper.Block{paper.Para{Flush: true, Small: true, Text: fmt.Sprintf(head, w.words["site"], w.words["code"], w.words["asof"])}, t}
	for _, note := range w.evidenceNotes() {
		body = append(body, paper.Para{Flush: true, Small: true, Text: note})
	}
	return paper.Appendix{Title: "问题清单", Wide: true, Body: body}
}

// evidenceNotes say how the evidence is checked.
func (w *writer) evidenceNotes() []string {
	for i := range w.n.Items {
		if len(w.n.Items[i].Evidence) == 0 {
			continue
		}
		return []string{
			fmt.Sprintf("注：1. 证据编号为所采集网页内容的SHA-256校验值的前%d位，内容有任何改动，校验值即不同。", w.f.Style.DigestChars),
			"2. 采集的原始内容装入证据包（与本文书的电子文件同名、扩展名为zip），可运行“govsweep evidence verify 证据包文件名”核验其完整、未经改动，不需要联网。未收到证据包或对问题事实有疑问的，可凭证据编号申请查看。",
		}
	}
	return nil
}

// slip is the 整改回复单, where the form wants one.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", "") }

func (w *writer) slip() {
	if !w.p.ReplySlip {
		return
	}
	r := w.f.Reply
	receipt := paper.Table{Head: r.Receipt, Rows: [][]string{blankCells(len(r.Receipt))}}
	items := paper.Table{Head: append([]string{"序号", "问题"}, r.Fields...), Widths: []int{5, 30}}
	for range r.Fields {
		items.Widths = append(items.Widths, max(65/len(r.Fields), 8))
	}
	for i := range w.problems {
		p := &w.problems[i]
		items.Rows = append(items.Rows, append([]string{p.numbers(), p.short()}, blankCells(len(r.Fields))...))
	}
	body := []paper.Block{
		paper.Para{Flush: true, Text: w.words["bureau"] + "："},
		paper.Para{Text: fmt.Sprintf("《%s》（%s）收悉。现将“%s”的整改情况回复如下。", fill(oneLine(w.p.Title), w.words), w.number(), w.words["site"])},
		receipt, items,
	}
	if r.Note != "" {
		body = append(body, paper.Para{Flush: true, Small: true, Text: "注：" + r.Note})
	}
	body = append(body,
		paper.Para{Flush: true, Small: true, Text: "回复单位（盖章）：" + w.words["host"] + "　　　　负责同志（签字）：　　　　　　　　回复日期：　　　　年　　月　　日"})
	w.annexes = append(w.annexes, paper.Appendix{Title: r.Title, Wide: true, Body: body})
}

// blankCells are cells with room to write in by hand.
func blankCells(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = "\n"
	}
	return out
}

// listed names every indicator of a problem, with its number where there are several.
func (p *problem) listed() string {
	if len(p.items) == 1 {
		return p.named()
	}
	var out []string
	for _, it := range p.items {
		out = append(out, fmt.Sprintf("第%d项：%s（%s，%s）", it.No, cut(clean(it.Title), maxName), classWord(it.Class), clean(cut(it.BookID, 20))))
	}
	return strings.Join(out, "\n")
}

// short names a problem in few words: where it is and what it is.
func (p *problem) short() string {
	s := cut(clean(p.first().Title), maxName)
	if at := place(p.column()); at != "" {
		return at + "：" + s
	}
	if pages := p.pages(); len(pages) > 1 {
		return s + "\n" + address(pages[0]) + fmt.Sprintf(" 等%d个网址", len(pages))
	}
	return s + "\n" + address(p.first().URL)
}

// addresses is the annex of long lists; it stands only where the body had to
// cut one.
func (w *writer) addresses() {
	var body []paper.Block
	for i := range w.problems {
		p := &w.problems[i]
		_, pages := w.counts(p)
		if len(pages) <= w.f.Style.PagesInBody {
			continue
		}
		most := min(len(pages), w.f.Style.PagesInAnnex)
		head := fmt.Sprintf("第%s项 %s，共%d个网址", p.numbers(), cut(clean(p.first().Title), maxName), len(pages))
		if most < len(pages) {
			head += fmt.Sprintf("，以下列出前%d个，其余%d个见电子表“%s”", most, len(pages)-most, NoticeFileName(w.n)+".xlsx")
		}
		t := paper.Table{Caption: head, Head: []string{"序号", "网址"}, Widths: []int{8, 92}}
		for k, page := range pages[:most] {
			t.Rows = append(t.Rows, []string{number(k + 1), address(page)})
		}
		body = append(body, t)
	}
	if len(body) > 0 {
		w.annexes = append(w.annexes, paper.Appendix{Title: "网址清单", Body: body})
	}
}
