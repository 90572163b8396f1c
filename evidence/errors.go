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
	if diskFault(err) {
		err = errors.Join(govsweep.ErrDisk, err)
	}
	switch {
	case err == nil, errors.As(err, &ours), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return &govsweep.Error{Kind: govsweep.Internal, Say: doing + "失败：磁盘已满，没有留下不完整的记录。", Err: err}
	case errors.Is(err, syscall.EROFS):
		return &govsweep.Error{Kind: govsweep.Wrong, Say: doing + "失败：证据目录所在的磁盘是只读的。", Err: err}
	case errors.Is(err, fs.ErrPermission):
		return &govsweep.Error{Kind: govsweep.Wrong, Say: doing + "失败：没有读写证据目录的权限。", Err: err}
	}
	return &govsweep.Error{Kind: govsweep.Internal, Say: doing + "失败：读写证据目录出错，磁盘可能已损坏或失去连接。", Err: err}
}

// diskFault says that the disk, and nobody's use of it, is at fault.
func diskFault(err error) bool {
	for _, fault := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO} {
		if errors.Is(err, fault) {
			return true
		}
	}
	return false
}
