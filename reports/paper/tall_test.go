package paper

import (
	"strings"
	"testing"
)

// TestATableBeginsOnThePageOfItsTitle: a first row that is taller than what
// the title leaves is torn, and does not take the whole table to the next page.
func TestATableBeginsOnThePageOfItsTitle(t *testing.T) {
	words := strings.Repeat("栏目长期没有更新，须逐项说明整改情况。", 60)
	p := &Paper{Title: "通报", Body: []Block{Para{Text: "正文。"}}, Appended: []Appendix{{Title: "名单", Wide: true, Body: []Block{
		Table{Caption: "表", Head: []string{"序号", "网站", "问题"}, Widths: []int{6, 20, 40}, Rows: [][]string{{"1", "某网站", words}, {"2", "另一网站", "短"}}}}}}}
	for name, print := range map[string]func(*testing.T, map[string]*Paper) map[string]string{"office": office, "browser": browser} {
		t.Run(name, func(t *testing.T) {
			pages := sheets(t, print(t, map[string]*Paper{"tall": p})["tall"])
			if got := pages[1].text(); !strings.Contains(got, "名单") || !strings.Contains(got, "栏目长期没有更新") {
				t.Errorf("the page of the title holds %.200s", got)
			}
		})
	}
}
