package main

import (
	"fmt"
	"io"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/storage"
)

type importCmd struct {
	Sites     importSitesCmd     `cmd:"" help:"导入网站名录（CSV或XLSX）。"`
	Columns   importColumnsCmd   `cmd:"" help:"导入栏目名录（CSV或XLSX）。"`
	Accounts  importAccountsCmd  `cmd:"" help:"导入政务新媒体账号名录（CSV或XLSX）。"`
	Posts     importPostsCmd     `cmd:"" help:"导入账号发布的信息：平台导出文件、人工记录、保存的订阅文件。"`
	Checklist importChecklistCmd `cmd:"" help:"导入填写后的账号人工检查清单（CSV或XLSX），见 govsweep accounts checklist。"`
	Reprints  importReprintsCmd  `cmd:"" help:"导入规定稿源名单（CSV或XLSX），代替原有名单。"`
	Orgs      importOrgsCmd      `cmd:"" help:"导入单位名录（CSV或XLSX）。"`
	Ledger    importLedgerCmd    `cmd:"" help:"导入单位填写后的整改台账（XLSX）。"`
}

// importFlags are what every import takes.
type importFlags struct {
	File        string `arg:"" help:"名录文件，CSV（UTF-8或GBK）或XLSX。"`
	DryRun      bool   `help:"只显示与现有名录的差别，不写入。"`
	SkipRefused bool   `help:"跳过有误的行，导入其余各行。默认有一行有误则全部不导入。"`
	byFlag
}

type (
	importSitesCmd   struct{ importFlags }
	importColumnsCmd struct{ importFlags }
	importOrgsCmd    struct{ importFlags }
)

// Run imports sites.
func (c *importSitesCmd) Run(a *app) error {
	return importRows(a, c.importFlags, register.ReadSites,
		func(db *storage.DB, _ []register.Row[govsweep.Site]) ([]govsweep.Site, error) {
			return db.Sites(a.ctx, storage.SiteFilter{})
		},
		func(db *storage.DB, rows []govsweep.Site) error {
			for i := range rows {
				if !rows[i].Registered() { // a name and an address: this is what registers it
					rows[i].State = govsweep.Running
				}
			}
			return db.SaveSites(a.ctx, rows)
		})
}

// Run imports columns of registered sites.
func (c *importColumnsCmd) Run(a *app) error {
	return importRows(a, c.importFlags, register.ReadColumns,
		func(db *storage.DB, rows []register.Row[govsweep.Column]) ([]govsweep.Column, error) {
			return knownColumns(a, db, rows)
		},
		func(db *storage.DB, rows []govsweep.Column) error { return db.SaveColumns(a.ctx, rows) })
}

// Run imports units.
func (c *importOrgsCmd) Run(a *app) error {
	return importRows(a, c.importFlags, register.ReadOrgs,
		func(db *storage.DB, _ []register.Row[govsweep.Org]) ([]govsweep.Org, error) { return db.Orgs(a.ctx) },
		func(db *storage.DB, rows []govsweep.Org) error { return db.SaveOrgs(a.ctx, rows) })
}

// knownColumns lists the columns of the sites a file names; a site that is
// not registered is refused.
func knownColumns(a *app, db *storage.DB, rows []register.Row[govsweep.Column]) ([]govsweep.Column, error) {
	var out []govsweep.Column
	seen := map[govsweep.TargetID]bool{}
	for _, r := range rows {
		if seen[r.Value.Site] {
			continue
		}
		seen[r.Value.Site] = true
		if _, err := db.Site(a.ctx, r.Value.Site); err != nil {
			return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("工作表“%s”第%d行：网站“%s”尚未登记，请先导入网站名录", r.Sheet, r.Line, r.Value.Site), Err: err}
		}
		columns, err := db.Columns(a.ctx, r.Value.Site)
		if err != nil {
			return nil, err
		}
		out = append(out, columns...)
	}
	return out, nil
}

// importRows reads a register, shows the difference and writes it, all or nothing.
func importRows[T register.Item](a *app, f importFlags,
	read func(io.Reader, string) ([]register.Row[T], []register.Refusal, error),
	known func(*storage.DB, []register.Row[T]) ([]T, error), save func(*storage.DB, []T) error) error {
	in, err := namedfile.Open("名录文件", f.File)
	if err != nil {
		return err
	}
	defer in.Close()
	rows, refused, err := read(in, f.File)
	if err != nil {
		return err
	}
	for _, r := range refused {
		fmt.Fprintln(a.stderr, r)
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	old, err := known(db, rows)
	if err != nil {
		return err
	}
	merged := register.Merged(old, rows)
	diff := register.Diff(old, merged)
	if f.DryRun || len(refused) > 0 && f.SkipRefused {
		if err := diff.Print(a.stdout); err != nil {
			return err
		}
	}
	if len(refused) > 0 && !f.SkipRefused {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("有%d处不能导入，全部未导入；改正后重试，或用 --skip-refused 跳过有误的行", len(refused))}
	}
	if f.DryRun {
		fmt.Fprintln(a.stderr, "以上为预览，未写入。")
		return nil
	}
	if err := save(db, merged); err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "已导入%d行：新增%d行，变更%d行，未变%d行。\n", len(merged), len(diff.Added), len(diff.Changed), diff.Unchanged)
	return nil
}
