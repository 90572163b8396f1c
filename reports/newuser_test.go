package reports

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

func TestDoubtfulVisitsAreShownWhereThereAreAny(t *testing.T) {
	t.Parallel()
	for n, wide := range map[int]bool{0: true, 3: false} {
		g := ProbeGrid([]ProbeLine{{Visits: 10, Doubtful: n}, {Visits: 10}})
		for _, c := range g.Cols {
			if c.Title == "存疑" && c.Wide != wide {
				t.Errorf("with %d doubtful visits the column is wide: %v", n, c.Wide)
			}
		}
	}
}

func TestTheFirstDifferencesOfHomePagesAreListed(t *testing.T) {
	t.Parallel()
	d := &govsweep.HomeDiff{State: govsweep.DiffCompared}
	for range 12 {
		d.OnlyV4 = append(d.OnlyV4, govsweep.DiffItem{Kind: "link", Region: "nav", Text: "旧版通知\x1b[31m"})
	}
	r := &govsweep.IPv6Report{Pages: &govsweep.IPv6Pages{Home: d}}
	var out strings.Builder
	if err := IPv6Differences(&out, r); err != nil || strings.Count(out.String(), "仅IPv4有") != 10 || !strings.Contains(out.String(), "导航区链接") || strings.Contains(out.String(), "\x1b") {
		t.Errorf("%v\n%s", err, out.String())
	}
	out.Reset()
	r.Own.Why = "没有设置IPv6对照网站"
	if err := IPv6Differences(&out, r); err != nil || out.Len() != 0 {
		t.Errorf("without an own IPv6: %s", out.String())
	}
}

func TestAWrongFigureIsToldInChinese(t *testing.T) {
	t.Parallel()
	_, err := LoadFigures(strings.NewReader("accounts:\n  source: 某平台\n  platforms:\n  - {name: 微信, registered: 很多}\n"))
	if err == nil || !strings.Contains(err.Error(), "应为整数") && !strings.Contains(sayOf(err), "应为整数") {
		t.Errorf("%v", err)
	}
}

func sayOf(err error) string {
	if e, ok := err.(*govsweep.Error); ok {
		return e.Say
	}
	return ""
}
