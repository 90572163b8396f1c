package reports_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"golang.org/x/net/html"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/golden"
	"github.com/govsweep/govsweep/reports"
)

func overview() *reports.Overview {
	in := sample()
	failed := reports.Line{
		Target: govsweep.Target{Kind: govsweep.SiteTarget, Name: "云川市气象局", URL: "http://qx.yunchuan.example/", ID: "host:qx.yunchuan.example"},
		Note:   "首页在15秒内未能打开。",
	}
	return &reports.Overview{Sweep: in.Sweep, Book: in.Book, Lines: []reports.Line{reports.LineOf(in), failed}}
}

// formats are all that can be written from the sample.
func formats() map[string]func(io.Writer) error {
	in := sample()
	return map[string]func(io.Writer) error{
		"site.html":      func(w io.Writer) error { return reports.Site(w, in) },
		"sweep.html":     func(w io.Writer) error { return reports.Sweep(w, overview()) },
		"findings.jsonl": func(w io.Writer) error { return reports.FindingLines(w, in.Findings) },
		"outcomes.jsonl": func(w io.Writer) error { return reports.OutcomeLines(w, in.Outcomes) },
		"verdicts.jsonl": func(w io.Writer) error { return reports.VerdictLines(w, []govsweep.Verdict{in.Verdict, {}}) },
		"coverage.jsonl": func(w io.Writer) error { return reports.CoverageLines(w, []govsweep.Coverage{in.Coverage, {}}) },
		"sweeps.jsonl":   func(w io.Writer) error { return reports.SweepLines(w, []govsweep.Sweep{in.Sweep}) },
		"findings.csv":   func(w io.Writer) error { return reports.CSV(w, reports.FindingGrid(in.Findings)) },
		"findings.sarif": func(w io.Writer) error { return reports.SARIF(w, in.Findings) },
		"junit.xml":      func(w io.Writer) error { return reports.JUnit(w, in.Outcomes, in.Findings) },
		"findings.txt":   func(w io.Writer) error { return reports.Table(w, reports.FindingGrid(in.Findings), 120) },
		"outcomes.txt":   func(w io.Writer) error { return reports.Table(w, reports.OutcomeGrid(in.Outcomes), 100) },
		"columns.txt":    func(w io.Writer) error { return reports.Table(w, reports.ColumnGrid(in.Columns), 100) },
		"coverage.txt": func(w io.Writer) error {
			return reports.Table(w, reports.CoverageGrid([]govsweep.Coverage{in.Coverage}), 0)
		},
		"verdicts.txt": func(w io.Writer) error {
			return reports.Table(w, reports.VerdictGrid([]govsweep.Verdict{in.Verdict}), 80)
		},
		"summary.txt": func(w io.Writer) error { return reports.Summary(w, in, 80) },
	}
}

func TestFormats(t *testing.T) {
	for name, write := range formats() {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		golden.Assert(t, name, b.Bytes())
	}
}

func TestSameInspectionSameBytes(t *testing.T) {
	all := formats()
	in := sample()
	all["findings.xlsx"] = func(w io.Writer) error { return reports.Workbook(w, in) }
	for name, write := range all {
		var first bytes.Buffer
		if err := write(&first); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			var again bytes.Buffer
			if err := write(&again); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first.Bytes(), again.Bytes()) {
				t.Errorf("%s differs from run to run", name)
			}
		}
	}
}

func TestNoLineIsWiderThanTheTerminal(t *testing.T) {
	in := poisoned("云川市人民政府门户网站👨‍👩‍👧‍👦通知公告栏目长期没有更新")
	for _, width := range []int{40, 60, 80, 132} {
		for _, g := range grids(in) {
			var b bytes.Buffer
			if err := reports.Table(&b, g, width); err != nil {
				t.Fatal(err)
			}
			least := 0
			for _, c := range g.Cols {
				switch {
				case c.Wide:
				case c.Keep:
					least += 2*c.Width + 2
				default:
					least += 10
				}
			}
			for _, line := range strings.Split(b.String(), "\n") {
				if n := uniseg.StringWidth(line); n > max(width, least) {
					t.Errorf("%s at %d: line of %d: %q", g.Name, width, n, line)
				}
			}
		}
	}
}

// find gives the first element below n for which is holds.
func find(n *html.Node, is func(*html.Node) bool) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && is(d) {
			return d
		}
	}
	return nil
}

func withID(id string) func(*html.Node) bool {
	return func(n *html.Node) bool { return attrOf(n, "id") == id }
}

func attrOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func TestSiteReportSaysEverything(t *testing.T) {
	var b bytes.Buffer
	if err := reports.Site(&b, sample()); err != nil {
		t.Fatal(err)
	}
	doc, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	for section, say := range map[string][]string{
		"verdict":   {"不合格", "应更新但长期未更新的栏目", "SV-04c", "4个栏目未能读取"},
		"coverage":  {"已读812页，被拦截3页，未读5页", "未检查的显示为“—”，检查无问题显示为“0”", "网站防护页面拦截", "访问承诺"},
		"score":     {"待录入", "DE-32", "0.3"},
		"findings":  {"首页 > 政务公开 > 通知公告", "国办秘函〔2019〕19号", "其余6个网址", "sha256:", "首次发现：2021-08-28 09:10:02", "须人工复核"},
		"columns":   {"动态要闻", "2021-01-04", "235天／6个月", "由李明设定", "列表由脚本生成"},
		"outcomes":  {"未能检查", "—", "检查程序出错", "登记信息注明本单位没有对外服务职能"},
		"uncovered": {"IPv6改造", "不得理解为没有问题"},
	} {
		n := find(doc, withID(section))
		if n == nil {
			t.Errorf("no section %s", section)
			continue
		}
		for _, s := range say {
			if !strings.Contains(words(n), s) {
				t.Errorf("section %s does not say %q", section, s)
			}
		}
	}
	strips := 0
	for d := range find(doc, withID("columns")).Descendants() {
		if d.Data == "svg" && attrOf(d, "role") == "img" && attrOf(d, "class") == "strip" && find(d, func(n *html.Node) bool { return n.Data == "title" }) != nil {
			strips++
		}
	}
	if strips != 4 {
		t.Errorf("%d strips for 4 columns that were read", strips)
	}
	policy := attrOf(find(doc, func(n *html.Node) bool { return attrOf(n, "http-equiv") == "Content-Security-Policy" }), "content")
	if !strings.HasPrefix(policy, "default-src 'none'; script-src 'none'; style-src 'sha256-") {
		t.Errorf("policy %q", policy)
	}
}
