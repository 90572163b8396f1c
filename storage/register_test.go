package storage_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

func TestSitesOfAScope(t *testing.T) {
	yes := true
	sites := []govsweep.Site{
		{ID: "b", Name: "乙县", URL: "https://b/", Region: "某省某市乙县", Level: "县级", Platform: "省平台", Tags: []string{"重点", "抽查"}, State: govsweep.Running},
		{ID: "a", Name: "甲市", URL: "https://a/", Region: "某省某市", Level: "市级", Domains: []string{"x.a"}, PublicService: &yes, Scopes: []string{"county"}},
		{ID: "c", Name: "丙_%\\", URL: "https://c/", Region: "100%_\\省", Level: "县级", Kind: govsweep.DepartmentSite},
	}
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		must(t, db.SaveSites(ctx, append([]govsweep.Site{{ID: "b", Name: "旧名", Tags: []string{"旧"}}}, sites...)))
		must(t, db.SaveSites(ctx, sites))
		for _, c := range []struct {
			filter storage.SiteFilter
			want   string
		}{
			{storage.SiteFilter{}, "a b c"},
			{storage.SiteFilter{Region: "某市"}, "a b"},
			{storage.SiteFilter{Region: "%_\\"}, "c"},
			{storage.SiteFilter{Region: "_"}, "c"},
			{storage.SiteFilter{Level: "县级"}, "b c"},
			{storage.SiteFilter{Platform: "省平台", Level: "县级"}, "b"},
			{storage.SiteFilter{Tag: "重点"}, "b"},
			{storage.SiteFilter{Tag: "旧"}, ""},
			{storage.SiteFilter{IDs: []govsweep.TargetID{"c", "a", "zz"}}, "a c"},
			{storage.SiteFilter{After: "a", Limit: 1}, "b"},
		} {
			got, err := db.Sites(ctx, c.filter)
			must(t, err)
			var ids []string
			for _, s := range got {
				ids = append(ids, string(s.ID))
			}
			if strings.Join(ids, " ") != c.want {
				t.Errorf("%+v: %v, want %s", c.filter, ids, c.want)
			}
		}
		for _, want := range sites {
			got, err := db.Site(ctx, want.ID)
			must(t, err)
			if diff := cmp.Diff(&want, got); diff != "" {
				t.Error(diff)
			}
		}
		if _, err := db.Site(ctx, "zz"); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("unknown site: %v", err)
		}
	})
}

func TestWhatAPersonSetStays(t *testing.T) {
	machine := govsweep.Column{Site: "a", URL: "https://a/x/", Name: "公告", Path: []string{"首页", "公告"}, Level: 1, Class: govsweep.NewsColumn,
		ClassReason: "名称", Confidence: 0.5, Source: "navigation", FirstSeen: noon.AddDate(0, 0, 1)}
	person := machine
	person.Class, person.ClassReason, person.ClassBy, person.Confidence = govsweep.StaticColumn, "人工", "李某", 1
	person.ExemptUntil, person.ExemptWhy, person.CycleDays, person.FirstSeen = "2026-12-31", "改版", 7, noon
	later := machine
	later.Name, later.Level, later.HadContent, later.FirstSeen = "通知公告", 2, true, noon.AddDate(0, 0, 2)
	want := person
	want.Name, want.Level, want.HadContent = later.Name, later.Level, true
	lifted := person
	lifted.ExemptUntil, lifted.ExemptWhy, lifted.CycleDays, lifted.HadContent = "", "", 0, false
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		expect := func(want govsweep.Column) {
			t.Helper()
			got, err := db.Columns(ctx, "a")
			must(t, err)
			if diff := cmp.Diff([]govsweep.Column{want}, got); diff != "" {
				t.Error(diff)
			}
		}
		must(t, db.SaveColumns(ctx, []govsweep.Column{machine}))
		must(t, db.SaveColumns(ctx, []govsweep.Column{person}))
		expect(person)
		must(t, db.SaveColumns(ctx, []govsweep.Column{machine, later})) // the same column twice in one call
		must(t, db.SaveColumns(ctx, []govsweep.Column{later}))
		expect(want)
		must(t, db.SaveColumns(ctx, []govsweep.Column{lifted}))
		lifted.HadContent = true
		expect(lifted)
	})
}

