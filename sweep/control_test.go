package sweep_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
)

func TestControlsAreWatchedThroughASweep(t *testing.T) {
	t.Parallel()
	b, sound := newBoard(), newBoard()
	home, asked := counted(t, b)
	other, _ := counted(t, sound)
	w := newWorld(t, sqlite(t), crawler.Options{})
	site := w.portal(other)
	s, target := w.begin(site)
	watch := w.in.StartWatch(w.ctx, w.db, s.ID, []string{home, other}, nil, time.Hour)
	for _, c := range watch.Controls() {
		if !c.OK || c.Why != "" {
			t.Errorf("before the sweep: %+v", c)
		}
	}
	b.set("/", answer(http.StatusBadGateway, "text/html", "bad gateway"))
	before := asked()["/"]
	watch.Nudge()
	for deadline := time.Now().Add(10 * time.Second); watch.Controls()[0].OK && time.Now().Before(deadline); {
		watch.Nudge()
	}
	b.set("/", b.page("某某市人民政府", "恢复"))
	got, err := watch.Stop(w.ctx)
	must(t, err)
	if got[0].OK || !strings.Contains(got[0].Why, "检查中") || !strings.Contains(got[0].Why, "502") || !got[1].OK {
		t.Errorf("after the sweep: %+v", got)
	}
	if asked()["/"] == before {
		t.Error("the control was not asked for again")
	}
	health, err := w.db.SweepHealth(w.ctx, target.Sweep)
	must(t, err)
	if len(health.Controls) != 2 || health.Controls[0].OK {
		t.Errorf("kept: %+v", health.Controls)
	}
	again, err := w.in.StartWatch(w.ctx, w.db, s.ID, []string{home, other}, health.Controls, time.Hour).Stop(w.ctx)
	must(t, err)
	if again[0].OK || again[0].Why != got[0].Why {
		t.Errorf("a resume forgot the failure: %+v", again)
	}
}

// TestAControlStaysBehindTheGuard asks for a control in a network that may
// not be dialled.
func TestAControlStaysBehindTheGuard(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sqlite(t), crawler.Options{})
	s, _ := w.begin(govsweep.Site{ID: "host:x", Name: "x", URL: "http://127.0.0.1:1/"})
	got, err := w.in.StartWatch(w.ctx, w.db, s.ID, []string{"http://169.254.169.254/"}, nil, time.Hour).Stop(w.ctx)
	must(t, err)
	if got[0].OK || !strings.Contains(got[0].Why, "网络范围") {
		t.Errorf("%+v", got)
	}
}
