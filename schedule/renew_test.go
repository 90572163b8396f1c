package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
)

func TestAScheduleGivenAnewKeepsWhatAPersonDidToIt(t *testing.T) {
	t.Parallel()
	before, now := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC), time.Date(2026, 3, 9, 1, 0, 0, 0, time.UTC)
	kept := govsweep.Schedule{Name: "每夜", Kind: govsweep.FullSchedule, When: "每日 22:00", Priority: 3, Parallel: 8, By: "张三", Since: before}
	paused := kept
	paused.Paused, paused.Note = true, "机房搬迁"
	given := govsweep.Schedule{Name: "每夜", Kind: govsweep.FullSchedule, When: "每日 22:00", Priority: 3, By: "李四", Since: now}
	with := func(s govsweep.Schedule, change func(*govsweep.Schedule)) govsweep.Schedule { change(&s); return s }
	for _, c := range []struct {
		name        string
		kept, given govsweep.Schedule
		changes     string
		paused      bool
		by          string
		since       time.Time
	}{
		{"the same again", kept, given, "", false, "张三", before},
		{"the same again, paused meanwhile", paused, given, "", true, "张三", before},
		{"another time, paused meanwhile", paused, with(given, func(s *govsweep.Schedule) { s.When = "每日 23:00" }), "时间由“每日 22:00”改为“每日 23:00”", true, "李四", now},
		{"another priority: due times still wait for their run", kept, with(given, func(s *govsweep.Schedule) { s.Priority = 1 }), "优先级由“3”改为“1”", false, "李四", before},
		{"paused by the file", kept, with(given, func(s *govsweep.Schedule) { s.Paused = true }), "状态由“执行”改为“暂停”", true, "李四", before},
		{"nobody named", kept, with(given, func(s *govsweep.Schedule) { s.By, s.MaxPages, s.Scope = "", -1, []string{"level=县级"} }),
			"范围由“全部”改为“level=县级”；每个网站页面数由“默认”改为“不限”", false, "张三", before},
	} {
		got := c.given
		changes := strings.Join(schedule.Renew(&c.kept, &got), "；")
		if changes != c.changes || got.Paused != c.paused || got.By != c.by || !got.Since.Equal(c.since) || got.Note != c.kept.Note {
			t.Errorf("%s: %q %+v", c.name, changes, got)
		}
	}
	h, other := govsweep.SiteHours{Scope: "region=甲市", Window: "22:00-06:00"}, govsweep.SiteHours{Scope: "region=甲市", Blackout: []string{"周六"}}
	if got := strings.Join(schedule.RenewHours(&h, &other), "；"); got != "时段由“22:00-06:00”改为“全天”；停用日由“无”改为“周六”" || len(schedule.RenewHours(&h, &h)) != 0 {
		t.Error(got)
	}
}
