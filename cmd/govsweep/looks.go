package main

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
)

// planLooks keeps when a site that was just judged is to be looked at next,
// whoever had it judged: a schedule, sweep run or inspect. What cannot be kept
// is logged: the site is then looked at sooner, never later.
func (a *app) planLooks(db *storage.DB, book *rules.Rulebook) func(context.Context, govsweep.TargetID) {
	return func(ctx context.Context, id govsweep.TargetID) {
		ctx, done := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second) // the result stands: a stop does not undo it
		defer done()
		b := *a
		b.ctx = ctx
		d, err := lastDossier(&b, db, id)
		if err == nil && d != nil {
			err = db.SaveSiteLooks(ctx, []govsweep.SiteLook{schedule.SiteNext(id, d.AsOf, schedule.Looks(d, book))})
		}
		if err != nil {
			a.log.WarnContext(ctx, "next look not kept", "target", id, "error", err)
		}
	}
}
