package evidence_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, govsweep.Shanghai)

func open(t testing.TB) (*evidence.Store, string) {
	t.Helper()
	dir := t.TempDir()
	s, err := evidence.Open(dir)
	must(t, err)
	return s, dir
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func page(n int) []byte {
	return []byte(strings.Repeat(fmt.Sprintf("<li>第%d条 关于印发办法的通知</li>\n", n), 40))
}

// files gives the files under dir.
func files(t testing.TB, dir string) (out []string) {
	must(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out = append(out, path)
		}
		return err
	}))
	return out
}

func TestBodyComesBackByteForByte(t *testing.T) {
	s, _ := open(t)
	for _, body := range [][]byte{{}, {0}, page(1), bytes.Repeat([]byte("\xff\x00"), 3<<20)} {
		d, err := s.Put(body)
		must(t, err)
		again, err := s.Put(body)
		must(t, err)
		got, err := s.Get(d)
		must(t, err)
		if again != d || d != govsweep.DigestOf(body) || !bytes.Equal(got, body) || !s.Has(d) {
			t.Errorf("body of %d bytes came back as %d", len(body), len(got))
		}
	}
	list, err := s.List()
	must(t, err)
	if len(list) != 4 {
		t.Errorf("%d bodies listed", len(list))
	}
}

func TestDamageAndLossAreReportedByDigest(t *testing.T) {
	s, dir := open(t)
	good, _ := s.Put(page(1))
	bad, _ := s.Put(page(2))
	empty, _ := s.Put(page(3))
	lost := govsweep.DigestOf(page(4))
	for _, path := range files(t, filepath.Join(dir, "body")) {
		name := strings.ReplaceAll(strings.TrimPrefix(path, filepath.Join(dir, "body")), "/", "")
		switch strings.TrimSuffix(name, ".zst") {
		case bad.String()[7:]:
			b, err := os.ReadFile(path)
			must(t, err)
			b[len(b)/2] ^= 1
			must(t, os.WriteFile(path, b, 0o644))
		case empty.String()[7:]:
			must(t, os.Truncate(path, 0))
		}
	}
	r, err := s.Verify(context.Background(), good, lost)
	must(t, err)
	want := map[govsweep.Digest]bool{bad: true, empty: true, lost: true}
	for _, f := range r.Faults {
		if !want[f.Digest] || !strings.Contains(f.Err.Error(), f.Digest.String()) {
			t.Errorf("fault %v %v", f.Digest, f.Err)
		}
		delete(want, f.Digest)
	}
	if len(want) != 0 || r.Read != 3 {
		t.Errorf("read %d, not reported: %v", r.Read, want)
	}
	if _, err := s.Get(lost); govsweep.KindOf(err) != govsweep.NotFound {
		t.Errorf("a lost body: %v", err)
	}
	if _, err := s.Put(page(3)); err != nil || !s.Has(empty) {
		t.Errorf("an emptied body is not written anew: %v", err)
	}
}

func TestNoNameLeavesTheFolder(t *testing.T) {
	s, dir := open(t)
	names := []string{"../../x", "/etc/passwd", "..", "", "a/b", `a\b`, "a:b", "a_b", strings.Repeat("长", 300), "x\x00y", "CON", "sp.spool"}
	for _, name := range names {
		sp, err := s.Spool(name)
		must(t, err)
		must(t, sp.Append(govsweep.DigestOf(page(1)), "https://a/../../"+name, noon, page(1)))
		must(t, sp.Close())
	}
	entries, err := os.ReadDir(filepath.Join(dir, "spool"))
	must(t, err)
	if len(entries) != len(names) || len(files(t, dir)) != len(names) {
		t.Errorf("%d spools of %d names, %d files", len(entries), len(names), len(files(t, dir)))
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(dir), "x")); err == nil {
		t.Error("a file outside of the folder")
	}
}

