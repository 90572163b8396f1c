package facts

import (
	"slices"
	"testing"

	"github.com/govsweep/govsweep"
)

// document is a 公文 page with all eight metadata in form; change alters it.
func document(n int, change func(f *govsweep.PageFacts)) *govsweep.Record {
	core := map[string]govsweep.MetaValue{
		"index_number": {Label: "索引号", Value: "000014349/2021-00110"}, "topic_category": {Label: "主题分类", Value: `综合政务\政务公开`},
		"issuing_body": {Label: "发文机关", Value: "市政府办公室"}, "written_date": {Label: "成文日期", Value: "2021年05月15日"},
		"title": {Label: "标题", Value: "关于印发方案的通知"}, "document_number": {Label: "发文字号", Value: "某政办发〔2021〕47号"},
		"pub_date": {Label: "发布日期", Value: "2021年05月18日"}, "subject_terms": {Label: "主题词", Value: "通知"},
	}
	f := &govsweep.PageFacts{CoreMetadata: core, Disclosure: "主动公开"}
	if change != nil {
		change(f)
	}
	return article(n, f)
}

func with(key, value string) func(f *govsweep.PageFacts) {
	return func(f *govsweep.PageFacts) {
		v := f.CoreMetadata[key]
		v.Value = value
		f.CoreMetadata[key] = v
	}
}

func TestACleanDocumentHasNoFault(t *testing.T) {
	m := foldAll(foldInput(), document(1, nil)).Metadata
	lacks := m.NumberForm.Lacks() + m.NumberYear.Lacks() + m.WrittenAfterPub.Lacks() + m.FuturePub.Lacks() + m.Validity.Lacks() + m.Disclosure.Lacks()
	for _, key := range govsweep.MetaKeys {
		lacks += m.NoLabel[key].Lacks() + m.Empty[key].Lacks() + len(m.Values[key])
	}
	if m.Documents != 1 || lacks != 0 || len(m.Duplicates)+len(m.Late) != 0 {
		t.Errorf("%+v", m)
	}
}

