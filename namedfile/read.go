package namedfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/govsweep/govsweep"
)

// Most is the size up to which a file is read where nothing else is said: 1 MB.
const Most = 1 << 20

// Read gives what stands in the file at path, at most Most bytes. what names
// the file to people, such as 配置文件. The error is a govsweep.Error of kind
// Wrong; its cause tells a file that is not there by fs.ErrNotExist.
func Read(what, path string) ([]byte, error) { return ReadMost(what, path, Most) }

// ReadMost is Read with a limit of its own in bytes.
func ReadMost(what, path string, most int64) ([]byte, error) {
	f, err := Open(what, path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		return nil, wrong(what, path, "读取时出错，请检查磁盘", err)
	case int64(len(raw)) > most:
		return nil, wrong(what, path, fmt.Sprintf("超过%s，请核对是否写错了文件", size(most)), nil)
	}
	return raw, nil
}

// Open opens the ordinary file at path for reading; the reader bounds what is
// read of it. A pipe is not waited for.
func Open(what, path string) (*os.File, error) {
	if path == "" {
		return nil, wrong(what, path, "没有写明", nil)
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return nil, refused(what, path, info, err)
	}
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, refused(what, path, nil, err)
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() { // it may have been changed meanwhile
		return nil, errors.Join(refused(what, path, info, err), f.Close())
	}
	return f, nil
}

func refused(what, path string, info fs.FileInfo, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return wrong(what, path, "不存在，请核对路径", err)
	case errors.Is(err, fs.ErrPermission):
		return wrong(what, path, "没有读取的权限，请核对文件的属主和权限", err)
	case err != nil:
		return wrong(what, path, "无法打开，请核对路径", err)
	case info.IsDir():
		return wrong(what, path, "是目录，应写明其中的文件", nil)
	}
	return wrong(what, path, "不是普通文件（是设备、管道或套接字），请改用普通文件", nil)
}

func wrong(what, path, why string, err error) error {
	return &govsweep.Error{Kind: govsweep.Wrong, Say: what + "“" + path + "”" + why, Err: err}
}

func size(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%dMB", n>>20)
	}
	return fmt.Sprintf("%dKB", n>>10)
}
