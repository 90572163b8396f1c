package reports_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/raced"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/reports/paper"
)

// hostileWords are the hostile strings and those that aim at a form.
func hostileWords() []string {
	out := hostile()
	out = out[:min(220, len(out))] // the others differ in their number alone
	names := []string{"site", "code", "deadline", "until", "deadline_rule", "count", "number", "reason", "parent_number", "year", "serial", "host", "column"}
	for _, w := range names[:max(raced.Less(len(names)), 3)] {
		out = append(out, "{"+w+"}", "{{"+w+"}}", "{{."+w+"}}", "${"+w+"}", "{"+w)
	}
	return out
}

// poisonedNotice has s in every text of site, finding, book and person, and
// the form's values as well where formToo says so.
func poisonedNotice(t *testing.T, s string, formToo bool) (*govsweep.Notice, *govsweep.Notice, *reports.Form) {
	t.Helper()
	f := general(t)
	c := confirmedCase()
	for _, v := range []any{&c.Site, &c.Findings, &c.Book, &c.By} {
		poison(reflect.ValueOf(v).Elem(), s)
	}
	c.Site.Media = "" // a word of ours, which makes another paper of it
	c.Repeats = map[string]int{s: 2}
	for i := range c.Findings {
		x := &c.Findings[i]
		x.Status, x.Class, x.ID = govsweep.Confirmed, []govsweep.Class{govsweep.Veto, govsweep.Deduction, govsweep.Norm}[i%3], fmt.Sprint(s, i)
		c.Titles[x.Indicator] = s
	}
	if formToo {
		for _, v := range []any{&f.Head, &f.Bureau, &f.Author, &f.Printer, &f.CopyTo, &f.Contact, &f.Headings, &f.Reply} {
			poison(reflect.ValueOf(v).Elem(), s)
		}
		f.Demands = map[govsweep.IndicatorCode]string{govsweep.IndicatorCode(s): s}
		for _, k := range reports.NoticeKinds() {
			d := f.Paper(k).Deadline
			f.Paper(k).Deadline = nil
			poison(reflect.ValueOf(f.Paper(k)).Elem(), s)
			f.Paper(k).Deadline = d
		}
	}
	n := draft(t, c, f)
	n = issued(t, n, f, "2021-09-17")
	n.Items[0].Answer = &govsweep.Answer{At: n.Issued, By: s, Measures: s, Done: s, Responsible: s, Proof: s}
	n.Items[1].Retest = &govsweep.Retest{At: n.Issued, Result: govsweep.RetestFailed, Why: s}
	u, err := reports.Follow(n, reports.Further{Kind: govsweep.Amendment, By: s, At: n.Issued, Reason: s, Corrected: map[int]string{1: s}, Items: []int{2}}, f)
	if err != nil {
		t.Fatal(err)
	}
	return n, issued(t, u, f, "2021-10-08"), f
}

func TestHostileStringsAreInertInNotices(t *testing.T) {
	for _, formToo := range []bool{false, true} {
		n, u, f := poisonedNotice(t, "x", formToo)
		want := noticeShape(t, n, f) + noticeShape(t, u, f)
		for _, s := range hostileWords() {
			if strings.TrimSpace(reports.Clean(s)) == "" {
				t.Fatalf("%q says nothing", s)
			}
			n, u, f := poisonedNotice(t, s, formToo)
			got := noticeShape(t, n, f) + noticeShape(t, u, f)
			if got != want && !formToo { // a hostile form may well change how many lines its head takes
				t.Errorf("%q changes the structure of the document", s)
			}
			checkNoticeDOCX(t, s, n, f)
			if formToo { // the others hold nothing of the form
				continue
			}
			checkNoticeDOCX(t, s, u, f)
			checkNoticeJSON(t, s, n)
			checkNoticeJSON(t, s, u)
		}
	}
}

// noticeShape is the shape of a notice; how many lines a title takes depends
// on its length.
func noticeShape(t *testing.T, n *govsweep.Notice, f *reports.Form) string {
	t.Helper()
	return strings.ReplaceAll(shapeOf(t, drawNotice(t, n, f)), "br ", "")
}