func TestMetadataFaults(t *testing.T) {
	cases := []struct {
		name   string
		change func(f *govsweep.PageFacts)
		count  func(m *MetadataTally) int
		want   int
	}{
		{"label missing", func(f *govsweep.PageFacts) { delete(f.CoreMetadata, "subject_terms") }, func(m *MetadataTally) int { return m.NoLabel["subject_terms"].Lacks() }, 1},
		{"value empty", with("issuing_body", " "), func(m *MetadataTally) int { return m.Empty["issuing_body"].Lacks() }, 1},
		{"index number out of form", with("index_number", "2021年第3号"), func(m *MetadataTally) int { return len(m.Values["index_number"]) }, 1},
		{"index number of eighteen letters", with("index_number", "11330800MB0R57773W/2021-130444"), func(m *MetadataTally) int { return len(m.Values["index_number"]) }, 0},
		{"topic unknown", with("topic_category", "其它工作动态"), func(m *MetadataTally) int { return len(m.Values["topic_category"]) }, 1},
		{"topic of one level", with("topic_category", "财政、金融、审计"), func(m *MetadataTally) int { return len(m.Values["topic_category"]) }, 0},
		{"topic in traditional letters", with("topic_category", `文化、廣電、新聞出版\文化`), func(m *MetadataTally) int { return len(m.Values["topic_category"]) }, 0},
		{"number in traditional letters", with("document_number", "某政辦發〔2021〕47號"), func(m *MetadataTally) int { return m.NumberForm.Lacks() }, 0},
		{"another classification", func(f *govsweep.PageFacts) {
			f.CoreMetadata["topic_category"] = govsweep.MetaValue{Label: "组配分类", Value: "通知公告"}
		}, func(m *MetadataTally) int { return len(m.Values["topic_category"]) }, 0},
		{"written date unreadable", with("written_date", "去年"), func(m *MetadataTally) int { return len(m.Values["written_date"]) }, 1},
		{"number unreadable", with("document_number", "见附件"), func(m *MetadataTally) int { return len(m.Values["document_number"]) }, 1},
		{"no number", with("document_number", "无"), func(m *MetadataTally) int { return len(m.Values["document_number"]) + m.NumberForm.Lacks() }, 0},
		{"square brackets", with("document_number", "某政办发[2021]47号"), func(m *MetadataTally) int { return m.NumberForm.Lacks() }, 1},
		{"第 in the number", with("document_number", "某政办发〔2021〕第47号"), func(m *MetadataTally) int { return m.NumberForm.Lacks() }, 1},
		{"leading zero", with("document_number", "某政办发〔2021〕047号"), func(m *MetadataTally) int { return m.NumberForm.Lacks() }, 1},
		{"other year", with("document_number", "某政办发〔2020〕47号"), func(m *MetadataTally) int { return m.NumberYear.Lacks() }, 1},
		{"written after published", with("written_date", "2021-05-19"), func(m *MetadataTally) int { return m.WrittenAfterPub.Lacks() }, 1},
		{"published in the future", with("pub_date", "2021-08-28"), func(m *MetadataTally) int { return m.FuturePub.Lacks() }, 1},
		{"published on the day", with("pub_date", "2021-08-27"), func(m *MetadataTally) int { return m.FuturePub.Lacks() }, 0},
		{"disclosed late", with("pub_date", "2021-08-27"), func(m *MetadataTally) int { return len(m.Late) }, 1},
		{"no disclosure attribute", func(f *govsweep.PageFacts) { f.Disclosure = "" }, func(m *MetadataTally) int { return m.Disclosure.Lacks() }, 1},
		{"normative without validity", func(f *govsweep.PageFacts) { f.Breadcrumb = []string{"首页", "行政规范性文件"} }, func(m *MetadataTally) int { return m.Validity.Lacks() }, 1},
		{"normative in traditional characters", func(f *govsweep.PageFacts) { f.Breadcrumb = []string{"首頁", "行政規範性文件"} }, func(m *MetadataTally) int { return m.Validity.Lacks() }, 1},
		{"normative with validity", func(f *govsweep.PageFacts) {
			f.Breadcrumb, f.Validity = []string{"首页", "行政规范性文件"}, &govsweep.MetaValue{Label: "有效性", Value: "有效"}
		}, func(m *MetadataTally) int { return m.Validity.Lacks() }, 0},
		{"no document", func(f *govsweep.PageFacts) { f.CoreMetadata = nil }, func(m *MetadataTally) int { return m.Documents }, 0},
	}
	for _, c := range cases {
		d := foldAll(foldInput(), document(1, c.change))
		if got := c.count(&d.Metadata); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestDuplicateIndexNumbers(t *testing.T) {
	other := func(title, number string) func(f *govsweep.PageFacts) {
		return func(f *govsweep.PageFacts) { with("title", title)(f); with("index_number", number)(f) }
	}
	d := foldAll(foldInput(),
		document(1, nil), document(2, nil), // one document in two columns
		document(3, other("甲", "000014349/2021-00200")), document(4, other("乙", "000014349/2021-00200")), document(5, other("丙", "000014349/2021-00300")))
	if len(d.Metadata.Duplicates) != 1 {
		t.Fatalf("%+v", d.Metadata.Duplicates)
	}
	renumbered := func(f *govsweep.PageFacts) { with("document_number", "某政办发〔2021〕48号")(f) }
	if d := foldAll(foldInput(), document(1, nil), document(2, renumbered)); len(d.Metadata.Duplicates) != 1 {
		t.Errorf("one title, two documents: %+v", d.Metadata.Duplicates)
	}
	dup := d.Metadata.Duplicates[0]
	var pages []string
	for _, p := range dup.Pages {
		pages = append(pages, p.URL+" "+p.Quote)
	}
	if dup.Value != "000014349/2021-00200" || !slices.Equal(pages, []string{foldHome + "a/3.html 甲", foldHome + "a/4.html 乙"}) {
		t.Errorf("%s on %v", dup.Value, pages)
	}
}
