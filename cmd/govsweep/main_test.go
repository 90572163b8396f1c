package main

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/farm"
	"github.com/govsweep/govsweep/internal/litetest"
)

// program runs govsweep as a user would, on a farm of the test.
type program struct {
	t    *testing.T
	dir  string
	dsn  string
	farm *farm.Farm
}

func startFarm(t *testing.T, o farm.Options) *farm.Farm {
	t.Helper()
	f, err := farm.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Stop)
	return f
}

func newProgram(t *testing.T, f *farm.Farm) *program {
	t.Helper()
	dir := t.TempDir()
	return &program{t: t, dir: dir, dsn: litetest.In(t, dir, "govsweep.db"), farm: f}
}

// command makes a process; it is not started.
func (p *program) command(args ...string) *exec.Cmd {
	all := append([]string{"--data", p.dir, "--db", p.dsn, "--resolver", p.farm.DNSAddr(), "--allow-net", "127.0.0.0/8"}, args...)
	return exec.Command("govsweep", all...)
}

// run runs to the end and gives the output and the exit code.
func (p *program) run(args ...string) (string, int) {
	p.t.Helper()
	var out, errs strings.Builder
	c := p.command(args...)
	c.Stdout, c.Stderr = &out, &errs
	err := c.Run()
	if err != nil && c.ProcessState == nil {
		p.t.Fatalf("govsweep %s: %v", strings.Join(args, " "), err)
	}
	if c.ProcessState.ExitCode() == exitInternal {
		p.t.Fatalf("govsweep %s: %s", strings.Join(args, " "), errs.String())
	}
	return out.String(), c.ProcessState.ExitCode()
}

// register imports the farm's sites and columns.
func (p *program) register() {
	p.t.Helper()
	dir := p.t.TempDir()
	if err := p.farm.Register(dir); err != nil {
		p.t.Fatal(err)
	}
	p.run("import", "sites", filepath.Join(dir, "sites.csv"))
	p.run("import", "columns", filepath.Join(dir, "columns.csv"))
}

// findings gives the findings of the last sweep as comparable lines: without
// the number of the sweep and the times.
func (p *program) findings() []string {
	p.t.Helper()
	out, _ := p.run("findings", "--format", "jsonl")
	var lines []string
	for line := range strings.Lines(out) {
		var f govsweep.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			p.t.Fatalf("%v in %s", err, line)
		}
		f.Sweep, f.FirstSeen, f.LastSeen = 0, time.Time{}, time.Time{}
		b, err := json.Marshal(f)
		if err != nil {
			p.t.Fatal(err)
		}
		lines = append(lines, string(b))
	}
	return lines
}

func envInt(name string, fallback int) int {
	n := 0
	for _, c := range os.Getenv(name) {
		n = 10*n + int(c-'0')
	}
	if n == 0 {
		return fallback
	}
	return n
}
