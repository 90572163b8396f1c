// Package availability checks whether the site can be reached.
package availability

import (
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Indicators are the checks of this family.
var Indicators = []*rules.Indicator{siteUnreachable}

// 国办秘函〔2019〕19号 单项否决“站点无法访问”: 监测1周，每天间隔性访问20次以上，超过（含）15秒
// 网站仍打不开的次数累计占比超过（含）5%。
//
// One visit is no series: reached now, the veto is not this inspection's to
// give; not reached, it stays open.
var siteUnreachable = &rules.Indicator{
	Code:  "site-unreachable-veto",
	Title: "站点无法访问",
	Doc:   "Says whether the site can be reached now. The week of visits the veto rests on is not part of one inspection.",
	Applies: func(d *facts.Dossier) (bool, string) {
		if d.Home.Reached {
			return false, fmt.Sprintf("本次访问首页正常（%.1f秒）；该项须连续1周、每日不少于20次间隔访问，不由单次检查认定。", d.Home.Seconds)
		}
		return true, ""
	},
	Check: func(p *rules.Pass) error {
		why := "本次未能打开首页"
		switch {
		case p.Home.Cause != "":
			why += "（" + rules.Clip(p.Home.Cause, 100) + "）"
		case p.Home.Failure == govsweep.FailTimeout:
			why += "（15秒内未打开）"
		case p.Home.Status != 0:
			why += fmt.Sprintf("（状态%d）", p.Home.Status)
		}
		p.NotMeasured(why + "；该项须连续1周、每日不少于20次间隔访问方可认定，请安排持续监测")
		return nil
	},
}