func drawNotice(t *testing.T, n *govsweep.Notice, f *reports.Form) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := paper.HTML(&b, reports.NoticePaper(n, f)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var fieldCode = regexp.MustCompile(`<w:(instrText|fldSimple)[^>]*>([^<]*)`)

// fixedPart are parts of the package that hold nothing of the notice.
var fixedPart = regexp.MustCompile(`(styles|theme1?|numbering|fontTable|settings|webSettings)\.xml$`)

// checkNoticeDOCX reads the package again: XML that parses, no field but the
// page number, nothing that reaches out.
func checkNoticeDOCX(t *testing.T, s string, n *govsweep.Notice, f *reports.Form) {
	t.Helper()
	var b bytes.Buffer
	if err := paper.DOCX(&b, reports.NoticePaper(n, f)); err != nil {
		t.Fatal(err)
	}
	zr, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range zr.File {
		if fixedPart.MatchString(part.Name) {
			continue
		}
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for dec := xml.NewDecoder(bytes.NewReader(text)); ; {
			if _, err := dec.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%q: %s is no XML: %v", s, part.Name, err)
			}
		}
		for _, m := range fieldCode.FindAllSubmatch(text, -1) {
			if code := strings.TrimSpace(string(m[2])); code != "PAGE" {
				t.Errorf("%q: %s has the field %q", s, part.Name, code)
			}
		}
		if bytes.Contains(text, []byte(`TargetMode="External"`)) || bytes.Contains(text, []byte("<w:hyperlink")) {
			t.Errorf("%q: %s reaches out", s, part.Name)
		}
	}
}

func TestHostileStringsAreInertInTheSheetOfANotice(t *testing.T) {
	n, _, _ := poisonedNotice(t, hostile()[0], false)
	for _, s := range hostileWords() {
		m, u, _ := poisonedNotice(t, s, false)
		n.Items = append(append(n.Items, m.Items[:2]...), u.Items...)
	}
	var b bytes.Buffer
	if err := reports.NoticeSheet(&b, n); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for _, sheet := range x.GetSheetList() {
		rows, err := x.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, cell := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				formula, err := x.GetCellFormula(sheet, at)
				if err != nil || formula != "" || isFormula(cell) {
					t.Errorf("%s %s: formula %q, cell %q, %v", sheet, at, formula, cell, err)
				}
				checkText(t, cell)
			}
		}
	}
}

func checkNoticeJSON(t *testing.T, s string, n *govsweep.Notice) {
	t.Helper()
	var b bytes.Buffer
	if err := reports.JSON(&b, n, true); err != nil {
		t.Fatal(err)
	}
	var back govsweep.Notice
	if err := json.Unmarshal(b.Bytes(), &back); err != nil || back.Target.Name != n.Target.Name && utf8.ValidString(s) {
		t.Errorf("%q came back as %q (%v)", s, back.Target.Name, err)
	}
	for _, r := range b.String() {
		if (r < ' ' && r != '\n') || (r >= 0x7f && r < 0xa0) || (r >= 0x202a && r <= 0x202e) {
			t.Errorf("%q: json holds %U as it is", s, r)
		}
	}
}

func TestTextThatReadsLikeAPlaceholderStaysText(t *testing.T) {
	for _, s := range []string{"{deadline}", "{until}", "{{deadline}}", "{{.Deadline}}", "{site}", "{code}", "{serial}", "{reason}{reason}"} {
		f := form(t, "yunchuan")
		c := confirmedCase()
		c.Site.Name, c.Site.Host = s+"网", s+"办公室"
		c.Findings[0].Indicator, c.Findings[0].Column.Name, c.Findings[0].Column.Path = "column-stale", s, []string{"首页", s}
		c.Findings[0].Summary = "栏目“" + s + "”未更新。"
		n := draft(t, c, f)
		if want := "请于期限内更新首页“" + s + "”栏目；确无更新内容的，按程序归并，并在原位置注明去向。"; n.Items[0].Remedy != want {
			t.Errorf("%s: demand %q", s, n.Items[0].Remedy)
		}
		p := reports.NoticePaper(issued(t, n, f, "2021-09-17"), f)
		if want := "云川市人民政府办公室\n关于“" + s + "网”\n检查发现问题的整改通知书"; p.Title != want {
			t.Errorf("%s: title %q", s, p.Title)
		}
		if p.To != s+"办公室" || !strings.Contains(dump(p), "栏目“"+s+"”未更新。") {
			t.Errorf("%s: %s", s, p.To)
		}
	}
}

