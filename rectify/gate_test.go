package rectify_test

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// health is a sweep of n targets of which failed could not be judged.
func health(sweep int64, n, failed int) govsweep.SweepHealth {
	return govsweep.SweepHealth{Sweep: sweep, At: day(int(sweep)), Targets: n, Failed: failed}
}

func TestTheGateOfASweep(t *testing.T) {
	quiet := []govsweep.SweepHealth{health(1, 100, 2), health(2, 100, 4), health(3, 100, 6)}
	poor := []govsweep.SweepHealth{health(1, 100, 40), health(2, 100, 44), health(3, 100, 42)}
	small := []govsweep.SweepHealth{health(1, 3, 0), health(2, 4, 0)}
	broken := health(3, 100, 0)
	broken.Controls = []govsweep.Control{{URL: "https://control.example/", OK: false}}
	works, fails := health(9, 100, 3), health(9, 100, 3)
	works.Controls = []govsweep.Control{{URL: "https://control.example/", OK: true}}
	fails.Controls = []govsweep.Control{{URL: "https://control.example/", Why: "15秒内未能打开"}}
	overlap := health(9, 100, 0)
	overlap.Suspect, overlap.Unreachable = 10, 10
	for name, c := range map[string]struct {
		now     govsweep.SweepHealth
		earlier []govsweep.SweepHealth
		says    string // "" = not suspect
	}{
		"as ever":                 {health(9, 100, 5), quiet, ""},
		"a little more than ever": {health(9, 100, 12), quiet, ""},
		"three in five blocked":   {health(9, 25, 15), []govsweep.SweepHealth{health(1, 25, 1), health(2, 25, 1), health(3, 25, 2)}, "25个对象中有15个无法访问、被拦截或检查失败（60%），明显高于此前3次同类检查的中位数4%。"},
		"a quarter, where it was one in twenty-five": {health(9, 100, 25), quiet, "（25%），明显高于此前3次同类检查的中位数4%"},
		"many, as always in this region":             {health(9, 100, 45), poor, ""},
		"most, where it was many":                    {health(9, 100, 70), poor, "明显高于此前3次同类检查的中位数42%"},
		"one of three, small numbers":                {health(9, 3, 1), small, ""},
		"two of three":                               {health(9, 3, 2), small, "（66.7%），明显高于此前2次同类检查的中位数0%"},
		"one site that does not answer":              {health(9, 1, 1), nil, ""},
		"the first sweep, a few":                     {health(9, 100, 20), nil, ""},
		"the first sweep, a third":                   {health(9, 100, 33), nil, "（33%），超过没有历史检查可比时的警戒线20%"},
		"the first sweep, all":                       {health(9, 10, 10), nil, "（100%）"},
		"a far larger sweep is not compared with":    {health(9, 30, 9), []govsweep.SweepHealth{health(1, 1000, 10)}, ""},
		"a sweep whose control failed is not either": {health(9, 100, 25), []govsweep.SweepHealth{broken}, ""},
		"nor is a later one":                         {health(9, 100, 25), []govsweep.SweepHealth{health(10, 100, 0)}, ""},
		"after one suspect sweep alone":              {health(9, 100, 45), poor[:1], "超过没有历史检查可比时的警戒线20%"},
		"a suspect sweep among sound ones":           {health(9, 100, 30), append([]govsweep.SweepHealth{health(4, 100, 60), health(5, 100, 60), health(6, 100, 60), health(7, 100, 60)}, quiet...), "明显高于此前3次同类检查的中位数4%"},
		"a control target that works":                {works, quiet, ""},
		"a control target that failed":               {fails, quiet, "对照网站https://control.example/未能正常打开（15秒内未能打开），本次检查的网络或程序可能不正常。"},
		"a site without a page read counts once":     {overlap, quiet, ""},
		"nothing at all was inspected":               {health(9, 0, 0), quiet, "没有一个对象得出结果"},
	} {
		t.Run(name, func(t *testing.T) {
			got := rectify.Gate(c.now, c.earlier)
			if got.Suspect != (c.says != "") || got.Suspect != (len(got.Reasons) > 0) {
				t.Fatalf("got %+v", got)
			}
			if got.Suspect && !strings.Contains(strings.Join(got.Reasons, ""), c.says) {
				t.Errorf("the reasons are %q, want %q", got.Reasons, c.says)
			}
		})
	}
}

func TestTheGateLooksAtTheLastEightSweeps(t *testing.T) {
	var earlier []govsweep.SweepHealth
	for i := range 20 {
		failed := 50
		if i >= 12 {
			failed = 0
		}
		earlier = append(earlier, health(int64(i+1), 100, failed))
	}
	if got := rectify.Gate(health(30, 100, 30), earlier); !got.Suspect || got.Compared != 8 || got.Median != 0 {
		t.Errorf("got %+v", got)
	}
}
