package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

// findingCard prints everything about one finding for a person, one thing a line.
func findingCard(w io.Writer, f *govsweep.Finding, title string) error {
	var b strings.Builder
	row := func(label string, values ...string) {
		for i, v := range values {
			if v = reports.Clean(v); v == "" {
				continue
			}
			if i > 0 {
				label = strings.Repeat("　", 4)
			}
			b.WriteString(label + "　" + v + "\n")
		}
	}
	row("问题编号", f.ID)
	row("状态　　", reports.StatusName(f.Status))
	row("网站　　", strings.TrimSpace(f.Target.Name+" "+f.Target.Code), f.Target.URL)
	row("指标　　", strings.TrimSpace(f.BookID+" "+title)+"（"+string(f.Indicator)+"，"+reports.ClassName(f.Class)+"）")
	if f.Column != nil {
		row("栏目　　", columnPath(f.Column), f.Column.URL)
	}
	row("问题　　", append([]string{f.Summary}, f.Detail...)...)
	row("地址　　", f.URL)
	if len(f.Pages) > 1 || len(f.Pages) == 1 && f.Pages[0] != f.URL {
		row("所涉网页", first(f.Pages, 20)...)
		if more := max(f.GroupSize, len(f.Pages)) - 20; more > 0 {
			row("　　　　", fmt.Sprintf("其余%d个从略", more))
		}
	}
	row("依据　　", f.Clause)
	row("整改要求", f.Remedy)
	for i, e := range f.Evidence {
		row([]string{"证据　　", "　　　　"}[min(i, 1)], e.Digest, e.URL)
	}
	row("首次发现", f.FirstSeen.In(govsweep.Shanghai).Format("2006-01-02 15:04"))
	row("最近发现", fmt.Sprintf("%s（第%d次检查）", f.LastSeen.In(govsweep.Shanghai).Format("2006-01-02 15:04"), f.Sweep))
	_, err := io.WriteString(w, b.String())
	return err
}
