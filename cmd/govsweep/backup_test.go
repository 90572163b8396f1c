package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/farm"
	"github.com/govsweep/govsweep/internal/raced"
	"github.com/govsweep/govsweep/storage"
)

// TestARestoredInstallationGoesOnAsIfNothingHadHappened takes a backup in the
// middle of a sweep, brings it back onto empty machines of either engine,
// ends the sweep there and sweeps again: the findings are those of an
// undisturbed sweep, and no finding moves.
func TestARestoredInstallationGoesOnAsIfNothingHadHappened(t *testing.T) {
	engines := map[string]func(p *program){"sqlite": func(*program) {}, "postgres": func(p *program) { p.dsn = server.DSN(t) }}
	for _, from := range []string{"sqlite", "postgres"} {
		t.Run("from "+from, func(t *testing.T) {
			t.Parallel()
			f := startFarm(t, farm.Options{Seed: 7, Sites: 2, Latency: 3 * time.Millisecond, AsOf: time.Date(2026, 11, 20, 23, 59, 59, 0, govsweep.Shanghai)})
			asOf := []string{"--as-of", "2026-11-20"}
			sweep := append(slices.Clone(asOf), "sweep", "run", "--rate", "-1", "--parallel", "4", "--max-pages", "80", "--fail-on", "none")
			p := newProgram(t, f)
			engines[from](p)
			p.register()
			p.past()
			p.inside(sweep...)
			want, moves := p.faults(), p.moves()
			if len(want) < 15 || len(moves) < 5 {
				t.Fatalf("only %d findings and %d transitions", len(want), len(moves))
			}
			file := filepath.Join(t.TempDir(), "周日.backup")
			p.backupInTheMiddle(file, append(slices.Clone(sweep), "--parallel", "1"))
			if out, code := p.inside("backup", "verify", file); code != exitDone || !strings.Contains(out, "核验通过") || strings.Contains(out, "采集暂存0份") {
				t.Fatalf("%d %s", code, out)
			}
			for _, to := range []string{"sqlite", "postgres"} {
				if raced.On && to != from {
					continue
				}
				t.Run("to "+to, func(t *testing.T) {
					t.Parallel()
					q := newProgram(t, f)
					engines[to](q)
					q.restored(file)
					q.inside(append(slices.Clone(asOf), "sweep", "resume")...)
					if to == from {
						q.inside(sweep...)
					}
					if d := cmp.Diff(want, q.faults()); d != "" {
						t.Errorf("findings differ:\n%.4000s", d)
					}
					if d := cmp.Diff(moves, q.moves()); d != "" {
						t.Errorf("findings moved:\n%.4000s", d)
					}
					t.Logf("%d findings and %d transitions, the same as before", len(want), len(moves))
				})
			}
		})
	}
}

// inside runs a command within this process.
func (p *program) inside(args ...string) (string, int) {
	p.t.Helper()
	var out, errs strings.Builder
	all := append([]string{"--data", p.dir, "--db", p.dsn, "--resolver", p.farm.DNSAddr(), "--allow-net", "127.0.0.0/8"}, args...)
	code := run(p.t.Context(), all, func(string) string { return "" }, &out, &errs)
	if code == exitInternal {
		p.t.Errorf("govsweep %s: %s%s", strings.Join(args, " "), out.String(), errs.String())
	}
	return out.String() + errs.String(), code
}

// restored brings a backup back, asks the doctor, and tries it a second time.
func (p *program) restored(file string) {
	p.t.Helper()
	if out, code := p.inside("restore", file); code != exitDone {
		p.t.Fatalf("restore: %d %s", code, out)
	}
	if out, code := p.inside("doctor"); code != exitDone || !strings.Contains(out, "证据完好") {
		p.t.Errorf("doctor: %d %s", code, out)
	}
	if out, code := p.inside("restore", file); code != exitWrong || !strings.Contains(out, "已有数据") {
		p.t.Errorf("a second time: %d %s", code, out)
	}
}

// faults gives the findings of the last sweep by what makes them the same
// finding; how often something was tried may grow from sweep to sweep.
func (p *program) faults() []string {
	p.t.Helper()
	out, _ := p.inside("findings", "--format", "jsonl")
	var lines []string
	for line := range strings.Lines(out) {
		var f govsweep.Finding
		must(p.t, json.Unmarshal([]byte(line), &f))
		lines = append(lines, fmt.Sprintln(f.Target.ID, f.Fingerprint, f.Indicator, f.Status, f.Class, f.GroupSize, f.Pages))
	}
	return lines
}

