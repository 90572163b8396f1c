// Package marks checks the identity marks in the foot of the site.
package marks

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Indicators are the checks of this family.
var Indicators = []*rules.Indicator{
	partyOrganMark, errorReportOld, icpNumber, policeNumber, ownerContactSitemap,
	siteMarksMissing, errorReportEntry,
}

var needs = []facts.FactKind{facts.KindHome, facts.KindMarks}

// unseenMarks says why a mark that was not found may not be called missing.
const unseenMarks = "网站底部有内容由脚本生成，本次未运行脚本，不能认定标识缺失"

// unread says that marks which were not found may stand in what a script draws.
func unread(p *rules.Pass) bool {
	return p.Marks.MarksUnread || !p.Marks.FooterPresent && p.Home.Unread != ""
}

// finding is one finding about the foot.
func finding(p *rules.Pass, locator, summary string, detail ...string) govsweep.Finding {
	page := p.Marks.Page
	if page.URL == "" {
		page = facts.PageRef{URL: p.Home.URL, Digest: p.Home.Digest}
	}
	f := rules.Grouped([]facts.PageRef{page}, locator)
	f.Summary, f.Detail = summary, detail
	if page.Quote != "" {
		f.Detail = append(f.Detail, "页面底部文字："+rules.Clip(page.Quote, 200))
	}
	f.Unproven = !p.Marks.FooterPresent // no foot was recognised: a person looks first
	return f
}

// missing reports a mark that is not there, unless it could not be seen.
func missing(p *rules.Pass, locator, summary string) {
	if unread(p) {
		p.NotMeasured(unseenMarks)
		return
	}
	p.Report(finding(p, locator, summary))
}

type requiredParams struct {
	Required []string `yaml:"required"`
}

// Validate asks for marks the product knows.
func (r requiredParams) Validate() error {
	if len(r.Required) == 0 {
		return errors.New("required 不能为空")
	}
	for _, name := range r.Required {
		if _, ok := markOf[name]; !ok {
			return fmt.Errorf("不认识的标识“%s”", rules.Clip(name, 40))
		}
	}
	return nil
}

// markOf says of each mark whether the foot has it.
var markOf = map[string]func(*facts.MarkFacts) bool{
	"党政机关网站标识": func(m *facts.MarkFacts) bool { return m.Conac != "" },
	"网站标识码":    func(m *facts.MarkFacts) bool { return m.SiteIDCode != "" },
	"ICP备案编号":  func(m *facts.MarkFacts) bool { return m.ICP != "" },
	"公安备案标识":   func(m *facts.MarkFacts) bool { return m.Police != "" },
	"网站地图":     func(m *facts.MarkFacts) bool { return m.Sitemap },
	"主办单位":     func(m *facts.MarkFacts) bool { return m.Host != "" },
	"联系方式":     func(m *facts.MarkFacts) bool { return m.Contact != "" },
}

// checkRequired is one finding with every mark of the entry that is missing,
// taken as often as there are marks.
func checkRequired(p *rules.Pass) error {
	params, err := rules.Params[requiredParams](p)
	if err != nil {
		return err
	}
	var lacking []string
	for _, name := range params.Required {
		if !markOf[name](&p.Marks) && !slices.Contains(lacking, name) {
			lacking = append(lacking, name)
		}
	}
	if len(lacking) == 0 {
		return nil
	}
	if unread(p) {
		p.NotMeasured(unseenMarks)
		return nil
	}
	f := finding(p, "marks", "网站底部缺少"+strings.Join(lacking, "、")+"。", "缺少："+strings.Join(lacking, "、"))
	f.Scores = len(lacking)
	p.Report(f)
	return nil
}
