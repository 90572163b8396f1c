package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

// controls gives the control sites: the flag's, else the file's.
func (a *app) controls(given []string) ([]string, error) {
	if len(given) == 0 {
		given = a.settings.file.Control
	}
	var out []string
	for _, raw := range given {
		home, err := homeAddress(raw)
		if err != nil {
			return nil, err
		}
		out = append(out, home)
	}
	return out, nil
}

// controlWatch counts targets for the watch over the control sites; without
// controls it does nothing.
type controlWatch struct {
	watch          *sweep.Watch
	targets, ended int
}

// watch begins to watch the control sites of a sweep.
func (j *job) watch(in *sweep.Inspector, s *govsweep.Sweep, targets int) (*controlWatch, error) {
	w := &controlWatch{targets: targets}
	if len(j.flags.Control) == 0 {
		return w, nil
	}
	before, err := j.db.SweepHealth(j.app.ctx, s.ID)
	if err != nil {
		return nil, err
	}
	w.watch = in.StartWatch(j.app.ctx, j.db, s.ID, j.flags.Control, before.Controls, sweep.ControlEvery)
	for _, c := range w.watch.Controls() {
		if !c.OK {
			fmt.Fprintf(j.app.stderr, "对照网站%s不可访问：%s。检查照常进行，结果存疑。\n", reports.Clean(c.URL), whyFailed(c))
		}
	}
	return w, nil
}

// whyFailed is why a control failed, to stand within a sentence.
func whyFailed(c govsweep.Control) string {
	return firstOf(strings.TrimRight(reports.Clean(c.Why), "。"), "原因不明")
}

// target looks at the controls at each tenth of the targets.
func (w *controlWatch) target() {
	w.ended++
	if w.watch != nil && w.ended*10/max(w.targets, 1) > (w.ended-1)*10/max(w.targets, 1) {
		w.watch.Nudge()
	}
}

func (w *controlWatch) end(ctx context.Context) error {
	if w.watch == nil {
		return nil
	}
	_, err := w.watch.Stop(ctx)
	return err
}

// doubt is what the summary line of a run says when a control site failed.
func (j *job) doubt(s *govsweep.Sweep) (string, error) {
	if len(j.flags.Control) == 0 {
		return "", nil
	}
	health, err := j.db.SweepHealth(j.app.ctx, s.ID)
	if err != nil || !broken(health) {
		return "", err
	}
	return "（对照网站不可访问，结果存疑）", nil
}

// tellControls says at the end of a run which control sites failed.
func (j *job) tellControls(s *govsweep.Sweep) error {
	if s.ID == 0 || len(j.flags.Control) == 0 {
		return nil
	}
	health, err := j.db.SweepHealth(j.app.ctx, s.ID)
	if err != nil {
		return err
	}
	for _, c := range health.Controls {
		if !c.OK {
			fmt.Fprintf(j.app.stderr, "对照网站%s不可访问（%s），本次检查结果存疑。\n", reports.Clean(c.URL), whyFailed(c))
		}
	}
	return nil
}

// broken says whether a control site failed.
func broken(h *govsweep.SweepHealth) bool {
	return slices.ContainsFunc(h.Controls, func(c govsweep.Control) bool { return !c.OK })
}

// tellGate says whether a sweep may carry notices.
func (a *app) tellGate(db *storage.DB, s *govsweep.Sweep) error {
	if s.Kind == govsweep.RetestSweep {
		return nil
	}
	health, err := db.SweepHealth(a.ctx, s.ID)
	if err != nil {
		return err
	}
	if health.Targets == 0 && !broken(health) && (s.State == govsweep.SweepRunning || len(health.Controls) == 0) {
		return nil // nothing has ended yet
	}
	if s.State != govsweep.SweepDone {
		a.tellOpenGate(s, health)
		return nil
	}
	g, err := casework.Gate(a.ctx, db, s)
	if err != nil {
		return err
	}
	if !g.Suspect {
		fmt.Fprintf(a.stderr, "检查质量：可以据此下发整改通知。%s\n", g.Note)
		return nil
	}
	fmt.Fprintln(a.stderr, "检查质量：存疑，不能直接据此下发整改通知。")
	for _, why := range g.Reasons {
		fmt.Fprintln(a.stderr, "  "+reports.Clean(why))
	}
	return nil
}

// tellOpenGate says of a sweep that did not come to its end that it has no
// conclusion: the targets that have ended are no sample of all. Only a control
// that failed is told.
func (a *app) tellOpenGate(s *govsweep.Sweep, health *govsweep.SweepHealth) {
	where := "进行中"
	if s.State == govsweep.SweepCancelled {
		where = "检查已取消"
	}
	if broken(health) {
		fmt.Fprintf(a.stderr, "检查质量：%s，结果存疑，不能直接据此下发整改通知。\n", where)
		for _, c := range health.Controls {
			if !c.OK {
				fmt.Fprintf(a.stderr, "  对照网站%s未能正常打开（%s）。\n", reports.Clean(c.URL), whyFailed(c))
			}
		}
		return
	}
	after := "完成前不作结论"
	if s.State == govsweep.SweepCancelled {
		after = "没有完成，不作结论"
	}
	fmt.Fprintf(a.stderr, "检查质量：%s，已结束%d个对象，%s。\n", where, health.Targets, after)
}
