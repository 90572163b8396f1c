package register_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
)

func TestAChecklistThatSomebodyFilledIn(t *testing.T) {
	file := strings.Join(register.CheckHeaders[:], ",") + `
wechat:gh_1,微信,某某发布,某局,mv-07,是否提供互动功能,否,2026/3/2,张某,https://x.example/a,没有留言入口
wechat:gh_1,微信,某某发布,某局,MV-08,是否弄虚作假,,,,,
wechat:gh_1,微信,某某发布,某局,AC-13,公布数量,微信 3；微博1,2026-03-02,张某,,
`
	rows, refused, err := register.ReadChecks(strings.NewReader(file), "清单.csv")
	if err != nil || len(refused) > 0 {
		t.Fatal(refused, err)
	}
	var got []govsweep.CheckAnswer
	for _, r := range rows {
		got = append(got, r.Value)
	}
	want := []govsweep.CheckAnswer{
		{Target: "wechat:gh_1", Question: "MV-07", Answer: govsweep.CheckNo, On: "2026-03-02", By: "张某", URL: "https://x.example/a", Note: "没有留言入口"},
		{Target: "wechat:gh_1", Question: "MV-08"},
		{Target: "wechat:gh_1", Question: "AC-13", Answer: govsweep.CheckText, Text: "微信 3；微博1", On: "2026-03-02", By: "张某"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnswersThatCannotBeTakenNameTheirCell(t *testing.T) {
	const head = "账号代码,项目编号,检查结果,检查日期,检查人,证据网址\n"
	for row, want := range map[string]string{
		",MV-07,是,2026-03-02,张某,":              "单元格A2：账号代码不能为空",
		"a,,是,2026-03-02,张某,":                  "单元格B2：项目编号",
		"a,MV-07,是,,张某,":                       "单元格D2：填写了检查结果，检查日期不能为空",
		"a,MV-07,是,昨天,张某,":                     "单元格D2：日期",
		"a,MV-07,是,2026-03-02,,":               "单元格E2：填写了检查结果，检查人不能为空",
		"a,MV-07,是,2026-03-02,张某,javascript:1": "单元格F2：网址",
	} {
		_, refused, err := register.ReadChecks(strings.NewReader(head+row+"\n"), "a.csv")
		if err != nil || len(refused) != 1 || !strings.Contains(refused[0].String(), want) {
			t.Errorf("%s: %v %v, want %s", row, refused, err, want)
		}
	}
}

func TestAListOfReprintSources(t *testing.T) {
	rows, refused, err := register.ReadReprintSources(strings.NewReader("规定稿源名单\n序号,稿源单位,类别,别名\n1,新华社,中央新闻单位,新华网、新华视点\n"), "a.csv")
	if err != nil || len(refused) > 0 || len(rows) != 1 {
		t.Fatal(rows, refused, err)
	}
	if diff := cmp.Diff(govsweep.ReprintSource{Name: "新华社", Aliases: []string{"新华网", "新华视点"}, Kind: "中央新闻单位"}, rows[0].Value); diff != "" {
		t.Error(diff)
	}
}
