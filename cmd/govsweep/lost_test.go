package main

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/service"
)

// moved moves the files of a database from one name to another.
func moved(t *testing.T, from, to string) {
	t.Helper()
	for _, more := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(from+more, to+more); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
}

func filesIn(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	must(t, filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		out = append(out, path)
		return err
	}))
	return out
}

// A service whose database was moved away works into nothing: it holds at
// once, and goes on when the same file is back.
func TestAServiceHoldsWhileItsDatabaseIsAway(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, server, end := serviceOn(t, dir, http.NotFoundHandler())
	must(t, s.db.SaveSchedules(t.Context(), []govsweep.Schedule{{Name: "到期", Kind: govsweep.NoticesSchedule, When: "每日 02:00", Priority: 1, Since: s.now()}}))
	for every := time.Tick(10 * time.Millisecond); ; <-every {
		if beats, err := s.db.Beats(t.Context()); err == nil && !beats[schedule.TickBeat].IsZero() {
			break
		}
	}
	path := filepath.Join(dir, "govsweep.db")
	moved(t, path, path+".x")
	if body := get(t, server.URL+"/readyz"); !strings.Contains(body, `"ok":false`) || !strings.Contains(body, "不见了") {
		t.Error(body)
	}
	if body := get(t, server.URL+"/metrics"); !strings.Contains(body, "govsweep_work_held 1") {
		t.Error("not held")
	}
	o := service.Operations{State: s.state()}
	if h, err := o.Health(t.Context()); err != nil || h.OK || !strings.Contains(h.Say, "已暂停工作") {
		t.Errorf("%+v %v", h, err)
	}
	if err := o.Command(t.Context(), "到期", "run"); err == nil || !strings.Contains(err.Error(), "不见了") {
		t.Errorf("begun: %v", err)
	}
	if err := o.Command(t.Context(), "到期", "pause"); govsweep.KindOf(err) != govsweep.Unavailable {
		t.Errorf("paused: %v", err)
	}
	moved(t, path+".x", path)
	must(t, o.Command(t.Context(), "到期", "run"))
	must(t, end())
}

// An empty database in place of one that was lost looks like a working
// installation. None is made, whatever is asked.
func TestADatabaseThatWasLostIsNotMadeAnew(t *testing.T) {
	t.Parallel()
	home, _ := officeSite(t, new(atomic.Int64))
	whole, young := t.TempDir(), t.TempDir()
	if _, errs, code := cli(t, whole, "inspect", home, "--rate", "-1", "--fail-on", "none"); code != exitDone {
		t.Fatal(errs)
	}
	if _, errs, code := cli(t, young, "schedule", "add", "每夜", "--kind", "full", "--when", "每日 02:00"); code != exitDone {
		t.Fatal(errs)
	}
	for _, dir := range []string{whole, young} {
		path := filepath.Join(dir, "govsweep.db")
		moved(t, path, filepath.Join(t.TempDir(), "away"))
		for _, put := range []func(){func() {}, func() { must(t, os.WriteFile(path, nil, 0o600)) }} {
			put()
			before := filesIn(t, dir)
			for _, args := range [][]string{{"serve"}, {"work"}, {"migrate"}, {"user", "list"}, {"sweep", "list"}} {
				_, errs, code := cli(t, dir, args...)
				if code != exitInternal || !strings.Contains(errs, path) || !strings.Contains(errs, "govsweep restore") || !strings.Contains(errs, "从头开始") {
					t.Errorf("%v: exit %d, %s", args, code, errs)
				}
			}
			if out, _, code := cli(t, dir, "doctor"); code != exitInternal || !strings.Contains(out, "✗ 数据库：数据库文件") || !strings.Contains(out, "可能已丢失") || strings.Contains(out, "还没有检查记录") {
				t.Errorf("doctor: exit %d, %s", code, out)
			}
			if after := filesIn(t, dir); !slices.Equal(before, after) {
				t.Errorf("made: %v, was %v", after, before)
			}
		}
		out, errs, code := cli(t, dir, "alarm", "check", "--format", "table")
		if code != exitFindings || !strings.Contains(out, "数据库") {
			t.Errorf("alarm check: exit %d, %s%s", code, out, errs)
		}
	}
}

// What was lost is only there again when it is the same.
func TestAnotherDatabaseInTheSamePlaceIsTold(t *testing.T) {
	t.Parallel()
	home, _ := officeSite(t, new(atomic.Int64))
	dir, other := t.TempDir(), t.TempDir()
	if _, errs, code := cli(t, dir, "inspect", home, "--rate", "-1", "--fail-on", "none"); code != exitDone {
		t.Fatal(errs)
	}
	if _, errs, code := cli(t, other, "migrate"); code != exitDone {
		t.Fatal(errs)
	}
	path := filepath.Join(dir, "govsweep.db")
	moved(t, path, path+".x")
	if _, _, code := cli(t, dir, "alarm", "check"); code != exitFindings {
		t.Errorf("the loss: exit %d", code)
	}
	moved(t, filepath.Join(other, "govsweep.db"), path)
	for _, args := range [][]string{{"alarm", "check"}, {"doctor"}, {"serve", "--listen", "no address"}} {
		out, errs, code := cli(t, dir, args...)
		if code == exitDone || !strings.Contains(out+errs, "不是本数据库的证据库") && args[0] != "alarm" {
			t.Errorf("%v: exit %d, %s%s", args, code, out, errs)
		}
	}
}

func TestDoctorMakesNothingInAnEmptyDatabaseOfAServer(t *testing.T) {
	t.Parallel()
	dir, dsn := t.TempDir(), server.DSN(t)
	out, errs, code := cli(t, dir, "--db", dsn, "doctor")
	if code != exitDone || !strings.Contains(out, "数据库中还没有govsweep的表") || len(filesIn(t, dir)) != 1 {
		t.Errorf("exit %d, %s%s, files %v", code, out, errs, filesIn(t, dir))
	}
	if out, _, _ := cli(t, dir, "--db", dsn, "migrate", "--dry-run"); !strings.Contains(out, "由第0版升级") || !strings.Contains(out, "步。\n任务队列的数据表将建立或升级，共") {
		t.Error(out)
	}
	if _, errs, code := cli(t, dir, "--db", dsn, "migrate"); code != exitDone {
		t.Fatal(errs)
	}
	if out, errs, code := cli(t, dir, "--db", dsn, "doctor"); code != exitDone || !strings.Contains(out, "还没有证据") || len(filesIn(t, dir)) != 1 {
		t.Errorf("exit %d, %s%s, files %v", code, out, errs, filesIn(t, dir))
	}
}

func TestDoctorUpgradesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, _ := newServiceOn(t, dir, &serviceFlags{Slots: 1})
	w, _ := s.db.Lend()
	_, err := w.ExecContext(t.Context(), `DELETE FROM govsweep_version WHERE version_id > 5`)
	must(t, err)
	must(t, s.db.Close())
	out, _, code := cli(t, dir, "doctor")
	if code != exitDone || !strings.Contains(out, "结构为旧版本（第5版）") {
		t.Errorf("exit %d, %s", code, out)
	}
}
