package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// looked is one look at one source of one account.
type looked struct {
	Account govsweep.Target  `json:"target"`
	Reading govsweep.Reading `json:"reading"`
}

// lookAt reads every source of the accounts now and keeps what it showed, in
// order of account and source.
func (a *app) lookAt(db *storage.DB, accounts []govsweep.Account, base string) ([]looked, error) {
	j := job{app: a, db: db, flags: crawlFlags{NoEvidence: true}, media: accountOptions{RSSHub: base}}
	stack, in, err := j.accountSweep()
	if err != nil {
		return nil, err
	}
	defer stack.Close()
	var all []looked
	err = in.Look(a.ctx, accounts, func(acc *govsweep.Account, rd *govsweep.Reading) {
		all = append(all, looked{acc.Target(), *rd})
	})
	slices.SortStableFunc(all, func(x, y looked) int {
		return cmp.Or(cmp.Compare(x.Account.ID, y.Account.ID), cmp.Compare(x.Reading.Source.Key(), y.Reading.Source.Key()))
	})
	return all, err
}

// check reads the sources of the accounts listed and says how each does.
func (c *accountsListCmd) check(a *app, db *storage.DB, accounts []govsweep.Account) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	all, err := a.lookAt(db, accounts, c.RSSHub)
	if err != nil {
		return err
	}
	working := 0
	for _, l := range all {
		if l.Reading.Health == govsweep.SourceWorking {
			working++
		}
	}
	fmt.Fprintf(a.stderr, "%d个账号共有%d个信息来源，正常%d个。来源不正常的，不作为认定账号未更新的依据。\n", len(accounts), len(all), working)
	return a.grid(sourceGrid(accounts, all), func(w io.Writer) error { return jsonLines(w, all) })
}

func sourceGrid(accounts []govsweep.Account, all []looked) reports.Grid {
	media := map[govsweep.TargetID]govsweep.MediaKind{}
	for i := range accounts {
		media[accounts[i].ID] = accounts[i].Media
	}
	g := reports.Grid{Name: "信息来源状态", Cols: []reports.Col{
		{Title: "平台", Width: 12}, {Title: "账号名称", Width: 22}, {Title: "来源", Width: 40, Tell: true}, {Title: "状态", Width: 10}, {Title: "信息条数", Width: 9, Right: true},
		{Title: "最新信息", Width: 12, Keep: true}, {Title: "上次正常", Width: 12, Spare: true}, {Title: "说明", Width: 50, Tell: true}, {Title: "账号代码", Width: 30, Wide: true},
	}}
	for i := range all {
		l := &all[i]
		g.Rows = append(g.Rows, []reports.Cell{
			shownText(register.MediaWord(media[l.Account.ID])), shownText(l.Account.Name), shownText(l.Reading.Source.Key()), shownText(l.Reading.Health.Word()),
			{Text: fmt.Sprint(l.Reading.Items), Number: float64(l.Reading.Items), IsNum: true},
			shownText(dayOf(l.Reading.Newest)), shownText(dayOf(l.Reading.Alive)), shownText(l.Reading.Why), shownText(string(l.Account.ID)),
		})
	}
	return g
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(govsweep.Shanghai).Format("2006-01-02")
}
