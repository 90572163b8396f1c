package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/sampling"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

// job runs one sweep: what inspect, sweep run, sweep resume and demo share.
type job struct {
	app   *app
	db    *storage.DB
	flags crawlFlags
	kind  string
	scope string
	sites int            // at the same time
	total int            // requests at the same time over all sites; 0 = no further limit
	draw  *sampling.Draw // nil: every target of the scope
	media accountOptions // of a sweep over accounts
	held  *workHold      // of one over accounts that runs

	results []*govsweep.Inspection // kept for inspect only: a sweep may have hundreds
	lines   []reports.Line
	files   []string
	failed  []sweep.Result
	code    int
	pages   int
}

// start creates a sweep over targets and runs it.
func (j *job) start(targets []govsweep.Target) error {
	j.flags.Rulebook = firstOf(j.flags.Rulebook, j.app.settings.file.Rulebook) // a resume judges by the same one
	book, _, err := j.app.loadBook(j.flags.Rulebook)
	if err != nil {
		return err
	}
	if err := writable(j.flags.Out); err != nil {
		return err
	}
	options, err := json.Marshal(kept{j.flags, j.app.settings.allowNet, j.app.settings.resolver, j.draw, j.media})
	if err != nil {
		return fmt.Errorf("write the options of the sweep: %w", err)
	}
	if err := j.app.warnHours(j.db, targets); err != nil {
		return err
	}
	if err := j.measure(targets); err != nil {
		return err
	}
	s := &govsweep.Sweep{Kind: j.kind, Scope: j.scope, Rulebook: book.ID, AsOf: j.app.asOf(), Started: time.Now(),
		State: govsweep.SweepRunning, Options: string(options)}
	if err := j.db.CreateSweep(j.app.ctx, s, targets); err != nil {
		return err
	}
	return j.resume(s, len(targets))
}

// measure looks at the sites over IPv6 first, where that was asked for. An
// inspection always measures now; a sweep, which may have been cut short on
// its way here, does not measure again what was measured in the last hours.
func (j *job) measure(targets []govsweep.Target) error {
	if !j.flags.IPv6 {
		return nil
	}
	var sites []probe.Site
	for _, t := range targets {
		if t.Kind == govsweep.SiteTarget {
			sites = append(sites, probe.Site{ID: t.ID, URL: t.URL})
		}
	}
	c := &probeIPv6Cmd{Control: j.flags.Control, Contact: j.flags.Contact, NoEvidence: j.flags.NoEvidence, Visits: 3, Parallel: 8, Links: 20}
	if j.kind != "inspect" {
		var err error
		if sites, err = j.app.notLately(j.db, sites, 6, "须重新测量的，先运行 govsweep probe ipv6"); err != nil {
			return err
		}
	}
	return j.app.measureIPv6(j.db, sites, c, func(*govsweep.IPv6Report) {})
}

// kept is what a resume needs of the command line a sweep was begun with:
// also which networks the person has allowed, else every page left would end
// unread.
type kept struct {
	crawlFlags
	AllowNet []netip.Prefix `json:",omitempty"`
	Resolver string         `json:",omitempty"`
	Draw     *sampling.Draw `json:",omitempty"` // how the targets were drawn
	accountOptions
}

// resume runs what is left of a sweep.
func (j *job) resume(s *govsweep.Sweep, targets int) error {
	if j.kind == govsweep.AccountSweep {
		h, err := j.app.holdSweep(j.db, s.ID)
		if err != nil {
			return err
		}
		defer h.let()
		j.held = h
	} else { // several processes may work on a sweep of sites
		release, err := j.app.share(s.ID)
		if err != nil {
			return err
		}
		defer release()
	}
	run, err := j.runner(s, targets)
	if err != nil {
		return err
	}
	defer run.stack.Close()
	j.app.log.Info("sweep begun", "sweep", s.ID, "targets", targets, "rulebook", s.Rulebook)
	meter := startMeter(run.stack)
	var unwritten error
	err = run.run(func(r sweep.Result) {
		run.bar.target()
		unwritten = errors.Join(unwritten, j.take(r))
	})
	run.bar.end()
	if errors.Is(err, context.Canceled) && unwritten == nil {
		return &govsweep.Error{Kind: govsweep.Uninspectable, Say: fmt.Sprintf("已停止。已采集的内容已保存，运行“govsweep sweep resume %d”可以继续。", s.ID)}
	}
	if errors.Is(err, govsweep.ErrLeaseLost) && unwritten == nil {
		return err
	}
	if err := errors.Join(err, unwritten); err != nil {
		fmt.Fprintf(j.app.stderr, "第%d次检查中断。已采集的内容已保存，排除故障后运行“govsweep sweep resume %d”可以继续。\n", s.ID, s.ID)
		return err
	}
	meter.pages = j.pages
	if err := meter.write(j.flags.Stats); err != nil {
		return err
	}
	return j.show(s)
}

// runner is what runs a sweep of one kind.
type runner struct {
	stack *crawler.Stack
	bar   *bar
	run   func(tell func(sweep.Result)) error
}

// runner makes ready what runs the sweep: over sites or over accounts.
func (j *job) runner(s *govsweep.Sweep, targets int) (*runner, error) {
	if j.kind == govsweep.AccountSweep {
		return j.accountRunner(s, targets)
	}
	stack, in, err := j.inspector()
	if err != nil {
		return nil, err
	}
	ended, err := j.app.worker(in)
	if err != nil {
		stack.Close()
		return nil, err
	}
	limitMemory(j.sites)
	bar := j.app.bar(targets, "网站", "页")
	in.Progress = bar.pages
	watch, err := j.watch(in, s, targets)
	if err != nil {
		ended()
		stack.Close()
		return nil, err
	}
	return &runner{stack, bar, func(tell func(sweep.Result)) error {
		defer ended()
		err := in.Run(j.app.ctx, s, j.sites, func(r sweep.Result) {
			watch.target()
			tell(r)
		})
		return errors.Join(err, watch.end(j.app.ctx))
	}}, nil
}

func (j *job) inspector() (*crawler.Stack, *sweep.Inspector, error) {
	book, all, err := j.app.loadBook(j.flags.Rulebook)
	if err != nil {
		return nil, nil, err
	}
	options, err := j.app.fetchOptions(j.flags)
	if err != nil {
		return nil, nil, err
	}
	if j.total > 0 {
		options.Budget = crawler.NewBudget(j.total)
	}
	stack, err := crawler.New(options)
	if err != nil {
		return nil, nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "采集设置有误：" + strings.ReplaceAll(err.Error(), "\n", "")}
	}
	in := &sweep.Inspector{Store: j.db, Stack: stack, Rules: book, Indicators: all, Now: time.Now, Judged: j.app.planLooks(j.db, book),
		Limits: j.flags.limits(j.app.settings.file), Names: j.app.names()}
	if j.flags.NoEvidence {
		return stack, in, nil
	}
	if in.Evidence, err = j.app.evidenceOf(j.db); err != nil {
		stack.Close()
		return nil, nil, err
	}
	return stack, in, nil
}
