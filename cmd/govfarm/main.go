// Command govfarm serves the farm: a made-up intensive platform of sites with
// planted faults, and scores an inspection of it against the truth.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

type commands struct {
	Serve     serveCmd     `cmd:"" help:"serve the farm until interrupted"`
	Truth     truthCmd     `cmd:"" help:"print the truth as JSON lines, without serving"`
	Score     scoreCmd     `cmd:"" help:"compare findings with the truth"`
	BenchSite benchSiteCmd `cmd:"" help:"serve one clean site of many pages, cheaply"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c commands
	k := kong.Parse(&c, kong.Name("govfarm"), kong.Description("A made-up platform of government sites on loopback."), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := k.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "govfarm:", err)
		stop()
		os.Exit(1)
	}
}
