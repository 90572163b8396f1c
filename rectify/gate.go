package rectify

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/sampling"
)

// The lines of the gate. They are shares of targets that could not be judged.
const (
	firstLine  = 0.20 // without earlier sweeps to compare with
	jumpLine   = 0.10 // above the median of earlier ones
	leastBad   = 2    // one site that does not answer is that site's fault
	comparedTo = 8    // how many earlier sweeps are looked at, the last ones
)

// GateResult says whether a sweep may carry notices.
type GateResult struct {
	Suspect  bool     `json:"suspect"`
	Reasons  []string `json:"reasons,omitempty"` // whole Chinese sentences with both numbers
	Share    float64  `json:"share"`             // of targets that could not be judged
	Median   float64  `json:"median"`            // of that share over the sweeps compared with
	Compared int      `json:"compared"`          // how many those were
	Note     string   `json:"note,omitempty"`    // of one that is not suspect: why not, whole Chinese sentences
}

// Gate holds a sweep against earlier ones. It is suspect when a control target
// failed, when nothing was inspected, and when more targets could not be
// judged than chance explains: the lower end of the 95% Wilson interval of
// their share lies above the median of comparable sweeps plus ten points, or,
// with none to compare with, above twenty points. The lower end asks for more
// the fewer targets there are: two of three, three of ten, eighteen of a
// hundred against a median of zero. One target alone never makes a sweep suspect.
//
// Comparable is an earlier sweep of half to twice as many targets whose own
// controls all worked and that was not suspect itself; at most the last eight
// count. Suspect ones become what is usual only where there is no other and at
// least three of them: a region can always be hard to reach.
func Gate(now govsweep.SweepHealth, earlier []govsweep.SweepHealth) GateResult {
	earlier = slices.Clone(earlier)
	slices.SortFunc(earlier, func(a, b govsweep.SweepHealth) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Sweep, b.Sweep))
	})
	past := make([]pastSweep, 0, len(earlier))
	for _, e := range earlier {
		past = append(past, pastSweep{e, gate(e, past).Suspect})
	}
	return gate(now, past)
}

// pastSweep is an earlier sweep and whether it was suspect by those before it.
type pastSweep struct {
	govsweep.SweepHealth
	suspect bool
}

// leastUsual is how many suspect sweeps say what is usual where none was sound.
const leastUsual = 3

func gate(now govsweep.SweepHealth, earlier []pastSweep) GateResult {
	var g GateResult
	for _, c := range now.Controls {
		if !c.OK {
			g.say("对照网站%s未能正常打开（%s），本次检查的网络或程序可能不正常。", clip(c.URL, 200), reason(c.Why))
		}
	}
	if now.Targets <= 0 {
		g.say("本次检查没有一个对象得出结果。")
		return g
	}
	hits := bad(&now)
	g.Share = float64(hits) / float64(now.Targets)
	shares := alike(&now, earlier)
	g.Compared, g.Median = len(shares), median(shares)
	low, _ := sampling.Wilson(hits, now.Targets)
	switch {
	case hits < leastBad:
	case g.Compared == 0 && low > firstLine:
		g.say("本次检查%d个对象中有%d个无法访问、被拦截或检查失败（%s），超过没有历史检查可比时的警戒线%s。",
			now.Targets, hits, percent(g.Share), percent(firstLine))
	case g.Compared > 0 && low > g.Median+jumpLine:
		g.say("本次检查%d个对象中有%d个无法访问、被拦截或检查失败（%s），明显高于此前%d次同类检查的中位数%s。",
			now.Targets, hits, percent(g.Share), g.Compared, percent(g.Median))
	}
	if !g.Suspect {
		g.Note = g.sound(hits, now.Targets, low)
	}
	return g
}

// sound says why a sweep is not suspect: its share lies below the line, or
// lies above it by what chance may make of few targets.
func (g *GateResult) sound(hits, targets int, low float64) string {
	line, of := firstLine, "没有同类检查可比时的警戒线"
	if g.Compared > 0 {
		line, of = g.Median+jumpLine, fmt.Sprintf("此前%d次同类检查的中位数%s加10个百分点的警戒线", g.Compared, percent(g.Median))
	}
	say := fmt.Sprintf("本次%d个对象中有%d个未能判断，占%s，", targets, hits, percent(g.Share))
	switch {
	case g.Share <= line:
		return say + "未超过" + of + percent(line) + "。"
	case hits < leastBad:
		return say + "只有1个，按该对象自身的情况看待，不作存疑。"
	}
	return say + fmt.Sprintf("高于%s%s，但对象少，可能出于偶然：把偶然因素计算在内，实际比例最低可至%s，未超过警戒线，不作存疑。", of, percent(line), percent(low))
}

func (g *GateResult) say(format string, args ...any) {
	g.Suspect = true
	g.Reasons = append(g.Reasons, fmt.Sprintf(format, args...))
}

// bad counts the targets that could not be judged. A target without one page
// read is suspect as well, so the larger of the two counts.
func bad(h *govsweep.SweepHealth) int {
	return min(max(h.Failed, 0)+max(h.Suspect, h.Unreachable, 0), max(h.Targets, 0))
}

// alike gives the shares of the last earlier sweeps that are like now; earlier
// stands in order of time.
func alike(now *govsweep.SweepHealth, earlier []pastSweep) []float64 {
	var sound, doubtful []float64
	for i := range earlier {
		e := &earlier[i]
		if e.Sweep == now.Sweep || e.Targets <= 0 || e.Targets*2 < now.Targets || e.Targets > now.Targets*2 ||
			slices.ContainsFunc(e.Controls, func(c govsweep.Control) bool { return !c.OK }) {
			continue
		}
		if e.At.After(now.At) || e.At.Equal(now.At) && e.Sweep > now.Sweep {
			continue
		}
		share := float64(bad(&e.SweepHealth)) / float64(e.Targets)
		if e.suspect {
			doubtful = append(doubtful, share)
		} else {
			sound = append(sound, share)
		}
	}
	if len(sound) == 0 && len(doubtful) >= leastUsual {
		sound = doubtful
	}
	return sound[max(0, len(sound)-comparedTo):]
}

// median of nothing is 0.
func median(xs []float64) float64 {
	if len(xs) == 0 {
		return 0
	}
	xs = slices.Sorted(slices.Values(xs))
	if n := len(xs); n%2 == 0 {
		return (xs[n/2-1] + xs[n/2]) / 2
	}
	return xs[len(xs)/2]
}

// percent writes a share with one decimal where there is one: 4%, 12.5%.
func percent(share float64) string {
	p := math.Round(share*1000) / 10
	if p == math.Trunc(p) {
		return fmt.Sprintf("%.0f%%", p)
	}
	return fmt.Sprintf("%.1f%%", p)
}

func reason(why string) string {
	if why == "" {
		return "原因不明"
	}
	return clip(strings.TrimRight(why, "。"), 120)
}
