package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/crawler/media"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// accountsAtOnce is how many accounts are read at the same time; the limits
// of each host hold all the same.
const accountsAtOnce = 16

// looked is one look at one source of one account.
type looked struct {
	Account govsweep.Target  `json:"target"`
	Reading govsweep.Reading `json:"reading"`
}

// lookAt reads every source of the accounts now and keeps what it showed.
func (a *app) lookAt(db *storage.DB, accounts []govsweep.Account, base string) ([]looked, error) {
	opts, err := a.fetchOptions(crawlFlags{})
	if err != nil {
		return nil, err
	}
	stack, err := crawler.New(opts)
	if err != nil {
		return nil, err
	}
	defer stack.Close()
	r := &media.Reader{Fetch: stack, Base: base, Now: time.Now}
	out := make([][]looked, len(accounts))
	ctx, stop := context.WithCancelCause(a.ctx)
	defer stop(nil)
	var group sync.WaitGroup
	next := make(chan int)
	for range min(accountsAtOnce, len(accounts)) {
		group.Go(func() {
			for i := range next {
				found, err := lookOnce(ctx, db, r, &accounts[i])
				if err != nil {
					stop(err)
				}
				out[i] = found
			}
		})
	}
	for i := range accounts {
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	group.Wait()
	var all []looked
	for _, l := range out {
		all = append(all, l...)
	}
	return all, context.Cause(ctx)
}

func lookOnce(ctx context.Context, db *storage.DB, r *media.Reader, acc *govsweep.Account) ([]looked, error) {
	var out []looked
	for _, s := range acc.Sources {
		before, err := db.LastReading(ctx, acc.ID, s)
		if err != nil {
			return nil, err
		}
		rd, posts, err := r.Read(ctx, acc, s, before)
		if err != nil {
			return nil, err
		}
		if err := db.SaveReading(ctx, acc.ID, &rd, posts); err != nil {
			return nil, err
		}
		out = append(out, looked{acc.Target(), rd})
	}
	return out, nil
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
		{Title: "平台", Width: 12}, {Title: "账号名称", Width: 22}, {Title: "来源", Width: 40}, {Title: "状态", Width: 10}, {Title: "信息条数", Width: 9, Right: true},
		{Title: "最新信息", Width: 12}, {Title: "上次正常", Width: 12}, {Title: "说明", Width: 50}, {Title: "账号代码", Width: 30, Wide: true},
	}}
	for i := range all {
		l := &all[i]
		g.Rows = append(g.Rows, []reports.Cell{
			shownText(register.MediaWord(media[l.Account.ID])), shownText(l.Account.Name), shownText(l.Reading.Source.Key()), shownText(healthWord(l.Reading.Health)),
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

func healthWord(h govsweep.SourceHealth) string {
	return map[govsweep.SourceHealth]string{
		govsweep.SourceWorking: "正常", govsweep.SourceBlocked: "被拦截", govsweep.SourceEmpty: "无内容", govsweep.SourceMalformed: "内容损坏",
		govsweep.SourceGone: "不存在", govsweep.SourceRenamed: "名称不符", govsweep.SourceClosed: "平台已关闭", govsweep.SourceDown: "无法访问",
	}[h]
}
