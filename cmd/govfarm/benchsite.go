package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/govsweep/govsweep/farm"
)

type benchSiteCmd struct {
	Pages int    `default:"2130" help:"about this many pages"`
	HTTP  string `name:"http" default:"127.0.0.1:18081" help:"address for pages"`
}

// Run serves until ctx ends.
func (c *benchSiteCmd) Run(ctx context.Context) error {
	site := farm.NewBenchSite(c.Pages, time.Now())
	ln, err := net.Listen("tcp", c.HTTP)
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: site, ReadHeaderTimeout: 30 * time.Second}
	stop := context.AfterFunc(ctx, func() { srv.Close() })
	defer stop()
	fmt.Fprintf(os.Stderr, "bench site: %d pages at http://%s/\n", site.Pages(), ln.Addr())
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