func TestSameNoticeSameBytes(t *testing.T) {
	var first []string
	for round := range 2 {
		f := general(t)
		n := issued(t, draft(t, confirmedCase(), f), f, "2021-09-17")
		for i, render := range []func(io.Writer) error{
			func(w io.Writer) error { return paper.DOCX(w, reports.NoticePaper(n, f)) },
			func(w io.Writer) error { return paper.HTML(w, reports.NoticePaper(n, f)) },
			func(w io.Writer) error { return reports.NoticeSheet(w, n) },
			func(w io.Writer) error { return reports.JSON(w, n, true) },
		} {
			var b bytes.Buffer
			if err := render(&b); err != nil {
				t.Fatal(err)
			}
			if round == 0 {
				first = append(first, b.String())
			} else if first[i] != b.String() {
				t.Errorf("form %d differs", i)
			}
		}
	}
}

func TestANoticeOfThreeHundredFindings(t *testing.T) {
	if raced.On {
		t.Skip("nothing but the size differs from other notices")
	}
	c, f := confirmedCase(), general(t)
	one := c.Findings[2]
	c.Findings = nil
	for i := range 300 {
		x := one
		x.ID, x.Fingerprint = fmt.Sprintf("F%011d", i), fmt.Sprintf("%032d", i)
		x.Class = []govsweep.Class{govsweep.Veto, govsweep.Deduction, govsweep.Norm}[i%3]
		for k := range 200 {
			x.Pages = append(x.Pages, fmt.Sprintf("http://www.yunchuan.example/%d/%d.html", i, k))
		}
		c.Findings = append(c.Findings, x)
	}
	n := issued(t, draft(t, c, f), f, "2021-09-17")
	p := reports.NoticePaper(n, f)
	text := dump(p)
	for _, must := range []string{"共300个问题，其中单项否决100个、扣分100个、规范要求100个。以下列出前10个，全部问题见附件“问题清单”。",
		"共226个网址，以下列出前200个，其余26个见电子表“网改〔2021〕3号-云川市人民政府门户网站.xlsx”", "（十）", "其余223个见附件“网址清单”"} {
		if !strings.Contains(text, must) {
			t.Errorf("%q is missing", must)
		}
	}
	if strings.Contains(text, "（十一）") {
		t.Error("the body goes on")
	}
	var docx, sheet bytes.Buffer
	if err := paper.DOCX(&docx, p); err != nil {
		t.Fatal(err)
	}
	if err := reports.NoticeSheet(&sheet, n); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(&sheet)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for name, want := range map[string]int{"问题清单": 301, "网址清单": 300*226 + 1, "证据": 300*len(one.Evidence) + 1} {
		if rows, err := x.GetRows(name); err != nil || len(rows) != want {
			t.Errorf("%s: %d rows, want %d, %v", name, len(rows), want, err)
		}
	}
	t.Logf("%d KB of DOCX", docx.Len()>>10)
}

func TestFileNamesOfNoticesAreSafeAndDiffer(t *testing.T) {
	safe := regexp.MustCompile(`^[\p{Han}A-Za-z0-9〔〕_-]{1,200}$`)
	seen := map[string]string{}
	for _, s := range append(hostileWords(), "a/b", "a\\b", "a:b", "con", strings.Repeat("长", 300), "", ".", "..", "云川市", "云川 市") {
		for _, number := range []string{"", "网改〔2021〕3号", s} {
			n := &govsweep.Notice{ID: "N1", Number: number, Target: govsweep.Target{Name: s, URL: "http://" + s}}
			name := reports.NoticeFileName(n)
			if !safe.MatchString(name) || len(name) > 200 || strings.HasPrefix(name, "-") {
				t.Errorf("%q gives %q", s, name)
			}
			key := number + "\x00" + s
			if other, ok := seen[name]; ok && other != key {
				t.Errorf("%q and %q share %q", key, other, name)
			}
			seen[name] = key
		}
	}
	if got := reports.NoticeFileName(&govsweep.Notice{Number: "网改〔2021〕3号", Target: govsweep.Target{Name: "云川市人民政府门户网站"}}); got != "网改〔2021〕3号-云川市人民政府门户网站" {
		t.Errorf("got %q", got)
	}
}
