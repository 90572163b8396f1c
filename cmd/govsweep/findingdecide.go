package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/storage"
)

// picked names the findings of a decision: by their ids, with all that have
// the same root cause, or all of a sweep that fit.
type picked struct {
	ID        []string `arg:"" optional:"" name:"id" help:"问题编号，可写多个。"`
	Same      bool     `help:"连同该次检查中出于同一原因的问题。"`
	All       bool     `help:"不写编号，处理该次检查中符合 --site、--indicator 的全部问题。"`
	Sweep     int64    `help:"检查编号。默认为最近一次。" placeholder:"编号"`
	Site      string   `help:"与 --all 同用：网站标识码。" placeholder:"标识码"`
	Indicator string   `help:"与 --all 同用：指标的代码（column-blank）或编号（XG-11），见 govsweep rules list。" placeholder:"指标"`
}

// ids gives the ids picked. With All only those whose status the decision may
// move are taken, so that a bulk decision does not stop at what is decided.
func (p *picked) ids(a *app, db *storage.DB, movable ...govsweep.FindingStatus) ([]string, error) {
	switch {
	case p.All && len(p.ID) > 0:
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "--all 与问题编号不能同时使用"}
	case !p.All && len(p.ID) == 0:
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "请写明问题编号；处理全部符合条件的问题请用 --all，并以 --site 或 --indicator 限定"}
	case p.All && p.Site == "" && p.Indicator == "":
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "--all 须以 --site 或 --indicator 限定，以免误将全部问题一并处理"}
	case !p.All && !p.Same:
		return p.ID, nil
	}
	s, err := ofSweep{p.Sweep}.about(a, db, p.Site)
	if err != nil {
		return nil, err
	}
	found, err := pick{site: p.Site, indicator: p.Indicator}.from(a, db, s.ID)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(f govsweep.Finding) bool { return !slices.Contains(movable, f.Status) })
	if p.All {
		return idsOf(found), none(len(found))
	}
	return p.same(found)
}

func none(n int) error {
	if n == 0 {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: "没有符合条件、可作此处理的问题"}
	}
	return nil
}

// same adds to the ids named those that share a root cause with one of them.
func (p *picked) same(found []govsweep.Finding) ([]string, error) {
	out := slices.Clone(p.ID)
	for _, g := range rectify.Groups(found) {
		ids := idsOf(g.Members)
		if slices.ContainsFunc(ids, func(id string) bool {
			return slices.ContainsFunc(p.ID, func(want string) bool { return strings.HasPrefix(id, strings.ToUpper(want)) })
		}) {
			out = append(out, ids...)
		}
	}
	return out, nil
}

func idsOf(fs []govsweep.Finding) []string {
	ids := make([]string, len(fs))
	for i := range fs {
		ids[i] = fs[i].ID
	}
	return ids
}

// decision is what every decision needs.
type decision struct {
	picked
	Reason string `help:"理由。" placeholder:"文字"`
	By     string `required:"" help:"作出决定的人员姓名。" placeholder:"姓名"`
}

type (
	confirmCmd struct{ decision }
	rejectCmd  struct{ decision }
	reopenCmd  struct{ decision }
	undoCmd    struct{ decision }
)

// Run confirms findings.
func (c *confirmCmd) Run(a *app) error {
	return c.decide(a, rectify.Decision{Event: govsweep.Confirm}, govsweep.Proposed, govsweep.Reopened)
}

// Run rejects findings, with a reason: the site owner and the auditor read it.
func (c *rejectCmd) Run(a *app) error {
	if strings.TrimSpace(c.Reason) == "" {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "排除问题需用 --reason 写明理由"}
	}
	return c.decide(a, rectify.Decision{Event: govsweep.Reject}, govsweep.Proposed, govsweep.Reopened, govsweep.Confirmed)
}

// Run opens findings again.
func (c *reopenCmd) Run(a *app) error {
	c.Reason = firstOf(c.Reason, "未写明理由")
	return c.decide(a, rectify.Decision{Event: govsweep.Reopen}, govsweep.Rejected, govsweep.Exempted, govsweep.Fixed)
}

// Run takes back the last decision of a person about findings.
func (c *undoCmd) Run(a *app) error {
	return c.with(a, func(desk *casework.Desk, ids []string) ([]govsweep.Transition, error) {
		return desk.Undo(a.ctx, ids, c.By, c.Reason)
	}, govsweep.Proposed, govsweep.Confirmed, govsweep.Rejected, govsweep.Exempted, govsweep.Reopened)
}

func (d *decision) decide(a *app, what rectify.Decision, movable ...govsweep.FindingStatus) error {
	what.By, what.Reason, what.At = d.By, d.Reason, time.Now()
	return d.with(a, func(desk *casework.Desk, ids []string) ([]govsweep.Transition, error) {
		return desk.Decide(a.ctx, ids, what)
	}, movable...)
}

// with does something about the findings picked and says what came of it.
func (d *decision) with(a *app, do func(*casework.Desk, []string) ([]govsweep.Transition, error), movable ...govsweep.FindingStatus) error {
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	ids, err := d.ids(a, o.db, movable...)
	if err != nil {
		return err
	}
	moves, err := do(o.desk, ids)
	if err != nil {
		return err
	}
	return a.tell(moves)
}

// tell says what decisions came to.
func (a *app) tell(moves []govsweep.Transition) error {
	for i := range moves {
		m := &moves[i]
		line := fmt.Sprintf("问题%s：%s，现为“%s”。", m.Finding, rectify.EventWord(m.Event), rectify.StatusWord(m.To))
		if m.Event == govsweep.Endorse {
			line = fmt.Sprintf("问题%s属单项否决，已由%s初核，须第二名检查人员再次确认。", m.Finding, harmless(m.By))
		}
		fmt.Fprintln(a.stderr, line)
	}
	return nil
}
