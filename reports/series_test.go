package reports_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

// TestEveryVisitHasItsMark counts the marks of the strip chart: each sign has
// a path of its own with as many marks as visits, so none is told by colour alone.
func TestEveryVisitHasItsMark(t *testing.T) {
	page := string(draw(t, sample()))
	drawn := map[string]int{}
	for _, m := range regexp.MustCompile(`<path class="(v.)" d="([^"]*)">`).FindAllStringSubmatch(page, -1) {
		drawn[m[1]] += strings.Count(m[2], "M")
	}
	for class, want := range map[string]int{"vo": 155 + 1, "vs": 4 + 1, "vf": 4 + 1, "vd": 1 + 1, "vx": 2 + 1, "vu": 1 + 1, "vc": 1 + 1} { // one more in the legend
		if drawn[class] != want {
			t.Errorf("%d marks of %s, want %d", drawn[class], class, want)
		}
	}
	for _, says := range []string{"2021年8月20日至2021年8月26日共计入166次访问", "未打开4次（占2.4%）", "计入24次，未打开2", "95%", "证书将于14日后到期（2021年9月10日）"} {
		if !strings.Contains(page, says) {
			t.Errorf("the report does not say %s", says)
		}
	}
}

func TestAWorkbookHoldsEveryVisit(t *testing.T) {
	var b bytes.Buffer
	if err := reports.Workbook(&b, sample()); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	for sheet, rows := range map[string]int{"可用性逐日": 8, "可用性耗时": 6, "访问记录": 169} {
		if got, err := f.GetRows(sheet); err != nil || len(got) != rows {
			t.Errorf("%s has %d rows, want %d: %v", sheet, len(got), rows, err)
		}
	}
}

// TestSeriesFitATerminal prints the list and the days of a series: at the
// usual 24 visits a day nothing needs more than 80 columns.
func TestSeriesFitATerminal(t *testing.T) {
	in := sample()
	s := &in.Series[0]
	s.State, s.Brief = "须人工核对：计入存疑的或除去公告维护的次数后，打不开达到5%", "须人工核对"
	target := in.Site.Target()
	target.Name = strings.Repeat("很长的名称", 9)
	var b bytes.Buffer
	for _, err := range []error{
		reports.Table(&b, reports.ProbeGrid([]reports.ProbeLine{reports.LineOfSeries(target, s, in.Sweep.AsOf)}), 80),
		reports.Table(&b, reports.ProbeStripGrid(reports.ProbeStrips(s)), 80),
		reports.SeriesWords(&b, []govsweep.Series{*s}, in.Sweep.AsOf),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for line := range strings.Lines(b.String()) {
		if w := uniseg.StringWidth(strings.TrimRight(line, " \n")); w > 80 {
			t.Errorf("%d columns: %s", w, line)
		}
	}
	if !strings.Contains(b.String(), "TLS握手：中位0.060秒，90%在0.105秒以内，95%在0.120秒以内，最长0.270秒。") {
		t.Errorf("no percentiles:\n%s", b.String())
	}
}
