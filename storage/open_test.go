package storage_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/fulldisk"
	"github.com/govsweep/govsweep/storage"
)

// raw opens the database behind our back.
func raw(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	driver, source := "postgres", dsn
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		driver, source = "sqlite", "file:"+strings.NewReplacer(" ", "%20", "#", "%23").Replace(path)
	}
	db, err := sql.Open(driver, source)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func refused(t *testing.T, dsn string, o storage.Options, kind govsweep.ErrorKind, say string) {
	t.Helper()
	db, err := storage.Open(t.Context(), dsn, o)
	if err == nil {
		db.Close()
	}
	if govsweep.KindOf(err) != kind || !strings.Contains(fmt.Sprint(err), say) {
		t.Errorf("got %v, want %s with %s", err, kind, say)
	}
}

func TestSchemaOfAnotherVersion(t *testing.T) {
	onEmpty(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		if v, err := db.Version(t.Context()); v != storage.Latest() || err != nil {
			t.Fatalf("version %d %v", v, err)
		}
		must(t, db.Migrate(t.Context())) // again: nothing to do
		must(t, db.Close())
		must(t, db.Close())
		_, err := raw(t, dsn).Exec("INSERT INTO govsweep_version (version_id, is_applied) VALUES (9999, TRUE)")
		must(t, err)
		refused(t, dsn, storage.Options{}, govsweep.Wrong, "高于本程序支持的")
		refused(t, dsn, storage.Options{NoMigrate: true, AnyVersion: true}, govsweep.Wrong, "高于本程序支持的")
	})
}

func TestEmptyDatabaseIsLeftAloneWhenAsked(t *testing.T) {
	onEmpty(t, func(t *testing.T, dsn string) {
		if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
			refused(t, dsn, storage.Options{NoMigrate: true}, govsweep.NotFound, "不存在")
			if _, err := os.Stat(path); err == nil {
				t.Error("a file was made")
			}
			must(t, os.WriteFile(path, nil, 0o644))
		}
		refused(t, dsn, storage.Options{NoMigrate: true}, govsweep.Wrong, "govsweep migrate")
		db, err := storage.Open(t.Context(), dsn, storage.Options{NoMigrate: true, AnyVersion: true})
		must(t, err)
		defer db.Close()
		if v, err := db.Version(t.Context()); v != 0 || err != nil {
			t.Errorf("version %d %v", v, err)
		}
		must(t, db.Migrate(t.Context()))
		if v, err := db.Version(t.Context()); v != storage.Latest() || err != nil {
			t.Errorf("version %d %v", v, err)
		}
	})
}

func TestForeignDatabaseIsRefused(t *testing.T) {
	onEmpty(t, func(t *testing.T, dsn string) {
		foreign := raw(t, dsn)
		_, err := foreign.Exec("CREATE TABLE accounts (name TEXT)")
		must(t, err)
		refused(t, dsn, storage.Options{}, govsweep.Wrong, "其他程序的数据")
		var n int
		must(t, foreign.QueryRow("SELECT count(*) FROM accounts").Scan(&n))
		if strings.HasPrefix(dsn, "sqlite:") {
			must(t, foreign.QueryRow("SELECT count(*) FROM sqlite_master WHERE type = 'table'").Scan(&n))
			if n != 1 {
				t.Errorf("%d tables in the foreign file", n)
			}
		}
	})
}

func TestSeveralProcessesOpenAnEmptyDatabase(t *testing.T) {
	onEmpty(t, func(t *testing.T, dsn string) {
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				db, err := storage.Open(context.Background(), dsn, storage.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				db.Close()
			})
		}
		group.Wait()
	})
}

