package reports

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/plain"
)

var (
	formID        = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)
	indicatorCode = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// NoticeKinds are the kinds of paper, in the order of a notice's life.
func NoticeKinds() []govsweep.NoticeKind {
	return []govsweep.NoticeKind{govsweep.RectificationNotice, govsweep.Reminder, govsweep.Urge,
		govsweep.SupervisionOrder, govsweep.Amendment, govsweep.Withdrawal}
}

// check looks for what the shape of the file alone does not show.
func (r *formReader) check() {
	f := r.form
	if !formID.MatchString(f.ID) {
		r.wrong("id", "缺少“id”，或“id”不是小写字母、数字和连字符（至多40个字符）。")
	}
	r.must("name", f.Name)
	r.must("bureau", f.Bureau)
	r.must("head", f.Head)
	r.plain("author", f.Author)
	r.plain("printer", f.Printer)
	for i, to := range f.CopyTo {
		r.words(fmt.Sprintf("copy_to.%d", i), to, []string{"supervisor"})
	}
	for _, c := range f.Contact.rows() {
		r.plain("contact."+c.key, c.value)
	}
	r.checkStyle()
	r.checkLadder()
	r.checkReply()
	for _, h := range []struct{ key, value string }{{"inspected", f.Headings.Inspected}, {"findings", f.Headings.Findings},
		{"requirements", f.Headings.Requirements}, {"answering", f.Headings.Answering}} {
		r.must("headings."+h.key, h.value)
	}
	for code, demand := range f.Demands {
		r.checkDemand(string(code), demand)
	}
	numbers := map[string]string{}
	for _, kind := range NoticeKinds() {
		r.checkPaper(kind, f.Paper(kind), numbers)
	}
}

// contactRow is one line of the contact: its key, its placeholder, its label.
type contactRow struct{ key, word, label, value string }

func (c FormContact) rows() []contactRow {
	return []contactRow{{"person", "contact", "联系人", c.Person}, {"phone", "phone", "联系电话", c.Phone},
		{"email", "email", "电子邮箱", c.Email}, {"address", "address", "地址", c.Address}}
}

func (r *formReader) checkStyle() {
	s := &r.form.Style
	if s.Numerals == "" {
		s.Numerals = "chinese"
	}
	if s.Numerals != "chinese" && s.Numerals != "arabic" {
		r.wrong("style.numerals", "numerals 应为 chinese（（一）（二））或 arabic（1. 2.）。")
	}
	for _, n := range []struct {
		key              string
		value            *int
		usual, low, high int
	}{
		{"items_in_body", &s.ItemsInBody, 10, 1, 100}, {"pages_in_body", &s.PagesInBody, 3, 1, 20},
		{"pages_in_annex", &s.PagesInAnnex, 200, 1, 2000}, {"evidence", &s.Evidence, 3, 1, 20}, {"digest_chars", &s.DigestChars, 12, 8, 64},
	} {
		if *n.value == 0 {
			*n.value = n.usual
		}
		if *n.value < n.low || *n.value > n.high {
			r.wrong("style."+n.key, "%s 应在%d至%d之间。", n.key, n.low, n.high)
		}
	}
}

func (r *formReader) checkLadder() {
	l := &r.form.Ladder
	if r.lines["ladder"] == 0 {
		*l = FormLadder{Remind: []int{3, 1, -3}, Escalate: 5, NameAfter: 3}
	}
	if len(l.Remind) > 20 {
		r.wrong("ladder.remind", "remind 至多20项。")
	}
	for i, n := range l.Remind {
		if n == 0 || n < -60 || n > 60 || slices.Contains(l.Remind[:i], n) {
			r.wrong("ladder.remind", "remind 是截止日前的工作日数（负数为截止日后），应在1至60或-60至-1之间且不重复。")
			break
		}
	}
	for _, n := range []struct {
		key, what string
		value     int
	}{{"grace", "宽限的工作日数", l.Grace}, {"escalate", "逾期后至督办的工作日数", l.Escalate}, {"name_after", "通报前的催办次数", l.NameAfter}} {
		if n.value < 0 || n.value > 60 {
			r.wrong("ladder."+n.key, "%s 是%s，应在0至60之间。", n.key, n.what)
		}
	}
}

