package reports

import "testing"

func TestASecondSentenceIsLeftOutOnlyWhereItAddsNothing(t *testing.T) {
	for _, c := range []struct {
		name, had, s string
		said         bool
	}{
		{"the same sentence", "网站底部缺少网站地图。", "网站底部缺少网站地图。", true},
		{"one mark of several", "网站底部缺少ICP备案编号、网站地图。", "网站底部缺少网站地图。", true},
		{"the end of a longer sentence", "首页“我为政府网站找错”入口设置不规范，仍指向已停用的旧地址。", "“我为政府网站找错”入口仍指向已停用的旧地址。", true},
		{"another mark", "网站底部缺少ICP备案编号。", "网站底部缺少公安备案编号。", false},
		{"another label", "共检查210个内容页，1个缺少ArticleTitle。", "共检查210个内容页，1个缺少PubDate。", false},
		{"another count", "共检查210个内容页，1个缺少。", "共检查90个内容页，1个缺少。", false},
		{"nothing was said", "", "网站底部缺少网站地图。", false},
	} {
		if got := saidIn(c.had, c.s); got != c.said {
			t.Errorf("%s: said %t", c.name, got)
		}
	}
}

func TestDemandsThatDifferInAWordAreOneDemand(t *testing.T) {
	for _, c := range []struct {
		name, had, s string
		alike        bool
	}{
		{"this column and a blank column", "请为空白栏目补充内容，确不需要的按程序撤销。", "请为该栏目补充内容，确不需要的按程序撤销。", true},
		{"one that asks for more", "请及时更新动态要闻栏目。", "请及时更新该栏目，确无更新能力的按程序撤并。", false},
		{"one character", "请改。", "请", false},
	} {
		if got := alike(c.had, c.s); got != c.alike {
			t.Errorf("%s: alike %t", c.name, got)
		}
	}
}
