package storage_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/access"
	"github.com/govsweep/govsweep/internal/hostile"
	"github.com/govsweep/govsweep/storage"
)

const auditDSN = "GOVSWEEP_TEST_AUDIT_DSN"

// addLinesAsAChild is what TestLinesOfSeveralProcessesMakeOneChain starts.
func addLinesAsAChild() {
	db, err := storage.Open(context.Background(), os.Getenv(auditDSN), storage.Options{})
	for i := 0; err == nil && i < 40; i++ {
		err = db.AddAudit(context.Background(), govsweep.AuditLine{By: fmt.Sprint(os.Getpid()), Event: "test", Subject: fmt.Sprint(i)})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// fault reads the audit log and gives what is wrong with it.
func fault(t testing.TB, db *storage.DB, anchors ...govsweep.AuditHead) string {
	t.Helper()
	c := access.Chain{Anchors: anchors}
	before, err := db.AuditHead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := db.EachAudit(t.Context(), func(l govsweep.AuditLine) error { c.Add(&l); return nil }); err != nil {
		t.Fatal(err)
	}
	after, err := db.AuditHead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c.End(before, after)
}

func TestLinesOfSeveralProcessesMakeOneChain(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		var wg sync.WaitGroup
		for range 3 {
			cmd := exec.CommandContext(t.Context(), os.Args[0])
			cmd.Env = append(os.Environ(), auditDSN+"="+dsn)
			wg.Go(func() {
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%v %s", err, out)
				}
			})
		}
		for range 4 {
			wg.Go(func() {
				for range 10 {
					if err := db.AddAudit(t.Context(), govsweep.AuditLine{Event: "test"}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		head, err := db.AuditHead(t.Context())
		if why := fault(t, db); err != nil || why != "" || head.Lines != 160 {
			t.Errorf("%d lines, %s %v", head.Lines, why, err)
		}
	})
}

// Every change of every line, every line left out, added or moved, and every
// tail cut off is told, unless the whole rest and the head are written anew;
// then an anchor kept elsewhere tells it.
func TestEveryTamperingWithTheAuditLogIsTold(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		ctx := govsweep.WithActor(t.Context(), govsweep.Actor{Name: "王某", Via: "10.0.0.1"})
		for i := range 6 {
			if err := db.AddAudit(ctx, govsweep.AuditLine{Event: "test.a", Subject: fmt.Sprint(i), Detail: "内容"}); err != nil {
				t.Fatal(err)
			}
		}
		if why := fault(t, db); why != "" {
			t.Fatal(why)
		}
		head, err := db.AuditHead(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		raw := rawly(t, dsn)
		tried := 0
		attempt := func(statements ...string) {
			t.Helper()
			tried++
			keep(t, raw)
			for _, s := range statements {
				if _, err := raw.Exec(s); err != nil {
					t.Fatalf("%s: %v", s, err)
				}
			}
			if why := fault(t, db); why == "" {
				t.Errorf("not told: %v", statements)
			}
			giveBack(t, raw)
		}
		for seq := 1; seq <= 6; seq++ {
			for _, field := range []string{"made_by", "via", "event", "subject", "detail", "prev", "digest"} {
				attempt(fmt.Sprintf("UPDATE audit_log SET %s = %s || 'x' WHERE seq = %d", field, field, seq))
			}
			attempt(fmt.Sprintf("UPDATE audit_log SET at_ms = at_ms + 1 WHERE seq = %d", seq))
			attempt(fmt.Sprintf("DELETE FROM audit_log WHERE seq = %d", seq))
			attempt(fmt.Sprintf("DELETE FROM audit_log WHERE seq >= %d", seq))
			attempt(fmt.Sprintf("DELETE FROM audit_log WHERE seq = %d", seq), fmt.Sprintf("UPDATE audit_log SET seq = seq + 1000 WHERE seq > %d", seq), "UPDATE audit_log SET seq = seq - 1001 WHERE seq > 1000", "UPDATE audit_head SET lines = 5")
			if seq > 1 {
				attempt(fmt.Sprintf("UPDATE audit_log SET seq = 100 WHERE seq = %d", seq), fmt.Sprintf("UPDATE audit_log SET seq = %d WHERE seq = %d", seq, seq-1), fmt.Sprintf("UPDATE audit_log SET seq = %d WHERE seq = 100", seq-1))
			}
			attempt("UPDATE audit_head SET lines = lines - 1")
		}
		attempt("INSERT INTO audit_log SELECT 7, at_ms, made_by, via, event, subject, detail, digest, digest FROM audit_log WHERE seq = 6")
		// the tail and the head cut off together: only an anchor tells
		for _, s := range []string{"DELETE FROM audit_log WHERE seq > 3", "UPDATE audit_head SET lines = 3, digest = (SELECT digest FROM audit_log WHERE seq = 3)"} {
			if _, err := raw.Exec(s); err != nil {
				t.Fatal(err)
			}
		}
		if why := fault(t, db); why != "" {
			t.Error(why)
		}
		if why := fault(t, db, head); !strings.Contains(why, "锚点在第6行") {
			t.Error(why)
		}
		t.Logf("%d ways tried", tried)
	})
}

func rawly(t testing.TB, dsn string) *sqlx.DB {
	t.Helper()
	driver, source := "postgres", dsn
	if path, lite := strings.CutPrefix(dsn, "sqlite:"); lite {
		driver, source = "sqlite", "file:"+strings.NewReplacer("#", "%23", " ", "%20").Replace(path)+"?_pragma=busy_timeout(5000)"
	}
	raw, err := sqlx.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return raw
}

func keep(t testing.TB, raw *sqlx.DB) {
	t.Helper()
	for _, s := range []string{"DROP TABLE IF EXISTS kept_log", "DROP TABLE IF EXISTS kept_head", "CREATE TABLE kept_log AS SELECT * FROM audit_log", "CREATE TABLE kept_head AS SELECT * FROM audit_head"} {
		if _, err := raw.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
}

func giveBack(t testing.TB, raw *sqlx.DB) {
	t.Helper()
	for _, s := range []string{"DELETE FROM audit_log", "DELETE FROM audit_head", "INSERT INTO audit_log SELECT * FROM kept_log", "INSERT INTO audit_head SELECT * FROM kept_head"} {
		if _, err := raw.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
}

func TestUsersTokensAndSessionsAreKept(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		now := time.Now().Truncate(time.Millisecond)
		u := &govsweep.User{Name: "李某", Role: govsweep.OwnerRole, Units: []string{"某市教育局"}, Created: now, Password: "$argon2id$x"}
		for _, want := range []govsweep.ErrorKind{"", govsweep.Conflict} {
			if err := db.AddUser(ctx, u); govsweep.KindOf(err) != want {
				t.Errorf("%q: %v", want, err)
			}
		}
		u.Disabled = true
		if err := db.SaveUser(ctx, u, "user.disable"); err != nil {
			t.Fatal(err)
		}
		got, err := db.User(ctx, "李某")
		if err != nil || !got.Disabled || got.Epoch != 2 || got.Units[0] != "某市教育局" || !got.Created.Equal(now) {
			t.Errorf("%+v %v", got, err)
		}
		if err := db.SaveUser(ctx, &govsweep.User{Name: "无", Role: govsweep.BureauRole, Password: "x"}, "user.role"); govsweep.KindOf(err) != govsweep.NotFound {
			t.Error(err)
		}
		k := &govsweep.AccessToken{ID: "T1", User: "李某", Name: "大屏", Scope: govsweep.ReadScope, Created: now, Expires: now.Add(time.Hour), Hash: "h"}
		if err := db.AddToken(ctx, k); err != nil {
			t.Fatal(err)
		}
		if err := db.RevokeToken(ctx, "T1", now); err != nil {
			t.Fatal(err)
		}
		if err := db.RevokeToken(ctx, "T1", now); govsweep.KindOf(err) != govsweep.NotFound {
			t.Error(err)
		}
		if got, err := db.TokenByHash(ctx, "h"); err != nil || got.User != "李某" || !got.Revoked.Equal(now) {
			t.Errorf("%+v %v", got, err)
		}
		s := storage.Sessions{DB: db}
		for token, until := range map[string]time.Time{"a": now.Add(time.Hour), "b": now.Add(-time.Second)} {
			if err := s.Commit(token, []byte{0, 1}, until); err != nil {
				t.Fatal(err)
			}
		}
		if data, ok, err := s.Find("a"); !ok || err != nil || len(data) != 2 {
			t.Error(data, ok, err)
		}
		if _, ok, err := s.Find("b"); ok || err != nil {
			t.Error("a session that has ended was found", err)
		}
		if err := s.Delete("a"); err != nil {
			t.Fatal(err)
		}
		if _, ok, _ := s.Find("a"); ok {
			t.Error("a deleted session was found")
		}
		lines, err := db.Audit(ctx, storage.AuditFilter{Event: "token."})
		if err != nil || len(lines) != 2 || lines[0].Event != "token.revoke" || lines[1].Subject != "T1" {
			t.Errorf("%+v %v", lines, err)
		}
		if lines, err = db.Audit(ctx, storage.AuditFilter{Before: 3, Limit: 1}); err != nil || len(lines) != 1 || lines[0].Seq != 2 {
			t.Errorf("%+v %v", lines, err)
		}
		if why := fault(t, db); why != "" {
			t.Error(why)
		}
	})
}

// Attempts are counted before the password is looked at: of a hundred at a
// time no more get through than the rule allows.
func TestManyLoginsAtATimeDoNotOutrunTheCount(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		now := time.Now().Truncate(time.Millisecond)
		var mu sync.Mutex
		var wg sync.WaitGroup
		passed := 0
		for range 40 {
			wg.Go(func() {
				until, err := db.BeginLogin(ctx, []string{access.NameKey("王某"), access.AddressKey("10.0.0.1")}, now, access.Wait)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				if until.IsZero() {
					passed++
				}
			})
		}
		wg.Wait()
		if passed != 5 {
			t.Errorf("%d attempts got through", passed)
		}
		if until, err := db.BeginLogin(ctx, []string{access.NameKey("王某")}, now, access.Wait); err != nil || !until.Equal(now.Add(30*time.Second)) {
			t.Error(until, err)
		}
		later := now.Add(31 * time.Second)
		if until, err := db.BeginLogin(ctx, []string{access.NameKey("王某")}, later, access.Wait); err != nil || !until.IsZero() {
			t.Error(until, err)
		}
		if until, err := db.BeginLogin(ctx, []string{access.NameKey("王某")}, later, access.Wait); err != nil || !until.Equal(later.Add(time.Minute)) {
			t.Error(until, err)
		}
		if err := db.EndLogin(ctx, []string{access.NameKey("王某")}, govsweep.AuditLine{Event: "login"}); err != nil {
			t.Fatal(err)
		}
		if until, err := db.BeginLogin(ctx, []string{access.NameKey("王某")}, later, access.Wait); err != nil || !until.IsZero() {
			t.Error(until, err)
		}
	})
}

func TestHostileTextsAreInTheChainAsGiven(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		for _, s := range hostile.Strings() {
			if err := db.AddAudit(govsweep.WithActor(t.Context(), govsweep.Actor{Name: s, Via: s}), govsweep.AuditLine{Event: "test" + s, Subject: s, Detail: s}); err != nil {
				t.Fatal(err)
			}
		}
		if why := fault(t, db); why != "" {
			t.Error(why)
		}
	})
}

