package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/backup"
	"github.com/govsweep/govsweep/storage"
)

type restoreCmd struct {
	File string `arg:"" name:"文件" help:"备份文件。" type:"path"`
	byFlag
}

// Help shows how it is used.
func (restoreCmd) Help() string {
	return `把备份恢复到空的安装：数据目录（--data）中没有证据，数据库（--db）中没有数据，否则拒绝。先核验备份的每一个字节，再写入，最后重新读出数据库与备份核对。
备份来自旧版本程序的，恢复后升级到本程序的结构。中途中断的，数据库仍是空的，重新运行同一命令即可。

示例：
  govsweep restore /backup/周日.backup --data /var/lib/govsweep
  govsweep restore /backup/周日.backup --data /var/lib/govsweep --db postgres://…`
}

// Run brings a backup back onto an empty installation.
func (c *restoreCmd) Run(a *app) error {
	if _, err := backup.ReadManifest(c.File); err != nil {
		return err
	}
	made := absent(filepath.Join(a.settings.data, "evidence"), []string{"body", "spool", "tmp"})
	if err := c.restore(a); err != nil {
		for _, dir := range made {
			_ = os.Remove(dir) // what holds something stays
		}
		if govsweep.KindOf(err) == govsweep.Conflict { // refused; it says what to remove
			return err
		}
		return errors.Join(err, c.unfinished(a))
	}
	return nil
}

// absent lists the folders that are not there, the deepest first: those within
// a folder, itself, and those above it.
func absent(folder string, within []string) (out []string) {
	for _, name := range within {
		if !exists(filepath.Join(folder, name)) {
			out = append(out, filepath.Join(folder, name))
		}
	}
	for !exists(folder) {
		out = append(out, folder)
		folder = filepath.Dir(folder)
	}
	return out
}

// unfinished says how to go on after a restore that was cut short.
func (c *restoreCmd) unfinished(a *app) error {
	mark := backup.Unfinished(a.settings.data)
	if mark == "" {
		return nil
	}
	_, err := fmt.Fprintf(a.stderr, "恢复没有完成，已写入的证据留在“%s”。请重新运行同一命令接着恢复；改用另一个备份的，先删除该目录和“%s”。\n",
		filepath.Join(a.settings.data, "evidence"), mark)
	return err
}

func (c *restoreCmd) restore(a *app) error {
	db, undo, err := a.vacantDB()
	if err != nil {
		return err
	}
	defer db.Close()
	store, err := a.openEvidence()
	if err != nil {
		return err
	}
	bar := a.stepBar()
	m, err := (&backup.Restoration{Data: a.settings.data, DB: db, Store: store, Latest: storage.Latest(), Progress: bar.step}).Restore(a.ctx, c.File)
	bar.end()
	if err != nil {
		if free, unknown := db.Vacant(context.WithoutCancel(a.ctx)); unknown == nil && free {
			return errors.Join(err, db.Close(), undo())
		}
		return err
	}
	if err := db.Migrate(a.ctx); err != nil {
		return err
	}
	if err := db.FreeLeases(a.ctx); err != nil {
		return err
	}
	if err := db.AddAudit(a.ctx, govsweep.AuditLine{Event: "database.restore", Subject: filepath.Base(c.File), Detail: m.Digest().String()}); err != nil {
		return err
	}
	return a.tellBackup("已恢复并核对", c.File, m)
}

// vacantDB opens the database without building a schema in it; on SQLite it
// makes the file, and undo takes away again what was made and holds nothing.
func (a *app) vacantDB() (db *storage.DB, undo func() error, err error) {
	var made []string
	undo = func() error {
		var faults []error
		for _, path := range made {
			if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
				faults = append(faults, err)
			}
		}
		return errors.Join(faults...)
	}
	if err := os.MkdirAll(a.settings.data, 0o700); err != nil {
		return nil, nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "数据目录“" + a.settings.data + "”无法建立", Err: err}
	}
	if path, lite := strings.CutPrefix(a.settings.db, "sqlite:"); lite && path != "" {
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		if err == nil {
			var fresh bool
			if fresh, err = touch(path); fresh {
				made = []string{path, path + "-wal", path + "-shm"}
			}
		}
		if err != nil {
			return nil, nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "数据库文件“" + path + "”无法建立", Err: err}
		}
	}
	if db, err = storage.Open(a.ctx, a.settings.db, storage.Options{NoMigrate: true, AnyVersion: true}); err != nil {
		return nil, nil, errors.Join(err, undo())
	}
	return db, undo, nil
}

// touch makes an empty file where there is none, and says whether it did.
func touch(path string) (bool, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, f.Close()
}
