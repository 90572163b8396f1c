package reports_test

import (
	"fmt"
	"regexp"
	"strconv"
	"testing"

	"github.com/govsweep/govsweep/reports"
)

func TestACircularCountsProblemsByTheirCauseAndSaysSo(t *testing.T) {
	confirmed := func(in reports.CircularInput, pattern string) []int {
		c, f := newCircular(t, in, reports.VetoStyle)
		m := regexp.MustCompile(pattern).FindStringSubmatch(bodyText(reports.CircularPaper(c, f)))
		if m == nil {
			t.Fatalf("the circular does not say %s", pattern)
		}
		var out []int
		for _, s := range m[1:] {
			n, _ := strconv.Atoi(s)
			out = append(out, n)
		}
		return out
	}
	all := confirmed(quarter(), `检查人员共确认问题(\d+)个，涉及`)[0]
	in := quarter()
	for i := range in.Targets {
		for j := range in.Targets[i].Findings {
			in.Targets[i].Findings[j].Cause = fmt.Sprint(j)
		}
	}
	if got := confirmed(in, `检查人员共确认问题(\d+)个，涉及`)[0]; got != all {
		t.Errorf("every finding a cause of its own: %d problems, not %d", got, all)
	}
	for i := range in.Targets {
		for j := range in.Targets[i].Findings {
			in.Targets[i].Findings[j].Cause = "one"
		}
	}
	got := confirmed(in, `检查人员共确认问题(\d+)个（同一原因的合并为一个，按检查指标逐项计为(\d+)项），涉及网站(\d+)个`)
	if got[1] != all || got[0] >= all || got[0] != got[2] {
		t.Errorf("one cause a site: %v of %d", got, all)
	}
}
