package main

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/farm"
)

// TestCtrlCLeavesASweepThatGoesOn interrupts a sweep and resumes it.
func TestCtrlCLeavesASweepThatGoesOn(t *testing.T) {
	t.Parallel()
	f := startFarm(t, farm.Options{Seed: 7, Sites: 3, Latency: 50 * time.Millisecond, AsOf: time.Date(2026, 11, 20, 23, 59, 59, 0, govsweep.Shanghai)})
	sweep := []string{"--as-of", "2026-11-20", "sweep", "run", "--rate", "-1", "--fail-on", "none"}
	calm := newProgram(t, f)
	calm.register()
	calm.run(sweep...)

	p := newProgram(t, f)
	p.register()
	c := p.command(sweep...)
	var said bytes.Buffer
	c.Stderr = &said
	must(t, c.Start())
	waitFor(t, c, p, 100)
	must(t, c.Process.Signal(os.Interrupt))
	began := time.Now()
	err := c.Wait()
	if c.ProcessState.ExitCode() != exitUnseen {
		t.Errorf("exit %d (%v): %s", c.ProcessState.ExitCode(), err, said.String())
	}
	took := time.Since(began)
	if !strings.Contains(said.String(), "已停止") || !strings.Contains(said.String(), "govsweep sweep resume 1") {
		t.Errorf("said: %s", said.String())
	}
	if took > 30*time.Second {
		t.Errorf("stopped after %v", took)
	}
	before := len(p.pages())
	p.run("--as-of", "2026-11-20", "sweep", "resume")
	if d := cmp.Diff(calm.findings(), p.findings()); d != "" {
		t.Errorf("findings differ (-calm +interrupted):\n%.3000s", d)
	}
	t.Logf("Ctrl-C with %d pages read: stopped in %.1f s, said %q; resumed to the same findings", before, took.Seconds(), strings.TrimSpace(said.String()))
}

// waitFor waits until the sweep of a running process has read n pages.
func waitFor(t *testing.T, c *exec.Cmd, p *program, n int) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	end := time.After(4 * time.Minute)
	for {
		select {
		case <-tick.C:
			if p.read() >= n {
				return
			}
		case <-end:
			c.Process.Kill()
			t.Fatal("the sweep reads nothing")
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
