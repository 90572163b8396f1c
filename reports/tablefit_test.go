package reports

import (
	"strings"
	"testing"

	"github.com/rivo/uniseg"

	"github.com/govsweep/govsweep"
)

const longReason = "触发单项否决指标SV-04a：栏目“通知公告”最近一条信息发布于2021年1月4日，距监测时间点已超过6个月；另有3项单项否决须人工核对，核对前不作合格结论。"

// column gives the words of a printed table that stand under a heading of one
// column, joined again.
func column(out string, title string) string {
	lines := strings.Split(strings.TrimRight(out, "\n"), "\n")
	at := uniseg.StringWidth(lines[0][:strings.Index(lines[0], title)])
	rule := 0
	for !strings.HasPrefix(lines[rule], "--") {
		rule++
	}
	end := strings.IndexByte(lines[rule][at:]+" ", ' ') + at
	var b strings.Builder
	for _, line := range lines[rule+1:] {
		col := 0
		for g := uniseg.NewGraphemes(line); g.Next(); col += g.Width() {
			if col >= at && col < end {
				b.WriteString(g.Str())
			}
		}
		s := strings.TrimRight(b.String(), " ")
		b.Reset()
		b.WriteString(s)
	}
	return b.String()
}

func TestWhatARowIsAboutIsWholeOnANarrowTerminal(t *testing.T) {
	verdict := VerdictGrid([]govsweep.Verdict{{
		Target: govsweep.Target{Code: "1507830002", Name: "云川市人民政府政务服务和大数据管理局门户网站"}, Grade: govsweep.Unqualified,
		Vetoes: []govsweep.IndicatorCode{"column-stale-veto", "column-blank-veto"}, Reason: longReason,
	}})
	finding := FindingGrid([]govsweep.Finding{{
		ID: "F0A1B2C3D4E5", Class: govsweep.Veto, BookID: "SV-04a", Status: govsweep.Proposed, Summary: longReason,
		URL: "http://www.yunchuan.example/zwgk/tzgg/index.html", Pages: []string{"a"},
	}})
	for _, test := range []struct {
		name, title, gone string
		grid              Grid
	}{{"verdicts", "理由", "单项否决", verdict}, {"findings", "问题", "网址", finding}} {
		for _, width := range []int{80, 100, 120} {
			var b strings.Builder
			if err := Table(&b, test.grid, width); err != nil {
				t.Fatal(err)
			}
			rows, foot, _ := strings.Cut(b.String(), "终端较窄，未显示：")
			if !strings.HasSuffix(foot, test.gone+"；用 --format csv 查看全部。\n") {
				t.Errorf("%s at %d columns says of what is left out %q", test.name, width, foot)
			}
			if got := column(rows, test.title); got != longReason {
				t.Errorf("%s at %d columns: %q\n%s", test.name, width, got, b.String())
			}
			for line := range strings.Lines(b.String()) {
				if n := uniseg.StringWidth(strings.TrimSuffix(line, "\n")); n > width {
					t.Errorf("%s: %d columns at %d: %s", test.name, n, width, line)
				}
			}
			if n := strings.Count(b.String(), "\n"); n > 9 {
				t.Errorf("%s takes %d lines at %d columns:\n%s", test.name, n, width, b.String())
			}
		}
	}
}

func TestNoNumberAndNoWordIsBroken(t *testing.T) {
	for in, want := range map[string]string{
		"默认不采集内部网络。环境变量 GOVSWEEP_NET。": "默认不采集内部网络。环境变量|GOVSWEEP_NET。",
		"栏目最近一条信息发布于某年的第二季度2021年。":     "栏目最近一条信息发布于某年的第二|季度2021年。",
		"最近一条信息发布于某年的第二季度里2021年。":      "最近一条信息发布于某年的第二季度|里2021年。",
		"最近一条信息发布于某年的第二季度2021年。":       "最近一条信息发布于某年的第二季度|2021年。",
		"最近一条信息发布于某年的第二季20211年。":       "最近一条信息发布于某年的第二季|20211年。",
	} {
		if got := strings.Join(Wrap(in, 32), "|"); got != want {
			t.Errorf("%s is broken into %s", in, got)
		}
	}
	for _, line := range Wrap(strings.Repeat("http", 40), 32) {
		if Columns(line) > 32 {
			t.Errorf("a word without end: %s", line)
		}
	}
}

func TestATableThatIsPipedIsNotCut(t *testing.T) {
	address := "http://www.yunchuan.example/zwgk/" + strings.Repeat("tzgg/", 30)
	g := FindingGrid([]govsweep.Finding{{ID: "F1", Summary: longReason, URL: address}, {ID: "F2", Summary: "短。"}})
	var b strings.Builder
	if err := Table(&b, g, 0); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), longReason) || !strings.Contains(b.String(), address) || strings.Contains(b.String(), "…") || strings.Count(b.String(), "\n") != 4 {
		t.Errorf("piped:\n%s", b.String())
	}
	if strings.Contains(b.String(), strings.Repeat(" ", 200)) {
		t.Errorf("one long cell pads the other rows:\n%s", b.String())
	}
}

func TestHeadingsAndNumbersAreNeverCut(t *testing.T) {
	g := Grid{Cols: []Col{{Title: "账号名称"}, {Title: "月份", Width: 9, Keep: true}, {Title: "网站信息", Right: true}, {Title: "账号侧不能确定", Right: true}, {Title: "说明", Tell: true}},
		Rows: [][]Cell{{text("云川市人民政府政务服务和大数据管理局"), text("2026-01"), count(123456), count(7), text(longReason)}}}
	for _, width := range []int{40, 80, 100, 120} {
		var b strings.Builder
		if err := Table(&b, g, width); err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(b.String(), "--")
		if got := strings.Join(strings.Fields(head), ""); strings.Contains(head, "…") || len([]rune(got)) != len([]rune("账号名称月份网站信息账号侧不能确定说明")) || !strings.Contains(b.String(), "123456") || !strings.Contains(b.String(), "2026-01") {
			t.Errorf("at %d columns:\n%s", width, b.String())
		}
	}
}
