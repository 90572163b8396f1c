package web

import (
	"bytes"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

func TestAPageSaysThatThereIsNoFaultOnlyWhereAllWasMeasured(t *testing.T) {
	pages, err := readTemplates()
	if err != nil {
		t.Fatal(err)
	}
	sweep := &govsweep.Sweep{ID: 7}
	for name, c := range map[string]struct {
		r    result
		want string
	}{
		"nothing found and nothing open":         {result{Sweep: sweep, Verdict: &govsweep.Verdict{Grade: govsweep.Qualified}}, "没有发现问题。"},
		"nothing found, but something open":      {result{Sweep: sweep, Verdict: &govsweep.Verdict{Grade: govsweep.Qualified, Open: []govsweep.IndicatorCode{"a"}}}, "另有1项指标未能测量或须由人工核查"},
		"nothing found, for nothing was to see":  {result{Sweep: sweep, Verdict: &govsweep.Verdict{Grade: govsweep.Undecided}}, "未测量的不作结论"},
		"the part behind the last of the faults": {result{Sweep: sweep, After: "x", Verdict: &govsweep.Verdict{Grade: govsweep.Qualified}}, "没有更多问题"},
		"never judged":                           {result{}, "还没有检查结果"},
	} {
		for page, data := range map[string]any{"site": sitePage{result: c.r}, "account": accountPage{result: c.r}} {
			var out bytes.Buffer
			if err := pages.of[page].Execute(&out, data); err != nil {
				t.Fatal(err)
			}
			if says := strings.Contains(out.String(), "没有发现问题。"); says != (c.want == "没有发现问题。") || !strings.Contains(out.String(), c.want) {
				t.Errorf("%s, %s: %s", page, name, out.String())
			}
		}
	}
}
