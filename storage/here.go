package storage

import (
	"errors"
	"io/fs"
	"os"

	"github.com/govsweep/govsweep"
)

// openedFile is the file of an SQLite database as it was when it was opened.
type openedFile struct {
	path string
	info os.FileInfo // nil: it could not be looked at
}

// Here gives why the database that was opened is not the one that stands under
// its name any more, an error of kind Unavailable; nil when it is. A file that
// was moved away goes on to answer whoever has it open: what is written there
// is lost. Nothing is written while Here gives an error, and everything goes on
// when the same file is back. On PostgreSQL it is nil.
func (db *DB) Here() error {
	f := db.file
	if f.info == nil {
		return nil
	}
	now, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return unavailable("数据库文件“"+f.path+"”不见了，请把原来的文件连同 -wal、-shm 文件放回原处；找不回的，请停止程序，从备份恢复。", err)
	case err != nil:
		return unavailable("数据库文件“"+f.path+"”无法查看，请检查磁盘和目录的权限。", err)
	case !os.SameFile(f.info, now):
		return unavailable("数据库文件“"+f.path+"”已换成另一个文件，请放回原来的文件；确要使用换上的文件的，请重新启动程序。", nil)
	}
	return nil
}

func unavailable(say string, err error) error {
	return &govsweep.Error{Kind: govsweep.Unavailable, Say: say, Err: err}
}
