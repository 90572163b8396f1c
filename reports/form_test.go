package reports_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

func general(t testing.TB) *reports.Form {
	t.Helper()
	f, err := reports.LoadForm("")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestTheShippedFormsAreWithoutFault(t *testing.T) {
	for _, id := range reports.Forms() {
		f, err := reports.LoadForm(id)
		if err != nil {
			t.Fatal(err)
		}
		if f.ID != id || f.Text() == "" {
			t.Errorf("form %s calls itself %s", id, f.ID)
		}
		again, err := reports.ParseForm([]byte(f.Text()), id)
		if err != nil || again.Text() != f.Text() {
			t.Errorf("%s does not read back: %v", id, err)
		}
	}
	if n := len(reports.Forms()); n < 2 {
		t.Errorf("%d forms", n)
	}
}

func TestNumbersCarrySixCornerBrackets(t *testing.T) {
	f := general(t)
	if got := f.Number(govsweep.RectificationNotice, 2026, 3); got != "网改〔2026〕3号" {
		t.Errorf("got %q", got)
	}
	if got := f.Number("other", 2026, 3); got != "" {
		t.Errorf("unknown kind: %q", got)
	}
}

// badForms change one thing in the general form; the fault names line and remedy.
var badForms = []struct{ name, old, new, say string }{
	{"an unknown key", "printer: 政府", "printers: 政府", "第9行：不认识的键“printers”，可用的键：author、bureau"},
	{"an unknown key within a paper", "    reply_slip: true", "    replyslip: true", "不认识的键“replyslip”"},
	{"a key twice", "headings:\n", "headings:\n  findings: 问题\n", "键“findings”重复"},
	{"round brackets in the number", "网改〔{year}〕{serial}号", "网改（{year}）{serial}号", "年份应使用六角括号〔〕"},
	{"ASCII brackets in the number", "网改〔{year}〕{serial}号", "网改[{year}]{serial}号", "年份应使用六角括号〔〕"},
	{"ASCII round brackets in the number", "网改〔{year}〕{serial}号", "网改({year}){serial}号", "年份应使用六角括号〔〕"},
	{"a number without serial", "网改〔{year}〕{serial}号", "网改〔{year}〕号", "应有且只有一处 {serial}"},
	{"a number without year", "网改〔{year}〕{serial}号", "网改〔2026〕{serial}号", "应有且只有一处〔{year}〕"},
	{"第 before the serial", "网改〔{year}〕{serial}号", "网改〔{year}〕第{serial}号", "不加“第”字"},
	{"two papers with one number", "网提〔{year}〕{serial}号", "网改〔{year}〕{serial}号", "字号与“papers.notice.number”相同"},
	{"a placeholder that does not exist", "我单位对你单位主办的政府网站“{site}”进行了检查", "我单位对{name}进行了检查", "不能使用占位符 {name}，可用的占位符：{site}"},
	{"a placeholder of another paper", "发现{count}个问题", "因{reason}发现{count}个问题", "不能使用占位符 {reason}"},
	{"a placeholder in the head", "head: 政府网站监管单位", "head: \"{site}\"", "“head”中不能使用占位符 {site}"},
	{"loose braces", "其他问题的整改照常进行", "其他问题的整改{照常进行", "不成对的花括号"},
	{"template syntax", "其他问题的整改照常进行", "{{.Title}}其他问题的整改照常进行", "不成对的花括号"},
	{"no basis", "根据{rulebook}和《", "根据《", "没有写明检查依据"},
	{"no deadline said", "请抓紧整改，并于{until}报送", "请抓紧整改并报送", "没有写明截止日期，应在某处使用 {until}"},
	{"a deadline of another form", "default: 10 workdays", "default: ten days", "期限“ten days”应写作 10 workdays"},
	{"a deadline of no days", "default: 10 workdays", "default: 0 workdays", "应在1至250个工作日之间"},
	{"an hour that does not exist", "default: 10 workdays", "default: 10 workdays by 25:00", "截止时刻“25:00”"},
	{"an unknown beginning", "from: issue", "from: today", "from 应为 issue"},
	{"no deadline", "    deadline:\n      default: 10 workdays\n      veto: 5 workdays\n      from: issue\n", "", "缺少“papers.notice.deadline”"},
	{"a number where text belongs", "remind: [3, 1, -3]", "remind: [三, 1]", "值“三”不是整数"},
	{"a reminder on the day itself", "remind: [3, 1, -3]", "remind: [3, 0]", "remind 是截止日前的工作日数"},
	{"a grace of minus one day", "grace: 0 ", "grace: -1 ", "grace 是宽限的工作日数"},
	{"text where a list belongs", "  receipt: [签收人, 签收时间, 联系电话]", "  receipt: 签收人", "此处应为列表"},
	{"a list where text belongs", "head: 政府网站监管单位", "head: [甲, 乙]", "不是文字"},
	{"a paper missing", "  withdrawal:", "  withdrawn:", "缺少“papers.withdrawal”一种文书"},
	{"an unknown numeral", "numerals: chinese", "numerals: roman", "numerals 应为 chinese"},
	{"too many items", "items_in_body: 10 ", "items_in_body: 1000 ", "items_in_body 应在1至100之间"},
	{"an indicator with capitals", "  secret-leak-site-veto:", "  SV-01b:", "“SV-01b”不是指标代码"},
	{"an empty demand", "  secret-leak-site-veto: 请立即将有关网页下线，按保密规定报告并配合查处，不得留存、转发有关内容。", "  column-stale: \"\"", "整改要求为空"},
	{"no bureau", "bureau: 政府网站监管单位\n", "", "缺少“bureau”"},
	{"a turned direction", "person: \"\"", "person: \"\\u202e联系人\"", "“contact.person”应写在一行内"},
	{"an anchor", "printer: 政府", "printer: &a 政府", "不支持锚点"},
	{"a contact that is used and not given", "复查通过的予以销号", "复查通过的予以销号（联系电话{phone}）", "使用了 {phone}，但“contact.phone”没有填写"},
	{"a broken file", "contact:", "contact: [", "不是正确的 YAML"},
	{"a bad id", "id: general", "id: 通用", "缺少“id”"},
}

func TestBadFormsSayWhatIsWrong(t *testing.T) {
	src := general(t).Text()
	for _, c := range badForms {
		if !strings.Contains(src, c.old) {
			t.Fatalf("%s: %q is not in the form", c.name, c.old)
		}
		_, err := reports.ParseForm([]byte(strings.Replace(src, c.old, c.new, 1)), "本单位.yaml")
		if err == nil {
			t.Errorf("%s: loaded", c.name)
			continue
		}
		if govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), c.say) || !strings.HasPrefix(err.Error(), "文书格式“本单位.yaml”有") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestEveryFaultIsNamedAtOnceInOrderOfLines(t *testing.T) {
	src := general(t).Text()
	for _, c := range [][2]string{{"head: 政府网站监管单位\n", ""}, {"numerals: chinese", "numerals: x"}, {"网改〔{year}〕", "网改[{year}]"}, {"veto: 3 workdays", "veto: soon"}, {"网撤〔{year}〕{serial}号", ""}} {
		src = strings.Replace(src, c[0], c[1], 1)
	}
	faults := reports.LintForm([]byte(src))
	if len(faults) != 5 {
		t.Fatalf("%d faults: %v", len(faults), faults)
	}
	for i := 1; i < len(faults); i++ {
		if faults[i].Line < faults[i-1].Line || faults[i].Line == 0 {
			t.Errorf("out of order or without line: %v", faults)
		}
	}
}

func TestLintHoldsDemandsAgainstTheRulebook(t *testing.T) {
	src := []byte(general(t).Text())
	if faults := reports.LintForm(src, "secret-leak-site-veto"); len(faults) != 0 {
		t.Errorf("%v", faults)
	}
	faults := reports.LintForm(src, "column-stale")
	if len(faults) != 1 || !strings.Contains(faults[0].String(), "评分规则中没有指标“secret-leak-site-veto”") {
		t.Errorf("%v", faults)
	}
}

func TestFormsOfOtherShapesAreRefused(t *testing.T) {
	for name, src := range map[string]string{
		"empty": "", "a word": "x", "a list": "- a\n", "two documents": "id: a\n---\nid: b\n", "deep": strings.Repeat("[", 5000),
		"a long line": "id: " + strings.Repeat("x", 9000), "huge": strings.Repeat("#\n", 300_000), "not text": "\x00\xff\xfe", "nested dashes": strings.Repeat("- ", 40) + "a",
	} {
		if _, err := reports.ParseForm([]byte(src), name); govsweep.KindOf(err) != govsweep.Wrong {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFormIsFoundByFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "本单位.yaml")
	if err := os.WriteFile(path, []byte(strings.Replace(general(t).Text(), "id: general", "id: own", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if f, err := reports.LoadForm(path); err != nil || f.ID != "own" {
		t.Errorf("%v", err)
	}
	_, err := reports.LoadForm("没有")
	if err == nil || !strings.Contains(err.Error(), "既不是内置格式（general、yunchuan），也不是文件") {
		t.Errorf("%v", err)
	}
}

func TestAFormWithoutLadderHasTheUsualOne(t *testing.T) {
	src := general(t).Text()
	a, b := strings.Index(src, "ladder:"), strings.Index(src, "reply:\n")
	f, err := reports.ParseForm([]byte(src[:a]+src[b:]), "x")
	if err != nil || len(f.Ladder.Remind) != 3 || f.Ladder.Escalate != 5 || f.Ladder.NameAfter != 3 {
		t.Errorf("%+v, %v", f, err)
	}
}

func FuzzAFormIsReadOrRefused(f *testing.F) {
	form, err := reports.LoadForm("")
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(form.Text()))
	f.Add([]byte("papers: {notice: {title: '{a}'}}"))
	f.Fuzz(func(t *testing.T, src []byte) {
		if _, err := reports.ParseForm(src, "x"); err != nil && govsweep.KindOf(err) != govsweep.Wrong {
			t.Errorf("%v", err)
		}
	})
}
