package storage_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

func TestAccountsOfAScope(t *testing.T) {
	all := []govsweep.Account{
		{ID: "wechat:a", Media: govsweep.WeChat, Number: "a", Name: "甲", Host: "某局", Region: "某省某市", Level: "市级", Filing: govsweep.Filed,
			Tags: []string{"重点"}, FormerNames: []string{"旧甲"}, History: []govsweep.AccountChange{{On: "2021-01-01", Field: "账号名称", Old: "旧甲", New: "甲"}}},
		{ID: "weibo:b", Media: govsweep.Weibo, Number: "b", Name: "乙\xff\x00", Host: "某局", Region: "100%省", State: govsweep.AccountClosed, Closed: "2021-02-03"},
	}
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		must(t, db.SaveAccounts(ctx, []govsweep.Account{{ID: "wechat:a", Media: govsweep.WeChat, Name: "旧"}, all[0]}))
		must(t, db.SaveAccounts(ctx, all))
		for _, c := range []struct {
			filter storage.AccountFilter
			want   string
		}{
			{storage.AccountFilter{}, "wechat:a weibo:b"},
			{storage.AccountFilter{Media: govsweep.Weibo}, "weibo:b"},
			{storage.AccountFilter{Region: "某市"}, "wechat:a"},
			{storage.AccountFilter{Region: "%"}, "weibo:b"},
			{storage.AccountFilter{Host: "某局", Level: "市级"}, "wechat:a"},
			{storage.AccountFilter{Tag: "重点"}, "wechat:a"},
			{storage.AccountFilter{IDs: []govsweep.TargetID{"weibo:b", "x"}}, "weibo:b"},
			{storage.AccountFilter{Limit: 1}, "wechat:a"},
			{storage.AccountFilter{Limit: 1, After: "wechat:a"}, "weibo:b"},
			{storage.AccountFilter{After: "weibo:b"}, ""},
		} {
			got, err := db.Accounts(ctx, c.filter)
			must(t, err)
			var ids []string
			for _, a := range got {
				ids = append(ids, string(a.ID))
			}
			if strings.Join(ids, " ") != c.want {
				t.Errorf("%+v: %v, want %s", c.filter, ids, c.want)
			}
		}
		got, err := db.Account(ctx, "wechat:a")
		must(t, err)
		if diff := cmp.Diff(&all[0], got); diff != "" {
			t.Error(diff)
		}
		if _, err := db.Account(ctx, "zz"); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("unknown account: %v", err)
		}
		again := all[1]
		again.State, again.Closed = govsweep.AccountRunning, ""
		again = again.After(&all[1], "2021-04-01")
		must(t, db.SaveAccounts(ctx, []govsweep.Account{again}))
		kept, err := db.Account(ctx, again.ID)
		must(t, err)
		if kept.State != govsweep.AccountRunning || kept.Closed != "" || len(kept.History) != 2 || kept.History[1] != (govsweep.AccountChange{On: "2021-04-01", Field: "关停日期", Old: "2021-02-03"}) {
			t.Errorf("an account that runs again: %+v", kept)
		}
		bad := all[0]
		bad.State = "x"
		if err := db.SaveAccounts(ctx, []govsweep.Account{bad}); govsweep.KindOf(err) != govsweep.Internal {
			t.Errorf("a state that is none: %v", err)
		}
	})
}

func TestPostsAndReadingsOfAnAccount(t *testing.T) {
	s := govsweep.MediaSource{Kind: govsweep.FeedSource, Address: "https://a/"}
	yes := true
	posts := []govsweep.Post{
		{Title: "甲\x00", URL: "https://p/1", At: noon, Source: s.Key(), Original: &yes},
		{Title: "乙", At: noon.AddDate(0, 0, -1), DayOnly: true, Source: s.Key()},
	}
	first := govsweep.Reading{Source: s, At: noon, Health: govsweep.SourceWorking, Items: 2, Newest: noon, From: noon.AddDate(0, 0, -1), Through: noon, Alive: noon, ETag: `"e"`}
	second := govsweep.Reading{Source: s, At: noon.AddDate(0, 0, 1), Health: govsweep.SourceBlocked, Why: "来源拒绝访问。", Alive: noon}
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		if rd, err := db.LastReading(ctx, "wechat:a", s); rd != nil || err != nil {
			t.Errorf("nothing read yet: %+v %v", rd, err)
		}
		for range 2 { // the same look again is one look
			must(t, db.SaveReading(ctx, "wechat:a", &first, posts))
		}
		must(t, db.SaveReading(ctx, "wechat:a", &second, nil))
		must(t, db.SaveReading(ctx, "wechat:b", &first, posts[:1]))
		got, err := db.Posts(ctx, "wechat:a", noon.AddDate(0, 0, -2))
		must(t, err)
		want := []govsweep.Post{posts[1], posts[0]}
		want[1].Title = "甲\x00"
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if got, err = db.Posts(ctx, "wechat:a", noon); err != nil || len(got) != 1 {
			t.Errorf("since noon: %+v %v", got, err)
		}
		readings, err := db.Readings(ctx, "wechat:a", noon)
		must(t, err)
		if diff := cmp.Diff([]govsweep.Reading{first, second}, readings); diff != "" {
			t.Error(diff)
		}
		if rd, err := db.LastReading(ctx, "wechat:a", s); err != nil || rd == nil || rd.Health != govsweep.SourceBlocked {
			t.Errorf("%+v %v", rd, err)
		}
		bad := first
		bad.Health = "asleep"
		if err := db.SaveReading(ctx, "wechat:a", &bad, nil); govsweep.KindOf(err) != govsweep.Internal {
			t.Errorf("a health that is none: %v", err)
		}
	})
}
