package register_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
)

func TestAccountsInTheLayoutOfABureau(t *testing.T) {
	const file = `某某市政务新媒体备案登记表,,,,,,,,,
序号,主办单位*,新媒体类型,账号名称,账号ID,认证主体,是否备案,运行状态,开通时间,注销时间
1,某某市教育局,微信公众号,某某教育,gh_0a1b,某某市教育局,是,正常,2019年5月1日,
2,某某市教育局,新浪微博,某某教育,,某某市教育局,否,,2018/3/2,
3,某某区政府,移动客户端（APP）,某某通,cn.x.app,某某科技公司,已备案,已注销,2017.1.2,2024-06-30
`
	rows, refused, err := register.ReadAccounts(strings.NewReader(file), "账号.csv")
	if err != nil || len(refused) > 0 {
		t.Fatal(refused, err)
	}
	var got []govsweep.Account
	for _, r := range rows {
		got = append(got, r.Value)
	}
	want := []govsweep.Account{
		{ID: "wechat:gh_0a1b", Media: govsweep.WeChat, Number: "gh_0a1b", Name: "某某教育", Certified: "某某市教育局", Host: "某某市教育局",
			Filing: govsweep.Filed, State: govsweep.AccountRunning, Opened: "2019-05-01"},
		{ID: "weibo:name:某某教育", Media: govsweep.Weibo, Name: "某某教育", Certified: "某某市教育局", Host: "某某市教育局", Filing: govsweep.Unfiled, Opened: "2018-03-02"},
		{ID: "app:cn.x.app", Media: govsweep.App, Number: "cn.x.app", Name: "某某通", Certified: "某某科技公司", Host: "某某区政府", Filing: govsweep.Filed,
			State: govsweep.AccountClosed, Opened: "2017-01-02", Closed: "2024-06-30"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAccountsThatCannotBeTakenNameTheirCell(t *testing.T) {
	const head = "平台,账号名称,账号ID,状态,开设时间,关停时间\n"
	for row, want := range map[string]string{
		"电报,甲,1,,,":                     "单元格A2：平台“电报”无法识别",
		",甲,1,,,":                       "单元格A2：平台不能为空",
		"微信,,1,,,":                      "单元格B2：账号名称不能为空",
		"微信,甲,1.23E+15,,,":              "单元格C2：账号ID“1.23E+15”已被表格软件改成数字",
		"微信,甲,a b<c,,,":                 "单元格C2：账号ID",
		"微信,甲,1,睡眠,,":                   "单元格D2：账号状态“睡眠”无法识别",
		"微信,甲,1,,2020-13-40,":           "单元格E2：日期",
		"微信,甲,1,,2024-01-01,2023-01-01": "单元格F2：关停日期早于开设日期",
		"微信,甲,1,正常,,2023-01-01":         "单元格D2：填写了关停日期",
		"微信,甲,1,,,\n微信公众号,乙,1,,,":       "与第2行重复",
	} {
		_, refused, err := register.ReadAccounts(strings.NewReader(head+row+"\n"), "a.csv")
		if err != nil || len(refused) != 1 || !strings.Contains(refused[0].String(), want) {
			t.Errorf("%s: %v %v, want %s", row, refused, err, want)
		}
	}
}

func TestAnEmptyCellLeavesWhatIsKept(t *testing.T) {
	rows, _, err := register.ReadAccounts(strings.NewReader("平台,账号名称,账号ID,认证主体\n微信,新名,1,\n"), "a.csv")
	if err != nil {
		t.Fatal(err)
	}
	old := []govsweep.Account{{ID: "wechat:1", Media: govsweep.WeChat, Number: "1", Name: "旧名", Certified: "某局"}, {ID: "weibo:2", Media: govsweep.Weibo, Number: "2", Name: "乙"}}
	merged := register.Merged(old, rows)
	d := register.Diff(old, merged)
	if len(merged) != 1 || merged[0].Certified != "某局" || len(d.Changed) != 1 || len(d.Changed[0].Fields) != 1 || d.Changed[0].Fields[0].New != "新名" || len(d.Untouched) != 1 {
		t.Errorf("%+v %+v", merged, d)
	}
}
