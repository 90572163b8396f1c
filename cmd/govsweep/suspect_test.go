package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/service"
	"github.com/govsweep/govsweep/storage"
)

// R12: six of ten hosts are blocked while a scheduled sweep runs. The sweep is
// suspect, what it found of the others carries no notice, and the notices run
// of the timetable writes none.
func TestAScheduledSweepOfBlockedHostsCarriesNoNotice(t *testing.T) {
	t.Parallel()
	var stale, asked atomic.Int64
	stale.Store(300)
	pages, dir := officePages(&stale, &asked), t.TempDir()
	var sites []govsweep.Site
	for i := range 10 {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if i < 6 {
				http.Error(w, "访问被拦截", http.StatusForbidden) // by a device on the way
				return
			}
			pages.ServeHTTP(w, r)
		}))
		t.Cleanup(srv.Close)
		code := fmt.Sprintf("35000000%02d", i)
		sites = append(sites, govsweep.Site{ID: govsweep.TargetID(code), Code: code, Name: fmt.Sprintf("某某局%d", i), URL: srv.URL + "/", Kind: govsweep.DepartmentSite, Host: "某某局", State: govsweep.Running})
	}
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(dir, "govsweep.db"), storage.Options{})
	must(t, err)
	must(t, db.SaveSites(t.Context(), sites))
	must(t, db.SaveSchedule(t.Context(), &govsweep.Schedule{Name: "全面", Kind: govsweep.FullSchedule, When: "每小时", Priority: 3, Since: time.Now().Add(-2 * time.Hour)}))
	s, start := newServiceOn(t, dir, &serviceFlags{Slots: 10})
	s.app.settings.file.Rate = 1000
	stop := start()
	awaitDone(t, s.db, 1)

	id := ""
	out, _, _ := cli(t, dir, "findings", "--indicator", "column-stale", "--format", "jsonl")
	for line := range strings.Lines(out) {
		var f govsweep.Finding
		must(t, json.Unmarshal([]byte(line), &f))
		if f.Target.Code == sites[9].Code {
			id = f.ID
		}
	}
	if _, errs, code := cli(t, dir, "finding", "confirm", id, "--by", "李四"); code != exitDone {
		t.Fatal(errs)
	}
	must(t, db.SaveSchedule(t.Context(), &govsweep.Schedule{Name: "到期", Kind: govsweep.NoticesSchedule, When: "每小时", Priority: 1, Since: time.Now().Add(-2 * time.Hour)}))
	awaitDone(t, s.db, 2)
	must(t, stop())
	if _, errs, code := cli(t, dir, "notice", "draft", "--site", string(sites[9].ID), "--by", "张三"); code != exitWrong || !strings.Contains(errs, "存疑") || !strings.Contains(errs, "10个对象中有6个") {
		t.Errorf("drafted: %d %s", code, errs)
	}
	out, _, _ = cli(t, dir, "notice", "list", "--format", "jsonl")
	if n := strings.Count(out, "\n"); n != 0 {
		t.Errorf("%d notices: %s", n, out)
	}
	health, err := db.SweepHealth(t.Context(), 1)
	must(t, err)
	if say := service.Suspicion(health); !strings.Contains(say, "10个对象中有6个未能读取任何网页") {
		t.Errorf("%q of %+v", say, health)
	}
	must(t, db.Close())
	t.Logf("R12: 6 of 10 hosts blocked during a scheduled sweep: suspect, 0 notices drafted")
}

// awaitDone waits until runs of n schedules were done.
func awaitDone(t *testing.T, db *storage.DB, n int) {
	t.Helper()
	limit, every := time.After(4*time.Minute), time.NewTicker(50*time.Millisecond)
	defer every.Stop()
	for {
		select {
		case <-every.C:
			all, err := db.LastDone(context.Background())
			must(t, err)
			if len(all) == n {
				return
			}
		case <-limit:
			all, err := db.ScheduleRuns(context.Background(), "", 9)
			raw, _ := json.Marshal(all)
			t.Fatalf("never done: %s %v", raw, err)
		}
	}
}
