package ipv6

import (
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 国办秘函〔2019〕19号 扣分指标“功能设计·IPv6改造”: 未完成IPv6改造。
//
// The paper does not say what is done. Nobody can use a site over IPv6 that
// has no AAAA record or whose home page does not open: these are found. What
// else falls short is put before a person.
var notDone = &rules.Indicator{
	Code:    "ipv6-not-done",
	Title:   "IPv6改造：未完成改造",
	Doc:     "The site has no usable AAAA record, or its home page does not open over IPv6. Without a measurement it is not looked at.",
	Params:  func() any { return new(notDoneParams) },
	Applies: measured,
	Check:   checkNotDone,
	Probed:  true,
}

// measured says that nobody measured: then the item is not inspected.
func measured(d *facts.Dossier) (bool, string) {
	if d.IPv6 == nil || d.IPv6.Report == nil {
		return false, "没有IPv6测量记录，本次未检查。"
	}
	return true, ""
}

type notDoneParams struct {
	Within int      `yaml:"within_days"`
	Counts []string `yaml:"counts"` // codes of the family that are enough by themselves
}

// Validate refuses codes nobody knows.
func (n notDoneParams) Validate() error {
	for _, code := range n.Counts {
		if !slices.ContainsFunc(parts, func(x part) bool { return string(x.code) == code }) {
			return fmt.Errorf("counts 中的“%s”不是可用的IPv6指标", code)
		}
	}
	if len(n.Counts) == 0 {
		return fmt.Errorf("counts 至少写明一项")
	}
	return common{n.Within}.Validate()
}

// parts are the indicators that need no line a bureau must set.
type part struct {
	code  govsweep.IndicatorCode
	words string
	state func(*govsweep.IPv6Report) (govsweep.MeasureState, string)
}

var parts = []part{
	{noAAAA.Code, "域名没有可用的AAAA记录", func(r *govsweep.IPv6Report) (govsweep.MeasureState, string) { return aaaa(&r.Names[0]) }},
	{homeUnreachable.Code, "首页无法通过IPv6访问", homeState},
	{nameServer.Code, "域名授权体系不支持IPv6", func(r *govsweep.IPv6Report) (govsweep.MeasureState, string) {
		m := r.Measure(govsweep.MeasureAuthority)
		return m.State, m.Why
	}},
}

func homeState(r *govsweep.IPv6Report) (govsweep.MeasureState, string) {
	if state, _ := aaaa(&r.Names[0]); state != govsweep.MeasurePassed {
		return govsweep.MeasurePassed, "" // said by the record
	}
	m := r.Measure(govsweep.MeasureHome)
	return m.State, m.Why
}

func checkNotDone(p *rules.Pass) error {
	set, err := rules.Params[notDoneParams](p)
	if err != nil {
		return err
	}
	r := common{set.Within}.report(p)
	if r == nil || unnamed(p, r) {
		return nil
	}
	f := govsweep.Finding{URL: p.Site.URL, Locator: "ipv6", Evidence: append(r.Proof(govsweep.DNSCapture), r.Proof(govsweep.VisitsCapture)...)}
	var found, others, open []string
	for _, x := range parts {
		counts := slices.Contains(set.Counts, string(x.code))
		switch state, why := x.state(r); {
		case state == govsweep.MeasureFailed && counts:
			found = append(found, x.words)
			f.Detail = append(f.Detail, x.words+"："+why)
		case state == govsweep.MeasureFailed:
			others = append(others, x.words)
		case state == govsweep.MeasureUnknown && counts:
			open = append(open, x.words+"："+strings.TrimRight(why, "。"))
		}
	}
	if len(found) > 0 {
		f.Summary = at(r) + "测量，网站未完成IPv6改造：" + strings.Join(found, "；") + "。"
		p.Report(f)
		return nil
	}
	if len(others) > 0 {
		p.AskInspector(strings.Join(others, "；") + "，是否属于未完成IPv6改造，须人工认定")
	}
	if len(open) > 0 {
		p.NotMeasured("尚不能认定：" + strings.Join(open, "；"))
	}
	return nil
}
