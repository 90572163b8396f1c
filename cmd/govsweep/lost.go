package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/backup"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/storage"
)

// A data directory tells that a database belongs to it: by the name of its
// evidence store, by the files of processes that worked on it, and on SQLite by
// a file that names the databases made beside it. Where the database is gone
// or holds nothing, that is a loss and no beginning: an empty one in its place
// would be taken for a working installation.

// madeFile names the SQLite databases of a data directory, one a line.
const madeFile = "databases"

// databaseFile is the file of an SQLite database; "" of another engine.
func (a *app) databaseFile() string {
	path, _ := strings.CutPrefix(a.settings.db, "sqlite:")
	if path == a.settings.db || strings.Contains(path, ":memory:") {
		return ""
	}
	return path
}

// madeName names an SQLite database in the file of those made: within the data
// directory by its place there, so that both may be moved together.
func (a *app) madeName() string {
	abs, err := filepath.Abs(a.databaseFile())
	dir, err2 := filepath.Abs(a.settings.data)
	if err != nil || err2 != nil {
		return a.databaseFile()
	}
	if rel, err := filepath.Rel(dir, abs); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return abs
}

func (a *app) made() bool {
	raw, err := os.ReadFile(filepath.Join(a.settings.data, madeFile))
	return err == nil && slices.Contains(strings.Split(string(raw), "\n"), a.madeName())
}

// noteMade writes down that a database was made here.
func (a *app) noteMade() {
	if a.databaseFile() == "" || a.made() {
		return
	}
	f, err := os.OpenFile(filepath.Join(a.settings.data, madeFile), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err == nil {
		_, err = f.WriteString(a.madeName() + "\n")
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		a.log.Warn("the loss of the database could not be told later", "error", err)
	}
}

// traces says what in the data directory belongs to a database; "" for nothing.
func (a *app) traces() string {
	dir := a.settings.data
	var found []string
	if id, err := evidence.IDIn(filepath.Join(dir, "evidence")); err == nil && id != "" {
		found = append(found, "证据库（编号"+id+"）")
	} else if a.holdsEvidence() {
		found = append(found, "证据")
	}
	if exists(filepath.Join(dir, "workers")) {
		found = append(found, "工作进程的记录（workers）")
	}
	if a.made() {
		found = append(found, "数据库的建立记录（"+madeFile+"）")
	}
	if file := a.databaseFile(); file != "" && exists(file+"-wal") && !exists(file) {
		found = append(found, "数据库的日志文件（"+filepath.Base(file)+"-wal）")
	}
	return strings.Join(found, "、")
}

// mayBegin refuses to make a database, or to build a schema in an empty one,
// where traces say that it was lost.
func (a *app) mayBegin() error {
	traces := a.traces()
	if traces == "" {
		return nil
	}
	dir := a.settings.data
	if mark := backup.Unfinished(dir); mark != "" {
		return lostError("数据目录“" + dir + "”中的恢复没有完成，数据库还是空的。请重新运行同一个 govsweep restore 命令，完成后再使用")
	}
	what, back := "数据库（--db）中没有govsweep的表", "请核对 --db 的地址"
	if file := a.databaseFile(); file != "" {
		what, back = "数据库文件“"+file+"”不存在", "请找回原来的数据库文件，连同 -wal、-shm 文件放回原处"
		if exists(file) {
			what = "数据库文件“" + file + "”是空的"
		}
	}
	return lostError(fmt.Sprintf("%s，而数据目录“%s”中有%s：原来的数据库可能已丢失，没有新建，未作任何改动。%s；找不回的，先把数据目录改名留存，再用 govsweep restore 从备份恢复。"+
		"确要从头开始的，也先把数据目录改名留存，或用 --data 另选一个空目录", what, dir, traces, back))
}

func lostError(say string) error { return &govsweep.Error{Kind: govsweep.Internal, Say: say} }

// notThisOne says that a database is not the one the data directory belongs to;
// "" when it may be.
func (a *app) notThisOne(db *storage.DB) (string, error) {
	id, err := evidence.IDIn(filepath.Join(a.settings.data, "evidence"))
	if err != nil || id == "" {
		return "", err
	}
	bound, err := db.EvidenceID(a.ctx)
	if err != nil || bound == id {
		return "", err
	}
	if bound == "" && !a.holdsEvidence() {
		return "", nil
	}
	return fmt.Sprintf("数据目录“%s”中的证据库（编号%s）不是本数据库的证据库（编号%s）", a.settings.data, id, firstOf(bound, "还没有")), nil
}

// holdsEvidence says that something was captured into the data directory.
func (a *app) holdsEvidence() bool {
	for _, sub := range []string{"body", "spool"} {
		entries, err := os.ReadDir(filepath.Join(a.settings.data, "evidence", sub))
		if err == nil && len(entries) > 0 {
			return true
		}
	}
	return false
}

// notBegun says that there is no installation yet and none was lost.
func (a *app) notBegun() bool {
	empty, err := a.emptyDatabase()
	return err == nil && empty != "" && a.mayBegin() == nil
}

// lostDatabase says that the database is gone, or holds nothing, where there was one.
func (a *app) lostDatabase() bool {
	empty, err := a.emptyDatabase()
	return err == nil && empty != "" && a.mayBegin() != nil
}

// emptyDatabase says what is not there yet of the database, without making
// anything; "" when it has our tables.
func (a *app) emptyDatabase() (string, error) {
	if file := a.databaseFile(); file != "" {
		info, err := os.Stat(file)
		switch {
		case errors.Is(err, os.ErrNotExist):
			return "数据库文件“" + file + "”不存在", nil
		case err != nil:
			return "", err
		case info.Size() == 0:
			return "数据库文件“" + file + "”是空的", nil
		}
	}
	db, err := storage.Open(a.ctx, a.settings.db, storage.Options{NoMigrate: true, AnyVersion: true})
	if err != nil {
		return "", err
	}
	defer db.Close()
	v, err := db.Version(a.ctx)
	if err != nil || v > 0 {
		return "", err
	}
	return "数据库中还没有govsweep的表", nil
}
