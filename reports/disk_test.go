package reports

import (
	"errors"
	"io"
	"os"
	"syscall"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/fulldisk"
)

func TestAFullDiskLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	_, err := writeAll(dir, []part{
		{"a.html", func(w io.Writer) error { _, err := io.WriteString(w, "whole"); return err }},
		{"b.html", func(io.Writer) error { return &os.PathError{Op: "write", Path: "b", Err: syscall.ENOSPC} }},
	})
	var e *govsweep.Error
	if !errors.As(err, &e) || e.Say != "报告未能写入“"+dir+"”：磁盘空间不足，未留下不完整的文件" {
		t.Errorf("got %v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Errorf("%d files left, %v", len(entries), err)
	}
}

func TestLimitDays(t *testing.T) {
	for s, want := range map[string]int{"14天": 14, "2周": 14, "6个月": 183, "1年": 365, "": 0, "x": 0, "-3天": 0, "99999999999999999999天": 0, "3刻": 0} {
		if got := limitDays(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}

func TestAFileOnAFullDiskIsNotThereAtAll(t *testing.T) {
	dir := fulldisk.Dir(t, "64k")
	_, err := WriteBytes(dir, "a.pdf", make([]byte, 1<<20))
	if govsweep.KindOf(err) != govsweep.Internal {
		t.Errorf("got %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%d files left, %v", len(left), err)
	}
}
