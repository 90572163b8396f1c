//go:build unix

package storage_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/govsweep/govsweep/storage"
)

// Not parallel: the umask is the process's.
func TestOnlyTheOwnerReadsADatabase(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o022))
	dir := filepath.Join(t.TempDir(), "data")
	path := filepath.Join(dir, "x.db")
	db := open(t, "sqlite:"+path)
	modes(t, dir, 0o700, path, 0o600)
	must(t, db.Close())
	for _, c := range []struct {
		say       string
		was, want fs.FileMode
	}{{"left open to everybody", 0o644, 0o600}, {"given to a group", 0o660, 0o660}} {
		must(t, os.Chmod(path, c.was))
		db = open(t, "sqlite:"+path)
		t.Log(c.say)
		modes(t, dir, 0o700, path, c.want)
		if storage.Exposed(path) {
			t.Errorf("%s: open to everybody", c.say)
		}
		must(t, db.Close())
	}
	must(t, os.Chmod(path, 0o604))
	if !storage.Exposed(path) {
		t.Error("a file everybody reads is not told")
	}
}

// modes fails unless the directory, the database and what lies beside it have
// these modes.
func modes(t *testing.T, dir string, ofDir fs.FileMode, path string, ofFiles fs.FileMode) {
	t.Helper()
	for file, want := range map[string]fs.FileMode{dir: ofDir, path: ofFiles, path + "-wal": ofFiles, path + "-shm": ofFiles} {
		info, err := os.Stat(file)
		must(t, err)
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s: %o, want %o", filepath.Base(file), got, want)
		}
	}
}