func TestKeepCopiesWhatIsWanted(t *testing.T) {
	s, dir := open(t)
	sp, err := s.Spool("3 1507830002")
	must(t, err)
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for n := range 100 { // every body comes from two workers
				body := page(worker/2*100 + n)
				if err := sp.Append(govsweep.DigestOf(body), "https://a/", noon, body); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	want := map[govsweep.Digest]struct{}{govsweep.DigestOf(page(7)): {}, govsweep.DigestOf(page(399)): {}, govsweep.DigestOf(page(9999)): {}}
	for range 2 {
		missing, err := sp.Keep(want)
		must(t, err)
		if len(missing) != 1 || missing[0] != govsweep.DigestOf(page(9999)) {
			t.Fatalf("missing %v", missing)
		}
	}
	list, err := s.List()
	must(t, err)
	got, err := s.Get(govsweep.DigestOf(page(399)))
	must(t, err)
	if len(list) != 2 || !bytes.Equal(got, page(399)) {
		t.Errorf("%d bodies kept", len(list))
	}
	must(t, sp.Drop())
	must(t, sp.Drop())
	if len(files(t, filepath.Join(dir, "spool"))) != 0 {
		t.Error("the spool is still there")
	}
	if err := sp.Append(govsweep.DigestOf(page(1)), "", noon, page(1)); err == nil {
		if err := sp.Flush(); err == nil {
			t.Error("a dropped spool takes bodies")
		}
	}
}

// A spool cut at every possible place of its last frame gives back all frames
// before it and says what it cut off.
func TestTornTailIsCutAndReported(t *testing.T) {
	s, dir := open(t)
	fill := func(from, to int) {
		sp, err := s.Spool("run")
		must(t, err)
		for n := from; n < to; n++ {
			must(t, sp.Append(govsweep.DigestOf(page(n)), "https://a/", noon, page(n)))
		}
		must(t, sp.Close())
	}
	fill(0, 5)
	path := files(t, filepath.Join(dir, "spool"))[0]
	whole, err := os.ReadFile(path)
	must(t, err)
	fill(5, 6)
	more, err := os.ReadFile(path)
	must(t, err)
	want := map[govsweep.Digest]struct{}{}
	for n := range 6 {
		want[govsweep.DigestOf(page(n))] = struct{}{}
	}
	for cut := len(whole) + 1; cut < len(more); cut++ {
		must(t, os.WriteFile(path, more[:cut], 0o644))
		sp, err := s.Spool("run")
		must(t, err)
		if sp.Torn() != int64(cut-len(whole)) || sp.Damaged() != 0 {
			t.Fatalf("cut at %d: torn %d", cut, sp.Torn())
		}
		if cut%7 == 0 { // goes on where it was
			must(t, sp.Append(govsweep.DigestOf(page(5)), "https://a/", noon, page(5)))
			missing, err := sp.Keep(want)
			must(t, err)
			if len(missing) != 0 {
				t.Fatalf("cut at %d: missing %v", cut, missing)
			}
		}
		must(t, sp.Close())
	}
}

func TestDamageInTheMiddleLosesOneFrame(t *testing.T) {
	s, dir := open(t)
	sp, err := s.Spool("run")
	must(t, err)
	want := map[govsweep.Digest]struct{}{}
	for n := range 50 {
		want[govsweep.DigestOf(page(n))] = struct{}{}
		must(t, sp.Append(govsweep.DigestOf(page(n)), "https://a/", noon, page(n)))
	}
	must(t, sp.Close())
	path := files(t, filepath.Join(dir, "spool"))[0]
	b, err := os.ReadFile(path)
	must(t, err)
	b[len(b)/2] ^= 0xff
	must(t, os.WriteFile(path, b, 0o644))
	sp, err = s.Spool("run")
	must(t, err)
	missing, err := sp.Keep(want)
	must(t, err)
	if len(missing) != 1 || sp.Damaged() != 1 || sp.Torn() != 0 {
		t.Errorf("missing %d, damaged %d, torn %d", len(missing), sp.Damaged(), sp.Torn())
	}
}

// Whatever stands in a spool file, opening it neither fails nor loops.
func FuzzSpool(f *testing.F) {
	f.Add([]byte("GVF1"), 3)
	f.Add(bytes.Repeat([]byte("GVF1\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"), 4), 9)
	f.Fuzz(func(t *testing.T, junk []byte, at int) {
		s, dir := open(t)
		sp, err := s.Spool("run")
		must(t, err)
		for n := range 3 {
			must(t, sp.Append(govsweep.DigestOf(page(n)), "https://a/", noon, page(n)))
		}
		must(t, sp.Close())
		path := files(t, filepath.Join(dir, "spool"))[0]
		b, err := os.ReadFile(path)
		must(t, err)
		at = min(max(at, 0), len(b))
		must(t, os.WriteFile(path, append(append(append([]byte{}, b[:at]...), junk...), b[at:]...), 0o644))
		sp, err = s.Spool("run")
		must(t, err)
		if _, err := sp.Keep(map[govsweep.Digest]struct{}{govsweep.DigestOf(page(0)): {}}); err != nil {
			t.Error(err)
		}
		must(t, sp.Close())
	})
}
