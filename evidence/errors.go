package evidence

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"github.com/govsweep/govsweep"
)

// explain turns an error of the file system into one sentence for people.
func explain(doing string, err error) error {
	var ours *govsweep.Error
	switch {
	case err == nil, errors.As(err, &ours), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, syscall.ENOSPC):
		return &govsweep.Error{Kind: govsweep.Internal, Say: doing + "失败：磁盘已满，没有留下不完整的记录。", Err: err}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return &govsweep.Error{Kind: govsweep.Wrong, Say: doing + "失败：没有读写证据目录的权限。", Err: err}
	}
	return &govsweep.Error{Kind: govsweep.Internal, Say: doing + "失败：读写证据目录出错。", Err: err}
}