func TestOrgs(t *testing.T) {
	orgs := []govsweep.Org{{Code: "11", Name: "甲局", Phone: "1"}, {Name: "乙局", Level: "县级"}}
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		must(t, db.SaveOrgs(ctx, []govsweep.Org{{Code: "11", Name: "旧局"}, {Name: "乙局"}}))
		must(t, db.SaveOrgs(ctx, orgs))
		got, err := db.Orgs(ctx)
		must(t, err)
		if diff := cmp.Diff([]govsweep.Org{orgs[1], orgs[0]}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestCaptures(t *testing.T) {
	at := func(url string, n int64, body string) govsweep.Capture {
		return govsweep.Capture{Digest: govsweep.DigestOf([]byte(body)), Kind: govsweep.PageCapture, URL: url, At: noon.AddDate(0, 0, int(n)),
			MediaType: "text/html", Charset: "gb18030", Header: []byte("HTTP/1.1 200 OK\r\nX: \xff\x00"), Length: 5, Sweep: n, Target: site.ID}
	}
	all := []govsweep.Capture{at("https://a/1", 1, "x"), at("https://a/2", 1, "x"), at("https://a/1", 2, "x"), at("https://a/1", 2, "y")}
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		must(t, db.SaveCaptures(ctx, all))
		must(t, db.SaveCaptures(ctx, append(all, all...)))
		newest, err := db.Capture(ctx, all[0].Digest)
		must(t, err)
		if diff := cmp.Diff(&all[2], newest); diff != "" {
			t.Error(diff)
		}
		if _, err := db.Capture(ctx, govsweep.DigestOf([]byte("z"))); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("unknown digest: %v", err)
		}
		for _, c := range []struct {
			filter storage.CaptureFilter
			want   int
		}{{storage.CaptureFilter{}, 4}, {storage.CaptureFilter{Sweep: 1}, 2}, {storage.CaptureFilter{URL: "https://a/1"}, 3}, {storage.CaptureFilter{Target: "x"}, 0}} {
			got, err := db.Captures(ctx, c.filter)
			must(t, err)
			if len(got) != c.want {
				t.Errorf("%+v: %d", c.filter, len(got))
			}
		}
		pages := 0
		f := storage.CaptureFilter{Limit: 1}
		for {
			got, err := db.Captures(ctx, f)
			must(t, err)
			if len(got) == 0 {
				break
			}
			pages++
			f.After = &got[0]
		}
		if pages != 4 {
			t.Errorf("%d pages of one", pages)
		}
	})
}

func TestSweeps(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		if _, err := db.LastSweep(ctx); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("no sweep yet: %v", err)
		}
		var group sync.WaitGroup // ids are handed out once
		for range 8 {
			group.Go(func() {
				s := govsweep.Sweep{Kind: "sweep", State: govsweep.SweepRunning}
				if err := db.CreateSweep(ctx, &s, []govsweep.Target{site.Target(), site.Target(), {ID: "b", Kind: govsweep.SiteTarget}}); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		last, err := db.LastSweep(ctx)
		must(t, err)
		last.State, last.Ended, last.Started, last.Options = govsweep.SweepDone, noon, noon, `{"a":1}`
		must(t, db.SaveSweep(ctx, last))
		got, err := db.Sweep(ctx, last.ID)
		must(t, err)
		if diff := cmp.Diff(last, got); diff != "" || last.ID != 8 {
			t.Errorf("id %d %s", last.ID, diff)
		}
		all, err := db.Sweeps(ctx)
		must(t, err)
		targets, err := db.SweepTargets(ctx, 8)
		must(t, err)
		if len(all) != 8 || len(targets) != 2 || targets[1].State != govsweep.SweepWaiting {
			t.Errorf("%d sweeps, targets %+v", len(all), targets)
		}
		targets[0].State, targets[0].Note, targets[0].Wave, targets[0].Began = govsweep.SweepFailed, "域名无法解析。", 2, noon
		must(t, db.SaveSweepTarget(ctx, &targets[0]))
		again, err := db.SweepTargets(ctx, 8)
		must(t, err)
		if diff := cmp.Diff(targets, again); diff != "" {
			t.Error(diff)
		}
		absent := govsweep.SweepTarget{Sweep: 8, Target: govsweep.Target{ID: "zz"}, State: govsweep.SweepDone}
		if err := db.SaveSweepTarget(ctx, &absent); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("unknown target: %v", err)
		}
		bad, err := db.Sweep(ctx, 7)
		must(t, err)
		bad.State = "x"
		if err := db.SaveSweep(ctx, bad); govsweep.KindOf(err) != govsweep.Internal {
			t.Errorf("a state that is none: %v", err)
		}
	})
}
