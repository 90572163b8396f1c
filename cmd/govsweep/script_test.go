package main

import (
	"os"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/govsweep/govsweep/internal/pgtest"
)

// TestMain lets the test binary stand in for the program, as a process of
// its own.
func TestMain(m *testing.M) {
	testscript.Main(closing{m}, map[string]func(){"govsweep": main, "watcher": watcher, "keeper": keeper})
}

var server pgtest.Server

// closing stops the database server when the tests have run.
type closing struct{ *testing.M }

func (c closing) Run() int {
	defer server.Close()
	return c.M.Run()
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
