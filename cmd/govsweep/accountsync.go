package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/origin"
	"github.com/govsweep/govsweep/storage"
)

// syncMonths is over how many months an account is compared with its site
// when nobody names days.
const syncMonths = 3

// cachedArticles is how many articles of sites are held while accounts are
// compared; accounts of one unit come one after the other or soon.
const cachedArticles = 100_000

type accountsSyncCmd struct {
	Host    string `help:"只比对该主办单位的账号。" placeholder:"单位"`
	Account string `help:"只比对该账号（账号代码，见 govsweep accounts）。" placeholder:"代码"`
	Site    string `help:"与该网站比对（标识码）。默认按主办单位在网站名录中查找，或按账号标签“同源网站:标识码”。" placeholder:"标识码"`
	Sweep   int64  `help:"使用网站的这一次检查。默认为该网站最近一次检查。" placeholder:"编号"`
	From    string `help:"比对从哪一天起发布的信息。默认为监测时间点前3个月。" placeholder:"日期"`
	To      string `help:"比对到哪一天为止。默认为监测时间点。" placeholder:"日期"`
	List    string `enum:"months,pairs,single" default:"months" help:"列出什么：months 各账号各月情况；pairs 认定为同一信息的逐条对照；single 只在一方发布和不能确定的信息。jsonl 格式总是给出全部。"`
}

// Help shows what is asked most.
func (c *accountsSyncCmd) Help() string {
	return `示例：
  govsweep accounts sync --format table                    全部账号各月同步情况
  govsweep accounts sync --host 某某市人民政府办公室 --list pairs --format xlsx > 对照表.xlsx
  govsweep accounts sync --account wechat:gh_1 --site 1507830002 --from 2026-01-01 --to 2026-03-31 --list single`
}

// compared is one account as it is printed.
type compared struct {
	origin.Comparison
	Why string `json:"why,omitempty"` // why it was not compared
}

// Run compares accounts with the sites of their units.
func (c *accountsSyncCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	from, to, err := c.days(a)
	if err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	if c.Sweep != 0 {
		if _, err := db.Sweep(a.ctx, c.Sweep); err != nil {
			return err
		}
	}
	ties, err := c.ties(a.ctx, db)
	if err != nil {
		return err
	}
	sides := &siteSides{db: db, since: sideSince(from), sweep: c.Sweep, held: map[govsweep.TargetID]*origin.SiteSide{}}
	var out []compared
	tied := 0
	for i := range ties {
		one, err := c.compare(a.ctx, sides, &ties[i], from, to)
		if err != nil {
			return err
		}
		if one.Why == "" {
			tied++
		}
		out = append(out, one)
	}
	fmt.Fprintf(a.stderr, "账号%d个，已与网站比对%d个，未能比对%d个。只有另一方完整读取的，才认定为未发布。\n", len(out), tied, len(out)-tied)
	return a.grid(syncGrid(c.List, out), func(w io.Writer) error { return jsonLines(w, out) })
}

// days reads the days that are compared, to their first and last second.
func (c *accountsSyncCmd) days(a *app) (from, to time.Time, err error) {
	if to, err = dayEnd(c.To, "--to"); err != nil {
		return from, to, err
	}
	if to.IsZero() {
		to = a.asOf()
	}
	if from, err = dayEnd(c.From, "--from"); err != nil {
		return from, to, err
	}
	if from.IsZero() {
		from = govsweep.MonthsBefore(to, syncMonths)
	}
	if from.After(to) {
		return from, to, wrongUse("--from 不得晚于 --to")
	}
	return from, to, nil
}

func (c *accountsSyncCmd) ties(ctx context.Context, db *storage.DB) ([]origin.Tie, error) {
	f := storage.AccountFilter{Host: c.Host}
	if c.Account != "" {
		f.IDs = []govsweep.TargetID{govsweep.TargetID(c.Account)}
	}
	accounts, err := db.Accounts(ctx, f)
	if err != nil {
		return nil, err
	}
	if len(accounts) == 0 {
		return nil, wrongUse("没有符合条件的在册账号，请核对 --host、--account，或先用 govsweep import accounts 导入名录")
	}
	if c.Site != "" {
		site, err := db.Site(ctx, govsweep.TargetID(c.Site))
		if err != nil {
			return nil, err
		}
		out := make([]origin.Tie, len(accounts))
		for i := range accounts {
			out[i] = origin.Tie{Account: accounts[i], Site: site}
		}
		return out, nil
	}
	sites, err := db.Sites(ctx, storage.SiteFilter{})
	if err != nil {
		return nil, err
	}
	return origin.Ties(accounts, sites), nil
}

func (c *accountsSyncCmd) compare(ctx context.Context, sides *siteSides, t *origin.Tie, from, to time.Time) (compared, error) {
	none := compared{Comparison: origin.Comparison{Account: t.Account.Target(), From: govsweep.DateOf(from), To: govsweep.DateOf(to)}, Why: t.Why}
	if t.Site == nil {
		return none, nil
	}
	site, why, err := sides.of(ctx, t.Site)
	if err != nil || why != "" {
		none.Site, none.Why = t.Site.Target(), why
		return none, err
	}
	readings, err := sides.db.Readings(ctx, t.Account.ID, time.Time{})
	if err != nil {
		return none, err
	}
	posts, err := sides.db.Posts(ctx, t.Account.ID, sides.since)
	if err != nil {
		return none, err
	}
	return compared{Comparison: origin.Compare(site, origin.NewAccountSide(t.Account, readings, posts), from, to, origin.Default())}, nil
}

// syncer gives what compares the accounts of a sweep with their sites.
func (a *app) syncer(db *storage.DB, asOf time.Time) (func(context.Context, *govsweep.Account, []govsweep.Reading, []govsweep.Post) (*facts.AccountSync, error), error) {
	sites, err := db.Sites(a.ctx, storage.SiteFilter{})
	if err != nil {
		return nil, err
	}
	from := govsweep.MonthsBefore(asOf, syncMonths)
	sides := &siteSides{db: db, since: sideSince(from), held: map[govsweep.TargetID]*origin.SiteSide{}}
	return func(ctx context.Context, acc *govsweep.Account, readings []govsweep.Reading, posts []govsweep.Post) (*facts.AccountSync, error) {
		t := origin.Ties([]govsweep.Account{*acc}, sites)[0]
		if t.Site == nil {
			return &facts.AccountSync{Why: t.Why}, nil
		}
		side, why, err := sides.of(ctx, t.Site)
		if err != nil || why != "" {
			return &facts.AccountSync{Why: why, Site: t.Site.Target()}, err
		}
		known := origin.NewAccountSide(*acc, readings, posts)
		return origin.Compare(side, known, from, asOf, origin.Default()).Tally(side.AsOf), nil
	}, nil
}
