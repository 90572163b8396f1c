package main

import (
	"context"
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
)

type noticeRetestCmd struct {
	noticeID
	Item []int  `help:"只复查第几项，可重复。默认为全部未了结的。" placeholder:"项"`
	By   string `help:"要求复查的人员姓名。" placeholder:"姓名"`
	sameCause
	lookFlags
}

// Run looks again at items of a notice and, unless told otherwise, at those of
// the same root cause.
func (c *noticeRetestCmd) Run(a *app) error {
	items := c.Item
	if len(items) > 0 && !c.Only {
		o, err := a.office()
		if err != nil {
			return err
		}
		n, err := o.db.Notice(a.ctx, c.ID)
		o.db.Close()
		if err != nil {
			return err
		}
		items = rectify.Same(n, items)
	}
	return a.retestNotice(c.ID, items, c.By, c.crawl())
}

// retestNotice looks again and prints item by item what was seen. Exit code
// 1 says that a fault is still there, 3 that something could not be judged.
func (a *app) retestNotice(id string, items []int, by string, f crawlFlags) error {
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	n, err := o.desk.Retest(a.ctx, id, items, by, a.looker(o, f))
	if err != nil {
		return err
	}
	judged := &retested{results: map[string]govsweep.Retest{}}
	for _, r := range lastRetests(n) {
		fmt.Fprintf(a.stderr, "第%d项 %s：%s。%s\n", r.No, reports.Clean(r.Title), retestWords[r.Retest.Result], reports.Clean(r.Retest.Why))
		judged.results[fmt.Sprint(r.No)] = *r.Retest
	}
	code := worse(exitDone, judged)
	if err := a.say(n, stands(n)); err != nil || code == exitDone {
		return err
	}
	return exit(code)
}

// lastRetests gives the items the last re-test was about.
func lastRetests(n *govsweep.Notice) []govsweep.NoticeItem {
	var sweep int64
	for _, s := range n.Steps {
		sweep = max(sweep, s.Sweep)
	}
	var out []govsweep.NoticeItem
	for _, it := range n.Items {
		if it.Retest != nil && it.Retest.Sweep == sweep {
			out = append(out, it)
		}
	}
	return out
}

// looker looks again for the desk.
func (a *app) looker(o *office, f crawlFlags) casework.Looker {
	return func(_ context.Context, site govsweep.TargetID, about []govsweep.Standing) (int64, map[string]govsweep.Retest, error) {
		r, err := a.lookAgain(o.db, site, about, f)
		if err != nil {
			return 0, nil, err
		}
		return r.sweep.ID, r.results, nil
	}
}

type noticeCloseCmd struct {
	noticeID
	Reason string `help:"说明。" placeholder:"文字"`
	act
}

// Run ends a notice whose items are all settled.
func (c *noticeCloseCmd) Run(a *app) error {
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	n, err := o.desk.Close(a.ctx, c.ID, c.By, c.Reason)
	if err != nil {
		return err
	}
	return a.say(n, stands(n))
}
