package reports

import (
	"fmt"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// Lengths at which texts from outside are cut in a printed paper; the
// workbook and the JSON hold them whole.
const (
	maxName    = 80
	maxFact    = 600
	maxQuote   = 300
	maxAddress = 240
)

// noticeWords are the values of the placeholders of a paper.
func noticeWords(n *govsweep.Notice, f *Form) map[string]string {
	problems := problemsOf(n.Items)
	by := classCounts(problems)
	w := map[string]string{
		"site": name(n.Target.Name), "code": orWords(n.Target.Code, "（未登记）"), "url": orWords(address(n.Target.URL), "（未登记）"), "host": name(n.Addressee),
		"supervisor": orWords(n.Supervisor, "（登记信息未注明）"), "bureau": f.Bureau, "asof": moment(n.AsOf), "rulebook": bookName(n),
		"grade": gradeWord(n.Grade), "kind": paperName(f, n.Kind), "number": orWords(n.Number, "（字号印发时确定）"), "date": dateOr(n.Issued, "（印发日期）"),
		"count": number(len(problems)), "vetoes": number(by[govsweep.Veto]), "deductions": number(by[govsweep.Deduction] + by[govsweep.Bonus]),
		"norms": number(by[govsweep.Norm]), "items": itemNumbers(n.Items), "contact": f.Contact.Person, "phone": f.Contact.Phone,
		"email": f.Contact.Email, "address": f.Contact.Address, "reason": sentence(cut(clean(n.Reason), maxFact)),
	}
	addDeadline(w, n, f)
	if c := n.Cites; c != nil {
		w["parent_title"], w["parent_number"], w["parent_date"] = innerTitle.Replace(clean(cut(c.Title, 3*maxName))), clean(c.Number), dateOr(c.Issued, "（日期不详）")
		w["parent_deadline"] = orWords(chineseDay(c.Deadline), "原定期限")
	}
	return w
}

// innerTitle turns 书名号 within a title, which is itself put in 书名号.
var innerTitle = strings.NewReplacer("《", "〈", "》", "〉")

func addDeadline(w map[string]string, n *govsweep.Notice, f *Form) {
	p := f.Paper(n.Kind)
	if p == nil || p.Deadline == nil {
		return
	}
	if n.Deadline == "" {
		w["deadline"], w["until"] = "（截止日期印发时确定）", "（截止日期印发时确定）前"
		w["deadline_rule"] = "（期限印发时确定）"
		if rules := p.Deadline.rulesFor(n.Items); len(rules) == 1 {
			w["deadline_rule"] = rules[0].printed(p.Deadline.From)
		}
		return
	}
	day, rule := chineseDay(n.Deadline), clean(n.DeadlineRule)
	w["deadline"], w["until"], w["deadline_rule"] = day, day+"前（含当日）", rule
	if _, hour, ok := strings.Cut(rule, lastHour); ok {
		w["until"] = day + hour
	}
}

func bookName(n *govsweep.Notice) string {
	title, citation := clean(cut(n.BookTitle, 2*maxName)), clean(cut(n.Citation, 2*maxName))
	switch {
	case title == "":
		return citation
	case citation == "":
		return "《" + title + "》"
	}
	return "《" + title + "》（" + citation + "）"
}

// place is a column as an official writes it: 首页“政务公开”栏目下“通知公告”栏目.
func place(c *govsweep.ColumnRef) string {
	if c == nil {
		return ""
	}
	path := c.Path
	if len(path) == 0 {
		path = []string{c.Name}
	}
	home := ""
	if path[0] == "首页" || path[0] == "网站首页" {
		home, path = "首页", path[1:]
	}
	if len(path) == 0 {
		return home
	}
	parts := make([]string, 0, len(path))
	for _, p := range path[:min(len(path), 12)] {
		parts = append(parts, "“"+clean(cut(p, 40))+"”")
	}
	return home + strings.Join(parts, "栏目下") + "栏目"
}

// itemNumbers lists the numbers of items: 第1、3、5项.
func itemNumbers(items []govsweep.NoticeItem) string {
	var out []string
	for i := range items[:min(len(items), 30)] {
		out = append(out, number(items[i].No))
	}
	if len(out) == 0 {
		return ""
	}
	more := ""
	if len(items) > len(out) {
		more = fmt.Sprintf("等%d", len(items))
	}
	return "第" + strings.Join(out, "、") + more + "项"
}

func name(s string) string    { return cut(clean(s), maxName) }
func address(s string) string { return cut(clean(s), maxAddress) }

func orWords(s, otherwise string) string {
	if s = clean(s); strings.TrimSpace(s) == "" {
		return otherwise
	}
	return cut(s, 2*maxName)
}

func dateOr(t time.Time, otherwise string) string {
	if t.IsZero() {
		return otherwise
	}
	return govsweep.ChineseDate(t)
}

// chineseDay prints a day as storage keeps it; what is none stays as it is.
func chineseDay(day string) string {
	if t, err := govsweep.ParseDate(day); err == nil {
		return govsweep.ChineseDate(t)
	}
	return clean(day)
}

// sentence ends a text as a sentence ends.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsAny(lastRune(s), "。！？；…：") || closedSentence(s) {
		return s
	}
	return strings.TrimRight(s, "，、,;") + "。"
}

func lastRune(s string) string {
	r := []rune(s)
	return string(r[len(r)-1:])
}

func closedSentence(s string) bool {
	for _, end := range []string{"。”", "。）", "！”", "？”"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
