package reports

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

func TestTheCalendarTellsSilentDaysFromUnknownOnes(t *testing.T) {
	a := &govsweep.AccountActivity{From: "2026-03-01", To: "2026-04-10", Posts: make([]int, 41), Known: []govsweep.DaySpan{{From: "2026-03-03", To: "2026-03-30"}},
		Last: &govsweep.Post{At: time.Date(2026, 3, 30, 9, 0, 0, 0, govsweep.Shanghai)}}
	a.Posts[2], a.Posts[6], a.Posts[29] = 3, 1, 1 // the 3rd, the 7th, the 30th
	in := &govsweep.Inspection{}
	c := calendarOf(in, a)
	march, april := c.Rows[0].Cells, c.Rows[1].Cells
	for day, want := range map[int]string{1: "none", 2: "none", 3: "d2", 4: "d0", 7: "d1", 29: "d0", 30: "d1", 31: "none"} {
		if march[day-1].Kind != want {
			t.Errorf("2026-03-%02d is %s, want %s", day, march[day-1].Kind, want)
		}
	}
	if march[5].Gap || !march[7].Gap || !march[28].Gap || march[29].Gap || april[0].Gap {
		t.Error("the gap of 23 days is not marked from the 8th to the 29th alone")
	}
	if april[3].Kind != "none" || c.Rows[0].Total != "至少5条" || c.Rows[1].Total != unknown {
		t.Errorf("what nobody knows: %s, %s, %s", april[3].Kind, c.Rows[0].Total, c.Rows[1].Total)
	}
	in.Findings = []govsweep.Finding{{Indicator: "account-zombie"}}
	c = calendarOf(in, a)
	if cell := c.Rows[1].Cells[3]; cell.Kind != "d0" || c.Rows[1].Total != "0条" {
		t.Errorf("proven silence: %+v, %s", cell, c.Rows[1].Total)
	}
	if !strings.Contains(c.Title, "未知的2天") {
		t.Error(c.Title)
	}
}

// TestFiguresAndStripOfAnAccountCountTheSameSilence: one gap of 15 days, then
// 40 days of silence up to the check point, proven and not.
func TestFiguresAndStripOfAnAccountCountTheSameSilence(t *testing.T) {
	posts := make([]int, 61)
	posts[0], posts[5], posts[20] = 1, 1, 1
	start := time.Date(2026, 9, 23, 9, 0, 0, 0, govsweep.Shanghai)
	a := &govsweep.AccountActivity{From: "2026-09-23", To: "2026-11-22", Posts: posts, Known: []govsweep.DaySpan{{From: "2026-09-23", To: "2026-11-22"}},
		Last: &govsweep.Post{At: start.AddDate(0, 0, 20)}}
	r := &govsweep.AccountReport{Activity: a}
	for name, c := range map[string]struct {
		found     []govsweep.Finding
		long, sum string
	}{
		"proven silence":     {[]govsweep.Finding{{Indicator: "account-stale-veto"}}, "2段，合计55天，其中最近一条信息之后至监测时间点40天", "27天（最近一条信息之前1天，之后26天）"},
		"silence not proven": {nil, "1段，合计15天", "1天（最近一条信息之后未能证实，未计入）"},
	} {
		in := &govsweep.Inspection{Findings: c.found}
		figures := map[string]string{}
		for _, f := range accountFigures(in, r) {
			figures[f.Label] = f.Value
		}
		for label, want := range map[string]string{"距监测时间点": "40天", "两次发布之间的最长间隔（不含最近一条之后）": "15天", "超过14天的间隔": c.long, "超出14天的天数合计": c.sum} {
			if figures[label] != want {
				t.Errorf("%s: %s is %q, want %q", name, label, figures[label], want)
			}
		}
		if strip := calendarOf(in, a); !strings.HasSuffix(strip.Title, "超过14天未发布的间隔："+c.long) {
			t.Errorf("%s: the strip says %s", name, strip.Title)
		}
	}
}

func TestAccountsOfOnePlatformHaveFilesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range []govsweep.Account{
		{Media: govsweep.Weibo, Number: "1", Name: "平安清河", Host: "清河县公安局"}, {Media: govsweep.Weibo, Number: "2", Name: "平安清河", Host: "清河县公安局"},
		{Media: govsweep.Weibo, Number: "Abc", Name: "平安清河", Host: "清河县公安局"}, {Media: govsweep.Weibo, Number: "abc", Name: "平安清河", Host: "清河县公安局"},
		{Media: govsweep.Weibo, Name: "平安清河", Host: "清河县公安局"}, {Media: govsweep.Weibo, Name: "../../etc/passwd", Host: "a<b>"}, {Media: govsweep.App, Name: "con"},
	} {
		a.ID = govsweep.AccountKey(a.Media, a.Number, a.Name)
		row := a.Site()
		name := fileNameOf(&row)
		if seen[strings.ToLower(name)] || safeFile(name+".html") == "" || strings.ContainsAny(name, "/\\<>. ") {
			t.Errorf("%s is called %q", a.ID, name)
		}
		seen[strings.ToLower(name)] = true
	}
	if !seen["清河县公安局-微博-平安清河-1"] {
		t.Errorf("the unit is not in %v", seen)
	}
}

func TestTheReportOfAnAccountHasItsOwnPartsInOrder(t *testing.T) {
	a := govsweep.Account{ID: "weibo:1", Media: govsweep.Weibo, Number: "1", Name: "平安清河", Host: "清河县公安局"}
	activity := &govsweep.AccountActivity{From: "2026-11-01", To: "2026-11-02", Posts: make([]int, 2)}
	in := &govsweep.Inspection{Site: a.Site(), Account: &govsweep.AccountReport{Account: a, Activity: activity},
		Findings: []govsweep.Finding{{ID: "F1", Indicator: "account-duplicate", BookID: "AC-03", Class: govsweep.Norm, Status: govsweep.Proposed, Summary: "还开设有其他账号。"}}}
	var b strings.Builder
	if err := Site(&b, in); err != nil {
		t.Fatal(err)
	}
	parts := ""
	for _, h := range strings.Split(b.String(), "<h2>")[1:] {
		name, _, _ := strings.Cut(h, "</h2>")
		parts += name + " "
	}
	if want := "一、检查结论 二、更新情况 三、信息来源 四、问题清单 五、发布信息 六、逐项检查结果 七、本次未检查的事项 "; parts != want {
		t.Errorf("the parts are %s", parts)
	}
	if n, m := strings.Count(b.String(), "<section"), strings.Count(b.String(), "</section>"); n != m {
		t.Errorf("%d sections begin and %d end", n, m)
	}
}
