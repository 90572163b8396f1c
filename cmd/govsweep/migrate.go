package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

type migrateCmd struct {
	DryRun bool `help:"只列出将要进行的步骤，不作任何改动。"`
}

// Run builds the schema, with the tables of the jobs, or brings it up to date.
func (c *migrateCmd) Run(a *app) error {
	if c.DryRun {
		return c.tell(a)
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := a.jobsDatabase(db).Migrate(a.ctx, false); err != nil {
		return err
	}
	v, err := db.Version(a.ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "数据库结构为第%d版，已是最新。\n", v)
	return err
}

// tell lists the steps a migration would take.
func (c *migrateCmd) tell(a *app) error {
	path, lite := strings.CutPrefix(a.settings.db, "sqlite:")
	if _, err := os.Stat(path); lite && err != nil {
		_, err = fmt.Fprintf(a.stdout, "数据库文件“%s”还不存在，将新建，结构为第%d版。\n", path, storage.Latest())
		return err
	}
	db, err := storage.Open(a.ctx, a.settings.db, storage.Options{NoMigrate: true, AnyVersion: true})
	if err != nil {
		return err
	}
	defer db.Close()
	v, err := db.Version(a.ctx)
	if err != nil {
		return err
	}
	if v > storage.Latest() {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("数据库的结构版本为%d，高于本程序支持的%d，不能降级，请使用更新版本的程序", v, storage.Latest())}
	}
	steps, err := a.jobsDatabase(db).Migrate(a.ctx, true)
	if err != nil {
		return err
	}
	if v == storage.Latest() && steps == 0 {
		_, err = fmt.Fprintf(a.stdout, "数据库结构为第%d版，已是最新，没有需要进行的步骤。\n", v)
		return err
	}
	if v < storage.Latest() {
		fmt.Fprintf(a.stdout, "数据库结构将由第%d版升级到第%d版，共%d步。\n", v, storage.Latest(), storage.Latest()-v)
	}
	if steps > 0 {
		fmt.Fprintf(a.stdout, "任务队列的数据表将建立或升级，共%d步。\n", steps)
	}
	return nil
}
