package reports_test

import (
	"fmt"
	"io"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/reports/paper"
)

// province is a quarter of many sites with many confirmed findings.
func province(sites, findings int) reports.CircularInput {
	in := reports.CircularInput{Period: reports.Quarter(at("2026-09-15")), Date: at("2026-10-20"), Book: quarterBook(), Sweeps: quarter().Sweeps}
	for i := range sites {
		s := quarterSite(i%5, 0)
		s.Code = fmt.Sprintf("990%03d%04d", i%21, i)
		s.ID, s.Region, s.Name = govsweep.TargetID(s.Code), fmt.Sprintf("第%d市", i%21), fmt.Sprintf("第%d号网站", i)
		t := reports.CircularTarget{Site: s, Sweep: 12, State: govsweep.SweepDone, Verdict: &govsweep.Verdict{Grade: govsweep.Qualified},
			Coverage: &govsweep.Coverage{}, Columns: &reports.ColumnCounts{Total: 40, Stale: 2, Unread: 1}}
		in.Targets, in.Frame = append(in.Targets, t), append(in.Frame, s)
	}
	books := []string{"XG-12", "XG-11", "DE-32b", "TG-09", "MD-04", "FT-03"}
	for i := range findings {
		t := &in.Targets[i%sites]
		f := quarterFinding(t.Site, i, books[i%len(books)], govsweep.Norm, govsweep.Confirmed, "工作动态", "栏目“工作动态”最近一条信息发布于2026年7月1日，距监测时间点已超过14天。")
		t.Findings = append(t.Findings, f)
	}
	in.Past = []reports.PastPeriod{{Label: "2026年第二季度", Book: in.Book.ID, Targets: in.Targets}}
	return in
}

// BenchmarkCircular draws up and writes the circular of a province: 700
// sites with 20,000 confirmed findings.
func BenchmarkCircular(b *testing.B) {
	in := province(700, 20_000)
	f := circularForm(b, reports.VetoStyle)
	steps := []struct {
		name string
		run  func(c *reports.Circular) error
	}{
		{"count", func(*reports.Circular) error { _, err := reports.NewCircular(in, f); return err }},
		{"docx", func(c *reports.Circular) error { return paper.DOCX(io.Discard, reports.CircularPaper(c, f)) }},
		{"html", func(c *reports.Circular) error { return paper.HTML(io.Discard, reports.CircularPaper(c, f)) }},
		{"xlsx", func(c *reports.Circular) error { return reports.CircularWorkbook(io.Discard, c) }},
		{"jsonl", func(c *reports.Circular) error { return reports.CircularNumbers(io.Discard, c) }},
	}
	c, err := reports.NewCircular(in, f)
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range steps {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := s.run(c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
