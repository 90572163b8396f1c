package reports

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports/paper"
)

// items writes the findings out in the body, as many as the form wants.
func (w *writer) items() {
	for i := range w.n.Items[:min(len(w.n.Items), w.f.Style.ItemsInBody)] {
		w.item(&w.n.Items[i])
	}
}

func (w *writer) item(it *govsweep.NoticeItem) {
	head := fmt.Sprintf("%s（%s，%s）", cut(clean(it.Title), maxName), classWord(it.Class), clean(cut(it.BookID, 20)))
	if w.f.Style.Numerals == "arabic" {
		w.body = append(w.body, paper.Para{Level: paper.Third, Text: number(it.No) + ". " + head})
	} else {
		w.body = append(w.body, paper.Para{Level: paper.Second, Text: "（" + chineseNumber(it.No) + "）" + head})
	}
	w.text(sentence(cut(clean(it.Summary), maxFact)) + w.repeated(it))
	w.text(w.whereabouts(it))
	w.text(proven(it))
	w.text("依据：" + sentence(cut(clean(it.Clause), maxFact)))
	w.text("整改要求：" + sentence(cut(clean(it.Remedy), maxFact)))
	if codes := w.codes(it); codes != "" {
		w.text("证据编号：" + codes + "。")
	}
}

// proven is when it was looked at, and what was seen then.
func proven(it *govsweep.NoticeItem) string {
	if facts := quoted(it); facts != "" {
		return "查证情况：检查时间为" + moment(it.InspectedAt) + "。" + facts
	}
	return "检查时间：" + moment(it.InspectedAt) + "。"
}

func (w *writer) repeated(it *govsweep.NoticeItem) string {
	if it.Repeat < 2 {
		return ""
	}
	return fmt.Sprintf("该问题已连续%d个季度出现。", it.Repeat)
}

// whereabouts is column and address of a finding, one sentence.
func (w *writer) whereabouts(it *govsweep.NoticeItem) string {
	var s string
	if p := place(it.Column); p != "" {
		s = "位置：" + p + "，"
	}
	if len(it.Pages) > 1 {
		return s + fmt.Sprintf("涉及%d个网址：%s。", len(it.Pages), w.firstPages(it, w.f.Style.PagesInBody))
	}
	return s + "网址：" + w.firstPages(it, 1) + "。"
}

// where is column and address of a finding, for a cell.
func (w *writer) where(it *govsweep.NoticeItem) string {
	if p := place(it.Column); p != "" {
		return p + "\n" + w.firstPages(it, w.f.Style.PagesInBody)
	}
	return w.firstPages(it, w.f.Style.PagesInBody)
}

// firstPages lists the first addresses and says where the others stand.
func (w *writer) firstPages(it *govsweep.NoticeItem, most int) string {
	pages := pagesOfItem(it)
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
func quoted(it *govsweep.NoticeItem) string {
	var out []string
	for _, d := range it.Detail[:min(len(it.Detail), 6)] {
		if d = strings.TrimRight(strings.TrimSpace(cut(clean(d), maxQuote)), "。；"); d != "" {
			out = append(out, d)
		}
	}
	s := strings.Join(out, "；")
	if len(it.Detail) > 6 {
		s += fmt.Sprintf("；另有%d条，见问题清单电子表", len(it.Detail)-6)
	}
	return sentence(s)
}

// codes are the short digests of the evidence.
func (w *writer) codes(it *govsweep.NoticeItem) string {
	var out []string
	for _, e := range it.Evidence[:min(len(it.Evidence), w.f.Style.Evidence)] {
		out = append(out, w.code(e.Digest))
	}
	s := strings.Join(out, "、")
	if len(it.Evidence) > len(out) {
		s += fmt.Sprintf("等%d份", len(it.Evidence))
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
