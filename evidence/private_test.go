package evidence_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/govsweep/govsweep/evidence"
)

// The folders of a store are their owner's alone, also of one that an earlier
// program made; what a group was given stays.
func TestFoldersOfAStoreAreTheirOwnersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	for was, want := range map[os.FileMode]os.FileMode{0: 0o700, 0o755: 0o700, 0o750: 0o750} {
		dir := filepath.Join(t.TempDir(), "evidence")
		folders := []string{dir, filepath.Join(dir, "body"), filepath.Join(dir, "spool"), filepath.Join(dir, "tmp")}
		for _, folder := range folders {
			if was == 0 {
				continue
			}
			if err := os.MkdirAll(folder, was); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(folder, was); err != nil {
				t.Fatal(err)
			}
		}
		s, err := evidence.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		d, err := s.Put([]byte("正文"))
		if err != nil {
			t.Fatal(err)
		}
		for _, folder := range folders {
			if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s of %o: %v, %v", folder, was, info.Mode(), err)
			}
		}
		under, err := filepath.Glob(filepath.Join(dir, "body", "*"))
		if err != nil || len(under) != 1 {
			t.Fatalf("%s is in %v, %v", d, under, err)
		}
		if info, err := os.Stat(under[0]); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", under[0], info.Mode(), err)
		}
	}
}