func TestAddressesThatCannotBeOpened(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "letter.doc")
	must(t, os.WriteFile(text, bytes.Repeat([]byte("不是数据库"), 1000), 0o644))
	for name, c := range map[string]struct {
		dsn  string
		kind govsweep.ErrorKind
		say  string
	}{
		"no scheme":                {"govsweep.db", govsweep.Wrong, "sqlite:"},
		"no path":                  {"sqlite:", govsweep.Wrong, "缺少文件路径"},
		"a folder":                 {"sqlite:" + dir, govsweep.Wrong, "打不开"},
		"below a file":             {"sqlite:" + text + "/x.db", govsweep.Wrong, ""},
		"a file of ours it is not": {"sqlite:" + text, govsweep.Wrong, "不是本程序的数据库"},
		"nobody listens":           {"postgres://u:secret@127.0.0.1:1/x?sslmode=disable", govsweep.Unavailable, "无法连接"},
		"an unknown host":          {"postgres://u:secret@host.invalid/x?sslmode=disable", govsweep.Unavailable, "无法连接"},
		"a socket that is not":     {"postgres://u:secret@/x?sslmode=disable&host=" + dir, govsweep.Unavailable, "无法连接"},
		"not an address":           {"postgres://u:secret@127.0.0.1:port/x", govsweep.Wrong, "写法不正确"},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, c.dsn, storage.Options{}, c.kind, c.say)
			if _, err := storage.Open(t.Context(), c.dsn, storage.Options{}); strings.Contains(err.Error(), "secret") {
				t.Errorf("the error tells the password: %v", err)
			}
		})
	}
	if b, err := os.ReadFile(text); err != nil || len(b) != 15000 {
		t.Error("the foreign file was changed")
	}
}

func TestServerWithoutTheDatabase(t *testing.T) {
	dsn := strings.Replace(server.DSN(t), "/postgres?", "/nothing_here?", 1)
	refused(t, dsn, storage.Options{}, govsweep.Wrong, "没有这个数据库")
}

func TestReadOnlyDisk(t *testing.T) {
	dir := fulldisk.Dir(t, "8m")
	dsn := "sqlite:" + filepath.Join(dir, "x.db")
	must(t, open(t, dsn).Close())
	fulldisk.ReadOnly(t, dir)
	refused(t, dsn, storage.Options{}, govsweep.Wrong, "只读")
	refused(t, "sqlite:"+filepath.Join(dir, "new.db"), storage.Options{}, govsweep.Wrong, "打不开")
}

func TestLockedDatabaseSaysSo(t *testing.T) {
	dsn := sqliteDSN(t)
	db := open(t, dsn)
	run := newRun(t, db)
	other, err := raw(t, dsn).Conn(t.Context())
	must(t, err)
	defer other.Close()
	_, err = other.ExecContext(t.Context(), "BEGIN IMMEDIATE")
	must(t, err)
	impatient, err := storage.Open(t.Context(), dsn, storage.Options{Wait: 1})
	must(t, err)
	defer impatient.Close()
	if err := impatient.Commit(t.Context(), run, batchOf(0)); govsweep.KindOf(err) != govsweep.Conflict || !strings.Contains(err.Error(), "占用") {
		t.Errorf("locked: %v", err)
	}
	_, err = other.ExecContext(t.Context(), "ROLLBACK")
	must(t, err)
	must(t, impatient.Commit(t.Context(), run, batchOf(0)))
}

func TestFullDiskKeepsWholeBatches(t *testing.T) {
	dir := fulldisk.Dir(t, "8m")
	ballast := filepath.Join(dir, "ballast")
	db := open(t, "sqlite:"+filepath.Join(dir, "x.db"))
	defer db.Close() // before the disk goes
	run := newRun(t, db)
	must(t, os.WriteFile(ballast, make([]byte, 4<<20), 0o644))
	n := 0
	var err error
	for ; err == nil; n++ {
		err = db.Commit(t.Context(), run, batchOf(n))
	}
	if !strings.Contains(err.Error(), "磁盘已满") || govsweep.KindOf(err) != govsweep.Internal {
		t.Fatalf("no clear word of the full disk: %v", err)
	}
	must(t, os.Remove(ballast))
	counts, _, err := db.CountVisits(t.Context(), run)
	must(t, err)
	if got := len(allRecords(t, db, run)); counts.Done != got || counts.Done != 5*(n-1) || counts.Queued != 5*(n-1) {
		t.Errorf("%d batches acknowledged: %+v, %d records", n-1, counts, got)
	}
	must(t, db.Commit(t.Context(), run, batchOf(n))) // and it goes on
}

func TestCancelledWriteLeavesNothing(t *testing.T) {
	onEmpty(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		run := newRun(t, db)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := db.Commit(ctx, run, batchOf(0)); err != context.Canceled {
			t.Errorf("cancelled: %v", err)
		}
		if c, _, err := db.CountVisits(t.Context(), run); err != nil || c != (govsweep.VisitCounts{}) {
			t.Errorf("%+v %v", c, err)
		}
	})
}

func touch(path string) error { return os.WriteFile(path, nil, 0o644) }
