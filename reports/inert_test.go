package reports_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/raced"
	"github.com/govsweep/govsweep/reports"
)

// TestHostileStringsAreInertInHTML reads every document again: nothing but
// our own elements and attributes, and only web addresses behind links.
func TestHostileStringsAreInertInHTML(t *testing.T) {
	if n := len(hostile()); n < raced.Less(200) {
		t.Fatalf("only %d strings", n)
	}
	want := shapeOf(t, draw(t, poisoned("x")))
	for _, s := range hostile() {
		if got := shapeOf(t, draw(t, poisoned(s))); got != want {
			t.Errorf("%q changes the structure of the document", s)
		}
	}
}

func draw(t *testing.T, in *govsweep.Inspection) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := reports.Site(&b, in); err != nil {
		t.Fatal(err)
	}
	line := reports.LineOf(in)
	line.File, line.Note = in.Site.Name, in.Site.Name
	if err := reports.Sweep(&b, &reports.Overview{Sweep: in.Sweep, Book: in.Book, Lines: []reports.Line{line}}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// shapeOf gives the elements of a document without its words; addresses that
// became links or plain text are the one thing that may differ.
func shapeOf(t *testing.T, doc []byte) string {
	t.Helper()
	if !utf8.Valid(doc) {
		t.Error("not UTF-8")
	}
	root, err := html.Parse(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		switch n.Type {
		case html.TextNode:
			checkText(t, n.Data)
		case html.CommentNode:
			t.Errorf("comment %q", n.Data)
		case html.ElementNode:
			b.WriteString(n.Data + " ")
			checkElement(t, n)
		}
	}
	return b.String()
}

func checkText(t *testing.T, s string) {
	for _, r := range s {
		if (r < ' ' && r != '\n' && r != '\t') || (r >= 0x7f && r < 0xa0) || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069) {
			t.Errorf("text holds %U: %q", r, s)
		}
	}
}

func checkElement(t *testing.T, n *html.Node) {
	switch n.Data {
	case "script", "img", "iframe", "object", "embed", "link", "base", "form", "input":
		t.Errorf("element %s", n.Data)
	}
	for _, a := range n.Attr {
		checkText(t, a.Val)
		if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" || a.Key == "srcdoc" {
			t.Errorf("attribute %s=%q", a.Key, a.Val)
		}
		if a.Key != "href" {
			continue
		}
		if u, err := url.Parse(a.Val); err != nil || (u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "") || (u.Scheme == "" && !strings.HasSuffix(u.Path, ".html")) {
			t.Errorf("link to %q", a.Val)
		}
	}
}

func TestHostileStringsAreInertInOtherFormats(t *testing.T) {
	for _, s := range hostile() {
		in := poisoned(s)
		checkCSV(t, s, in)
		checkJSON(t, s, in)
		checkXML(t, s, in)
		checkTerminal(t, s, in)
	}
}

func grids(in *govsweep.Inspection) []reports.Grid {
	return []reports.Grid{
		reports.FindingGrid(in.Findings), reports.OutcomeGrid(in.Outcomes), reports.ColumnGrid(in.Columns),
		reports.VerdictGrid([]govsweep.Verdict{in.Verdict}), reports.CoverageGrid([]govsweep.Coverage{in.Coverage}),
		reports.SweepGrid([]govsweep.Sweep{in.Sweep}), reports.TargetGrid([]govsweep.SweepTarget{{Target: in.Site.Target(), Note: in.Site.Name}}),
	}
}

func isFormula(cell string) bool {
	return cell != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(strings.TrimLeft(cell, " "))[0])
}

func checkCSV(t *testing.T, s string, in *govsweep.Inspection) {
	for _, g := range grids(in) {
		var b bytes.Buffer
		if err := reports.CSV(&b, g); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(b.Bytes()[3:])).ReadAll()
		if err != nil || len(rows) != len(g.Rows)+1 {
			t.Fatalf("%q: %d rows, %v", s, len(rows), err)
		}
		for _, row := range rows[1:] {
			for _, cell := range row {
				for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '\n' }) {
					if isFormula(part) {
						t.Errorf("%q: csv cell %q", s, cell)
					}
				}
				checkText(t, cell)
			}
		}
	}
}

