package paper

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/govsweep/govsweep/internal/raced"
)

// hostile are strings a website may put anywhere. Each carries its number,
// so that a test can tell where one got through.
func hostile() []string {
	var out []string
	for i := range 5 {
		n := fmt.Sprintf("h%d", i)
		out = append(out,
			"<script>alert('"+n+"')</script>", `"><img src=x onerror=alert(`+n+`)>`, "' onmouseover='alert("+n+")",
			"javascript:alert("+n+")", "data:text/html,<script>"+n+"</script>", "http://evil.example/"+n,
			"{{.Title}}{{"+n+"}}{{template \"lines\" .}}", "${"+n+"}<%= "+n+" %>#{"+n+"}", "〔编号〕{编号}%s%d%!"+n, "{% for x in "+n+" %}",
			"</style><style>@import url(http://evil.example/"+n+")</style>", "</title><base href=http://evil.example/"+n+">",
			"</svg><script>"+n+"</script>", "<!--"+n+"-->", "<![CDATA["+n, "]]></w:t>"+n, "<?xml "+n+"?>", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;"+n,
			`</w:t></w:r><w:fldSimple w:instr="DDEAUTO c:\\cmd `+n+`"/><w:r><w:t>`, "{ MERGEFIELD "+n+" }", `{ DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc" }`+n,
			"{ INCLUDEPICTURE http://evil.example/"+n+" }", "{ HYPERLINK \"http://evil.example/"+n+"\" }", "\x13 INCLUDETEXT "+n+" \x14x\x15",
			"rPic1\" r:link=\"http://evil.example/"+n, "&"+n+";&lt;&#x3c;script&#62;&#0;&#x1;", "=cmd|' /C calc'!A0"+n, "+1+cmd|"+n, "-2+3+"+n, "@SUM(1+1)*"+n,
			"\t=1+1"+n, "\r=1+1\r\n"+n, "\n\n"+n+"\n", "\x00\x01\x08\x0b\x0c\x0e\x1b[31m\x9b"+n, "\u009b31m"+n, "\u0085"+n,
			"\u202Egnp.exe"+n, "\u2066"+n+"\u2069", "\ufeff\u200b\u200f"+n, "\ufffe\uffff\U0001fffe"+n, "\xed\xa0\x80\xed\xb0\x80"+n, "\xff\xfe"+n,
			"\u2028"+n+"\u2029", "_x003D_"+n, n+string(rune(0xE0041)), "\U00020BB7\U0001F600"+n, "\\u003c\\x3c"+n, strings.Repeat("A", 300)+n, strings.Repeat("测", 300)+n, "("+n+")\\) /OpenAction (x",
		)
	}
	return out
}

// poison writes s into every string below v.
func poison(v reflect.Value, s string) {
	if _, date := v.Interface().(time.Time); date {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Interface:
		inner := reflect.New(v.Elem().Type()).Elem()
		inner.Set(v.Elem())
		poison(inner, s)
		v.Set(inner)
	case reflect.Struct:
		for i := range v.NumField() {
			poison(v.Field(i), s)
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), s)
		}
	}
}

// poisoned is a paper of everything with s in every text of it.
func poisoned(s string) *Paper {
	p := circular()
	p.Appended[0].Body, p.Appended[1].Body = []Block{list(2), Para{Text: "注", Small: true}}, []Block{list(1)}
	poison(reflect.ValueOf(p).Elem(), s)
	return p
}

func TestHostileTextActsNowhere(t *testing.T) {
	all := hostile()
	if len(all) < 200 {
		t.Fatalf("only %d strings", len(all))
	}
	usual := docx(t, poisoned("一"))
	var page bytes.Buffer
	if err := HTML(&page, poisoned("一")); err != nil {
		t.Fatal(err)
	}
	for i, s := range all {
		if raced.On && i%10 != 0 {
			continue
		}
		p := poisoned(s)
		checkInertDOCX(t, s, docx(t, p), usual)
		var b bytes.Buffer
		if err := HTML(&b, p); err != nil {
			t.Fatal(err)
		}
		checkInertHTML(t, s, b.String(), page.String())
	}
}

// checkInertDOCX holds a package against that of a harmless paper: the same
// parts, the same elements, the text letter for letter.
func checkInertDOCX(t *testing.T, s string, got, usual map[string]string) {
	t.Helper()
	if len(got) != len(usual) {
		t.Errorf("%q: %d parts, usually %d", s, len(got), len(usual))
	}
	checkPackage(t, got)
	if a, b := got["word/_rels/document.xml.rels"], usual["word/_rels/document.xml.rels"]; a != b {
		t.Errorf("%q changes the relationships", s)
	}
	elements, text := readXML(t, got["word/document.xml"])
	known, _ := readXML(t, usual["word/document.xml"])
	for e := range elements {
		if !known[e] && e != "br" && e != "wordWrap" && e != "jc" && e != "w" {
			t.Errorf("%q brings the element %s into the document", s, e)
		}
	}
	for _, line := range lines(s) {
		if n := strings.Count(text, line); n < 40 && line != "" {
			t.Errorf("%q stands %d times in the document", line, n)
		}
	}
}

func readXML(t *testing.T, data string) (map[string]bool, string) {
	t.Helper()
	seen := map[string]bool{}
	var text strings.Builder
	for dec := xml.NewDecoder(strings.NewReader(data)); ; {
		tok, err := dec.Token()
		if err == io.EOF {
			return seen, text.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			seen[tok.Name.Local] = true
		case xml.CharData:
			text.Write(tok)
		case xml.ProcInst, xml.Directive, xml.Comment:
			if text.Len() > 0 {
				t.Errorf("the document holds %v", tok)
			}
		}
	}
}

