package storage_test

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

var (
	site = govsweep.Site{ID: "1507830002", Code: "1507830002", Name: "某市人民政府", URL: "https://www.a.gov.cn/", Kind: govsweep.Portal}
	noon = time.Date(2026, 3, 2, 12, 0, 0, 0, govsweep.Shanghai)
)

func visit(url string, role govsweep.Role) govsweep.Visit {
	h := fnv.New64a()
	h.Write([]byte(strings.TrimPrefix(strings.TrimPrefix(url, "https"), "http")))
	return govsweep.Visit{Key: h.Sum64(), URL: url, Role: role, Depth: 2, Via: "https://www.a.gov.cn/", Column: "https://www.a.gov.cn/x/"}
}

func record(v govsweep.Visit) govsweep.Record {
	return govsweep.Record{
		Visit: v, FinalURL: v.URL, FetchedAt: noon, Took: 30 * time.Millisecond, Status: 200, MediaType: "text/html",
		Length: 40000, Digest: govsweep.DigestOf([]byte(v.URL)), LinkKeys: []uint64{1, 1 << 63, 1<<64 - 1},
		Facts: &govsweep.PageFacts{URL: v.URL, Kind: govsweep.ArticlePage, Response: govsweep.Content, Charset: "utf-8",
			Platform: govsweep.TRS, Title: "关于印发《办法》的通知", Published: "2026-03-01", Structure: 1<<64 - 3,
			HeadTags: map[string]string{"SiteName": "某市人民政府", "PubDate": "2026-03-01 09:30"}},
	}
}

func newRun(t testing.TB, db *storage.DB) govsweep.Run {
	t.Helper()
	s := newSweep(t, db, noon)
	return govsweep.Run{Sweep: s.ID, Target: site.ID}
}

func newSweep(t testing.TB, db *storage.DB, at time.Time) *govsweep.Sweep {
	t.Helper()
	s := &govsweep.Sweep{Kind: "inspect", Scope: "某市", Rulebook: "gov-2019-19", AsOf: at, Started: at, State: govsweep.SweepRunning, Options: "{}"}
	if err := db.CreateSweep(t.Context(), s, []govsweep.Target{site.Target()}); err != nil {
		t.Fatal(err)
	}
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func allRecords(t testing.TB, db *storage.DB, run govsweep.Run) []govsweep.Record {
	t.Helper()
	var out []govsweep.Record
	must(t, db.EachRecord(t.Context(), run, func(r *govsweep.Record) error { out = append(out, *r); return nil }))
	return out
}

func TestRecordComesBackWhole(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		run := newRun(t, db)
		whole := record(visit("https://www.a.gov.cn/a.html", govsweep.ArticleRole))
		whole.Hops = []govsweep.Hop{{URL: "https://www.a.gov.cn/b", Status: 302}}
		whole.Tries = []govsweep.Try{{At: noon, Status: 503, Note: "TLS 1.0"}}
		whole.Cause = "坏字节\x00与\xff"
		whole.Visit.Look = 1
		bare := govsweep.Record{Visit: visit("https://www.a.gov.cn/b.html", govsweep.ProbeRole), Failure: govsweep.FailDNS, FetchedAt: noon}
		bare.Visit.Form = "a=1&b=2"
		must(t, db.Commit(t.Context(), run, govsweep.Batch{Records: []govsweep.Record{bare, whole}}))
		whole.Cause = "坏字节\x00与\uFFFD"
		if diff := cmp.Diff([]govsweep.Record{whole, bare}, allRecords(t, db, run)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestBetterDiscoveryWins(t *testing.T) {
	article := visit("http://www.a.gov.cn/x", govsweep.ArticleRole)
	column := visit("https://www.a.gov.cn/x", govsweep.ColumnRole)
	smaller := visit("http://www.a.gov.cn/x", govsweep.ColumnRole)
	smaller.Depth = 7
	orders := [][]govsweep.Visit{{article, column, smaller}, {smaller, column, article}, {column, smaller, article}}
	onBoth(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		for i, order := range orders {
			run := newRun(t, db)
			for _, v := range order[:i%3+1] { // one by one, and the rest in one batch
				must(t, db.Commit(t.Context(), run, govsweep.Batch{Visits: []govsweep.Visit{v}}))
			}
			must(t, db.Commit(t.Context(), run, govsweep.Batch{Visits: order}))
			must(t, db.EachVisit(t.Context(), run, func(v govsweep.Visit, done bool) error {
				if diff := cmp.Diff(smaller, v); diff != "" || done {
					t.Errorf("order %d: done %v %s", i, done, diff)
				}
				return nil
			}))
			must(t, db.Commit(t.Context(), run, govsweep.Batch{Records: []govsweep.Record{record(smaller)}}))
			home := visit("http://www.a.gov.cn/x", govsweep.HomeRole)
			must(t, db.Commit(t.Context(), run, govsweep.Batch{Visits: []govsweep.Visit{home}}))
			must(t, db.EachVisit(t.Context(), run, func(v govsweep.Visit, done bool) error {
				if v.Role != govsweep.ColumnRole || !done {
					t.Errorf("a finished visit changed: %+v done %v", v, done)
				}
				return nil
			}))
		}
	})
}

func TestWavesTakeEveryVisitOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		run := newRun(t, db)
		add := func(path string, role govsweep.Role) govsweep.Visit { return visit("https://www.a.gov.cn"+path, role) }
		all := []govsweep.Visit{add("/b", govsweep.ArticleRole), add("/B", govsweep.ArticleRole), add("/", govsweep.HomeRole),
			add("/z", govsweep.ColumnRole), add("/a-b", govsweep.ArticleRole), add("/ab", govsweep.ArticleRole),
			add("/x.doc", govsweep.AttachmentRole), add("/y.doc", govsweep.AttachmentRole)}
		must(t, db.Commit(ctx, run, govsweep.Batch{Visits: all}))
		columns, articles, files := govsweep.ColumnRole.Rank(), govsweep.ArticleRole.Rank(), govsweep.AttachmentRole.Rank()
		begin := func(wave, maxRank, limit, want int) {
			t.Helper()
			if n, err := db.BeginWave(ctx, run, wave, maxRank, limit); err != nil || n != want {
				t.Fatalf("wave %d: %d %v, want %d", wave, n, err, want)
			}
		}
		next := func(wave int, after *govsweep.Visit, n int, want string) []govsweep.Visit {
			t.Helper()
			got, err := db.NextVisits(ctx, run, wave, after, n)
			must(t, err)
			if urls(got) != want {
				t.Fatalf("wave %d: %q, want %q", wave, urls(got), want)
			}
			return got
		}
		begin(0, columns, -1, 2)
		begin(0, articles, -1, 2)
		begin(1, articles, 1, 1)
		begin(1, articles, -1, 1)
		begin(2, articles, 0, 0)
		must(t, db.Commit(ctx, run, govsweep.Batch{Visits: []govsweep.Visit{add("/late", govsweep.ColumnRole)}}))
		begin(2, articles, -1, 0)
		begin(3, articles, -1, 4)
		next(0, nil, 9, "/ /z")
		next(1, nil, 9, "/B")
		got := next(3, nil, 2, "/late /a-b")
		must(t, db.Commit(ctx, run, govsweep.Batch{Records: []govsweep.Record{record(got[1])}}))
		next(3, &got[1], 9, "/ab /b")
		next(3, nil, 9, "/late /ab /b")
		stranger := add("/ac", govsweep.ArticleRole)
		next(3, &stranger, 9, "/b")
		// Only what has no wave is skipped.
		must(t, db.SkipVisits(ctx, run, []uint64{got[0].Key, got[1].Key, add("/x.doc", "").Key}, "超出页数上限"))
		must(t, db.SkipVisits(ctx, run, nil, "不会用到"))
		must(t, db.SkipQueued(ctx, run, articles, "不会用到"))
		next(3, nil, 9, "/late /ab /b")
		must(t, db.SkipQueued(ctx, run, files, "检查已取消"))
		must(t, db.SkipQueued(ctx, run, files, "再来一次"))
		counts, reasons, err := db.CountVisits(ctx, run)
		must(t, err)
		if diff := cmp.Diff(govsweep.VisitCounts{Queued: 6, Done: 1, Skipped: 2}, counts); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(map[string]int{"超出页数上限": 1, "检查已取消": 1}, reasons); diff != "" {
			t.Error(diff)
		}
	})
}