func (r *formReader) checkReply() {
	p := r.form.Reply
	r.must("reply.title", p.Title)
	r.plain("reply.note", p.Note)
	for _, list := range []struct {
		key   string
		words []string
	}{{"reply.receipt", p.Receipt}, {"reply.fields", p.Fields}} {
		if len(list.words) == 0 || len(list.words) > 8 {
			r.wrong(list.key, "“%s”应有1至8项。", list.key)
		}
		for i, w := range list.words {
			r.must(fmt.Sprintf("%s.%d", list.key, i), w)
		}
	}
}

func (r *formReader) checkDemand(code, demand string) {
	at := "demands." + code
	if !indicatorCode.MatchString(code) {
		r.wrong(at, "“%s”不是指标代码；指标代码由小写英文字母、数字和连字符组成，可用 govsweep rules list 查看。", clean(cut(code, 40)))
	}
	if demand == "" {
		r.wrong(at, "指标“%s”的整改要求为空；删去此行即采用评分规则中的整改建议。", clean(cut(code, 40)))
	}
	r.words(at, demand, demandWords)
}

func (r *formReader) strangeDemands(known []govsweep.IndicatorCode) {
	for code := range r.form.Demands {
		if !slices.Contains(known, code) {
			r.wrong("demands."+string(code), "评分规则中没有指标“%s”。", clean(cut(string(code), 40)))
		}
	}
}

func (r *formReader) checkPaper(kind govsweep.NoticeKind, p *FormPaper, numbers map[string]string) {
	at := "papers." + string(kind)
	if r.lines[at] == 0 {
		r.wrong("papers", "缺少“%s”一种文书。", at)
		return
	}
	r.must(at+".name", p.Name)
	lists := wordsOf(kind, p.Deadline != nil)
	for _, w := range []struct{ key, value string }{{"title", p.Title}, {"opening", p.Opening}} {
		if w.value == "" {
			r.wrong(at+"."+w.key, "缺少“%s.%s”。", at, w.key)
		}
		r.words(at+"."+w.key, w.value, lists...)
	}
	for _, l := range []struct {
		key   string
		words []string
	}{{"basis", p.Basis}, {"inspected", p.Inspected}, {"requirements", p.Requirements}, {"answering", p.Answering}, {"closing", p.Closing}} {
		for i, w := range l.words {
			r.words(fmt.Sprintf("%s.%s.%d", at, l.key, i), w, lists...)
		}
	}
	r.checkSubstance(kind, at, p)
	r.checkNumber(at+".number", p.Number, numbers)
	r.checkDeadline(at+".deadline", kind, p.Deadline)
}

// checkSubstance asks for what a paper of its kind may not leave unsaid.
func (r *formReader) checkSubstance(kind govsweep.NoticeKind, at string, p *FormPaper) {
	all := strings.Join(slices.Concat([]string{p.Title, p.Opening}, p.Basis, p.Inspected, p.Requirements, p.Answering, p.Closing), "\n")
	for _, c := range r.form.Contact.rows() {
		if c.value == "" && strings.Contains(all, "{"+c.word+"}") {
			r.wrong(at, "“%s”使用了 {%s}，但“contact.%s”没有填写。", at, c.word, c.key)
		}
	}
	need := func(words, what string) {
		if !strings.Contains(all, words) {
			r.wrong(at, "“%s”没有写明%s，应在某处使用 %s。", at, what, words)
		}
	}
	if kind == govsweep.RectificationNotice {
		need("{rulebook}", "检查依据")
		need("{asof}", "监测时间点")
	}
	if p.Deadline != nil && !strings.Contains(all, "{deadline}") {
		need("{until}", "截止日期")
	}
	if follows(kind) {
		need("{parent_number}", "原通知书的字号")
		need("{parent_date}", "原通知书的日期")
	}
	if kind == govsweep.Amendment || kind == govsweep.Withdrawal {
		need("{reason}", "更正或撤销的原因")
	}
}

func follows(kind govsweep.NoticeKind) bool {
	return kind != govsweep.RectificationNotice && kind != govsweep.Reminder
}

// wordsOf are the placeholders a kind of paper has values for.
func wordsOf(kind govsweep.NoticeKind, deadline bool) [][]string {
	lists := [][]string{caseWords}
	if deadline {
		lists = append(lists, deadlineWords)
	}
	if follows(kind) {
		lists = append(lists, parentWords)
	}
	if kind == govsweep.Amendment || kind == govsweep.Withdrawal {
		lists = append(lists, reasonWords)
	}
	return lists
}

