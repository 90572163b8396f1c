package main

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

func TestAResumeWithoutANumberTakesTheNewestSweepThatIsOpen(t *testing.T) {
	t.Parallel()
	var newest atomic.Int64
	home, _ := officeSite(t, &newest)
	dir := t.TempDir()
	cli(t, dir, "inspect", home, "--rate", "-1", "--fail-on", "none")
	db, err := storage.Open(t.Context(), "sqlite:"+dir+"/govsweep.db", storage.Options{})
	must(t, err)
	sites, err := db.Sites(t.Context(), storage.SiteFilter{})
	must(t, err)
	for _, s := range []govsweep.Sweep{
		{Kind: "sweep", Scope: "level=县级", State: govsweep.SweepRunning, Options: `{"Rate":-1,"FailOn":"none","AllowNet":["127.0.0.0/8"]}`},
		{Kind: govsweep.AccountSweep, State: govsweep.SweepDone, Options: "{}"},
		{Kind: "sweep", State: govsweep.SweepCancelled, Options: "{}"},
		{Kind: govsweep.RetestSweep, State: govsweep.SweepRunning, Options: "{}"},
	} {
		s.Rulebook, s.AsOf, s.Started = "gov-2019-19", time.Now(), time.Now()
		must(t, db.CreateSweep(t.Context(), &s, []govsweep.Target{sites[0].Target()}))
	}
	must(t, db.Close())
	for _, step := range []struct {
		name, says string
		works      bool
	}{{"one is open, later ones have ended", "继续第2次检查（level=县级）。", true}, {"none is open", "没有未完成的检查。", false}} {
		out, errs, code := cli(t, dir, "sweep", "resume")
		if code != exitDone || !strings.Contains(errs, step.says) || (out != "") != step.works {
			t.Errorf("%s: exit %d, %s, %s", step.name, code, errs, out)
		}
	}
}
