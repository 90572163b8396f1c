package storage_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/litetest"
)

// A file that was moved away answers whoever has it open: what is written
// there is lost.
func TestNothingIsWrittenIntoADatabaseThatWasMovedAway(t *testing.T) {
	t.Parallel()
	dsn := litetest.DSN(t)
	path := strings.TrimPrefix(dsn, "sqlite:")
	db := open(t, dsn)
	writes := func() error { return db.Beat(t.Context(), "tick", time.Now()) }
	must(t, writes())
	move := func(from, to string) {
		for _, more := range []string{"", "-wal", "-shm"} {
			must(t, os.Rename(from+more, to+more))
		}
	}
	refused := func(why string) {
		t.Helper()
		for _, err := range []error{writes(), db.Here()} {
			if govsweep.KindOf(err) != govsweep.Unavailable || !strings.Contains(err.Error(), why) || !strings.Contains(err.Error(), path) {
				t.Errorf("%v", err)
			}
		}
	}
	move(path, path+".x")
	refused("不见了，请把原来的文件")
	must(t, os.WriteFile(path, nil, 0o600))
	refused("已换成另一个文件")
	must(t, os.Remove(path))
	move(path+".x", path)
	must(t, writes())
	must(t, db.Here())
}