func TestScheduleChangesAreWrittenDown(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		ctx := govsweep.WithActor(t.Context(), govsweep.Actor{Name: "王某", Via: "命令行"})
		for _, err := range []error{
			db.SaveSchedule(ctx, &govsweep.Schedule{Name: "每夜", Kind: govsweep.FullSchedule, When: "每日 02:00"}),
			db.SaveHours(ctx, []govsweep.SiteHours{{Scope: "region=甲", Window: "22:00-06:00"}}),
			db.SetPaused(ctx, &govsweep.Schedule{Name: "每夜", Kind: govsweep.FullSchedule, When: "每日 02:00", Paused: true}),
			db.SetPaused(ctx, &govsweep.Schedule{Name: "每夜", Kind: govsweep.FullSchedule, When: "每日 02:00"}),
			db.RemoveHours(ctx, "region=甲"), db.RemoveSchedule(ctx, "每夜"),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		lines, err := db.Audit(ctx, storage.AuditFilter{})
		if err != nil || len(lines) != 6 {
			t.Fatal(lines, err)
		}
		for i, want := range []string{"schedule.remove", "hours.remove", "schedule.resume", "schedule.pause", "hours.save", "schedule.save"} {
			if l := lines[i]; l.Event != want || l.By != "王某" || l.Via != "命令行" {
				t.Errorf("%+v", l)
			}
		}
	})
}

func TestStepsOfANoticeAreWrittenDownOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		n := issue(t, db)
		lines, err := db.Audit(t.Context(), storage.AuditFilter{})
		if err != nil || len(lines) == 0 {
			t.Fatal(lines, err)
		}
		said := map[string]int{}
		for _, l := range lines {
			if l.By == "" && l.Event != "sweep.start" { // the test has no operator
				t.Errorf("nobody did %+v", l)
			}
			if l.Subject == n.ID {
				said[l.Event]++
			}
		}
		if said["notice.draft"] != 1 || said["notice.issue"] != 1 {
			t.Errorf("%v", said)
		}
		if why := fault(t, db); why != "" {
			t.Error(why)
		}
	})
}
