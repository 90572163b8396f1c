package main

import (
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type reportLedgerCmd struct {
	Site    string `help:"只列出该网站的（标识码）。" placeholder:"标识码"`
	Unit    string `help:"只列出该主办单位的。" placeholder:"单位"`
	Open    bool   `help:"只列出尚未销号的通知书。"`
	Pending bool   `help:"连同已确认、尚未下发通知的问题。"`
	Out     string `help:"写入的目录。默认 reports。" default:"reports" placeholder:"目录" type:"path"`
}

// Help shows how a ledger goes out and comes back.
func (c *reportLedgerCmd) Help() string {
	return `示例：
  govsweep report ledger --unit 某某县人民政府 --out 台账
  govsweep import ledger 台账/整改台账.xlsx --by 李四 --dry-run
  govsweep import ledger 台账/整改台账.xlsx --by 李四`
}

// Run writes the ledger as XLSX, CSV and HTML; the XLSX comes back.
func (c *reportLedgerCmd) Run(a *app) error {
	if err := writable(c.Out); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := a.ledgerRows(db, storage.NoticeFilter{Target: govsweep.TargetID(c.Site), Open: c.Open}, c.Unit)
	if err != nil {
		return err
	}
	if c.Pending {
		pending, err := c.pending(a, db)
		if err != nil {
			return err
		}
		rows = append(rows, pending...)
	}
	if len(rows) == 0 {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: "没有可以列入台账的问题：请先用 govsweep notice issue 下发通知书，或用 --pending 列出待下发的问题"}
	}
	files, err := reports.WriteLedger(c.Out, "整改台账", reports.LedgerHead{Made: time.Now()}, rows)
	a.wrote(files)
	return err
}

// ledgerRows gives the rows of the ledger as the product holds them now.
func (a *app) ledgerRows(db *storage.DB, f storage.NoticeFilter, unit string) ([]govsweep.LedgerRow, error) {
	all, err := db.Notices(a.ctx, f)
	if err != nil {
		return nil, err
	}
	var rows []govsweep.LedgerRow
	for i := range all {
		n := &all[i]
		if n.State != govsweep.NoticeDraft && (unit == "" || unit == n.Host) {
			stands, err := casework.Amended(a.ctx, db, n)
			if err != nil {
				return nil, err
			}
			rows = append(rows, unsettledRows(reports.LedgerRows(stands), f.Open)...)
		}
	}
	return rows, nil
}

// pending gives the confirmed findings no notice names yet.
func (c *reportLedgerCmd) pending(a *app, db *storage.DB) ([]govsweep.LedgerRow, error) {
	sites, err := db.Sites(a.ctx, storage.SiteFilter{})
	if err != nil {
		return nil, err
	}
	var rows []govsweep.LedgerRow
	for _, site := range sites {
		if c.Unit != "" && c.Unit != site.Host || c.Site != "" && c.Site != string(site.ID) {
			continue
		}
		standings, err := db.Standings(a.ctx, site.ID)
		if err != nil {
			return nil, err
		}
		for _, s := range standings {
			if s.Status != govsweep.Confirmed {
				continue
			}
			f, err := db.Finding(a.ctx, s.ID)
			if err != nil {
				return nil, err
			}
			rows = append(rows, reports.PendingRow(f, site.Host, f.LastSeen))
		}
	}
	return rows, nil
}

// unsettledRows leaves out, where only what is open is wanted, the rows
// nothing is owed for: mended, excluded, exempted, taken out.
func unsettledRows(rows []govsweep.LedgerRow, open bool) []govsweep.LedgerRow {
	if !open {
		return rows
	}
	return slices.DeleteFunc(rows, func(r govsweep.LedgerRow) bool { return r.Locked != "" })
}
