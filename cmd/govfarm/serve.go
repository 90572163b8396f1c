package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/farm"
)

// farmFlags choose the farm.
type farmFlags struct {
	Seed  int64  `default:"1" help:"another seed gives other names, templates and places"`
	Sites int    `default:"32" help:"number of sites"`
	AsOf  string `help:"check point, YYYY-MM-DD; default today"`
	Wider bool   `help:"also accounts with their feeds, and registered sites whose domain is gone, parked, moved or closed"`
	HTTP  string `name:"http" default:"127.0.0.1:18080" help:"address for pages, HTTP and TLS"`
}

func (f farmFlags) options() (farm.Options, error) {
	opt := farm.Options{Seed: f.Seed, Sites: f.Sites, Wider: f.Wider, HTTP: f.HTTP}
	if f.AsOf != "" {
		t, err := govsweep.ParseDate(f.AsOf)
		if err != nil {
			return opt, err
		}
		opt.AsOf = govsweep.EndOfDay(t)
	}
	return opt, nil
}

type serveCmd struct {
	farmFlags
	DNS      string        `name:"dns" default:"127.0.0.1:18053" help:"address of the farm's name server"`
	Truth    string        `help:"write the truth to this file"`
	Register string        `help:"write sites.csv, columns.csv and, with --wider, accounts.csv into this folder"`
	Latency  time.Duration `default:"300ms" help:"how long slow answers take"`
}

// Run serves until ctx ends.
func (c *serveCmd) Run(ctx context.Context) error {
	opt, err := c.options()
	if err != nil {
		return err
	}
	opt.DNS, opt.Latency = c.DNS, c.Latency
	f, err := farm.New(opt)
	if err != nil {
		return err
	}
	if err := f.Start(ctx); err != nil {
		return err
	}
	defer f.Stop()
	if c.Truth != "" {
		if err := writeTruth(c.Truth, f.Truth()); err != nil {
			return err
		}
	}
	if c.Register != "" {
		if err := f.Register(c.Register); err != nil {
			return err
		}
	}
	fmt.Fprintf(os.Stderr, "farm: %d sites, pages %s, names %s\n", len(f.Sites()), f.HTTPAddr(), f.DNSAddr())
	<-ctx.Done()
	return nil
}

func writeTruth(name string, truths []farm.Truth) error {
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("truth: %w", err)
	}
	defer file.Close()
	if err := farm.WriteTruth(file, truths); err != nil {
		return err
	}
	return file.Close()
}

type truthCmd struct{ farmFlags }

// Run prints the truth.
func (c *truthCmd) Run() error {
	opt, err := c.options()
	if err != nil {
		return err
	}
	f, err := farm.New(opt)
	if err != nil {
		return err
	}
	return farm.WriteTruth(os.Stdout, f.Truth())
}
