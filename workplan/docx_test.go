package workplan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNumbersTheWordProcessorCountsAreReadInDocuments(t *testing.T) {
	numbered := func(lvl, text string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + lvl + `"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	plain := func(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }
	doc := `<w:document xmlns:w="w"><w:body>` + plain("某县2021年政务公开工作要点") + numbered("0", "做好公开") + numbered("1", "办好公报。办好电子版政府公报。") +
		numbered("1", "做好解读。同步解读。") + numbered("0", "加强保障") + numbered("1", "抓好培训。集中培训。") + `</w:body></w:document>`
	numbers := `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="3">` +
		`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>` +
		`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>` +
		`</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>`
	p := readBytes(t, "要点.docx", zipOf(t, map[string][]byte{"word/document.xml": []byte(doc), "word/numbering.xml": []byte(numbers)}))
	var got []string
	for _, task := range p.Tasks[1:] {
		got = append(got, task.ID+" "+task.Chapter+" "+task.Item)
	}
	want := []string{"1.1-1 一、做好公开 （一）办好公报", "1.2-1 一、做好公开 （二）做好解读", "2.1-1 二、加强保障 （一）抓好培训"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatWasStruckFromADocumentIsNotRead(t *testing.T) {
	doc := `<w:document xmlns:w="w"><w:p><w:r><w:t>（一）公报。办好</w:t></w:r><w:del><w:r><w:delText>纸质</w:delText></w:r></w:del>` +
		`<w:ins><w:r><w:t>电子版</w:t></w:r></w:ins><w:r><w:br/><w:t>公报。</w:t></w:r></w:p></w:document>`
	p := readBytes(t, "要点.docx", zipOf(t, map[string][]byte{"word/document.xml": []byte(doc)}))
	if got := p.Tasks[1].Text; got != "办好电子版公报。" || strings.Contains(got, "纸质") {
		t.Errorf("read “%s”", got)
	}
}

func TestATableOfTasksIsReadRowByRow(t *testing.T) {
	row := func(cells ...string) string {
		var b strings.Builder
		for _, c := range cells {
			b.WriteString(`<w:tc><w:p><w:r><w:t>` + c + `</w:t></w:r></w:p><w:p/></w:tc>`)
		}
		return `<w:tr>` + b.String() + `</w:tr>`
	}
	doc := `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>某县2021年政务公开工作要点任务分解表</w:t></w:r></w:p><w:p><w:r><w:t>一、做好公开</w:t></w:r></w:p><w:tbl>` +
		row("序号", "工作任务", "责任单位", "完成时限") + row("1", "办好电子版政府公报", "县政府办、各镇", "9月底前") + row("2", "同步解读。", "县司法局", "持续推进") + row("3", "办好政府公报。", "县档案馆", "") +
		`</w:tbl></w:body></w:document>`
	p := readBytes(t, "要点.docx", zipOf(t, map[string][]byte{"word/document.xml": []byte(doc)}))
	var got []string
	for i := range p.Tasks[1:] {
		got = append(got, keyLine(&p.Tasks[i+1]))
	}
	want := []string{"1.1-1 | date | 2021-09-30 | 县政府办、各镇", "1.2-1 | open | - | 县司法局", "1.3-1 | none | - | 县档案馆"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s\n%+v", diff, p.Tasks)
	}
}
