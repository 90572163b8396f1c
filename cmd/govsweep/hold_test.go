package main

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

func TestASweepThatWasCutShortSaysSo(t *testing.T) {
	t.Parallel()
	var newest atomic.Int64
	home, _ := officeSite(t, &newest)
	dir := t.TempDir()
	cli(t, dir, "inspect", home, "--rate", "-1", "--fail-on", "none")
	if _, errs, _ := cli(t, dir, "sweep", "list"); strings.Contains(errs, "中断") {
		t.Errorf("a finished sweep: %s", errs)
	}
	dsn := "sqlite:" + dir + "/govsweep.db"
	db, err := storage.Open(t.Context(), dsn, storage.Options{})
	must(t, err)
	sites, err := db.Sites(t.Context(), storage.SiteFilter{})
	must(t, err)
	s := &govsweep.Sweep{Kind: "inspect", Rulebook: "gov-2019-19", AsOf: time.Now(), Started: time.Now(), State: govsweep.SweepRunning, Options: `{"Rate":-1,"FailOn":"none","AllowNet":["127.0.0.0/8"]}`}
	must(t, db.CreateSweep(t.Context(), s, []govsweep.Target{sites[0].Target()}))
	must(t, db.Close())
	for _, command := range []string{"list", "show"} {
		if _, errs, _ := cli(t, dir, "sweep", command); !strings.Contains(errs, "第2次检查已中断，可用“govsweep sweep resume 2”继续") {
			t.Errorf("sweep %s: %s", command, errs)
		}
	}
	a := &app{ctx: t.Context(), settings: settings{db: dsn}}
	release, err := a.hold(2)
	must(t, err)
	if _, errs, _ := cli(t, dir, "sweep", "list"); strings.Contains(errs, "中断") {
		t.Errorf("while it runs: %s", errs)
	}
	if _, errs, code := cli(t, dir, "sweep", "resume", "2"); code != exitWrong || !strings.Contains(errs, "另一个程序") {
		t.Errorf("a second process: exit %d, %s", code, errs)
	}
	release()
	if _, errs, code := cli(t, dir, "sweep", "resume", "2"); code != exitDone {
		t.Errorf("resumed: exit %d, %s", code, errs)
	}
	if _, errs, _ := cli(t, dir, "sweep", "list"); strings.Contains(errs, "中断") {
		t.Errorf("after the resume: %s", errs)
	}
}

// Between two pieces of a sweep of serve nobody holds its file.
func TestASweepOfAScheduleUnderWayIsNotCutShort(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db, err := storage.Open(t.Context(), "sqlite:"+dir+"/govsweep.db", storage.Options{})
	must(t, err)
	s := &govsweep.Sweep{Kind: "sweep", Rulebook: "gov-2019-19", AsOf: time.Now(), Started: time.Now(), State: govsweep.SweepRunning, Options: "{}"}
	r := &govsweep.ScheduleRun{Schedule: "每夜", Due: time.Now(), State: govsweep.RunRunning, Started: time.Now()}
	_, err = db.AddScheduleRun(t.Context(), r, s, []govsweep.Target{{ID: "T001", Kind: govsweep.SiteTarget, Name: "某网站", URL: "https://a.gov.cn/"}})
	must(t, err)
	if _, errs, code := cli(t, dir, "sweep", "list"); code != exitDone || strings.Contains(errs, "中断") {
		t.Errorf("while its schedule is under way: exit %d, %s", code, errs)
	}
	r.State, r.Ended = govsweep.RunFailed, time.Now()
	must(t, db.SaveScheduleRun(t.Context(), r))
	must(t, db.Close())
	if _, errs, code := cli(t, dir, "sweep", "list"); code != exitDone || !strings.Contains(errs, "第1次检查已中断") {
		t.Errorf("when nobody goes on with it: exit %d, %s", code, errs)
	}
}

func TestSamplesShareTheirToolsAndOtherOptionsDoNot(t *testing.T) {
	key := func(options string) string {
		k, err := toolsKey(&govsweep.Sweep{Rulebook: "gov-2019-19", Options: options})
		must(t, err)
		return k
	}
	one, other := key(`{"MaxPages":100,"Draw":{"Seed":"a"}}`), key(`{"MaxPages":100,"Draw":{"Seed":"b"}}`)
	if one != other || one == key(`{"MaxPages":200,"Draw":{"Seed":"a"}}`) {
		t.Errorf("%s, %s", one, other)
	}
}

func TestARetestIsNotResumed(t *testing.T) {
	t.Parallel()
	var newest atomic.Int64
	newest.Store(300)
	home, _ := officeSite(t, &newest)
	dir := t.TempDir()
	cli(t, dir, "inspect", home, "--rate", "-1", "--fail-on", "none")
	cli(t, dir, "finding", "retest", staleFinding(t, dir))
	if _, errs, code := cli(t, dir, "sweep", "resume", "2"); code != exitWrong || !strings.Contains(errs, "复查") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if out, _, code := cli(t, dir, "findings", "--sweep", "2", "--format", "jsonl"); code != exitDone || strings.Count(out, "\n") != 1 {
		t.Errorf("the results of the re-test by its number: exit %d, %s", code, out)
	}
}
