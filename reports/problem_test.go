package reports_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/golden"
	"github.com/govsweep/govsweep/reports"
)

// blankColumns is a case as a real site gives it: a veto that counts two blank
// columns, each of which two further clauses name, a foot two clauses ask for,
// and a broken link.
func blankColumns() reports.Case {
	c := confirmedCase()
	base := c.Findings[3]
	home := c.Site.URL
	finding := func(id, book string, class govsweep.Class, code, column, summary, clause, remedy string, detail ...string) govsweep.Finding {
		f := base
		f.ID, f.Fingerprint, f.BookID, f.Class, f.Indicator, f.Summary, f.Clause, f.Remedy, f.Detail = id, "fp"+id, book, class, govsweep.IndicatorCode(code), summary, clause, remedy, detail
		f.Column, f.URL, f.Pages = nil, home, []string{home}
		if column != "" {
			f.URL = home + "zwgk/" + id[1:2] + "/"
			f.Pages = []string{f.URL}
			f.Column = &govsweep.ColumnRef{Name: column, Path: []string{"首页", "政务公开", column}, URL: f.URL}
		}
		return f
	}
	const law, other = "国办秘函〔2019〕19号 扣分指标“发布解读·其他栏目”", "国办发〔2015〕15号 空白栏目; 某市2020年政务公开工作要点"
	blank := func(name string) string {
		return "栏目“" + name + "”没有任何信息内容，经2次读取均为空白。"
	}
	veto := finding("FV0", "SV-04c", govsweep.Veto, "column-blank-veto", "", "截至2021年8月28日，网站空白栏目共3个，达到单项否决标准（3个）。", "国办秘函〔2019〕19号 单项否决“栏目不更新”", "请为空白栏目补充内容，确不需要的按程序撤销。",
		"首页 > 政务公开 > 义务教育："+blank("义务教育"), "首页 > 政务公开 > 社会救助："+blank("社会救助"), "首页 > 政务公开 > 已排除："+blank("已排除"))
	veto.Pages = []string{home + "zwgk/A/", home + "zwgk/B/", home + "zwgk/C/"}
	c.Findings = []govsweep.Finding{
		veto,
		finding("FA1", "DE-08a", govsweep.Deduction, "other-column-blank", "义务教育", blank("义务教育"), law, "请为空白栏目补充内容，确不需要的按程序撤销。", "栏目路径：首页 > 政务公开 > 义务教育", "读到信息：0条"),
		finding("FB1", "DE-08a", govsweep.Deduction, "other-column-blank", "社会救助", blank("社会救助"), law, "请为空白栏目补充内容，确不需要的按程序撤销。", "栏目路径：首页 > 政务公开 > 社会救助", "读到信息：0条"),
		finding("FL1", "DE-32b", govsweep.Deduction, "inner-link-broken", "", "链接打不开，1个页面上有该链接。", "国办秘函〔2019〕19号 扣分指标“功能设计·可用性”", "请修复或删除失效链接。"),
		finding("FF1", "DE-31", govsweep.Deduction, "site-marks-missing", "", "网站底部缺少ICP备案编号、网站地图。", "国办秘函〔2019〕19号 扣分指标“功能设计·网站标识”", "请在网站底部补齐缺失的标识。", "缺少：ICP备案编号、网站地图"),
		finding("FF2", "FT-05", govsweep.Norm, "owner-contact-sitemap", "", "网站底部缺少网站地图。", "国办发〔2017〕47号", "请在网站底部补充网站地图。", "缺少：网站地图"),
		finding("FF3", "FT-06", govsweep.Norm, "police-number", "", "公安备案编号与登记信息不一致。", "国办发〔2017〕47号", "请核对公安备案编号。"),
		finding("FA2", "XG-11", govsweep.Norm, "column-blank", "义务教育", blank("义务教育"), other, "请为该栏目补充内容，确不需要的按程序撤销。", "读到信息：0条"),
		finding("FB2", "XG-11", govsweep.Norm, "column-blank", "社会救助", blank("社会救助"), other, "请为该栏目补充内容，确不需要的按程序撤销。", "读到信息：0条"),
	}
	c.Causes = map[string]string{"fpFA1": "a", "fpFA2": "a", "fpFB1": "b", "fpFB2": "b", "fpFF1": "foot", "fpFF2": "foot", "fpFF3": "foot", "fpFV0": "count", "fpFL1": "link"}
	for _, f := range c.Findings {
		c.Titles[f.Indicator] = map[string]string{"SV": "空白栏目达到单项否决标准", "DE": "扣分事项", "FT": "页面底部要求", "XG": "空白栏目"}[f.BookID[:2]]
	}
	c.Repeats = nil
	return c
}

func TestANoticePrintsOneProblemARootCause(t *testing.T) {
	for _, id := range reports.Forms() {
		f := form(t, id)
		n := issued(t, draft(t, blankColumns(), f), f, "2021-09-17")
		got := dump(reports.NoticePaper(n, f))
		golden.Assert(t, "notice/"+id+"-causes.txt", []byte(got))
		body, _, _ := strings.Cut(got, "\n附件1 ")
		for what, want := range map[string]int{
			"栏目“义务教育”没有任何信息内容": 1, "共5个问题": 1, "按指标逐项编号共9项": 1, "没有任何信息内容，经2次读取": 3, "网站底部缺少网站地图": 0, "公安备案编号与登记信息不一致": 1,
			"对应问题清单第2、3项": 1, "对应问题清单第6—8项": 1, "第10项": 0, "“义务教育”（第2、3项）、“社会救助”（第4、5项）": 1,
			"确不需要的按程序撤销。": 3, "；国办发〔2015〕15号 空白栏目；某市2020年": 2, "栏目路径：": 0, "缺少：网站地图": 0, "http://www.yunchuan.example/zwgk/A/": 1,
		} {
			if n := strings.Count(body, what); n != want {
				t.Errorf("%s: %q stands %d times, not %d", id, what, n, want)
			}
		}
	}
}

func TestAProblemsItemsStandSinglyWhereTheirCauseIsNotKnown(t *testing.T) {
	c, f := blankColumns(), general(t)
	c.Causes = nil
	got := dump(reports.NoticePaper(issued(t, draft(t, c, f), f, "2021-09-17"), f))
	for _, want := range []string{"共9个问题", "发现9个问题", "网站底部缺少网站地图。"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if strings.Contains(got, "对应问题清单") {
		t.Error("numbers are told twice")
	}
}

func TestTheWorkbookListsProblemsOnceAndItemsOneByOne(t *testing.T) {
	f := general(t)
	n := issued(t, draft(t, blankColumns(), f), f, "2021-09-17")
	var b bytes.Buffer
	if err := reports.NoticeSheet(&b, n); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	for sheet, want := range map[string][]string{"问题清单": {"1", "2", "3", "4", "5"}, "逐项办理": {"1", "2", "3", "4", "5", "6", "7", "8", "9"}} {
		rows, err := x.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range rows[1:] {
			got = append(got, r[0])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: rows %v", sheet, got)
		}
	}
}
