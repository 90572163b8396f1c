// Package availability checks whether the site can be reached.
package availability

import (
	"errors"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Indicators are the checks of this family.
var Indicators = []*rules.Indicator{siteUnreachable}

// 国办秘函〔2019〕19号 单项否决“站点无法访问”: 监测1周，每天间隔性访问20次以上，超过（含）15秒
// 网站仍打不开的次数累计占比超过（含）5%。
//
// Only a series of visits decides: seven whole days in a row with at least
// twenty spaced visits each. Without one, a site that was reached now has
// nothing to answer for, and one that was not stays open.
var siteUnreachable = &rules.Indicator{
	Code:    "site-unreachable-veto",
	Title:   "站点无法访问",
	Doc:     "In seven whole days in a row of at least twenty spaced visits each, five percent or more did not open within fifteen seconds.",
	Params:  func() any { return new(params) },
	Applies: applies,
	Check:   check,
	Probed:  true,
}

type params struct {
	WindowDays int `yaml:"window_days"`
	PerDay     int `yaml:"visits_per_day_min"`
	Percent    int `yaml:"fail_percent"`
	Spacing    int `yaml:"spacing_minutes"` // product default: nearer visits are not spaced
	Within     int `yaml:"within_days"`     // product default: how long a series speaks for the site
}

// Validate refuses what cannot be a series.
func (p params) Validate() error {
	switch {
	case p.WindowDays < 1 || p.WindowDays > 14:
		return errors.New("window_days 应在1至14之间")
	case p.PerDay < 1 || p.Percent < 1 || p.Percent > 100:
		return errors.New("visits_per_day_min 应不小于1，fail_percent 应在1至100之间")
	case p.Spacing < 0 || p.Spacing*p.PerDay > 24*60:
		return errors.New("spacing_minutes 与 visits_per_day_min 之积不能超过一日")
	case p.Within < 0 || p.Within > 14:
		return errors.New("within_days 应在0至14之间")
	}
	return nil
}

// Line gives what the rulebook makes of a series: which visits make a week,
// and from how many percent on it did not open. Not ok when the rulebook
// does not judge the availability of sites.
func Line(b *rules.Rulebook) (week facts.WeekRule, percent int, ok bool) {
	set, ok := rules.ParamsOf[params](b, siteUnreachable.Code)
	return set.week(), set.Percent, ok
}

func (p params) week() facts.WeekRule {
	return facts.WeekRule{Days: p.WindowDays, PerDay: p.PerDay, Spacing: time.Duration(p.Spacing) * time.Minute, Within: p.Within}
}

// applies says that there is nothing to judge: no visits were made for a
// series, and the home page is there.
func applies(d *facts.Dossier) (bool, string) {
	if d.Home.Reached && d.Probes == nil {
		return false, reachedNow(d)
	}
	return true, ""
}

func reachedNow(d *facts.Dossier) string {
	return fmt.Sprintf("本次访问首页正常（%.1f秒）；该项须连续1周、每日不少于20次间隔访问，不由单次检查认定。", d.Home.Seconds)
}

func notReachedNow(p *rules.Pass) string {
	why := "本次未能打开首页"
	switch {
	case p.Home.Cause != "":
		why += "（" + rules.Clip(p.Home.Cause, 100) + "）"
	case p.Home.Failure == govsweep.FailTimeout:
		why += "（15秒内未打开）"
	case p.Home.Status != 0:
		why += fmt.Sprintf("（状态%d）", p.Home.Status)
	}
	return why + "；该项须连续1周、每日不少于20次间隔访问方可认定"
}

func check(p *rules.Pass) error {
	set, err := rules.Params[params](p)
	if err != nil {
		return err
	}
	var whole, part []facts.ProbeWeek
	for _, w := range p.Probes.Weeks(p.AsOf, set.week()) {
		if w.Complete {
			whole = append(whole, w)
		} else {
			part = append(part, w)
		}
	}
	if len(whole) > 0 {
		judge(p, whole, set)
		return nil
	}
	unfinished(p, part, set)
	return nil
}

// unfinished answers without a whole week: what is missing, and that a
// series which looks bad is still open.
func unfinished(p *rules.Pass, part []facts.ProbeWeek, set params) {
	far, bad := "", false
	for _, w := range part {
		far = fmt.Sprintf("；持续监测的最近%d日中，访问次数达到要求的有%d日", set.WindowDays, w.Enough)
		if w.Failed > 0 {
			far += fmt.Sprintf("，%d次访问中有%d次未打开", w.Visits, w.Failed)
		}
		bad = bad || w.Visits >= set.PerDay && facts.Reaches(w.Failed+w.Doubtful, w.Visits, set.Percent)
	}
	switch {
	case !p.Home.Reached && len(part) == 0:
		p.NotMeasured(notReachedNow(p) + "，请安排持续监测")
	case !p.Home.Reached:
		p.NotMeasured(notReachedNow(p) + far)
	case bad:
		p.NotMeasured("持续监测尚不足以认定" + far)
	default:
		p.NotApplicable(reachedNow(p.Dossier)[:len(reachedNow(p.Dossier))-len("。")] + far)
	}
}
