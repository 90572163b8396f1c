package main

import (
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// settle sets where the targets of a sweep stand for who reads it: those left
// of a cancelled one were cancelled with it, and those of one under way that
// wait for their hours wait, until when they say.
func (a *app) settle(db *storage.DB, s *govsweep.Sweep, rows []govsweep.SweepTarget) error {
	switch s.State {
	case govsweep.SweepCancelled:
		cancelled(rows)
	case govsweep.SweepRunning:
		leases, err := db.Leases(a.ctx, s.ID, time.Time{})
		if err != nil {
			return err
		}
		waiting(rows, leases)
	}
	return nil
}

func cancelled(rows []govsweep.SweepTarget) {
	for i := range rows {
		if r := &rows[i]; r.State == govsweep.SweepRunning || r.State == govsweep.SweepWaiting {
			note := "检查已取消，尚未开始。"
			if !r.Began.IsZero() {
				note = "检查已取消，没有完成。"
			}
			r.State, r.Note = govsweep.SweepCancelled, firstOf(r.Note, note)
		}
	}
}

func waiting(rows []govsweep.SweepTarget, leases []govsweep.Lease) {
	parked := map[govsweep.TargetID]string{}
	for _, l := range leases {
		if l.Waits() {
			parked[l.Target.ID] = "等待采集时段，至" + govsweep.ChineseMinute(l.Opens())
		}
	}
	for i := range rows {
		r := &rows[i]
		if note := parked[r.Target.ID]; note != "" {
			r.State, r.Note = govsweep.SweepWaiting, firstOf(r.Note, note)
		}
	}
}