func (r *formReader) checkNumber(at, pattern string, numbers map[string]string) {
	if pattern == "" {
		r.wrong(at, "缺少“%s”，例如 网改〔{year}〕{serial}号。", at)
		return
	}
	r.words(at, pattern, numberWords)
	switch {
	case strings.ContainsAny(pattern, "()[]（）［］【】〈〉《》"):
		r.wrong(at, "字号“%s”中的年份应使用六角括号〔〕，不能使用圆括号或方括号，例如 网改〔{year}〕{serial}号。", clean(cut(pattern, 40)))
	case strings.Count(pattern, "〔{year}〕") != 1 || strings.Count(pattern, "〔") != 1 || strings.Count(pattern, "〕") != 1:
		r.wrong(at, "字号“%s”应有且只有一处〔{year}〕。", clean(cut(pattern, 40)))
	case strings.Count(pattern, "{serial}") != 1:
		r.wrong(at, "字号“%s”应有且只有一处 {serial}。", clean(cut(pattern, 40)))
	case strings.Contains(pattern, "第{serial}"):
		r.wrong(at, "字号的顺序号前不加“第”字，例如 网改〔{year}〕{serial}号。")
	case !strings.HasSuffix(pattern, "{serial}号"):
		r.wrong(at, "字号“%s”应以 {serial}号 结尾。", clean(cut(pattern, 40)))
	case len([]rune(pattern)) > 60:
		r.wrong(at, "字号过长。")
	}
	if other := numbers[pattern]; other != "" {
		r.wrong(at, "字号与“%s”相同；各种文书分别编号，字号须能互相区分。", other)
	}
	numbers[pattern] = at
}

func (r *formReader) checkDeadline(at string, kind govsweep.NoticeKind, d *FormDeadline) {
	if d == nil {
		if kind == govsweep.RectificationNotice {
			r.wrong(at, "缺少“%s”：整改通知书应有整改期限。", at)
		}
		return
	}
	if d.Default == "" {
		r.wrong(at+".default", "缺少“%s.default”。", at)
	}
	for _, rule := range []struct{ key, value string }{{"default", d.Default}, {"veto", d.Veto}, {"deduction", d.Deduction}, {"norm", d.Norm}} {
		if rule.value == "" {
			continue
		}
		if _, err := parseRule(rule.value); err != nil {
			r.wrong(at+"."+rule.key, "%s", err)
		}
	}
	switch d.From {
	case "":
		d.From = "issue"
	case "issue", "receipt":
	default:
		r.wrong(at+".from", "from 应为 issue（自印发之日起）或 receipt（自收到之日起）。")
	}
}

// must asks for a value without placeholders.
func (r *formReader) must(at, value string) {
	if value == "" {
		r.wrong(at, "缺少“%s”。", at)
		return
	}
	r.plain(at, value)
}

func (r *formReader) plain(at, value string) { r.words(at, value) }

// words checks a text: one line, nothing unseen, no strange placeholder.
func (r *formReader) words(at, value string, lists ...[]string) {
	if !plain.Is(value) && !(strings.HasSuffix(at, ".title") && plain.Is(strings.ReplaceAll(value, "\n", ""))) {
		r.wrong(at, "“%s”应写在一行内，且不能含有控制字符或不可见字符。", at)
	}
	unknown, loose := strangers(value, lists...)
	for _, p := range unknown {
		if len(lists) == 0 {
			r.wrong(at, "“%s”中不能使用占位符 %s。", at, clean(cut(p, 40)))
			continue
		}
		r.wrong(at, "“%s”中不能使用占位符 %s，可用的占位符：%s。", at, clean(cut(p, 40)), braced(lists...))
	}
	if loose {
		r.wrong(at, "“%s”中有不成对的花括号；花括号只用于占位符。", at)
	}
}

// wrong adds a fault at the line of a key, or of the nearest key above it.
func (r *formReader) wrong(at, format string, args ...any) {
	line := r.lines[at]
	for up := at; line == 0 && strings.Contains(up, "."); line = r.lines[up] {
		up = up[:strings.LastIndex(up, ".")]
	}
	r.faults = append(r.faults, FormFault{line, fmt.Sprintf(format, args...)})
}
