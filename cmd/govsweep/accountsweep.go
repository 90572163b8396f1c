package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

// accountSweep judges accounts: their sources are read, what all sources say
// is folded, and the result is kept like that of a site.
type accountSweep struct {
	app   *app
	db    *storage.DB
	flags *sweepRunCmd
	book  *rules.Rulebook
	set   []*rules.Indicator
}

// ofAccounts says whether a scope names accounts, and gives it without that word.
func ofAccounts(words []string) (bool, []string) {
	yes := false
	var rest []string
	for _, w := range words {
		if w == "kind=account" {
			yes = true
			continue
		}
		if w != "kind=site" {
			rest = append(rest, w)
		}
	}
	return yes, rest
}

// accountScope reads the conditions of a scope of accounts.
func accountScope(words []string) (storage.AccountFilter, error) {
	var f storage.AccountFilter
	for _, w := range words {
		key, value, ok := strings.Cut(w, "=")
		if !ok || value == "" {
			return f, wrongUse("范围“%s”不正确，应如 region=某某市 或 media=wechat", w)
		}
		switch key {
		case "region":
			f.Region = value
		case "level":
			f.Level = value
		case "media", "platform":
			f.Media = govsweep.MediaKind(value)
		case "host":
			f.Host = value
		case "tag":
			f.Tag = value
		case "id":
			f.IDs = append(f.IDs, govsweep.TargetID(value))
		default:
			return f, wrongUse("账号的范围条件“%s”不认识，可用 region、level、media、host、tag、id", key)
		}
	}
	return f, nil
}

// accounts sweeps the registered accounts of a scope.
func (c *sweepRunCmd) accounts(a *app, words []string) error {
	if c.Sample != "" || c.Out != "" || c.Stats != "" || len(c.Control) > 0 {
		return wrongUse("检查账号时不用 --sample、--out、--stats 和 --control；控制账号在名录中登记")
	}
	f, err := accountScope(words)
	if err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := db.Accounts(a.ctx, f)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return wrongUse("该范围内没有在册的账号，请先用 govsweep import accounts 导入名录")
	}
	r := &accountSweep{app: a, db: db, flags: c}
	if r.book, r.set, err = a.loadBook(c.Rulebook); err != nil {
		return err
	}
	if !c.Offline {
		if _, err := a.lookAt(db, all, c.RSSHub); err != nil {
			return err
		}
	}
	return r.run(all, strings.Join(append([]string{"kind=account"}, words...), " "))
}

// run judges the accounts under a sweep of their own.
func (r *accountSweep) run(all []govsweep.Account, scope string) error {
	ctx := r.app.ctx
	s := &govsweep.Sweep{Kind: govsweep.AccountSweep, Scope: scope, Rulebook: r.book.ID, AsOf: r.app.asOf(), Started: time.Now().Truncate(time.Millisecond),
		State: govsweep.SweepRunning, Options: "{}"}
	dossiers, err := r.fold(ctx, all, s.AsOf)
	if err != nil {
		return err
	}
	targets := make([]govsweep.Target, len(all))
	for i := range all {
		targets[i] = all[i].Target()
	}
	if err := r.db.CreateSweep(ctx, s, targets); err != nil {
		return err
	}
	exemptions, err := r.db.Exemptions(ctx)
	if err != nil {
		return err
	}
	counts, code := map[govsweep.Grade]int{}, exitDone
	for _, d := range dossiers {
		in, err := r.judge(ctx, s, d, exemptions)
		if err != nil {
			return err
		}
		counts[in.Verdict.Grade]++
		code = max(code, exitOf(in, r.flags.FailOn))
		if r.app.format() == "jsonl" {
			if err := reports.VerdictLines(r.app.stdout, []govsweep.Verdict{in.Verdict}); err != nil {
				return err
			}
		}
	}
	s.State, s.Ended = govsweep.SweepDone, time.Now()
	if err := r.db.SaveSweep(ctx, s); err != nil {
		return err
	}
	if r.app.format() == "table" {
		if _, err := fmt.Fprintf(r.app.stdout, "第%d批检查完成：账号%d个，合格%d个，不合格%d个，待核%d个。查看判定：govsweep verdicts --sweep %d\n",
			s.ID, len(all), counts[govsweep.Qualified], counts[govsweep.Unqualified], counts[govsweep.Undecided], s.ID); err != nil {
			return err
		}
	}
	if code == exitDone {
		return nil
	}
	return exit(code)
}

// fold gathers a year of what the sources said.
func (r *accountSweep) fold(ctx context.Context, all []govsweep.Account, asOf time.Time) ([]*facts.Dossier, error) {
	since := asOf.AddDate(-1, 0, 0)
	out := make([]*facts.Dossier, 0, len(all))
	for i := range all {
		readings, err := r.db.Readings(ctx, all[i].ID, since)
		if err != nil {
			return nil, err
		}
		posts, err := r.db.Posts(ctx, all[i].ID, time.Time{})
		if err != nil {
			return nil, err
		}
		out = append(out, facts.FoldAccount(all[i], asOf, readings, posts))
	}
	whole, err := r.db.Accounts(ctx, storage.AccountFilter{})
	if err != nil {
		return nil, err
	}
	facts.Relate(out, whole)
	return out, nil
}

func (r *accountSweep) judge(ctx context.Context, s *govsweep.Sweep, d *facts.Dossier, exemptions []govsweep.Exemption) (*govsweep.Inspection, error) {
	d.Coverage.Sweep = s.ID
	standings, err := r.db.Standings(ctx, d.Site.ID)
	if err != nil {
		return nil, err
	}
	// The places of an account are its sources; whether they were read is what
	// its indicators say themselves.
	in, moves := sweep.JudgeKnowing(d, r.book, r.set, s, sweep.Known{At: s.Started, Standings: standings, Exemptions: exemptions,
		Read: func(string) bool { return true }})
	raw, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("write the dossier of %s: %w", d.Site.ID, err)
	}
	in.Ended = time.Now()
	return in, r.db.SaveInspection(ctx, in, raw, moves)
}
