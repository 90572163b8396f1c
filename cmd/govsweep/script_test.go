package main

import (
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/govsweep/govsweep/internal/pgtest"
	"github.com/govsweep/govsweep/internal/raced"
)

// TestMain lets the test binary stand in for the program, as a process of
// its own.
func TestMain(m *testing.M) {
	testscript.Main(closing{m}, map[string]func(){"govsweep": main, "watcher": watcher, "keeper": keeper, "noon": noon})
}

var server pgtest.Server

// closing stops the database server when the tests have run.
type closing struct{ *testing.M }

func (c closing) Run() int {
	defer server.Close()
	if raced.On {
		defer plainProgram()()
	}
	return c.M.Run()
}

// plainProgram builds the program without the race detector and puts it first
// on the path: a process is five to ten times faster so, and what is raced
// inside one is tried by the tests of the rooms and of serve, which run in this
// one. Compiled as `make build` is, so that what one compiles the other need not.
func plainProgram() (remove func()) {
	dir, err := os.MkdirTemp("", "govsweep-plain-")
	if err != nil {
		panic(err)
	}
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", dir, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		panic(fmt.Sprintf("build the program: %v\n%s", err, out))
	}
	if err := os.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH")); err != nil {
		panic(err)
	}
	return func() { os.RemoveAll(dir) }
}

func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: map[string]func(*testscript.TestScript, bool, []string){"gzip": pack}})
}

// pack is a command of the scripts: gzip FROM TO.
func pack(ts *testscript.TestScript, _ bool, args []string) {
	out, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	z := gzip.NewWriter(out)
	_, err = z.Write([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(z.Close())
	ts.Check(out.Close())
}
