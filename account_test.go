package govsweep_test

import (
	"testing"

	"github.com/govsweep/govsweep"
)

func TestAnAccountThatChangedKeepsItsHistory(t *testing.T) {
	old := govsweep.Account{ID: "wechat:1", Name: "甲", Certified: "某局", FormerNames: []string{"元"}, History: []govsweep.AccountChange{{On: "2020-01-01", Field: "账号名称", Old: "元", New: "甲"}}}
	now := old
	now.Name, now.State = "乙", govsweep.AccountClosed
	got := now.After(&old, "2021-06-19")
	if len(got.History) != 3 || got.History[1].Old != "甲" || got.History[2].Field != "账号状态" || got.Renamed != "2021-06-19" || !got.Calls("甲") || !got.Calls(" 元 ") || got.Calls("丙") {
		t.Errorf("%+v", got)
	}
	if again := got.After(&got, "2021-07-01"); len(again.History) != 3 || again.Renamed != "2021-06-19" {
		t.Errorf("the same account again: %+v", again)
	}
	unit := govsweep.Account{Name: "平安清河", Host: "清河县公安局", Certified: "清河县 融媒体中心"}
	if !unit.OfUnit("清河县公安局 ") || !unit.OfUnit("清河县融媒体中心") || unit.OfUnit("") || unit.OfUnit("平安清河") || (&govsweep.Account{}).OfUnit("") {
		t.Error("the unit of an account is not known by its name")
	}
	if len(old.History) != 1 || len(old.FormerNames) != 1 {
		t.Error("the old account was written to")
	}
}