// backupInTheMiddle begins a sweep, takes a backup while it runs, and kills it.
func (p *program) backupInTheMiddle(file string, sweep []string) {
	p.t.Helper()
	before := p.lastSweep()
	c := p.command(sweep...)
	if err := c.Start(); err != nil {
		p.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	every, limit := time.NewTicker(10*time.Millisecond), time.After(4*time.Minute)
	defer every.Stop()
	for p.lastSweep() == before || p.read() < 10 {
		select {
		case <-every.C:
		case err := <-ended:
			p.t.Fatalf("the sweep ended before a backup was taken: %v", err)
		case <-limit:
			p.t.Fatal("the sweep never began")
		}
	}
	_, code := p.inside("backup", file)
	_ = c.Process.Kill() // it may have ended
	<-ended
	if code != exitDone {
		p.t.Fatalf("backup ended with %d", code)
	}
}

func (p *program) lastSweep() int64 {
	p.t.Helper()
	db, err := storage.Open(p.t.Context(), p.dsn, storage.Options{})
	must(p.t, err)
	defer db.Close()
	s, err := db.LastSweep(p.t.Context())
	must(p.t, err)
	return s.ID
}

// Whatever is wrong with a backup, the installation stays as it was, and it is
// said why.
func TestABackupThatIsNotSoundIsNotRestored(t *testing.T) {
	t.Parallel()
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "a.backup")
	if _, errs, code := cli(t, dir, "backup", file); code != exitWrong || !strings.Contains(errs, "不存在") {
		t.Errorf("nothing to back up: %d %s", code, errs)
	}
	if _, errs, code := cli(t, dir, "migrate"); code != exitDone {
		t.Fatal(errs)
	}
	if _, errs, code := cli(t, dir, "schedule", "add", "每夜", "--kind", "full", "--when", "每日 02:00"); code != exitDone {
		t.Fatal(errs)
	}
	if out, errs, code := cli(t, dir, "backup", file); code != exitDone || !strings.Contains(out, "清单校验值 sha256:") {
		t.Fatalf("%d %s%s", code, out, errs)
	}
	if _, errs, code := cli(t, dir, "backup", file); code != exitWrong || !strings.Contains(errs, "已经存在") {
		t.Errorf("over an earlier one: %d %s", code, errs)
	}
	if _, errs, code := cli(t, dir, "restore", file); code != exitWrong || !strings.Contains(errs, "数据库中已有数据") {
		t.Errorf("onto itself: %d %s", code, errs)
	}
	raw, err := os.ReadFile(file)
	must(t, err)
	torn := filepath.Join(t.TempDir(), "b.backup")
	must(t, os.WriteFile(torn, raw[:len(raw)/2], 0o600))
	empty := t.TempDir()
	for _, command := range [][]string{{"backup", "verify", torn}, {"restore", torn}} {
		if _, errs, code := cli(t, empty, command...); code != exitWrong || !strings.Contains(errs, "不完整") {
			t.Errorf("%v: %d %s", command, code, errs)
		}
	}
	if left, err := os.ReadDir(empty); err != nil || len(left) > 0 {
		t.Error(left, err)
	}
	// One that is found damaged only when every byte is read, one for a program
	// to come, and one onto a database that holds something: nothing is made.
	hurt := filepath.Join(t.TempDir(), "c.backup")
	damaged := bytes.Clone(raw)
	damaged[len(raw)/3] ^= 0x40
	must(t, os.WriteFile(hurt, damaged, 0o600))
	for name, args := range map[string][]string{"damaged": {"restore", hurt}, "onto a database with data": {"restore", file, "--db", "sqlite:" + filepath.Join(dir, "govsweep.db")}} {
		place := filepath.Join(t.TempDir(), "deep", "data")
		if _, errs, code := cli(t, place, args...); code != exitWrong || exists(filepath.Dir(place)) {
			t.Errorf("%s: exit %d %s, left %v", name, code, errs, exists(place))
		}
	}
	spool := filepath.Join(empty, "evidence", "spool", "a.spool")
	must(t, os.MkdirAll(filepath.Dir(spool), 0o755))
	must(t, os.WriteFile(spool, nil, 0o600))
	if _, errs, code := cli(t, empty, "restore", file); code != exitWrong || !strings.Contains(errs, "已有证据") {
		t.Errorf("onto evidence: %d %s", code, errs)
	}
	if made, err := filepath.Glob(filepath.Join(empty, "govsweep.db*")); err != nil || len(made) > 0 {
		t.Error("a refused restore left", made, err)
	}
	must(t, os.Remove(spool))
	// One that was cut short says how to go on, and with another backup what to remove.
	mark := filepath.Join(empty, "restore.unfinished")
	must(t, os.WriteFile(mark, []byte("sha256:of another\n"), 0o600))
	must(t, os.WriteFile(spool, nil, 0o600))
	if _, errs, code := cli(t, empty, "restore", file); code != exitWrong || !strings.Contains(errs, "先删除“"+filepath.Join(empty, "evidence")+"”和“"+mark+"”") {
		t.Errorf("after another that was cut short: %d %s", code, errs)
	}
	must(t, os.Remove(mark))
	must(t, os.Remove(spool))
	if _, errs, code := cli(t, empty, "restore", file); code != exitDone {
		t.Fatal(errs)
	}
	if out, _, _ := cli(t, empty, "schedule", "list", "--format", "jsonl"); !strings.Contains(out, "每夜") {
		t.Error(out)
	}
	if out, _, code := cli(t, dir, "backup", t.TempDir()); code != exitDone || !strings.Contains(out, "govsweep-2") {
		t.Errorf("into a directory: %d %s", code, out)
	}
}
