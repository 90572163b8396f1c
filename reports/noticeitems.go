package reports

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports/paper"
)

// items writes the problems out in the body, as many as the form wants.
func (w *writer) items() {
	for i := range w.problems[:min(len(w.problems), w.f.Style.ItemsInBody)] {
		w.item(&w.problems[i])
	}
}

func (w *writer) item(p *problem) {
	if w.f.Style.Numerals == "arabic" {
		w.body = append(w.body, paper.Para{Level: paper.Third, Text: number(p.no) + ". " + p.named()})
	} else {
		w.body = append(w.body, paper.Para{Level: paper.Second, Text: "（" + chineseNumber(p.no) + "）" + p.named()})
	}
	w.text(p.facts() + p.repeated() + w.counted(p) + w.whereabouts(p) + w.proven(p))
	last := "依据：" + sentence(p.clauses()) + "整改要求：" + sentence(p.remedies())
	if codes := w.codes(p); codes != "" {
		last += "证据编号：" + codes + "。"
	}
	if w.grouped() {
		last += "对应问题清单第" + p.numbers() + "项。"
	}
	w.text(last)
}

// grouped says that some problem stands under several items, so that their
// numbers are not those of the problems.
func (w *writer) grouped() bool { return len(w.problems) < len(w.n.Items) }

// proven is when it was looked at, and what was seen then.
func (w *writer) proven(p *problem) string {
	if facts := w.quoted(p); facts != "" {
		return "查证情况：检查时间为" + p.looked() + "。" + facts
	}
	return "检查时间：" + p.looked() + "。"
}

// whereabouts is column and address of a problem, one sentence.
func (w *writer) whereabouts(p *problem) string {
	named, pages := w.counts(p)
	if len(named) > 0 && len(pages) == 0 {
		return ""
	}
	var s string
	if at := place(p.column()); at != "" {
		s = "位置：" + at + "，"
	}
	if len(pages) > 1 {
		return s + fmt.Sprintf("涉及%d个网址：%s。", len(pages), firstPages(pages, w.f.Style.PagesInBody))
	}
	if first := firstPages(pages, 1); first != "" {
		return s + "网址：" + first + "。"
	}
	if s == "" {
		return "" // an account without an address
	}
	return strings.TrimSuffix(s, "，") + "。"
}

// where is column and address of a problem, for a cell.
func (w *writer) where(p *problem) string {
	_, pages := w.counts(p)
	if len(pages) == 0 {
		return "见所涉栏目各项"
	}
	if at := place(p.column()); at != "" {
		return at + "\n" + firstPages(pages, w.f.Style.PagesInBody)
	}
	return firstPages(pages, w.f.Style.PagesInBody)
}

// firstPages lists the first addresses and says where the others stand.
func firstPages(pages []string, most int) string {
	var out []string
	for _, p := range pages[:min(len(pages), most)] {
		out = append(out, address(p))
	}
	s := strings.Join(out, "；")
	if len(pages) > most {
		s += fmt.Sprintf("；其余%d个见%s", len(pages)-most, annexPages)
	}
	return s
}

const annexPages = "附件“网址清单”"

func pagesOfItem(it *govsweep.NoticeItem) []string {
	if len(it.Pages) == 0 {
		return []string{it.URL}
	}
	return it.Pages
}

// quoted joins the quoted facts.
func (w *writer) quoted(p *problem) string {
	details := w.quotable(p)
	var out []string
	for _, d := range details[:min(len(details), 6)] {
		if d = strings.TrimRight(strings.TrimSpace(cut(clean(d), maxQuote)), "。；"); d != "" {
			out = append(out, d)
		}
	}
	s := strings.Join(out, "；")
	if len(details) > 6 {
		s += fmt.Sprintf("；另有%d条，见问题清单电子表", len(details)-6)
	}
	return sentence(s)
}

// codes are the short digests of the evidence.
func (w *writer) codes(p *problem) string {
	all := p.evidence()
	var out []string
	for _, e := range all[:min(len(all), w.f.Style.Evidence)] {
		out = append(out, w.code(e.Digest))
	}
	s := strings.Join(out, "、")
	if len(all) > len(out) {
		s += fmt.Sprintf("等%d份", len(all))
	}
	return s
}

func (w *writer) code(digest string) string {
	return beginning(clean(strings.TrimPrefix(digest, "sha256:")), w.f.Style.DigestChars)
}

// beginning keeps the first n runes, without a mark: a code is a beginning.
func beginning(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
