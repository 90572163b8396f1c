package evidence_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
)

func TestWorkersOfOneRunNeverWriteToOneFile(t *testing.T) {
	dir := t.TempDir()
	s, err := evidence.Open(dir)
	must(t, err)
	add := func(sp *evidence.Spool, body string) govsweep.Digest {
		t.Helper()
		d := govsweep.DigestOf([]byte(body))
		must(t, sp.Append(d, "https://a.gov.cn/", time.Now(), []byte(body)))
		must(t, sp.Flush())
		return d
	}
	want := map[govsweep.Digest]struct{}{}
	old, err := s.Spool("7-a") // of a program that knew no leases
	must(t, err)
	want[add(old, "first")] = struct{}{}
	must(t, old.Close())
	stale, err := s.SpoolOf("7-a", 2)
	must(t, err)
	want[add(stale, "second")] = struct{}{}
	tear(t, filepath.Join(dir, "spool"), "7-a") // where a kill left it
	fresh, err := s.SpoolOf("7-a", 4)
	must(t, err)
	want[add(fresh, "third")] = struct{}{}
	add(stale, "late and unheard") // it does not know yet
	want[govsweep.DigestOf([]byte("second"))] = struct{}{}

	missing, err := fresh.Keep(want)
	must(t, err)
	if len(missing) > 0 {
		t.Errorf("%d of %d bodies are missing", len(missing), len(want))
	}
	for d := range want {
		if _, err := s.Get(d); err != nil {
			t.Error(err)
		}
	}
	must(t, fresh.Drop())
	add(stale, "later still")
	must(t, stale.Close())
	left, err := os.ReadDir(filepath.Join(dir, "spool"))
	must(t, err)
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestASpoolNothingWasWrittenToLeavesNoFile(t *testing.T) {
	dir := t.TempDir()
	s, err := evidence.Open(dir)
	must(t, err)
	sp, err := s.SpoolOf("7-a", 3)
	must(t, err)
	must(t, sp.Close())
	if left, err := os.ReadDir(filepath.Join(dir, "spool")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAStoreIsNamedOnce(t *testing.T) {
	dir := t.TempDir()
	var all sync.WaitGroup
	ids := make([]string, 8)
	for i := range ids {
		all.Go(func() {
			s, err := evidence.Open(dir)
			if err == nil {
				ids[i], err = s.ID()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, id := range ids {
		if id == "" || id != ids[0] {
			t.Errorf("it is named %q and %q", ids[0], id)
		}
	}
	other, err := evidence.Open(t.TempDir())
	must(t, err)
	if id, err := other.ID(); err != nil || id == ids[0] {
		t.Errorf("another store is named %q, %v", id, err)
	}
}

// tear adds half a frame to the end of every spool of a run.
func tear(t *testing.T, dir, name string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, name+"*"))
	must(t, err)
	if len(files) != 2 {
		t.Fatalf("the two workers have %d files", len(files))
	}
	for _, path := range files {
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		must(t, err)
		_, err = f.WriteString("GVF1 half a frame")
		must(t, err)
		must(t, f.Close())
	}
}
