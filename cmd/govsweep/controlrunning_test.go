package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/litetest"
	"github.com/govsweep/govsweep/storage"
)

func TestASweepUnderWayIsInDoubtOnlyWhereAControlFailed(t *testing.T) {
	for name, c := range map[string]struct {
		state govsweep.SweepState
		why   string
		want  string
	}{
		"under way, the control answers, no site has ended":    {govsweep.SweepRunning, "", ""},
		"under way, the control failed":                        {govsweep.SweepRunning, "15秒内未能打开", "存疑"},
		"ended, the control answers, no site came to a result": {govsweep.SweepDone, "", "没有一个对象得出结果"},
	} {
		db, err := storage.Open(t.Context(), litetest.DSN(t), storage.Options{})
		must(t, err)
		at := time.Date(2026, 8, 20, 10, 0, 0, 0, govsweep.Shanghai)
		s := &govsweep.Sweep{Kind: "sweep", Rulebook: "gov-2019-19", AsOf: at, Started: at, State: c.state}
		must(t, db.CreateSweep(t.Context(), s, nil))
		must(t, db.SaveControls(t.Context(), s.ID, []govsweep.Control{{URL: "https://control.example/", OK: c.why == "", Why: c.why}}))
		var said bytes.Buffer
		must(t, (&app{ctx: t.Context(), stderr: &said}).tellGate(db, s))
		if !strings.Contains(said.String(), c.want) || c.want == "" && said.Len() > 0 {
			t.Errorf("%s: %q", name, said.String())
		}
		must(t, db.Close())
	}
}
