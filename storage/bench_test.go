package storage_test

import (
	"fmt"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// perEngine runs a benchmark on both engines.
func perEngine(b *testing.B, bench func(b *testing.B, db *storage.DB)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, open(b, sqliteDSN(b))) })
	b.Run("postgres", func(b *testing.B) { bench(b, open(b, server.DSN(b))) })
}

// crawlBatch is a batch as a crawl makes them: 200 pages and 2,000 addresses found.
func crawlBatch(n int) govsweep.Batch {
	var b govsweep.Batch
	for i := range 2000 {
		b.Visits = append(b.Visits, visit(fmt.Sprintf("https://www.a.gov.cn/zwgk/tzgg/%d/art_%d_%d.html", i%60, n, i), govsweep.ArticleRole))
	}
	for i := range 200 {
		r := record(b.Visits[i])
		r.Facts.Breadcrumb = []string{"首页", "政务公开", "通知公告"}
		r.Facts.HeadTags = map[string]string{"SiteName": "某市人民政府", "SiteDomain": "www.a.gov.cn", "SiteIDCode": "1507830002",
			"ColumnName": "通知公告", "ColumnType": "政务公开", "ArticleTitle": r.Facts.Title, "PubDate": "2026-03-01 09:30", "ContentSource": "市政府办公室"}
		r.Facts.CoreMetadata = map[string]govsweep.MetaValue{}
		for _, key := range govsweep.MetaKeys {
			r.Facts.CoreMetadata[key] = govsweep.MetaValue{Label: "发文机关", Value: "某市人民政府办公室"}
		}
		r.LinkKeys = make([]uint64, 100)
		for k := range r.LinkKeys {
			r.LinkKeys[k] = uint64(n*200+i)<<40 + uint64(k)
		}
		b.Records = append(b.Records, r)
	}
	return b
}

func BenchmarkCommit(b *testing.B) {
	perEngine(b, func(b *testing.B, db *storage.DB) {
		run := newRun(b, db)
		n := 0
		began := cpuTime()
		for b.Loop() {
			b.StopTimer()
			before := cpuTime()
			batch := crawlBatch(n)
			n++
			began += cpuTime() - before // making the batch does not count
			b.StartTimer()
			must(b, db.Commit(b.Context(), run, batch))
		}
		perRow(b, began, n*2200)
	})
}

func BenchmarkEachRecord(b *testing.B) {
	perEngine(b, func(b *testing.B, db *storage.DB) {
		run := newRun(b, db)
		for n := range 20 {
			must(b, db.Commit(b.Context(), run, crawlBatch(n)))
		}
		records := 0
		began := cpuTime()
		for b.Loop() {
			must(b, db.EachRecord(b.Context(), run, func(*govsweep.Record) error { records++; return nil }))
		}
		perRow(b, began, records)
	})
}

func BenchmarkNextVisits(b *testing.B) {
	perEngine(b, func(b *testing.B, db *storage.DB) {
		run := newRun(b, db)
		for n := range 20 {
			must(b, db.Commit(b.Context(), run, crawlBatch(n)))
		}
		if _, err := db.BeginWave(b.Context(), run, 1, 9, -1); err != nil {
			b.Fatal(err)
		}
		var after *govsweep.Visit
		rows := 0
		began := cpuTime()
		for b.Loop() {
			visits, err := db.NextVisits(b.Context(), run, 1, after, 256)
			must(b, err)
			rows += len(visits)
			after = nil
			if len(visits) > 0 {
				after = &visits[len(visits)-1]
			}
		}
		perRow(b, began, rows)
	})
}

// decided fills a target with findings, half of them confirmed.
func decided(b *testing.B, db *storage.DB, n int) {
	var prints []string
	for i := range n {
		prints = append(prints, fmt.Sprintf("%012x%020d", i+1, i))
	}
	save(b, db, inspectionAt(b, db, noon, prints...))
	var moves []govsweep.Transition
	for _, p := range prints[:n/2] {
		moves = append(moves, govsweep.Transition{Target: site.ID, Fingerprint: p, Seq: 1, At: day(1), Event: govsweep.Confirm,
			From: govsweep.Proposed, To: govsweep.Confirmed, By: "李某"})
	}
	must(b, db.Move(b.Context(), moves))
}

func BenchmarkStandings(b *testing.B) {
	perEngine(b, func(b *testing.B, db *storage.DB) {
		decided(b, db, 1000)
		began, rows := cpuTime(), 0
		for b.Loop() {
			all, err := db.Standings(b.Context(), site.ID)
			must(b, err)
			rows += len(all)
		}
		perRow(b, began, rows)
	})
}

// BenchmarkMove moves 1,000 findings there and back in one transaction each.
func BenchmarkMove(b *testing.B) {
	perEngine(b, func(b *testing.B, db *storage.DB) {
		decided(b, db, 1000)
		began, rows := cpuTime(), 0
		for b.Loop() {
			all, err := db.Standings(b.Context(), site.ID)
			must(b, err)
			var moves []govsweep.Transition
			for _, s := range all {
				to := govsweep.Reopened
				if s.Status == to {
					to = govsweep.Confirmed
				}
				moves = append(moves, govsweep.Transition{Target: s.Target, Fingerprint: s.Fingerprint, Seq: s.Seq + 1, At: day(2), Event: govsweep.Reopen,
					From: s.Status, To: to, By: "李某", Reason: "经核实。"})
			}
			must(b, db.Move(b.Context(), moves))
			rows += len(moves)
		}
		perRow(b, began, rows)
	})
}

func BenchmarkNotices(b *testing.B) {
	perEngine(b, func(b *testing.B, db *storage.DB) {
		for range 500 {
			n := draft()
			must(b, db.DraftNotice(b.Context(), n))
			ready(n)
			must(b, db.IssueNotice(b.Context(), n, number(n), nil))
		}
		began, rows := cpuTime(), 0
		for b.Loop() {
			all, err := db.Notices(b.Context(), storage.NoticeFilter{Open: true})
			must(b, err)
			rows += len(all)
		}
		perRow(b, began, rows)
	})
}
