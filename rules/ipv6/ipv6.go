// Package ipv6 checks how well a site can be used over IPv6, by what a probe
// measured. Where the IPv6 of the prober itself was not proven, nothing is
// concluded.
package ipv6

import (
	"errors"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// Indicators are the checks of this family.
var Indicators = []*rules.Indicator{noAAAA, homeUnreachable, successLow, nameServer, contentDiffers, secondLevel, thirdLevel, degraded, notDone}

// common is what every entry of the family sets.
type common struct {
	Within int `yaml:"within_days"` // product default: how long a measurement speaks for the site
}

// mostWithin is how far back a dossier holds measurements.
const mostWithin = 35

// Validate refuses more than a dossier holds.
func (c common) Validate() error {
	if c.Within < 1 || c.Within > mostWithin {
		return fmt.Errorf("within_days 应在1至%d之间", mostWithin)
	}
	return nil
}

// report gives the newest report when it may be judged; else it says why not.
func (c common) report(p *rules.Pass) *govsweep.IPv6Report {
	if p.IPv6 == nil || p.IPv6.Report == nil || len(p.IPv6.Report.Names) == 0 {
		p.NotMeasured("没有IPv6测量记录，请运行 govsweep probe ipv6")
		return nil
	}
	r := p.IPv6.Report
	switch {
	case r.At.Before(p.AsOf.AddDate(0, 0, -c.Within)):
		p.NotMeasured(fmt.Sprintf("最近一次IPv6测量在%s，距监测时间点已超过%d日", govsweep.ChineseDate(r.At), c.Within))
	case !r.Own.Proven():
		p.NotMeasured(govsweep.ChineseDate(r.At) + "测量时" + r.Own.Why)
	default:
		return r
	}
	return nil
}

// at begins a sentence with the day of the measurement.
func at(r *govsweep.IPv6Report) string { return govsweep.ChineseDate(r.At) }

func stamp(t time.Time) string { return rules.Moment(t) }

var errRatio = errors.New("ratio_min 应大于0、不大于1")
