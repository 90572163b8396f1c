package links

import (
	"errors"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 国办秘函〔2019〕19号 扣分指标“功能设计·可用性”: 首页上的链接（包括图片、附件、外部链接等），打不开
// 或错误的，每个扣分。
var homeLinkBroken = &rules.Indicator{
	Code:   "home-link-broken",
	Title:  "可用性：首页链接打不开或错误",
	Doc:    "Dead links of the home page. Attachments and pictures have indicators of their own.",
	Needs:  []facts.FactKind{facts.KindHome, facts.KindLinks},
	Params: func() any { return new(retryParams) },
	Check:  func(p *rules.Pass) error { return checkDead(p, true) },
}

// 国办秘函〔2019〕19号 扣分指标“功能设计·可用性”: 其他页面上的链接打不开或错误的，每个扣分。
var innerLinkBroken = &rules.Indicator{
	Code:   "inner-link-broken",
	Title:  "可用性：其他页面链接打不开或错误",
	Doc:    "Dead links the home page does not carry.",
	Needs:  needs,
	Params: func() any { return new(retryParams) },
	Check:  func(p *rules.Pass) error { return checkDead(p, false) },
}

// retryParams say how often, over how long, a link must have failed before it
// costs points.
type retryParams struct {
	RetriesMin     int `yaml:"retries_min"`
	RetrySpanHours int `yaml:"retry_span_hours"`
}

// Validate asks for at least one try.
func (r retryParams) Validate() error {
	if r.RetriesMin < 1 || r.RetrySpanHours < 0 {
		return errors.New("retries_min 应不小于1，retry_span_hours 应不小于0")
	}
	return nil
}

func checkDead(p *rules.Pass, onHome bool) error {
	params, err := rules.Params[retryParams](p)
	if err != nil {
		return err
	}
	if p.Links.Checked == 0 {
		p.NotApplicable("本次没有检查任何链接")
		return nil
	}
	span := time.Duration(params.RetrySpanHours) * time.Hour
	for _, g := range groups(p.Links.Dead, func(l *facts.DeadLink) bool {
		return kindOf(l.Class) == page && l.OnHome == onHome
	}) {
		f := deadFinding(g, "链接")
		f.Scores = len(g.links)
		for _, l := range g.links {
			if !looksEnough(l.Tries, params.RetriesMin, span) {
				f.Unproven = true
				f.Detail = append(f.Detail, fmt.Sprintf("须在%d小时内至少%d次访问均失败方可扣分，目前记录%d次",
					params.RetrySpanHours, params.RetriesMin, len(l.Tries)))
				break
			}
		}
		if onHome {
			f.URL = p.Home.URL
		}
		p.Report(f)
	}
	return nil
}

// deadFinding is one finding for one root cause; what is the Chinese word for
// what is dead.
func deadFinding(g group, what string) govsweep.Finding {
	first, sources := g.links[0], g.sources()
	f := rules.Grouped(sources, g.locator())
	switch {
	case g.host != "":
		f.Summary = fmt.Sprintf("外部网站%s无法访问（%s），涉及%d个链接地址，例如：%s。",
			rules.Quote(g.host), cause(first), len(g.links), rules.Clip(first.URL, 200))
	default:
		f.Summary = fmt.Sprintf("%s%s打不开（%s），%d个页面上有该%s。",
			what, rules.Clip(first.URL, 200), cause(first), len(pagesOf(sources)), what)
	}
	for i, l := range g.links {
		if i == 10 {
			f.Detail = append(f.Detail, fmt.Sprintf("其余%d个失效地址略", len(g.links)-i))
			break
		}
		f.Detail = append(f.Detail, fmt.Sprintf("失效地址：%s（%s）", rules.Clip(l.URL, 200), cause(l)))
	}
	if first.Text != "" {
		f.Detail = append(f.Detail, "链接文字："+rules.Quote(first.Text))
	}
	f.Evidence = append(rules.Capture("response", first.URL, first.Digest), f.Evidence...)
	return f
}

func pagesOf(refs []facts.PageRef) map[string]bool {
	out := map[string]bool{}
	for i := range refs {
		out[refs[i].URL] = true
	}
	return out
}

// 国办秘函〔2019〕19号 扣分指标“功能设计·可用性”: 附件打不开或类型不符。
var attachmentBroken = broken("attachment-broken", "附件无法打开或类型不符", attachment, "附件")

// 国办秘函〔2019〕19号 扣分指标“功能设计·可用性”: 图片无法显示。
var imageBroken = broken("image-broken", "图片无法显示", image, "图片")

// broken is a check for dead addresses of one kind. Where the server did not
// say that there is nothing, a person looks again.
func broken(code govsweep.IndicatorCode, title string, k kind, what string) *rules.Indicator {
	return &rules.Indicator{
		Code: code, Title: title,
		Doc:   "One finding for each dead address with the pages that carry it.",
		Needs: needs,
		Check: func(p *rules.Pass) error {
			if p.Links.Checked == 0 {
				p.NotApplicable("本次没有检查任何链接")
				return nil
			}
			for _, g := range groups(p.Links.Dead, func(l *facts.DeadLink) bool { return kindOf(l.Class) == k }) {
				f := deadFinding(g, what)
				for _, l := range g.links {
					f.NeedsReview = f.NeedsReview || !certain(l)
				}
				p.Report(f)
			}
			return nil
		},
	}
}
