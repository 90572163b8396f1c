package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

type sitesListCmd struct {
	Scope []string `help:"范围，可重复：region=行政区划、level=层级、platform=平台、tag=标签、id=标识码。" placeholder:"条件"`
}

// Help shows how it is used.
func (sitesListCmd) Help() string {
	return `只按网址查看过、没有登记的网站不列。

示例：
  govsweep sites list
  govsweep sites list --scope level=县级
  govsweep sites list --format xlsx > 网站名录.xlsx`
}

// Run lists the registered sites of a scope.
func (c *sitesListCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	filter, err := parseScope(c.Scope)
	if err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := db.Sites(a.ctx, filter)
	if err != nil {
		return err
	}
	a.leftOut(all)
	list := slices.DeleteFunc(all, func(s govsweep.Site) bool { return !s.Registered() })
	if err := a.grid(reports.SitesGrid(list), func(w io.Writer) error { return reports.JSONLines(w, list) }); err != nil {
		return err
	}
	if len(list) == 0 {
		fmt.Fprintln(a.stderr, "该范围内没有登记的网站，请先用 govsweep import sites 导入名录，或核对 --scope。")
	}
	return nil
}
