package govsweep_test

import (
	"slices"
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

func TestTheDaysAnAccountWasOpenedAndClosedStandInItsHistory(t *testing.T) {
	old := govsweep.Account{ID: "wechat:1", Name: "甲", State: govsweep.AccountRunning, Opened: "2019-05-01"}
	shut := old
	shut.State, shut.Closed = govsweep.AccountClosed, "2026-10-01"
	shut = shut.After(&old, "2026-10-02")
	again := shut
	again.State, again.Closed, again.Opened = govsweep.AccountRunning, "", "2019-06-01"
	again = again.After(&shut, "2026-11-01")
	want := []govsweep.AccountChange{
		{On: "2026-10-02", Field: "账号状态", Old: "running", New: "closed"},
		{On: "2026-10-02", Field: "关停日期", New: "2026-10-01"},
		{On: "2026-11-01", Field: "账号状态", Old: "closed", New: "running"},
		{On: "2026-11-01", Field: "开设日期", Old: "2019-05-01", New: "2019-06-01"},
		{On: "2026-11-01", Field: "关停日期", Old: "2026-10-01"},
	}
	if !slices.Equal(again.History, want) {
		t.Errorf("%+v", again.History)
	}
}