func checkJSON(t *testing.T, s string, in *govsweep.Inspection) {
	var b bytes.Buffer
	for _, err := range []error{
		reports.FindingLines(&b, in.Findings), reports.OutcomeLines(&b, in.Outcomes), reports.VerdictLines(&b, []govsweep.Verdict{in.Verdict}),
		reports.CoverageLines(&b, []govsweep.Coverage{in.Coverage}), reports.SweepLines(&b, []govsweep.Sweep{in.Sweep}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if want := len(in.Findings) + len(in.Outcomes) + 3; len(lines) != want {
		t.Errorf("%q: %d lines, want %d", s, len(lines), want)
	}
	var f govsweep.Finding
	if err := json.Unmarshal([]byte(lines[0]), &f); err != nil || f.Summary != strings.ToValidUTF8(s, "\ufffd") && utf8.ValidString(s) {
		t.Errorf("%q came back as %q (%v)", s, f.Summary, err)
	}
	var sarif bytes.Buffer
	if err := reports.SARIF(&sarif, in.Findings); err != nil || !json.Valid(sarif.Bytes()) {
		t.Errorf("%q: sarif %v", s, err)
	}
	for _, r := range b.String() + sarif.String() {
		if (r < ' ' && r != '\n') || (r >= 0x7f && r < 0xa0) || (r >= 0x202a && r <= 0x202e) {
			t.Errorf("%q: json holds %U as it is", s, r)
		}
	}
}

func checkXML(t *testing.T, s string, in *govsweep.Inspection) {
	var b bytes.Buffer
	if err := reports.JUnit(&b, in.Outcomes, in.Findings); err != nil {
		t.Fatal(err)
	}
	dec := xml.NewDecoder(&b)
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%q: junit is no XML: %v", s, err)
		}
		if el, ok := tok.(xml.StartElement); ok && !strings.Contains(" testsuites testsuite testcase failure error skipped ", " "+el.Name.Local+" ") {
			t.Errorf("%q: element %s", s, el.Name.Local)
		}
	}
}

func checkTerminal(t *testing.T, s string, in *govsweep.Inspection) {
	for _, g := range grids(in) {
		var b bytes.Buffer
		if err := reports.Table(&b, g, 100); err != nil {
			t.Fatal(err)
		}
		checkText(t, b.String())
		b.Reset()
		if err := reports.Table(&b, g, 0); err != nil {
			t.Fatal(err)
		}
		checkText(t, b.String())
		if n := strings.Count(b.String(), "\n"); n != len(g.Rows)+2 {
			t.Errorf("%q: table of %d lines for %d rows", s, n, len(g.Rows))
		}
	}
}

func TestHostileStringsAreInertInWorkbooks(t *testing.T) {
	in := sample()
	in.Findings = nil
	for _, s := range hostile() {
		in.Findings = append(in.Findings, poisoned(s).Findings[0])
	}
	var b bytes.Buffer
	if err := reports.Workbook(&b, in); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("问题清单")
	if err != nil || len(rows) != len(in.Findings)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for r, row := range rows[1:] {
		for c, cell := range row {
			at, err := excelize.CoordinatesToCellName(c+1, r+2)
			if err != nil {
				t.Fatal(err)
			}
			formula, err := f.GetCellFormula("问题清单", at)
			if err != nil || formula != "" || isFormula(cell) {
				t.Errorf("%s: formula %q, cell %q, %v", at, formula, cell, err)
			}
			checkText(t, cell)
		}
	}
}

func TestJSONIsInertAndTheSameValue(t *testing.T) {
	in := map[string]string{"name": "甲\u009b31m乙\u202e丙 <a&b>"}
	for _, indent := range []bool{false, true} {
		var b strings.Builder
		if err := reports.JSON(&b, in, indent); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(b.String(), "\u009b\u202e") || !strings.Contains(b.String(), "<a&b>") {
			t.Errorf("not inert, or not readable: %q", b.String())
		}
		var out map[string]string
		if err := json.Unmarshal([]byte(b.String()), &out); err != nil || out["name"] != in["name"] {
			t.Errorf("got %q, %v", out, err)
		}
	}
}
