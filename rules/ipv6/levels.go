package ipv6

import (
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
)

// 推进互联网协议第六版（IPv6）规模部署行动计划: 政府网站全面支持IPv6访问；国家IPv6发展监测平台
// 支持度指标“二级内链支持率”。
var secondLevel = &rules.Indicator{
	Code:   "ipv6-second-level",
	Title:  "二级链接IPv6支持率不达标",
	Doc:    "Of the links of the site itself on its home page, fewer than the line open over IPv6.",
	Params: func() any { return new(levelParams) },
	Check: func(p *rules.Pass) error {
		return checkLevel(p, 2, func(r *govsweep.IPv6Pages) *govsweep.LinkSupport { return r.Second })
	},
	Probed: true,
}

// 推进互联网协议第六版（IPv6）规模部署行动计划: 政府网站全面支持IPv6访问；国家IPv6发展监测平台
// 支持度指标“三级内链支持率”。
var thirdLevel = &rules.Indicator{
	Code:   "ipv6-third-level",
	Title:  "三级链接IPv6支持率不达标",
	Doc:    "Of the links of the site itself on the pages the home page points at, fewer than the line open over IPv6.",
	Params: func() any { return new(levelParams) },
	Check: func(p *rules.Pass) error {
		return checkLevel(p, 3, func(r *govsweep.IPv6Pages) *govsweep.LinkSupport { return r.Third })
	},
	Probed: true,
}

type levelParams struct {
	Within int     `yaml:"within_days"`
	Ratio  float64 `yaml:"ratio_min"` // from practice
}

// Validate refuses what is no share.
func (l levelParams) Validate() error {
	if !(l.Ratio > 0 && l.Ratio <= 1) {
		return errRatio
	}
	return common{l.Within}.Validate()
}

func checkLevel(p *rules.Pass, level int, of func(*govsweep.IPv6Pages) *govsweep.LinkSupport) error {
	set, err := rules.Params[levelParams](p)
	if err != nil {
		return err
	}
	r := common{set.Within}.report(p)
	if r == nil || notOpen(p, r) {
		return nil
	}
	name := govsweep.LinkLevel(level)
	if r.Pages == nil || of(r.Pages) == nil {
		p.NotMeasured(at(r) + "测量时没有本网站的检查记录，不知道有哪些" + name + "链接，请先检查网站再测量")
		return nil
	}
	s := of(r.Pages)
	switch ratio, ok := s.Ratio(); {
	case s.Known == 0:
		p.NotMeasured(s.Why)
	case !ok:
		p.NotMeasured(fmt.Sprintf("%s测量%s链接%d条，没有一条可以作准：%s", at(r), name, s.Drawn, s.Why))
	case ratio < set.Ratio && (mostly(s) || atBest(s) < set.Ratio):
		p.Report(unsupported(p, r, s, set.Ratio))
	case !s.Visited:
		p.NotMeasured(fmt.Sprintf("%s只查询了%s链接的域名记录，没有通过IPv6访问", at(r), name))
	case !mostly(s):
		p.NotMeasured(fmt.Sprintf("%s测量%s链接%d条，%d条未能测量：%s", at(r), name, s.Drawn, s.Unknown, s.Why))
	}
	return nil
}

// mostly says that half of the links at least were measured.
func mostly(s *govsweep.LinkSupport) bool { return s.Unknown <= s.Good+s.Bad }

// atBest is the share if every link that could not be measured were sound.
func atBest(s *govsweep.LinkSupport) float64 {
	return float64(s.Good+s.Unknown) / float64(s.Good+s.Bad+s.Unknown)
}

func unsupported(p *rules.Pass, r *govsweep.IPv6Report, s *govsweep.LinkSupport, least float64) govsweep.Finding {
	ratio, _ := s.Ratio() // it was measured
	name := govsweep.LinkLevel(s.Level)
	how := "通过IPv6打开"
	if !s.Visited {
		how = "域名有可用AAAA记录的"
	}
	f := govsweep.Finding{URL: p.Site.URL, Locator: fmt.Sprintf("level-%d", s.Level), Evidence: r.Proof(govsweep.VisitsCapture),
		Summary: fmt.Sprintf("%s测量%s链接%d条，%s%d条，IPv6支持率为%s，低于%s。", at(r), name, s.Good+s.Bad, how, s.Good, cutPercent(ratio), cutPercent(least))}
	from := fmt.Sprintf("链接取自第%d次检查，%s链接共%d条，", s.Sweep, name, s.Known)
	if s.Seed != "" {
		f.Detail = append(f.Detail, fmt.Sprintf("%s抽取%d条，抽样种子为%s。", from, s.Drawn, s.Seed))
	} else {
		f.Detail = append(f.Detail, from+"全部测量。")
	}
	if s.Unknown > 0 {
		f.Detail = append(f.Detail, fmt.Sprintf("另有%d条未能测量，不计入：%s", s.Unknown, s.Why))
	}
	for _, bad := range s.Faults {
		f.Pages = append(f.Pages, bad.URL)
		f.Detail = append(f.Detail, rules.Clip(bad.URL, 200)+" "+rules.Clip(bad.Why, 100))
	}
	return f
}
