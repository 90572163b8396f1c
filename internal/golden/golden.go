// Package golden compares what a test made with a file a person has read.
//
// `go test ./room/... -update` writes the files anew; the difference is then
// read by a person before it is kept.
package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write golden files anew")

// Assert fails unless got is, byte for byte, what testdata/name holds.
func Assert(t testing.TB, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name))
	if *update {
		write(t, path, got)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("golden file: %v (run the test with -update to write it)", err)
	}
	if line, w, g, same := firstDifference(want, got); !same {
		t.Errorf("%s differs in line %d:\nwant %q\n got %q", path, line, w, g)
	}
}

func write(t testing.TB, path string, got []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, got, 0o644); err != nil {
		t.Fatal(err)
	}
}

func firstDifference(want, got []byte) (line int, w, g []byte, same bool) {
	if bytes.Equal(want, got) {
		return 0, nil, nil, true
	}
	a, b := bytes.Split(want, []byte("\n")), bytes.Split(got, []byte("\n"))
	for i := 0; i < len(a) && i < len(b); i++ {
		if !bytes.Equal(a[i], b[i]) {
			return i + 1, a[i], b[i], false
		}
	}
	shorter := min(len(a), len(b))
	return shorter + 1, lineAt(a, shorter), lineAt(b, shorter), false
}

func lineAt(lines [][]byte, i int) []byte {
	if i < len(lines) {
		return lines[i]
	}
	return []byte("(end of file)")
}