func TestShuffledAndRepeatedBatchesAreOneState(t *testing.T) {
	var batches []govsweep.Batch
	for n := range 8 {
		batches = append(batches, batchOf(n), batchOf(n))
	}
	onBoth(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		var want []govsweep.Record
		for seed := range uint64(4) {
			run := newRun(t, db)
			order := slices.Clone(batches)
			rand.New(rand.NewPCG(seed, 1)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			var group sync.WaitGroup // several goroutines at once
			for part := range slices.Chunk(order, 4) {
				group.Go(func() {
					for _, b := range part {
						if err := db.Commit(t.Context(), run, b); err != nil {
							t.Error(err)
						}
					}
				})
			}
			group.Wait()
			got := allRecords(t, db, run)
			if want == nil {
				want = got
			}
			if diff := cmp.Diff(want, got); diff != "" || len(got) != 40 {
				t.Fatalf("seed %d: %d records %s", seed, len(got), diff)
			}
			if !slices.IsSortedFunc(got, func(a, b govsweep.Record) int { return strings.Compare(a.Visit.URL, b.Visit.URL) }) {
				t.Error("records are not in order of address")
			}
		}
	})
}

func TestLongAndHostileAddresses(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		run := newRun(t, db)
		var b govsweep.Batch
		for i := range 300 {
			random := rand.New(rand.NewPCG(uint64(i), 2))
			long := make([]byte, 9000) // nothing a server could compress
			for j := range long {
				long[j] = byte('a' + random.IntN(26))
			}
			v := visit(fmt.Sprintf("https://www.a.gov.cn/%s\x00\xff%d", long, i), govsweep.ArticleRole)
			b.Visits = append(b.Visits, v)
			b.Records = append(b.Records, record(v))
		}
		must(t, db.Commit(ctx, run, b))
		if got := len(allRecords(t, db, run)); got != 300 {
			t.Errorf("%d records", got)
		}
		column := govsweep.Column{Site: site.ID, URL: b.Visits[0].URL}
		must(t, db.SaveColumns(ctx, []govsweep.Column{column, column}))
		if _, err := db.NextVisits(ctx, govsweep.Run{Sweep: 99, Target: "x"}, 1, nil, 1); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("unknown run: %v", err)
		}
	})
}
