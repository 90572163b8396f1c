// Command govsweep inspects Chinese government websites (政府网站) and keeps
// what it finds, with proof, until it is put right.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// gcPercent lets the heap grow to three times what is in use before it is
// collected. What is in use is small and does not grow with a site, so this
// costs some 25 MB once and saves a tenth of the CPU of an inspection; 400
// would cost 70 MB (docs/benchmarks.md).
const gcPercent = 200

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second signal ends the process at once
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
