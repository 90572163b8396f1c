package reports_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/reports/paper"
)

// hostileQuarter has s in every text a site, a register, a unit or a person
// can fill; what decides (states, codes, days) stays as it is.
func hostileQuarter(s string) reports.CircularInput {
	in := withSample(quarter())
	in.Targets = in.Targets[:9]
	in.Suspect, in.Override = s+"x", &govsweep.Override{By: s + "x", Reason: s + "x"}
	for i := range in.Targets {
		poisonTarget(&in.Targets[i], s)
	}
	for p := range in.Past {
		in.Past[p].Label, in.Past[p].Targets = s, in.Past[p].Targets[:9]
		for i := range in.Past[p].Targets {
			poisonTarget(&in.Past[p].Targets[i], s)
		}
	}
	for i := range in.Frame {
		id, code, state := in.Frame[i].ID, in.Frame[i].Code, in.Frame[i].State
		poison(reflect.ValueOf(&in.Frame[i]).Elem(), s)
		in.Frame[i].ID, in.Frame[i].Code, in.Frame[i].State = id, code, state
	}
	for i := range in.Notices {
		n := &in.Notices[i]
		n.Number, n.Host, n.Addressee, n.Target.Name = s, s, s, s
	}
	for i := range in.Repeats {
		in.Repeats[i].Title, in.Repeats[i].Unit = s, s
	}
	poison(reflect.ValueOf(&in.Figures).Elem(), s)
	in.Sample.Seed, in.Sample.Rule, in.Sample.Digest, in.Sample.Strata[0].Level, in.Sample.Strata[0].Drawn[0] = s, s, s, s, s
	in.Period.Label, in.Number, in.Book.Title, in.Book.Citation = s, s, s, s
	return in
}

func poisonTarget(t *reports.CircularTarget, s string) {
	site := t.Site
	poison(reflect.ValueOf(&t.Site).Elem(), s)
	t.Site.ID, t.Site.Code, t.Site.Kind = site.ID, site.Code, site.Kind
	t.Note = s
	if t.Verdict != nil {
		t.Verdict.Reason = s
		for i := range t.Verdict.Items {
			t.Verdict.Items[i].Name, t.Verdict.Items[i].ID = s, s
		}
	}
	for i := range t.Findings {
		f := &t.Findings[i]
		f.Summary, f.URL, f.ID, f.BookID, f.Cause = s, s, s, s, s
		if f.Column != nil {
			f.Column = &govsweep.ColumnRef{Name: s, Path: []string{"首页", s}}
		}
	}
}

// TestHostileTextsAreInertInEveryFormOfACircular puts each text everywhere
// and reads every file again.
func TestHostileTextsAreInertInEveryFormOfACircular(t *testing.T) {
	form := circularForm(t, reports.ScoreStyle)
	form.Contact = "{asof}"
	want := map[bool]string{} // of papers with charts, which take time to draw, and without
	for i, s := range append([]string{"x", "x"}, hostile()...) {
		in, charts := hostileQuarter(s), i%40 == 0
		if !charts {
			in.Past = nil
		}
		c, err := reports.NewCircular(in, form)
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		p := reports.CircularPaper(c, form)
		var page, numbers bytes.Buffer
		for _, err := range []error{paper.HTML(&page, p), reports.CircularNumbers(&numbers, c)} {
			if err != nil {
				t.Fatalf("%q: %v", s, err)
			}
		}
		shape := circularShape(t, page.Bytes())
		if want[charts] == "" {
			want[charts] = shape
		}
		if shape != want[charts] {
			t.Errorf("%q changes the structure of the page", s)
		}
		for _, line := range strings.Split(strings.TrimSpace(numbers.String()), "\n") {
			if !json.Valid([]byte(line)) {
				t.Errorf("%q: line %q", s, line)
			}
		}
		if !strings.Contains(bodyText(p), "联系人：{asof}") {
			t.Errorf("%q: a text that was put in was read again", s)
		}
	}
}

// TestHostileTextsAreInertInTheFilesOfACircular reads one paper and one
// workbook in which each text stands in every kind of cell a finding fills.
func TestHostileTextsAreInertInTheFilesOfACircular(t *testing.T) {
	in := hostileQuarter("=1+1")
	f := in.Targets[0].Findings[0]
	for i, s := range hostile() {
		f.Summary, f.URL, f.BookID, f.Cause, f.ID, f.Fingerprint = s, s, s, s, s, fmt.Sprint(i)
		f.Column = &govsweep.ColumnRef{Name: s, Path: []string{s}}
		in.Targets[0].Findings = append(in.Targets[0].Findings, f)
		in.Figures.Interpretations.Rows = append(in.Figures.Interpretations.Rows, reports.InterpretationRow{Name: s})
		in.Notices = append(in.Notices, govsweep.Notice{Kind: govsweep.Reminder, State: govsweep.NoticeIssued, Number: s, Host: s})
	}
	c, form := newCircular(t, in, reports.ScoreStyle)
	var book, doc bytes.Buffer
	for _, err := range []error{reports.CircularWorkbook(&book, c), paper.DOCX(&doc, reports.CircularPaper(c, form))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	checkCircularBook(t, book.Bytes())
	checkCircularDocx(t, doc.Bytes())
}

func circularShape(t *testing.T, page []byte) string {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			checkText(t, n.Data)
		}
		if n.Type == html.ElementNode {
			switch n.Data {
			case "script", "iframe", "object", "embed", "link", "base", "form":
				t.Errorf("element %s", n.Data)
			case "p", "table", "section", "h1", "h2", "tr":
				b.WriteString(n.Data + " ")
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "srcdoc" || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
					t.Errorf("attribute %s=%q", a.Key, a.Val)
				}
			}
		}
	}
	return b.String()
}

