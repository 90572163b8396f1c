package main

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/litetest"
	"github.com/govsweep/govsweep/storage"
)

func TestExplainSaysFirstWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	site := govsweep.Site{ID: "1507830002", Name: "某某市政府", URL: "http://www.x.gov.cn/", State: govsweep.Running}
	opens := time.Now().Add(20 * time.Hour).Truncate(time.Minute)
	for name, c := range map[string]struct {
		state  govsweep.SweepState
		leave  func(*testing.T, *storage.DB, *govsweep.Lease)
		want   string
		absent string
	}{
		"a site that waits for its hours": {govsweep.SweepRunning, func(t *testing.T, db *storage.DB, l *govsweep.Lease) {
			l.TTL = time.Until(opens) - 40*time.Millisecond
			must(t, db.Park(t.Context(), *l, time.Time{}))
		}, "第1次检查正在进行，“某某市政府”等待采集时段，至" + govsweep.ChineseMinute(opens) + "。\n“某某市政府”此前没有检查过", "还没有"},
		"a site that is being read": {govsweep.SweepRunning, func(*testing.T, *storage.DB, *govsweep.Lease) {}, "第1次检查正在进行，“某某市政府”正在读取。\n", "还没有"},
		"a site whose turn has not come": {govsweep.SweepRunning, func(t *testing.T, db *storage.DB, l *govsweep.Lease) {
			must(t, db.Release(t.Context(), *l))
		}, "第1次检查正在进行，“某某市政府”尚未轮到，正在等待。\n", "还没有"},
		"a sweep that was cancelled": {govsweep.SweepCancelled, func(*testing.T, *storage.DB, *govsweep.Lease) {}, "“某某市政府”还没有检查过。", "第1次"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			db, err := storage.Open(t.Context(), litetest.In(t, dir, "govsweep.db"), storage.Options{})
			must(t, err)
			must(t, db.SaveSites(t.Context(), []govsweep.Site{site}))
			s := &govsweep.Sweep{Kind: "sweep", Rulebook: "gov-2019-19", AsOf: time.Now(), Started: time.Now(), State: govsweep.SweepRunning, Options: "{}"}
			must(t, db.CreateSweep(t.Context(), s, []govsweep.Target{site.Target()}))
			l, err := db.Claim(t.Context(), s.ID, "甲", time.Time{}, time.Hour)
			must(t, err)
			c.leave(t, db, l)
			if c.state == govsweep.SweepCancelled {
				must(t, db.CancelSweep(t.Context(), s.ID, time.Now()))
			}
			must(t, db.Close())
			out, errs, code := cli(t, dir, "schedule", "explain", "1507830002", "--format", "table")
			if code != exitDone || !strings.HasPrefix(out, c.want) || strings.Contains(out, c.absent) {
				t.Errorf("exit %d: %s%s", code, out, errs)
			}
		})
	}
}
