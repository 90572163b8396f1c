package ipv6

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/sampling"
)

// 推进互联网协议第六版（IPv6）规模部署行动计划: 政府网站全面支持IPv6访问；IPv6支持度指标
// “首页访问成功率”。
var successLow = &rules.Indicator{
	Code:   "ipv6-success-low",
	Title:  "首页IPv6访问成功率不达标",
	Doc:    "Of all visits over IPv6 of the last weeks too few opened. The line is the bureau's: without one the rate is shown and costs nothing.",
	Params: func() any { return new(successParams) },
	Check:  checkSuccess,
	Probed: true,
}

type successParams struct {
	Within int      `yaml:"within_days"`
	Min    *float64 `yaml:"success_ratio_min"` // null: not known; 0: nothing is below it
	Visits int      `yaml:"visits_min"`        // product default: fewer say nothing
	Window int      `yaml:"window_days"`       // product default
	Method string   `yaml:"interval"`          // plain: the ratio itself; wilson: the upper end of its 95 % interval
}

// Validate refuses what cannot be a line.
func (s successParams) Validate() error {
	switch {
	case s.Min != nil && !(*s.Min >= 0 && *s.Min <= 1):
		return errors.New("success_ratio_min 应在0至1之间，待录入的写 null")
	case s.Visits < 1 || s.Window < 1 || s.Window > mostWithin:
		return fmt.Errorf("visits_min 应不小于1，window_days 应在1至%d之间", mostWithin)
	case s.Method != "plain" && s.Method != "wilson":
		return errors.New("interval 应为 plain（比例本身）或 wilson（95%置信区间的上限）")
	}
	return common{s.Within}.Validate()
}

func checkSuccess(p *rules.Pass) error {
	set, err := rules.Params[successParams](p)
	if err != nil {
		return err
	}
	r := common{set.Within}.report(p)
	if r == nil || unnamed(p, r) {
		return nil
	}
	from := p.AsOf.AddDate(0, 0, -set.Window)
	c := p.IPv6.Success(from)
	if state, _ := aaaa(&r.Names[0]); c.Visits == 0 && state == govsweep.MeasureFailed {
		p.NotApplicable("没有可用的AAAA记录，没有通过IPv6访问")
		return nil
	}
	said := rate(set, c)
	switch {
	case c.Visits < set.Visits:
		p.NotMeasured(fmt.Sprintf("%s，不足%d次，不作认定", said, set.Visits))
	case set.Min == nil:
		p.NotApplicable(said + "；合格线待录入，只列数值")
	case !below(c, *set.Min):
	case set.Method == "wilson" && !surely(c, *set.Min):
		p.NotMeasured(fmt.Sprintf("%s，低于%s，但次数尚不足以确认", said, percentOf(*set.Min)))
	default:
		p.Report(low(p, set, c, said, from))
	}
	return nil
}

func rate(set successParams, c facts.ProbeCount) string {
	s := fmt.Sprintf("最近%d日通过IPv6访问首页%d次，打开%d次", set.Window, c.Visits, c.Opened)
	if c.Visits > 0 {
		s += "，成功率" + share(c.Opened, c.Visits)
	}
	if n := c.Unmeasured + c.Doubtful; n > 0 {
		s += fmt.Sprintf("（另有%d次未能测量或存疑，不计入）", n)
	}
	return s
}

// below compares in ten-thousandths, so that a rate on the line is not below it.
func below(c facts.ProbeCount, line float64) bool {
	return c.Opened*10_000 < int(math.Round(line*10_000))*c.Visits
}

func surely(c facts.ProbeCount, line float64) bool {
	_, high := sampling.Wilson(c.Opened, c.Visits)
	return high < line
}

const mostTimes = 40

func low(p *rules.Pass, set successParams, c facts.ProbeCount, said string, from time.Time) govsweep.Finding {
	f := govsweep.Finding{URL: p.Site.URL, Locator: "success", Summary: said + "，低于" + percentOf(*set.Min) + "。"}
	for _, m := range p.IPv6.Tries {
		if m.Result != govsweep.ProbeFailed || m.At.Before(from) {
			continue
		}
		if len(f.Detail) == mostTimes {
			f.Detail = append(f.Detail, fmt.Sprintf("仅列前%d次，共%d次未打开。", mostTimes, c.Failed))
			break
		}
		f.Detail = append(f.Detail, stamp(m.At)+" "+rules.Clip(m.Cause, 80))
	}
	f.Evidence = slices.DeleteFunc(slices.Clone(p.IPv6.Proof), func(e govsweep.Evidence) bool {
		taken, err := time.Parse(time.RFC3339, e.At)
		return err == nil && taken.Before(from)
	})
	return f
}

// share prints n of all in percent, cut, not rounded, to two places: just
// under the line never reads as the line.
func share(n, all int) string {
	h := n * 10_000 / all
	return trimmed(fmt.Sprintf("%d.%02d", h/100, h%100))
}

func percentOf(x float64) string { return trimmed(fmt.Sprintf("%.2f", x*100)) }

func trimmed(s string) string { return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") + "%" }