func checkInertHTML(t *testing.T, s, got, usual string) {
	t.Helper()
	elements, text := readHTML(t, got)
	known, _ := readHTML(t, usual)
	for e := range elements {
		if !known[e] && e != "br" && e != "path fill" && e != "path d" {
			t.Errorf("%q brings %s onto the page", s, e)
		}
	}
	for _, line := range lines(s) {
		if n := strings.Count(text, line); n < 40 && strings.TrimSpace(line) == line && line != "" {
			t.Errorf("%q stands %d times on the page", line, n)
		}
	}
}

// readHTML gives the elements with the names of their attributes, and the text.
func readHTML(t *testing.T, page string) (map[string]bool, string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	var text strings.Builder
	for n := range doc.Descendants() {
		switch n.Type {
		case html.TextNode:
			text.WriteString(n.Data)
		case html.CommentNode:
			t.Errorf("the page holds a comment: %.100s", n.Data)
		case html.ElementNode:
			seen[n.Data] = true
			for _, a := range n.Attr {
				seen[n.Data+" "+a.Key] = true
				if a.Key == "href" || a.Key == "src" || a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("the page holds %s %s=%.100s", n.Data, a.Key, a.Val)
				}
			}
			if n.Data == "script" || n.Data == "a" || n.Data == "img" || n.Data == "iframe" {
				t.Errorf("the page holds <%s>", n.Data)
			}
		}
	}
	return seen, text.String()
}

func TestHostileTextStaysTextInPrint(t *testing.T) {
	p := &Paper{Title: "=cmd|' /C calc'!A0"}
	for _, s := range hostile() {
		p.Body = append(p.Body, Para{Text: s})
	}
	for name, print := range map[string]func(*testing.T, map[string]*Paper) map[string]string{"office": office, "browser": browser} {
		t.Run(name, func(t *testing.T) {
			file := print(t, map[string]*Paper{"hostile": p})["hostile"]
			var all strings.Builder
			for _, s := range sheets(t, file) {
				all.WriteString(s.text())
			}
			for _, want := range []string{"{MERGEFIELDh3}", "{{.Title}}{{h2}}", "=cmd|'/Ccalc'!A0h4", "<script>alert('h2')</script>", "〔U+202E〕gnp.exeh1", "&lt;&#x3c;script&#62;"} {
				if !strings.Contains(all.String(), want) {
					t.Errorf("%s does not stand in print", want)
				}
			}
			checkInertPDF(t, file)
		})
	}
}

func TestAMillionCharactersAreCutAndSaySo(t *testing.T) {
	start := time.Now()
	for _, s := range []string{strings.Repeat("a", 1<<20), strings.Repeat("网", 1<<20), strings.Repeat("\n", 1<<20), strings.Repeat("<", 1<<20)} {
		p := &Paper{Title: s, Head: s, To: s, Body: []Block{Para{Text: s}, Table{Head: []string{s}, Rows: [][]string{{s, s}}}, Bars{Bars: []Bar{{Label: s, Text: s}}}}}
		parts := docx(t, p)
		wellFormed(t, "document", parts["word/document.xml"])
		if n := len(parts["word/document.xml"]); n > 16<<20 {
			t.Errorf("the document takes %d bytes", n)
		}
		if s[0] != '\n' && !strings.Contains(parts["word/document.xml"], "（以下省略948576字）") {
			t.Error("the cut is not told")
		}
		var b bytes.Buffer
		if err := HTML(&b, p); err != nil || b.Len() > 16<<20 {
			t.Errorf("%d bytes of HTML, %v", b.Len(), err)
		}
	}
	if took := time.Since(start); took > 2*time.Minute {
		t.Errorf("it took %s", took)
	}
}

func TestShapesNobodyMeantDoNotBreakAForm(t *testing.T) {
	wide := make([]string, 500)
	p := &Paper{Body: []Block{
		nil, Table{}, Table{Rows: [][]string{{}, {}}}, Table{Head: wide}, Table{Head: []string{"一"}, Rows: [][]string{wide, nil}, Widths: []int{-1}, Right: []bool{true, true}},
		Table{Head: []string{"一", "二"}, Widths: []int{0, 0}}, Table{Head: []string{"一", "二"}, Widths: []int{1 << 40, 1}},
		Bars{}, Bars{Max: -1, Bars: []Bar{{Value: nan(), Known: true}, {Value: -5, Known: true}, {Value: 1e300, Known: true}}}, Strip{}, Strip{Cells: make([]Cell, 5000), Legend: []Key{{Cell(77), "？"}}},
		Trend{}, Trend{Max: nan(), Points: []Point{{Known: true, Value: nan(), Low: 9, Top: -9}}}, Trend{Points: make([]Point, 1000)}, Para{Level: -3}, Para{Level: 99},
	}, Appended: make([]Appendix, 3)}
	checkPackage(t, docx(t, p))
	if err := HTML(io.Discard, p); err != nil {
		t.Error(err)
	}
}

func nan() float64 { return math.NaN() }

// checkInertPDF looks for anything in a PDF that acts or reaches out.
func checkInertPDF(t *testing.T, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"/JavaScript", "/JS ", "/Launch", "/URI", "/SubmitForm", "/GoToR", "/EmbeddedFile"} {
		if bytes.Contains(data, []byte(word)) {
			t.Errorf("the print holds %s", word)
		}
	}
}
