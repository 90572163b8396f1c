//go:build unix

// Command barecolly is the yardstick of the benchmarks: bare colly,
// asynchronous, one OnHTML that follows links within the host.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/url"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gocolly/colly/v2"
)

// result is what a run cost, printed as JSON.
type result struct {
	Pages     int64   `json:"pages"`
	WallS     float64 `json:"wall_s"`
	CPUMS     float64 `json:"cpu_ms_per_page"`
	PeakRSSMB float64 `json:"peak_rss_mb"`
}

func main() {
	parallel := flag.Int("parallel", 8, "requests at a time")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: barecolly [-parallel N] URL")
		os.Exit(2)
	}
	r, err := crawl(flag.Arg(0), *parallel)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// crawl follows every link within the host of start.
func crawl(start string, parallel int) (result, error) {
	u, err := url.Parse(start)
	if err != nil {
		return result{}, fmt.Errorf("start address: %w", err)
	}
	c := colly.NewCollector(colly.Async(true), colly.AllowedDomains(u.Hostname(), u.Host))
	if err := c.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: parallel}); err != nil {
		return result{}, err
	}
	var pages atomic.Int64
	c.OnResponse(func(*colly.Response) { pages.Add(1) })
	c.OnHTML("a[href]", func(e *colly.HTMLElement) {
		e.Request.Visit(e.Attr("href")) // refused ones (visited, other hosts) are no errors here
	})
	began := time.Now()
	if err := c.Visit(start); err != nil {
		return result{}, fmt.Errorf("visit %s: %w", start, err)
	}
	c.Wait()
	r := result{Pages: pages.Load(), WallS: time.Since(began).Seconds()}
	return r, r.cost()
}

// cost reads CPU time and peak memory of this process.
func (r *result) cost() error {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return fmt.Errorf("resource usage: %w", err)
	}
	cpu := time.Duration(use.Utime.Nano() + use.Stime.Nano())
	r.CPUMS = cpu.Seconds() * 1000 / float64(max(r.Pages, 1))
	r.PeakRSSMB = float64(use.Maxrss) / 1024
	return nil
}
