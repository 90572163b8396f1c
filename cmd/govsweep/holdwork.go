package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// A workHold is work that this process does whole, and what it writes for it
// is fenced: of a process that was stopped or cut off nothing is accepted once
// another has the work.
type workHold struct {
	db  *storage.DB // every write through it is refused once the work is lost
	own *storage.DB
	storage.Tenure
	files []func()
}

// holdWork takes work for this process; nil when another one has it. That of a
// process that died on this machine is taken over at once, else when its
// tenure has run out.
func (a *app) holdWork(db *storage.DB, name string) (*workHold, error) {
	ttl, err := a.leaseTime()
	if err != nil {
		return nil, err
	}
	owner, gone, ended, err := a.workerName()
	if err != nil {
		return nil, err
	}
	got, err := db.Take(a.ctx, name, owner, time.Time{}, ttl)
	if err == nil && got == nil && gone != nil {
		got, err = takeFromDead(a.ctx, db, name, owner, ttl, gone)
	}
	if err != nil || got == nil {
		ended()
		return nil, err
	}
	return &workHold{own: db, db: db.Under(*got), Tenure: *got, files: []func(){ended}}, nil
}

// takeFromDead takes work over whose process has died for certain; nil when it has not.
func takeFromDead(ctx context.Context, db *storage.DB, name, owner string, ttl time.Duration, gone func(string) bool) (*storage.Tenure, error) {
	at, err := db.TenureOf(ctx, name, time.Time{})
	if err != nil || at != nil && !gone(at.Owner) {
		return nil, err
	}
	if at != nil {
		if err := db.Expire(ctx, *at); err != nil {
			return nil, err
		}
	}
	return db.Take(ctx, name, owner, time.Time{}, ttl)
}

// let gives the work back. Nothing is written for it afterwards. When that
// fails, it runs out.
func (h *workHold) let() {
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	_ = h.own.GiveBack(ctx, h.Tenure)
	for _, let := range h.files {
		let()
	}
}

// run keeps the work while it lasts, and ends it with a Conflict when another
// process has taken it over, or when that must be feared because the database
// was out of reach for so long.
func (h *workHold) run(ctx context.Context, work func(ctx context.Context) error) error {
	held, stop := context.WithCancelCause(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		h.keep(held, stop)
	}()
	err := work(held)
	lost := context.Cause(held)
	stop(nil)
	<-ended
	if err != nil && lost != nil && ctx.Err() == nil {
		return lost
	}
	return err
}

func (h *workHold) keep(held context.Context, lose context.CancelCauseFunc) {
	every := h.TTL / 3
	tick := time.NewTicker(every)
	defer tick.Stop()
	for safe, t := time.Now(), h.Tenure; ; {
		select {
		case <-held.Done():
			return
		case <-tick.C:
		}
		asked := time.Now()
		brief, stop := context.WithTimeout(held, every)
		err := h.own.Prolong(brief, &t, time.Time{})
		stop()
		switch {
		case err == nil:
			safe = asked
		case errors.Is(err, govsweep.ErrLeaseLost):
			lose(err)
		case time.Since(safe) > h.TTL && held.Err() == nil:
			lose(&govsweep.Error{Kind: govsweep.Unavailable, Say: "数据库长时间无法访问，检查暂停，稍后可以继续", Err: err})
		}
	}
}

// holdSweep takes a sweep over accounts, which one process at a time works on:
// it reads every source once, at most a few at a time of one host, and judges
// when all are read. One that another process has is a Conflict.
func (a *app) holdSweep(db *storage.DB, sweep int64) (*workHold, error) {
	h, err := a.holdWork(db, fmt.Sprintf("sweep %d", sweep))
	if err != nil {
		return nil, err
	}
	if h == nil {
		return nil, &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("第%d次检查正由另一个程序运行，请等它结束；它若在另一台机器上被强制结束，一分钟后可以接着做", sweep)}
	}
	shared, err := a.share(sweep) // so that others see that the sweep was not cut short
	if err != nil {
		h.let()
		return nil, err
	}
	h.files = append(h.files, shared)
	return h, nil
}

// holdWatch takes the watch of one vantage. Two of them on the same data would
// visit every site twice and break the spacing of both.
func (a *app) holdWatch(db *storage.DB, vantage string) (*workHold, error) {
	h, err := a.holdWork(db, "probe-watch "+vantage)
	if err != nil || h != nil {
		return h, err
	}
	where := ""
	if vantage != "" {
		where = "（监测点“" + vantage + "”）"
	}
	return nil, &govsweep.Error{Kind: govsweep.Conflict,
		Say: "同一数据上已有一个持续监测" + where + "正在运行，不能再开始一个。请等它结束，或先将它停止（Ctrl-C），再用同样的命令继续；它若在另一台机器上被强制结束，一分钟后可以继续。另一处监测点请用 --vantage 写明名称。"}
}
