// Package design checks what 国办发〔2017〕47号 and its annex 网页设计规范 ask of pages.
package design

import (
	"errors"
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Indicators are the checks of this family.
var Indicators = []*rules.Indicator{homeSlow, publishTime, sourceMissing, soft404}

// 国办发〔2017〕47号 网页设计规范: 页面打开时间建议不超过3秒。
var homeSlow = &rules.Indicator{
	Code:   "home-slow",
	Title:  "首页加载超过3秒（建议值）",
	Doc:    "The time until the home page's own document was complete, as measured from where the product runs.",
	Needs:  []facts.FactKind{facts.KindHome},
	Params: func() any { return new(slowParams) },
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[slowParams](p)
		if err != nil {
			return err
		}
		if p.Home.Seconds > params.SecondsGT {
			p.Report(govsweep.Finding{
				URL: p.Home.URL, Locator: "home",
				Summary:  fmt.Sprintf("本次检查中首页加载用时%.1f秒，超过建议的%g秒。", p.Home.Seconds, params.SecondsGT),
				Evidence: rules.Capture("page", p.Home.URL, p.Home.Digest),
			})
		}
		return nil
	},
}

type slowParams struct {
	SecondsGT float64 `yaml:"seconds_gt"`
}

// Validate asks for a time above zero.
func (s slowParams) Validate() error {
	if !(s.SecondsGT > 0) {
		return errors.New("seconds_gt 应大于0")
	}
	return nil
}

var articles = []facts.FactKind{facts.KindArticles}

// 国办发〔2017〕47号 网页设计规范: 内容页应标明发布时间，格式为YYYY-MM-DD HH:MM。
var publishTime = &rules.Indicator{
	Code:  "publish-time-missing",
	Title: "未标明发布时间或格式不规范",
	Doc:   "Two findings at most: the pages without a time, and the pages with one in another form.",
	Needs: articles,
	Check: func(p *rules.Pass) error {
		a := &p.Articles
		if a.Articles == 0 {
			p.NotApplicable("本次没有读到内容页")
			return nil
		}
		if refs := a.NoTime.Lacking; len(refs) > 0 {
			f := rules.Grouped(refs, "missing")
			f.Summary = fmt.Sprintf("共检查%d个内容页，其中%d个没有标明发布时间，例如：%s。", a.Articles, a.NoTime.Lacks(), refs[0].URL)
			p.Report(f)
		}
		if refs := a.BadTime.Lacking; len(refs) > 0 {
			f := rules.Grouped(refs, "form")
			f.Summary = fmt.Sprintf("共检查%d个内容页，其中%d个的发布时间不符合“YYYY-MM-DD HH:MM”格式，例如：%s。",
				a.Articles, a.BadTime.Lacks(), rules.Quote(refs[0].Quote))
			f.Detail = rules.Quotes(refs)
			p.Report(f)
		}
		return nil
	},
}

// 国办发〔2017〕47号: 转载信息应注明来源，内容页应标明信息来源。
var sourceMissing = &rules.Indicator{
	Code:  "source-missing",
	Title: "未标明来源或转载来源",
	Doc:   "Pages that have neither a source line nor a ContentSource tag.",
	Needs: articles,
	Check: func(p *rules.Pass) error {
		a := &p.Articles
		if a.Articles == 0 {
			p.NotApplicable("本次没有读到内容页")
			return nil
		}
		if refs := a.NoSource.Lacking; len(refs) > 0 {
			f := rules.Grouped(refs, "missing")
			f.Summary = fmt.Sprintf("共检查%d个内容页，其中%d个没有标明信息来源，例如：%s。", a.Articles, a.NoSource.Lacks(), refs[0].URL)
			p.Report(f)
		}
		return nil
	},
}

// 国办发〔2017〕47号 网页设计规范: 应设置404提示页面，页面不存在时给出提示。
var soft404 = &rules.Indicator{
	Code:  "soft-404",
	Title: "未设置404提示页面，或页面不存在时仍返回正常状态",
	Doc:   "An address that cannot exist is answered with status 404 or 410 and a page for people.",
	Needs: []facts.FactKind{facts.KindSoft404},
	Check: func(p *rules.Pass) error {
		s := &p.Soft404
		switch {
		case !s.Asked:
			p.NotMeasured("本次没有访问不存在的地址，未测")
		case (s.Status == 404 || s.Status == 410) && s.Body:
		case s.Status == 404 || s.Status == 410:
			p.Report(soft404Finding(p, "body", fmt.Sprintf("访问不存在的页面时返回%d状态，但没有任何提示内容。", s.Status)))
		case s.Home && s.Status >= 200 && s.Status < 400:
			p.Report(soft404Finding(p, "status", "访问不存在的页面时被转到首页，没有404提示，状态为正常。"))
		case s.Status >= 200 && s.Status < 300:
			p.Report(soft404Finding(p, "status", fmt.Sprintf("访问不存在的页面时仍返回%d正常状态。", s.Status)))
		default:
			p.NotMeasured(fmt.Sprintf("访问不存在的地址时返回状态%d，无法判断是否设置404提示页面", s.Status))
		}
		return nil
	},
}

func soft404Finding(p *rules.Pass, locator, summary string) govsweep.Finding {
	page := p.Soft404.Page
	f := rules.Grouped([]facts.PageRef{page}, locator)
	f.Summary = summary
	f.Detail = []string{"访问地址：" + page.URL}
	f.Evidence = rules.Capture("response", page.URL, page.Digest)
	return f
}
