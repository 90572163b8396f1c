//go:build unix

package namedfile_test

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/govsweep/govsweep/namedfile"
)

func TestAPipeNobodyWritesIntoIsRefusedAndNotWaitedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "管道")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := namedfile.Read("密钥文件", path)
	said(t, err, "不是普通文件")
}