func checkCircularDocx(t *testing.T, doc []byte) {
	z, err := zip.NewReader(bytes.NewReader(doc), int64(len(doc)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		dec := xml.NewDecoder(r)
		for {
			tok, err := dec.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s is no XML: %v", f.Name, err)
			}
			if el, ok := tok.(xml.StartElement); ok {
				for _, a := range el.Attr {
					if a.Name.Local == "TargetMode" && a.Value == "External" {
						t.Error("the paper reaches outside")
					}
				}
			}
			if words, ok := tok.(xml.CharData); ok {
				checkText(t, string(words))
			}
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

func checkCircularBook(t *testing.T, book []byte) {
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if _, err := strconv.ParseFloat(cell, 64); err != nil && cell != "" && isFormula(cell) {
					t.Errorf("%s holds %q", sheet, cell)
				}
				checkText(t, cell)
			}
		}
	}
}

func TestAFormIsReadStrictly(t *testing.T) {
	good := "id: a\nstyle: vetoes\nbureau: 甲\ntitle: 关于{period}检查的通报\nto: 各单位\narea: 全市\nbasis: 根据{rulebook}，\ndemands: [按期整改。]\n"
	if _, err := reports.ReadCircularForm(strings.NewReader(good)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ src, say string }{
		"an unknown key":          {good + "heading: x\n", "heading"},
		"a key twice":             {good + "id: b\n", "id"},
		"an unknown placeholder":  {strings.Replace(good, "{period}", "{quarter}", 1), "不能使用的占位符"},
		"a placeholder half open": {strings.Replace(good, "{period}", "{period", 1), "不成对的花括号"},
		"an unknown style":        {strings.Replace(good, "vetoes", "all", 1), "style 应为"},
		"no title":                {strings.Replace(good, "关于{period}检查的通报", "\"\"", 1), "缺少 title"},
		"no examples":             {good + "examples: 0\n", "examples 应在"},
		"bands out of order":      {good + "bands: [{name: 低, least: 1}, {name: 高, least: 2}]\n", "bands 第2档"},
		"an anchor":               {good + "phone: &a 1\ncontact: *a\n", "锚点或引用"},
		"deep nesting":            {good + "families: " + strings.Repeat("[", 60) + "\n", "层次过深"},
		"nested dashes":           {"- - - - - - - - - - - a\n", "层次过深"},
		"too large":               {strings.Repeat("# x\n", 400_000), "超过1兆字节"},
		"no YAML":                 {"id: [\n", "不符合格式"},
		"two documents":           {good + "---\nid: b\n", "多个文档"},
	} {
		_, err := reports.ReadCircularForm(strings.NewReader(c.src))
		if govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, id := range reports.CircularForms() {
		if f, err := reports.LoadCircularForm(id); err != nil || f.ID != id {
			t.Errorf("%s: %v", id, err)
		}
	}
	if _, err := reports.LoadCircularForm("nowhere.yaml"); govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), "找不到通报格式") {
		t.Errorf("a form that is not there: %v", err)
	}
}

func TestACircularIsPublishedByTheBureauOfTheNotices(t *testing.T) {
	b, err := reports.LoadForm("yunchuan")
	if err != nil {
		t.Fatal(err)
	}
	f := circularForm(t, reports.VetoStyle).Of(b)
	c, err := reports.NewCircular(quarter(), f)
	if err != nil {
		t.Fatal(err)
	}
	p := reports.CircularPaper(c, f)
	if p.Head != "云川市人民政府办公室文件" || p.Author != "云川市人民政府办公室" || !strings.HasPrefix(p.Title, "云川市人民政府办公室关于2026年第三季度全市") || !strings.Contains(bodyText(p), "联系人：政务公开科") {
		t.Errorf("head %q, author %q, title %q", p.Head, p.Author, p.Title)
	}
}

func TestFiguresFromElsewhereNameTheirSource(t *testing.T) {
	good := "ipv6:\n  source: 市互联网协会\n  rows:\n  - {name: 市本级, sites: 8, home: 8, second: 92.5}\nmessages:\n  source: 找错平台\n  span: 7月1日至9月25日\n  rows:\n  - {name: 全市, received: 397, in_time: 397}\n"
	f, err := reports.LoadFigures(strings.NewReader(good))
	if err != nil || f.Accounts != nil || *f.IPv6.Rows[0].Home != 8 {
		t.Fatalf("%+v, %v", f, err)
	}
	in := quarter()
	in.Figures = *f
	c, form := newCircular(t, in, reports.VetoStyle)
	if body := bodyText(reports.CircularPaper(c, form)); !strings.Contains(body, "据找错平台提供，7月1日至9月25日收到“我为政府网站找错”网民留言397件，按期办结397件，按期办结率100%。") {
		t.Error("the source is not told")
	}
	for name, c := range map[string]struct{ old, new, say string }{
		"no source":             {"source: 市互联网协会", "source: \"\"", "未写明数据来源"},
		"an unknown key":        {"home:", "homes:", "homes"},
		"more than the whole":   {"home: 8", "home: 9", "大于总数"},
		"below zero":            {"sites: 8", "sites: -8", "不正确"},
		"more than all of it":   {"92.5", "192.5", "百分比"},
		"not a number":          {"received: 397", "received: 很多", "不符合格式"},
		"a share of no measure": {"92.5", ".nan", "百分比"},
	} {
		_, err := reports.LoadFigures(strings.NewReader(strings.Replace(good, c.old, c.new, 1)))
		if govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
