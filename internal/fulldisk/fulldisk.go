// Package fulldisk gives tests a disk that is soon full, or cannot be written.
package fulldisk

import (
	"os"
	"os/exec"
	"runtime"
	"testing"
)

// Dir gives the folder of a file system of so many bytes, unmounted when the
// test ends. It needs Linux and root; without them the test is skipped.
func Dir(t testing.TB, size string) string {
	t.Helper()
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("SKIPPED, NOT TESTED ON A FULL DISK: mounting a small disk needs Linux and root")
	}
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("SKIPPED, NOT TESTED ON A FULL DISK: mount: %v %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	return dir
}

// ReadOnly takes the right to write from a disk that Dir gave.
func ReadOnly(t testing.TB, dir string) {
	t.Helper()
	if out, err := exec.Command("mount", "-o", "remount,ro", dir).CombinedOutput(); err != nil {
		t.Skipf("SKIPPED, NOT TESTED ON A READ-ONLY DISK: remount: %v %s", err, out)
	}
}
