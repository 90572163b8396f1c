package storage_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
)

func TestVisitsAreKeptAsTheyWereSeen(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		ctx, db := t.Context(), open(t, dsn)
		visit := func(target string, at int64, series govsweep.ProbeSeries, r govsweep.ProbeResult) govsweep.ProbeVisit {
			return govsweep.ProbeVisit{Target: govsweep.TargetID(target), Series: series, At: unix(at), Slot: 3, URL: "http://a.gov.cn/",
				Family: 4, Total: 15 * time.Second, Result: r, Cause: "坏字节\xff\x00",
				Cert: &govsweep.Certificate{Subject: "CN=a", NotAfter: unix(99), Fault: govsweep.CertName}}
		}
		late := visit("A", 9000, govsweep.Availability, govsweep.ProbeFailed)
		early := visit("A", 5000, govsweep.Availability, govsweep.ProbeOpened)
		six := visit("A", 5000, govsweep.IPv6Series, govsweep.ProbeUnmeasured)
		must(t, db.SaveProbes(ctx, []govsweep.ProbeVisit{late, early, six, early, visit("B", 5000, govsweep.Availability, govsweep.ProbeDoubtful)}))
		again := late
		again.Result = govsweep.ProbeOpened
		must(t, db.SaveProbes(ctx, []govsweep.ProbeVisit{again}))
		must(t, db.SaveProbes(ctx, nil))

		got, err := db.Probed(ctx, "A", unix(5000), unix(9001))
		must(t, err)
		want := []govsweep.ProbeVisit{early, six, late}
		for i := range want {
			want[i].Cause = "坏字节\uFFFD\x00"
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if part, err := db.Probed(ctx, "A", unix(5001), unix(9000)); err != nil || len(part) != 0 {
			t.Errorf("%d visits between, %v", len(part), err)
		}
		targets, err := db.ProbedTargets(ctx, unix(0), unix(6000))
		must(t, err)
		if diff := cmp.Diff([]govsweep.TargetID{"A", "B"}, targets); diff != "" {
			t.Error(diff)
		}
		bad := early
		bad.Target, bad.At = "C", unix(1)
		worse := bad
		worse.Result, worse.At = "perhaps", unix(2)
		if db.SaveProbes(ctx, []govsweep.ProbeVisit{bad, worse}) == nil {
			t.Error("a result nobody knows was kept")
		}
		if left, err := db.Probed(ctx, "C", unix(0), unix(10)); err != nil || len(left) != 0 {
			t.Errorf("half a batch was kept: %d, %v", len(left), err)
		}
	})
}

func TestMaintenanceIsKeptWithItsAnnouncement(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		ctx, db := t.Context(), open(t, dsn)
		w := govsweep.Maintenance{Target: "A", From: unix(2000), To: unix(4000), Announced: unix(1000), Source: "http://a.gov.cn/gg"}
		other := w
		other.Target = "B"
		must(t, db.SaveMaintenance(ctx, []govsweep.Maintenance{other, w}))
		w.Announced = unix(1500)
		must(t, db.SaveMaintenance(ctx, []govsweep.Maintenance{w}))
		got, err := db.Maintenance(ctx, "A")
		must(t, err)
		if diff := cmp.Diff([]govsweep.Maintenance{w}, got); diff != "" {
			t.Error(diff)
		}
		all, err := db.Maintenance(ctx, "")
		must(t, err)
		if len(all) != 2 {
			t.Errorf("%d windows of all targets", len(all))
		}
		for name, change := range map[string]func(*govsweep.Maintenance){
			"ends before it begins": func(w *govsweep.Maintenance) { w.To = unix(1) },
			"no source":             func(w *govsweep.Maintenance) { w.Source = "" },
			"never announced":       func(w *govsweep.Maintenance) { w.Announced = time.Time{} },
		} {
			broken := w
			change(&broken)
			if err := db.SaveMaintenance(ctx, []govsweep.Maintenance{broken}); govsweep.KindOf(err) != govsweep.Wrong {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
