package backup

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"github.com/govsweep/govsweep"
)

// broken says that a file is no sound backup.
func broken(why string, err error) error {
	return &govsweep.Error{Kind: govsweep.Wrong, Say: "备份核验不通过：" + why + "。", Err: err}
}

// explain turns an error of the file system into one sentence for people.
func explain(doing string, err error) error {
	var ours *govsweep.Error
	switch {
	case err == nil, errors.As(err, &ours), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, syscall.ENOSPC):
		return &govsweep.Error{Kind: govsweep.Internal, Say: doing + "失败：磁盘已满，没有留下不完整的备份文件。", Err: err}
	case errors.Is(err, fs.ErrNotExist):
		return &govsweep.Error{Kind: govsweep.Wrong, Say: doing + "失败：文件或目录不存在。", Err: err}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return &govsweep.Error{Kind: govsweep.Wrong, Say: doing + "失败：没有读写权限。", Err: err}
	}
	return &govsweep.Error{Kind: govsweep.Internal, Say: doing + "失败：读写文件出错。", Err: err}
}
