package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTryingAFolderLeavesNoneBehind(t *testing.T) {
	root := t.TempDir()
	must(t, writable(filepath.Join(root, "a", "b")))
	must(t, writable(root))
	if left := must2(os.ReadDir(root)); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := writable(filepath.Join(root, "f")); err != nil {
		t.Error(err)
	}
	must(t, os.WriteFile(filepath.Join(root, "f"), nil, 0o644))
	if writable(filepath.Join(root, "f", "g")) == nil {
		t.Error("a file was taken for a folder")
	}
}
