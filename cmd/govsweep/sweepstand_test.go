package main

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/litetest"
	"github.com/govsweep/govsweep/storage"
)

func TestTargetsOfASweepStandWhereTheyAre(t *testing.T) {
	t.Parallel()
	opens := time.Now().Add(20 * time.Hour).Truncate(time.Minute)
	for name, c := range map[string]struct {
		cancel        bool
		want, quality string
		absent        string
	}{
		"under way, one waits for its hours": {false, "等待采集时段，至" + govsweep.ChineseMinute(opens), "检查质量：进行中，已结束3个对象，完成前不作结论。", "进行中"},
		"cancelled":                          {true, "检查已取消，尚未开始。", "检查质量：检查已取消，已结束3个对象，没有完成，不作结论。", "进行中"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			db, err := storage.Open(t.Context(), litetest.In(t, dir, "govsweep.db"), storage.Options{})
			must(t, err)
			s := &govsweep.Sweep{Kind: "sweep", Rulebook: "gov-2019-19", AsOf: time.Now(), Started: time.Now(), State: govsweep.SweepRunning, Options: "{}"}
			var targets []govsweep.Target
			for _, id := range []govsweep.TargetID{"甲", "乙", "丙", "丁"} {
				targets = append(targets, govsweep.Target{ID: id, Kind: govsweep.SiteTarget, Name: string(id), URL: "https://a.gov.cn/"})
			}
			must(t, db.CreateSweep(t.Context(), s, targets))
			for i := range targets {
				l, err := db.Claim(t.Context(), s.ID, "甲", time.Time{}, time.Hour)
				must(t, err)
				if i < 3 { // could not be inspected
					must(t, db.SaveSweepTarget(t.Context(), &govsweep.SweepTarget{Sweep: s.ID, Target: l.Target, State: govsweep.SweepFailed, Ended: time.Now(), Fence: l.Fence}))
					continue
				}
				l.TTL = time.Until(opens) - 40*time.Millisecond
				must(t, db.Park(t.Context(), *l, time.Time{}))
			}
			if c.cancel {
				must(t, db.CancelSweep(t.Context(), s.ID, time.Now()))
			}
			must(t, db.Close())
			out, errs, code := cli(t, dir, "sweep", "show", "1", "--format", "csv")
			if code != exitDone || !strings.Contains(out, c.want) || strings.Contains(out, c.absent) || !strings.Contains(errs, c.quality) {
				t.Errorf("exit %d: %s%s", code, out, errs)
			}
		})
	}
}
