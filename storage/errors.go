package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/lib/pq"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/govsweep/govsweep"
)

// explain turns a driver's error into one sentence for people. Errors that
// are already ours, and the end of a context, pass as they are.
func (db *DB) explain(doing string, err error) error {
	var ours *govsweep.Error
	if err == nil || errors.As(err, &ours) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if gone := db.Here(); gone != nil { // whatever the driver made of it
		return gone
	}
	kind, why := reason(err)
	if diskFault(err) {
		err = errors.Join(govsweep.ErrDisk, err)
	}
	return &govsweep.Error{Kind: kind, Say: doing + "失败：" + why, Err: err}
}

func reason(err error) (govsweep.ErrorKind, string) {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return sqliteReason(lite.Code())
	}
	var pg *pq.Error
	if errors.As(err, &pg) {
		return postgresReason(string(pg.Code))
	}
	var file *fs.PathError
	var network net.Error
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return govsweep.Internal, "磁盘已满，本次写入已全部撤销。"
	case errors.Is(err, fs.ErrPermission):
		return govsweep.Wrong, "没有读写数据库文件的权限。"
	case errors.As(err, &file):
		return govsweep.Wrong, "数据库文件“" + file.Path + "”所在的目录无法建立或读取，请检查路径。"
	case errors.As(err, &network), errors.Is(err, driver.ErrBadConn), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		strings.Contains(err.Error(), "connect"):
		return govsweep.Unavailable, "无法连接数据库服务器，请检查地址、端口和网络。"
	case errors.Is(err, pq.ErrSSLNotSupported):
		return govsweep.Wrong, "数据库服务器不支持加密连接，请在地址后加 sslmode=disable。"
	case errors.Is(err, sql.ErrConnDone), strings.Contains(err.Error(), "is closed"):
		return govsweep.Internal, "数据库已经关闭。"
	}
	return govsweep.Internal, "数据库报告了一个错误。"
}

// diskFault says that the disk under the database is at fault: nothing can be
// written to it, by nobody.
func diskFault(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case lib.SQLITE_FULL, lib.SQLITE_IOERR, lib.SQLITE_READONLY:
			return true
		}
		return false
	}
	var pg *pq.Error
	if errors.As(err, &pg) {
		return pg.Code == "53100" || pg.Code == "25006" || pg.Code == "58030"
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EROFS) || errors.Is(err, syscall.EIO)
}

func sqliteReason(code int) (govsweep.ErrorKind, string) {
	switch code & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return govsweep.Conflict, "数据库正被另一个程序占用，请稍后再试。"
	case lib.SQLITE_READONLY:
		return govsweep.Wrong, "数据库文件或所在目录是只读的。"
	case lib.SQLITE_FULL:
		return govsweep.Internal, "磁盘已满，本次写入已全部撤销。"
	case lib.SQLITE_IOERR:
		return govsweep.Internal, "读写数据库文件出错，磁盘可能已满或已损坏，本次写入已全部撤销。"
	case lib.SQLITE_NOTADB:
		return govsweep.Wrong, "该文件不是本程序的数据库。"
	case lib.SQLITE_CORRUPT:
		return govsweep.Internal, "数据库文件已损坏，请从备份恢复。"
	case lib.SQLITE_CANTOPEN, lib.SQLITE_PERM, lib.SQLITE_AUTH:
		return govsweep.Wrong, "数据库文件打不开，请检查路径和权限，以及磁盘是否只读。"
	case lib.SQLITE_CONSTRAINT:
		return govsweep.Internal, "数据不符合数据库的约束，本次写入已全部撤销。"
	}
	return govsweep.Internal, "数据库报告了一个错误。"
}

func postgresReason(code string) (govsweep.ErrorKind, string) {
	switch {
	case code == "53100":
		return govsweep.Internal, "数据库服务器的磁盘已满，本次写入已全部撤销。"
	case code == "58030":
		return govsweep.Internal, "数据库服务器读写磁盘出错，本次写入已全部撤销。"
	case code == "25006":
		return govsweep.Wrong, "数据库服务器是只读的。"
	case code == "42501":
		return govsweep.Wrong, "该数据库用户没有所需的权限。"
	case code == "3D000":
		return govsweep.Wrong, "服务器上没有这个数据库，请先建立。"
	case strings.HasPrefix(code, "28"):
		return govsweep.Wrong, "数据库的用户名或口令不正确。"
	case code == "25P03":
		return govsweep.Unavailable, "本程序停顿过久，数据库服务器已撤销本次写入，请再试。"
	case code == "53300":
		return govsweep.Unavailable, "数据库服务器的连接数已满，请稍后再试。"
	case strings.HasPrefix(code, "57P"), strings.HasPrefix(code, "08"):
		return govsweep.Unavailable, "数据库服务器正在启动或停止，请稍后再试。"
	case code == "55P03":
		return govsweep.Conflict, "数据库正被另一个程序占用，请稍后再试。"
	case strings.HasPrefix(code, "23"):
		return govsweep.Internal, "数据不符合数据库的约束，本次写入已全部撤销。"
	}
	return govsweep.Internal, "数据库服务器报告了一个错误。"
}

// missing is the error of a thing that was named and is not there.
func missing(say string) error { return &govsweep.Error{Kind: govsweep.NotFound, Say: say} }
