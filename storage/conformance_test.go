package storage_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/govsweep/govsweep/internal/litetest"
	"github.com/govsweep/govsweep/internal/pgtest"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

// What the product asks of storage.
var (
	_ sweep.Frontier = (*storage.DB)(nil)
	_ sweep.Book     = (*storage.DB)(nil)
	_ sweep.Register = (*storage.DB)(nil)
)

var server pgtest.Server

func TestMain(m *testing.M) {
	if os.Getenv(childDSN) != "" {
		commitUntilKilled()
	}
	if os.Getenv(auditDSN) != "" {
		addLinesAsAChild()
	}
	if os.Getenv(judgeDSN) != "" {
		judgeUntilKilled()
	}
	code := m.Run()
	server.Close()
	os.Exit(code)
}

// onBoth runs a test of the suite against a SQLite and a PostgreSQL database
// without rows.
func onBoth(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, litetest.DSN(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, server.DSN(t)) })
}

// onEmpty runs a test against an empty SQLite and an empty PostgreSQL database.
func onEmpty(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, sqliteDSN(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, server.DSN(t)) })
}

func sqliteDSN(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "a b#1.db") }

func open(t testing.TB, dsn string) *storage.DB {
	t.Helper()
	db, err := storage.Open(context.Background(), dsn, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
