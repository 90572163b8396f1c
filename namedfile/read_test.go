package namedfile_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/namedfile"
)

func TestAnOrdinaryFileIsReadUpToItsLimit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "口令")
	link := path + "链接"
	write(t, path, bytes.Repeat([]byte("x"), 4<<10))
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, link} {
		if raw, err := namedfile.ReadMost("密钥文件", name, 4<<10); err != nil || len(raw) != 4<<10 {
			t.Errorf("%s: %d bytes, %v", name, len(raw), err)
		}
	}
	raw, err := namedfile.ReadMost("密钥文件", path, 4<<10-1)
	said(t, err, "密钥文件“"+path+"”超过3KB")
	if raw != nil {
		t.Error("a file over the limit is read all the same")
	}
	write(t, path, make([]byte, namedfile.Most+1))
	_, err = namedfile.Read("配置文件", path)
	said(t, err, "超过1MB")
}

func TestWhatIsNoOrdinaryFileIsRefusedWithItsPath(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{
		dir:                           "是目录，应写明其中的文件",
		os.DevNull:                    "不是普通文件",
		filepath.Join(dir, "nothing"): "不存在，请核对路径",
		"":                            "没有写明",
	} {
		_, err := namedfile.Read("节假日表", path)
		said(t, err, "节假日表“"+path+"”"+want)
	}
	_, err := namedfile.Read("节假日表", filepath.Join(dir, "nothing"))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Error("a file that is not there is not told:", err)
	}
}

func TestAFileNobodyMayReadIsRefusedWithTheRemedy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "口令")
	write(t, path, []byte("x"))
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if f, err := os.Open(path); err == nil {
		f.Close()
		t.Skip("whoever runs this test may read everything")
	}
	_, err := namedfile.Read("密钥文件", path)
	said(t, err, "没有读取的权限")
}

func said(t *testing.T, err error, want string) {
	t.Helper()
	e, ok := errors.AsType[*govsweep.Error](err)
	if !ok || e.Kind != govsweep.Wrong || !strings.Contains(e.Say, want) {
		t.Errorf("error %v, want %q", err, want)
	}
}

func write(t *testing.T, path string, raw []byte) {
	t.Helper()
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}
