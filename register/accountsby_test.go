package register_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
)

func accountsBy(t *testing.T, day, text string) ([]register.Row[govsweep.Account], []register.Refusal) {
	t.Helper()
	rows, refused, err := register.ReadAccountsBy(strings.NewReader(text), "a.csv", day)
	if err != nil {
		t.Fatal(err)
	}
	return rows, refused
}

func TestADayOfAnAccountThatIsStillToComeIsRefusedWithItsCell(t *testing.T) {
	rows, refused := accountsBy(t, "2026-11-22", "平台,账号名称,账号ID,开设日期,关停日期,更名日期\n微信,甲,1,2062-11-01,,\n微信,乙,2,2020-01-01,2027-01-01,\n微信,丙,3,,,2026-11-23\n微信,丁,4,2026-11-22,,\n")
	var got []string
	for _, r := range refused {
		got = append(got, r.Cell+" "+r.Reason)
	}
	want := []string{"D2 开设日期“2062-11-01”在2026年11月22日之后", "E3 关停日期“2027-01-01”在", "F4 更名日期“2026-11-23”在"}
	if len(rows) != 1 || rows[0].Value.Name != "丁" || !slices.EqualFunc(got, want, strings.HasPrefix) {
		t.Errorf("%d rows, %q", len(rows), got)
	}
}

func TestATagCallsAnAccountAControlAccountUnlessTheColumnSaysNo(t *testing.T) {
	rows, _ := accountsBy(t, "2026-11-22", "平台,账号名称,账号ID,标签,控制账号\n微信,甲,1,重点、控制账号,\n微信,乙,2,控制账号,否\n微信,丙,3,重点,\n微信,丁,4,,是\n")
	var got []bool
	for _, r := range rows {
		got = append(got, r.Value.Control)
	}
	if !slices.Equal(got, []bool{true, false, false, true}) {
		t.Error(got)
	}
	old := []govsweep.Account{{ID: "wechat:1", Media: govsweep.WeChat, Number: "1", Name: "甲"}}
	if merged := register.Merged(old, rows[:1]); !merged[0].Control {
		t.Error("an account that is registered is not made one by a tag")
	}
}

func TestANewNameAddsToTheFormerNames(t *testing.T) {
	old := []govsweep.Account{{ID: "wechat:1", Media: govsweep.WeChat, Number: "1", Name: "乙", FormerNames: []string{"甲"}}}
	for text, want := range map[string]string{
		"微信,丙,1,乙\n": "甲、乙", "微信,丙,1,乙、丁\n": "甲、乙、丁", "微信,丙,1,戊\n": "甲、乙、戊",
		"微信,乙,1,己\n": "己", // no new name: the list is put right
	} {
		rows, _ := accountsBy(t, "2026-11-22", "平台,账号名称,账号ID,曾用名\n"+text)
		after := register.Merged(old, rows)[0].After(&old[0], "2026-11-22")
		if got := strings.Join(after.FormerNames, "、"); got != want {
			t.Errorf("%s: %s, want %s", strings.TrimSpace(text), got, want)
		}
	}
}

func TestTheHistoryHasTheDayOfANewNameThatTheRowGives(t *testing.T) {
	old := govsweep.Account{ID: "wechat:1", Media: govsweep.WeChat, Number: "1", Name: "甲", History: []govsweep.AccountChange{{On: "2026-10-01", Field: "主办单位"}}}
	for given, want := range map[string]string{"2026-06-01": "2026-06-01", "": "2026-11-22"} {
		rows, _ := accountsBy(t, "2026-11-22", "平台,账号名称,账号ID,更名日期,认证主体\n微信,乙,1,"+given+",某局\n")
		after := register.Merged([]govsweep.Account{old}, rows)[0].After(&old, "2026-11-22")
		days := map[string]string{}
		for _, c := range after.History {
			days[c.Field] = c.On
		}
		if days["账号名称"] != want || days["认证主体"] != "2026-11-22" || after.Renamed != want {
			t.Errorf("given %q: %v, %s", given, days, after.Renamed)
		}
		if !slices.IsSortedFunc(after.History, func(x, y govsweep.AccountChange) int { return strings.Compare(x.On, y.On) }) {
			t.Errorf("not the oldest first: %v", after.History)
		}
	}
}

func TestTheDayOfClosingAloneClosesARegisteredAccount(t *testing.T) {
	old := []govsweep.Account{{ID: "wechat:1", Media: govsweep.WeChat, Number: "1", Name: "甲", State: govsweep.AccountRunning}}
	for text, want := range map[string]govsweep.AccountState{"2026-10-01,": govsweep.AccountClosed, "2026-10-01,注销中": govsweep.AccountClosing, ",": govsweep.AccountRunning} {
		rows, _ := accountsBy(t, "2026-11-22", "平台,账号名称,账号ID,关停日期,账号状态\n微信,甲,1,"+text+"\n")
		if got := register.Merged(old, rows)[0].State; got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestAnAccountThatRunsAgainIsNotClosed(t *testing.T) {
	shut := govsweep.Account{ID: "wechat:1", Media: govsweep.WeChat, Number: "1", Name: "甲", State: govsweep.AccountClosed, Closed: "2026-10-01"}
	for text, want := range map[string]string{
		"微信,甲,1,正常,\n":           "running, closed ",
		"微信,甲,1,,\n":             "closed, closed 2026-10-01", // empty cells change nothing
		"微信,甲,1,注销,2026-11-01\n": "closed, closed 2026-11-01",
	} {
		rows, refused := accountsBy(t, "2026-11-22", "平台,账号名称,账号ID,账号状态,关停日期\n"+text)
		if len(refused) > 0 {
			t.Fatal(refused)
		}
		after := register.Merged([]govsweep.Account{shut}, rows)[0].After(&shut, "2026-11-22")
		if got := string(after.State) + ", closed " + after.Closed; got != want {
			t.Errorf("%s: %s, want %s", strings.TrimSpace(text), got, want)
		}
		if after.Closed != shut.Closed && !slices.ContainsFunc(after.History, func(c govsweep.AccountChange) bool { return c.Field == "关停日期" && c.Old == "2026-10-01" }) {
			t.Errorf("%s: the day is not in the history: %v", strings.TrimSpace(text), after.History)
		}
	}
}

func TestAPlatformIsKnownByItsWordAndItsCode(t *testing.T) {
	for word, want := range map[string]govsweep.MediaKind{"wechat": govsweep.WeChat, "WeChat": govsweep.WeChat, "微信": govsweep.WeChat, "小程序": govsweep.MiniProgram, "other": govsweep.OtherMedia} {
		if got, err := register.ReadMedia(word); err != nil || got != want {
			t.Errorf("%s: %s, %v", word, got, err)
		}
	}
	for _, word := range []string{"foo", ""} {
		if _, err := register.ReadMedia(word); govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), "wechat（微信）、weibo（微博）") {
			t.Errorf("%q: %v", word, err)
		}
	}
}
