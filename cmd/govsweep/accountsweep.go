package main

import (
	"context"
	"runtime/debug"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/crawler/media"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

var _ sweep.AccountStore = (*storage.DB)(nil)

// accountOptions are what may be said of a sweep over accounts alone.
type accountOptions struct {
	RSSHub  string `name:"rsshub" help:"检查账号时使用的 RSSHub 类聚合服务的地址。默认为配置文件中的 rsshub。" placeholder:"网址" json:",omitempty"`
	Offline bool   `help:"检查账号时不读取信息来源，只依据已导入和已读取的信息。" json:",omitempty"`
}

// accountScope reads the conditions of a scope of accounts.
func accountScope(words []string) (storage.AccountFilter, error) {
	s, err := register.ReadAccountScope(words)
	return storage.AccountFilter{Media: s.Media, Region: s.Region, Level: s.Level, Host: s.Host, Tag: s.Tag, IDs: s.IDs}, err
}

// accounts sweeps the registered accounts of a scope.
func (c *sweepRunCmd) accounts(a *app, words []string) error {
	if c.Sample != "" || len(c.Control) > 0 {
		return wrongUse("检查账号时不用 --sample 和 --control；控制账号在名录中登记")
	}
	c.RSSHub = firstOf(c.RSSHub, a.settings.file.RSSHub) // a resume and a re-test ask the same one
	if err := wrongHub(c.RSSHub); err != nil {
		return err
	}
	f, err := accountScope(words)
	if err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := db.Accounts(a.ctx, f)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return wrongUse("该范围内没有在册的账号，请先用 govsweep import accounts 导入名录")
	}
	targets := make([]govsweep.Target, len(all))
	for i := range all {
		targets[i] = all[i].Target()
	}
	j := job{app: a, db: db, flags: c.crawlFlags, kind: govsweep.AccountSweep, scope: strings.Join(append([]string{"kind=account"}, words...), " "),
		total: c.TotalParallel, media: c.accountOptions}
	return j.start(targets)
}

// memoryOfAccounts is what the heap of a sweep over accounts may take before
// it is collected more often.
const memoryOfAccounts = 160 << 20

// accountRunner makes ready what runs a sweep over accounts.
func (j *job) accountRunner(s *govsweep.Sweep, targets int) (*runner, error) {
	stack, in, err := j.accountSweep()
	if err != nil {
		return nil, err
	}
	if in.Sync, err = j.app.syncer(j.db, s.AsOf); err != nil {
		stack.Close()
		return nil, err
	}
	if !keepsMemory() {
		debug.SetMemoryLimit(memoryOfAccounts)
	}
	bar := j.app.bar(targets, "账号", "条来源")
	in.Progress = bar.pages
	return &runner{stack, bar, func(tell func(sweep.Result)) error {
		return j.held.run(j.app.ctx, func(ctx context.Context) error { return in.Run(ctx, s, tell) })
	}}, nil
}

// accountSweep makes what reads and judges accounts.
func (j *job) accountSweep() (*crawler.Stack, *sweep.Accounts, error) {
	j.media.RSSHub = firstOf(j.media.RSSHub, j.app.settings.file.RSSHub)
	if err := wrongHub(j.media.RSSHub); err != nil {
		return nil, nil, err
	}
	book, all, err := j.app.loadBook(j.flags.Rulebook)
	if err != nil {
		return nil, nil, err
	}
	options, err := j.app.fetchOptions(j.flags)
	if err != nil {
		return nil, nil, err
	}
	stack, err := crawler.New(options)
	if err != nil {
		return nil, nil, wrongUse("采集设置有误：%s", strings.ReplaceAll(err.Error(), "\n", ""))
	}
	store, fence := j.db, int64(0)
	if j.held != nil {
		store, fence = j.held.db, j.held.Fence
	}
	in := &sweep.Accounts{Store: store, Fence: fence, Rules: book, Indicators: all, Now: time.Now, PerHost: options.Parallel, AtOnce: min(j.total, 32)}
	if !j.media.Offline {
		in.Reader = &media.Reader{Fetch: stack, Base: j.media.RSSHub, Now: time.Now}
	}
	if !j.flags.NoEvidence {
		if in.Evidence, err = j.app.evidenceOf(j.db); err != nil {
			stack.Close()
			return nil, nil, err
		}
	}
	return stack, in, nil
}
