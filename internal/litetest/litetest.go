// Package litetest gives tests SQLite databases that need no migration any
// more: the tables are made once for a test binary and copied for each test.
// Under the race detector making them takes most of a second.
package litetest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/govsweep/govsweep/storage"
)

// DSN gives the address of a database of no rows. It is removed when the test
// ends.
func DSN(t testing.TB) string { return In(t, t.TempDir(), "a b#1.db") }

// In gives the address of a database of no rows in a file of this name.
func In(t testing.TB, dir, name string) string {
	t.Helper()
	body, err := empty()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// empty makes the file that is copied.
var empty = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "litetest-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "empty.db")
	db, err := storage.Open(context.Background(), "sqlite:"+path, storage.Options{})
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})
