package rectify

import (
	"github.com/govsweep/govsweep"
)

// Covers says whether a standing exemption excuses f of site on a day
// (YYYY-MM-DD, Shanghai): its indicator, within its scope, not revoked, not
// past its last day. One without a proper last day covers nothing.
func Covers(e govsweep.Exemption, site govsweep.Site, f *govsweep.Finding, day string) bool {
	if e.Indicator != f.Indicator || !e.RevokedAt.IsZero() || !isDay(e.Until) || !isDay(day) || day > e.Until {
		return false
	}
	switch e.Scope {
	case govsweep.ColumnScope:
		return e.Target == site.ID && f.Column != nil && e.Column != "" && f.Column.URL == e.Column
	case govsweep.SiteScope:
		return e.Target == site.ID
	case govsweep.UnitScope:
		return plain(e.Unit) != "" && samePerson(e.Unit, site.Host)
	}
	return false
}

// CheckExemption refuses a standing exemption that is not whole, with what is
// missing.
func CheckExemption(e govsweep.Exemption) error {
	switch {
	case e.Indicator == "":
		return wrong("豁免须写明检查指标。")
	case plain(e.By) == "" || e.At.IsZero():
		return wrong("豁免须写明作出决定的人员姓名和时间。")
	case plain(e.Reason) == "":
		return wrong("豁免须写明理由。")
	case !isDay(e.Until):
		return wrong("豁免须写明截止日期，应写作2026-12-31的形式。")
	case e.Until < govsweep.DateOf(e.At):
		return wrong("豁免的最后一日%s已经过去，请改写为今后的日期。", e.Until)
	}
	switch e.Scope {
	case govsweep.ColumnScope:
		if e.Target == "" || e.Column == "" {
			return wrong("对栏目的豁免须写明网站和栏目地址。")
		}
	case govsweep.SiteScope:
		if e.Target == "" {
			return wrong("对网站的豁免须写明网站。")
		}
	case govsweep.UnitScope:
		if plain(e.Unit) == "" {
			return wrong("对单位的豁免须写明主办单位。")
		}
	default:
		return wrong("豁免的范围只能是栏目、网站或单位。")
	}
	return signed(e.By, e.Reason)
}

// covering gives the exemption that covers f, of several the smallest ID, so
// that their order does not matter.
func (o *Observation) covering(f *govsweep.Finding) *govsweep.Exemption {
	var best *govsweep.Exemption
	day := o.day()
	for i := range o.Exemptions {
		e := &o.Exemptions[i]
		if Covers(*e, o.Site, f, day) && (best == nil || e.ID < best.ID) {
			best = e
		}
	}
	return best
}
