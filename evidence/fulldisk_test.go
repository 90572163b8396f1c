package evidence_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/internal/fulldisk"
)

// noise gives bytes that do not pack.
func noise(seed uint64) []byte {
	random := rand.New(rand.NewPCG(seed, 9))
	b := make([]byte, 100_000)
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	return b
}

func wantDiskFull(t *testing.T, err error) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), "磁盘已满") {
		t.Fatalf("no clear word of the full disk: %v", err)
	}
}

func TestFullDiskLeavesNoHalfBody(t *testing.T) {
	dir := fulldisk.Dir(t, "1m")
	s, err := evidence.Open(dir)
	must(t, err)
	kept := 0
	for ; err == nil; kept++ {
		_, err = s.Put(noise(uint64(kept)))
	}
	wantDiskFull(t, err)
	r, err := s.Verify(context.Background())
	must(t, err)
	if len(r.Faults) != 0 || r.Read != kept-1 || len(files(t, dir)) != kept-1 {
		t.Errorf("kept %d, read %d, faults %v, files %d", kept-1, r.Read, r.Faults, len(files(t, dir)))
	}
}

func TestFullDiskLeavesNoHalfFrame(t *testing.T) {
	dir := fulldisk.Dir(t, "2m")
	s, err := evidence.Open(dir)
	must(t, err)
	ballast := filepath.Join(dir, "ballast")
	must(t, os.WriteFile(ballast, bytes.Repeat([]byte{1}, 1<<20), 0o644))
	sp, err := s.Spool("run")
	must(t, err)
	want := map[govsweep.Digest]struct{}{}
	for n := uint64(0); err == nil && n < 100; n++ {
		want[govsweep.DigestOf(noise(n))] = struct{}{}
		if err = sp.Append(govsweep.DigestOf(noise(n)), "https://a/", noon, noise(n)); err == nil {
			err = sp.Flush()
		}
	}
	wantDiskFull(t, err)
	must(t, os.Remove(ballast)) // room again: the same spool goes on
	must(t, sp.Flush())
	must(t, sp.Close())
	sp, err = s.Spool("run")
	must(t, err)
	defer sp.Close()
	if sp.Torn() != 0 || sp.Damaged() != 0 {
		t.Errorf("torn %d, damaged %d", sp.Torn(), sp.Damaged())
	}
	for d := range want { // one is enough: the store has no room for all
		missing, err := sp.Keep(map[govsweep.Digest]struct{}{d: {}})
		if must(t, err); len(missing) != 0 {
			t.Errorf("missing %v", missing)
		}
		break
	}
}
