package crawler

import (
	"os"
	"path/filepath"
	"testing"
)

// sharedFile finds material that is not part of the repository: below
// GOVSWEEP_SHARED, or in a folder shared/data beside the repository.
func sharedFile(t testing.TB, name string) []byte {
	t.Helper()
	dir := os.Getenv("GOVSWEEP_SHARED")
	for up := "."; dir == "" && len(up) < 40; up = filepath.Join(up, "..") {
		if at := filepath.Join(up, "shared", "data"); isDir(at) {
			dir = at
		}
	}
	if dir == "" {
		t.Skip("no shared/data beside the repository: test skipped")
	}
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Skip("test skipped: ", err)
	}
	return b
}

func isDir(path string) bool {
	i, err := os.Stat(path)
	return err == nil && i.IsDir()
}
