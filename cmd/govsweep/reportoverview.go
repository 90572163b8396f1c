package main

import (
	"os"
	"path/filepath"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// writeOverview writes what a sweep showed of all its targets, also of those
// that failed and those of an earlier run or another process; line gives one
// that was judged. A sweep over accounts and a re-test say nothing of the
// register of sites.
func (a *app) writeOverview(db *storage.DB, o *reports.Overview, dir string, line func(govsweep.Target) (reports.Line, error)) (string, error) {
	targets, err := db.SweepTargets(a.ctx, o.Sweep.ID)
	if err != nil {
		return "", err
	}
	for _, t := range targets {
		l := reports.Line{Target: t.Target, Note: firstOf(t.Note, "尚未完成检查")}
		if t.State == govsweep.SweepDone {
			if l, err = line(t.Target); err != nil {
				return "", err
			}
		}
		o.Lines = append(o.Lines, l)
	}
	if o.Sweep.Kind != govsweep.AccountSweep && o.Sweep.Kind != govsweep.RetestSweep {
		if o.Register, err = a.registerNotes(db, o.Sweep.ID); err != nil {
			return "", err
		}
		o.Compared = true
	}
	return reports.WriteSweep(dir, o)
}

// lineOf gives the line of a target of this run, else as it is kept, with its
// report where one lies in the folder.
func (j *job) lineOf(s *govsweep.Sweep) func(govsweep.Target) (reports.Line, error) {
	lines := make(map[govsweep.TargetID]reports.Line, len(j.lines))
	for _, l := range j.lines {
		lines[l.Target.ID] = l
	}
	return func(t govsweep.Target) (reports.Line, error) {
		if l, ok := lines[t.ID]; ok {
			return l, nil
		}
		in, err := j.db.Inspection(j.app.ctx, govsweep.Run{Sweep: s.ID, Target: t.ID})
		if err != nil {
			return reports.Line{}, err
		}
		l := reports.LineOf(in)
		if _, err := os.Stat(filepath.Join(j.flags.Out, l.File)); err != nil {
			l.File = "" // it was written into another folder, or not at all
		}
		return l, nil
	}
}
