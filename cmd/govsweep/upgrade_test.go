package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/farm"
)

// R15: a program of an earlier version is killed in the middle of a sweep; this
// one goes on with it. GOVSWEEP_TEST_OLD names the earlier program.
func TestASweepOfAnEarlierProgramGoesOn(t *testing.T) {
	old := os.Getenv("GOVSWEEP_TEST_OLD")
	if old == "" {
		t.Skip("SKIPPED: set GOVSWEEP_TEST_OLD to an earlier program; the schemas it may have left are tried in storage")
	}
	f := startFarm(t, farm.Options{Seed: 7, Sites: 4, Latency: 10 * time.Millisecond, AsOf: time.Date(2026, 11, 20, 23, 59, 59, 0, govsweep.Shanghai)})
	sweep := []string{"--as-of", "2026-11-20", "sweep", "run", "--rate", "-1", "--parallel", "1", "--fail-on", "none"}
	for name, dsn := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return server.DSN(t) }} {
		t.Run(name, func(t *testing.T) {
			calm, p := newProgram(t, f), newProgram(t, f)
			if at := dsn(); at != "" {
				p.dsn = at
			}
			calm.register()
			calm.run(sweep...)
			before := func(args ...string) *exec.Cmd {
				c := p.command(args...)
				return exec.Command(old, c.Args[1:]...)
			}
			dir := t.TempDir()
			must(t, f.Register(dir))
			for _, register := range []string{"sites", "columns"} {
				out, err := before("import", register, dir+"/"+register+".csv").CombinedOutput()
				if err != nil {
					t.Fatalf("%v %s", err, out)
				}
			}
			c := before(sweep...)
			var said strings.Builder
			c.Stdout, c.Stderr = &said, &said
			must(t, c.Start())
			ended := make(chan error, 1)
			go func() { ended <- c.Wait() }()
			raw, read := p.sql(t), 0
			for every := time.Tick(10 * time.Millisecond); read < 300; {
				select {
				case <-every:
					must(t, raw.Get(&read, "SELECT count(*) FROM visits WHERE state <> 0"))
				case err := <-ended:
					t.Fatalf("the earlier program ended after %d pages: %v %s", read, err, said.String())
				}
			}
			must(t, c.Process.Kill())
			<-ended
			steps, _ := p.run("migrate", "--dry-run")
			p.run("--as-of", "2026-11-20", "sweep", "resume")
			pages := p.pages()
			if d := cmp.Diff(calm.pages(), pages); d != "" {
				t.Errorf("pages (-calm +upgraded):\n%.4000s", d)
			}
			if out, code := p.run("evidence", "verify"); code != exitDone {
				t.Errorf("evidence: %s", out)
			}
			back, err := before("verdicts").CombinedOutput()
			if err == nil || !strings.Contains(string(back), "高于本程序支持的") {
				t.Errorf("the earlier program on the upgraded database: %v %s", err, back)
			}
			t.Logf("%s: killed after %d pages; %s; %d pages in the end, the same as without; %d findings, %d without; then the earlier program says: %s", name, read,
				strings.ReplaceAll(strings.TrimSpace(steps), "\n", "；"), len(pages), len(p.findings()), len(calm.findings()), strings.TrimSpace(string(back)))
		})
	}
}
