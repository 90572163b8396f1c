package storage_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

func TestAnswersOfPersonsAndTheListOfReprintSources(t *testing.T) {
	answers := []govsweep.CheckAnswer{
		{Target: "wechat:a", Question: "MV-07", Answer: govsweep.CheckNo, On: "2026-01-05", By: "张某", Note: "没有留言入口\x00"},
		{Target: "wechat:a", Question: "MV-07", Answer: govsweep.CheckYes, On: "2026-02-05", By: "张某"},
		{Target: "wechat:a", Question: "AC-13", Answer: govsweep.CheckText, Text: "微信3", On: "2026-02-05", By: "张某", URL: "https://x/"},
		{Target: "wechat:b", Question: "MV-07", Answer: govsweep.CheckNone, On: "2026-02-05", By: "张某"},
	}
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		was := answers[0]
		was.Answer = govsweep.CheckYes
		must(t, db.SaveChecks(ctx, []govsweep.CheckAnswer{was}))
		for range 2 { // the same day again replaces
			must(t, db.SaveChecks(ctx, answers))
		}
		got, err := db.Checks(ctx, "wechat:a", "2026-02-05")
		must(t, err)
		if diff := cmp.Diff([]govsweep.CheckAnswer{answers[0], answers[2], answers[1]}, got); diff != "" {
			t.Error(diff)
		}
		if got, err = db.Checks(ctx, "wechat:a", "2026-02-04"); err != nil || len(got) != 1 || got[0].Answer != govsweep.CheckNo {
			t.Errorf("until the day before: %+v %v", got, err)
		}
		if none, err := db.ReprintSources(ctx); err != nil || len(none) != 0 {
			t.Errorf("no list yet: %+v %v", none, err)
		}
		must(t, db.SaveReprintSources(ctx, []govsweep.ReprintSource{{Name: "旧社"}, {Name: "新华社"}}))
		list := []govsweep.ReprintSource{{Name: "人民日报", Aliases: []string{"人民网"}, Kind: "中央新闻单位"}, {Name: "新华社"}}
		must(t, db.SaveReprintSources(ctx, list))
		back, err := db.ReprintSources(ctx)
		must(t, err)
		if diff := cmp.Diff(list, back); diff != "" {
			t.Error(diff)
		}
		must(t, db.SaveReprintSources(ctx, nil))
		lines, err := db.Audit(ctx, storage.AuditFilter{Event: "reprints.save"})
		must(t, err)
		if len(lines) != 3 || !strings.HasPrefix(lines[0].Detail, "0项") {
			t.Errorf("when the list was emptied: %+v", lines)
		}
	})
}
