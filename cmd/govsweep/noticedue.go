package main

import (
	"errors"
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// ids gives the notices to look at: those named, else all that are open.
func (c *noticeDueCmd) ids(a *app, o *office) ([]string, error) {
	if len(c.ID) > 0 {
		return c.ID, nil
	}
	open, err := o.db.Notices(a.ctx, storage.NoticeFilter{Open: true})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, n := range open {
		if n.Parent == "" {
			ids = append(ids, n.ID)
		}
	}
	return ids, nil
}

// one does, or only lists, what is due for one notice.
func (c *noticeDueCmd) one(a *app, o *office, id string) ([]casework.Done, error) {
	if c.DryRun {
		n, pending, err := o.desk.Pending(a.ctx, id)
		if err != nil {
			return nil, err
		}
		var out []casework.Done
		for _, p := range pending {
			out = append(out, casework.Done{Notice: n, Action: p})
			fmt.Fprintln(a.stdout, dueLine(n, p))
		}
		return out, nil
	}
	done, fault := o.desk.Due(a.ctx, id, a.looker(o, c.crawl()))
	for _, d := range done {
		line := dueLine(d.Notice, d.Action)
		if d.Err != nil {
			line += "未能办理：" + said(d.Err)
		}
		fmt.Fprintln(a.stdout, line)
		if d.Paper == nil {
			continue
		}
		fmt.Fprintln(a.stdout, issued(d.Paper))
		fault = errors.Join(fault, a.keepNotice(o, d.Paper, c.Out))
	}
	return done, fault
}

func dueLine(n *govsweep.Notice, action rectify.Action) string {
	return fmt.Sprintf("%s（%s）%s：%s", reports.Clean(firstOf(n.Number, n.ID)), reports.Clean(n.Target.Name), rectify.StepWord(action.Event), action.Why)
}
