// Package metadata checks the eight core metadata 核心元数据 of document pages.
package metadata

import (
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Indicators are the checks of this family. The first eight differ only in
// the field, which stands in the rulebook with its severity.
var Indicators = []*rules.Indicator{
	// 通辽市2020年政务公开工作要点（十四）: 规范公文元数据，逐一标注索引号、主题分类、发文机关、
	// 成文日期、标题、发文字号、发布日期、主题词等八项核心元数据。
	field("meta-index-number", "公文页缺少索引号或取值不合规"),
	field("meta-topic-category", "公文页缺少主题分类或取值不合规"),
	field("meta-issuing-body", "公文页缺少发文机关或取值不合规"),
	field("meta-written-date", "公文页缺少成文日期或取值不合规"),
	field("meta-title", "公文页缺少标题或取值不合规"),
	field("meta-document-number", "公文页缺少发文字号或取值不合规"),
	field("meta-pub-date", "公文页缺少发布日期或取值不合规"),
	field("meta-subject-terms", "公文页缺少主题词或取值不合规"),
	numberForm, numberYear, validity, indexDuplicate, disclosureAttribute,
}

var needs = []facts.FactKind{facts.KindMetadata}

var fieldNames = map[string]string{
	govsweep.MetaIndexNumber: "索引号", govsweep.MetaTopicCategory: "主题分类",
	govsweep.MetaIssuingBody: "发文机关", govsweep.MetaWrittenDate: "成文日期",
	govsweep.MetaTitle: "标题", govsweep.MetaDocumentNumber: "发文字号",
	govsweep.MetaPubDate: "发布日期", govsweep.MetaSubjectTerms: "主题词",
}

type fieldParams struct {
	Field        string            `yaml:"field"`
	FormSeverity govsweep.Severity `yaml:"form_severity"` // of a value out of form; "" = the entry's
}

// Validate asks for one of the eight keys.
func (f fieldParams) Validate() error {
	if !slices.Contains(govsweep.MetaKeys[:], f.Field) {
		return fmt.Errorf("field “%s”不是八项核心元数据之一", rules.Clip(f.Field, 40))
	}
	switch f.FormSeverity {
	case govsweep.Fault, govsweep.Must, govsweep.Should, govsweep.Warn, govsweep.Info:
		return nil
	}
	return fmt.Errorf("form_severity 应为 must、should、warn 或 info")
}

func field(code govsweep.IndicatorCode, title string) *rules.Indicator {
	return &rules.Indicator{
		Code: code, Title: title,
		Doc:    "A missing label, an empty value and a value out of form are three findings, each with its pages.",
		Needs:  needs,
		Params: func() any { return new(fieldParams) },
		Check:  checkField,
	}
}

func checkField(p *rules.Pass) error {
	params, err := rules.Params[fieldParams](p)
	if err != nil {
		return err
	}
	m := &p.Metadata
	if noDocuments(p) {
		return nil
	}
	key, name := params.Field, fieldNames[params.Field]
	if t := m.NoLabel[key]; t != nil {
		report(p, t, key+":label", "%d个公文页没有标注"+name+"，例如：%s。")
	}
	if t := m.Empty[key]; t != nil {
		report(p, t, key+":empty", "%d个公文页标注了"+name+"但值为空，例如：%s。")
	}
	if refs := m.Values[key]; len(refs) > 0 {
		f := quoted(refs, len(refs), key+":form", "%d个公文页的"+name+"不合规范，例如：%s。")
		f.Severity = params.FormSeverity
		p.Report(f)
	}
	switch key {
	case govsweep.MetaWrittenDate:
		reportQuoted(p, &m.WrittenAfterPub, key+":after-pub", "%d个公文页的成文日期晚于发布日期，例如：%s。")
	case govsweep.MetaPubDate:
		reportQuoted(p, &m.FuturePub, key+":future", "%d个公文页的发布日期晚于监测时间点，例如：%s。")
	}
	return nil
}

// noDocuments ends the check when no document page was read.
func noDocuments(p *rules.Pass) bool {
	if p.Metadata.Documents > 0 {
		return false
	}
	p.NotApplicable("本次没有读到公文页")
	return true
}

// report tells a group of pages; format takes their number and the first address.
func report(p *rules.Pass, t *facts.Tally, locator, format string) {
	if len(t.Lacking) == 0 {
		return
	}
	f := rules.Grouped(t.Lacking, locator)
	f.Summary = fmt.Sprintf(format, t.Lacks(), t.Lacking[0].URL)
	p.Report(f)
}

// reportQuoted tells a group of pages by what they print.
func reportQuoted(p *rules.Pass, t *facts.Tally, locator, format string) {
	if len(t.Lacking) > 0 {
		p.Report(quoted(t.Lacking, t.Lacks(), locator, format))
	}
}

// quoted tells of n pages, of which refs are listed.
func quoted(refs []facts.PageRef, n int, locator, format string) govsweep.Finding {
	f := rules.Grouped(refs, locator)
	f.Summary = fmt.Sprintf(format, n, rules.Quote(refs[0].Quote))
	f.Detail = rules.Quotes(refs)
	return f
}
