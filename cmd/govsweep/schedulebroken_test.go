package main

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/litetest"
	"github.com/govsweep/govsweep/storage"
)

// A schedule that another version kept and this one cannot read is told with
// its fault; the others are told as ever.
func TestAScheduleThatCannotBeReadAnyMoreIsListedWithItsFault(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db, err := storage.Open(t.Context(), litetest.In(t, dir, "govsweep.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	whole := govsweep.Schedule{Name: "每夜", Kind: govsweep.FullSchedule, When: "每日 22:00", Priority: 3, Since: time.Now()}
	when, window := whole, whole
	when.Name, when.When = "旧时间", "每旬 02:00"
	window.Name, window.Window = "旧时段", "半夜"
	if err := db.SaveSchedules(t.Context(), []govsweep.Schedule{whole, when, window}); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveSites(t.Context(), []govsweep.Site{{ID: "1507830002", Name: "某某市政府", URL: "http://www.x.gov.cn/", State: govsweep.Running}}); err != nil {
		t.Fatal(err)
	}
	db.Close()
	table, _, code := cli(t, dir, "schedule", "list", "--format", "table")
	if code != exitDone || !strings.Contains(table, "无法执行：时间“每旬”") || !strings.Contains(table, "无法执行：时段“半夜”不正确") || !strings.Contains(table, "每夜") {
		t.Errorf("the list: exit %d\n%s", code, table)
	}
	lines := mustOut(t, dir, "schedule", "list", "--format", "jsonl")
	if strings.Count(lines, `"fault":"时`) != 2 || strings.Count(lines, `"next":`) != 1 {
		t.Errorf("the lines: %s", lines)
	}
	one, errs, code := cli(t, dir, "schedule", "show", "旧时间", "--format", "table")
	if code != exitDone || !strings.Contains(one, "无法执行：时间“每旬”") || !strings.Contains(one, "schedule add") {
		t.Errorf("one: exit %d %s%s", code, one, errs)
	}
	plans, errs, code := cli(t, dir, "schedule", "explain", "1507830002", "--format", "table")
	if code != exitDone || !strings.Contains(plans, "计划“旧时段”（全面检查）：无法执行：时段“半夜”不正确") || !strings.Contains(plans, "计划“每夜”（全面检查）：最早于") {
		t.Errorf("explained: exit %d %s%s", code, plans, errs)
	}
	if said, _, _ := cli(t, dir, "doctor"); !strings.Contains(said, "计划“旧时间”无法执行") || !strings.Contains(said, "计划“旧时段”无法执行") {
		t.Errorf("doctor: %s", said)
	}
}
