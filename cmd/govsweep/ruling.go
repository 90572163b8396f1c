package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

// ruling judges stored inspections again with what persons decided since.
type ruling struct {
	db         *storage.DB
	book       *rules.Rulebook
	all        []*rules.Indicator
	exemptions []govsweep.Exemption
}

// ruling loads a rulebook and the standing exemptions.
func (a *app) ruling(db *storage.DB, book string) (*ruling, error) {
	b, all, err := a.loadBook(book)
	if err != nil {
		return nil, err
	}
	exemptions, err := db.Exemptions(a.ctx)
	return &ruling{db: db, book: b, all: all, exemptions: exemptions}, err
}

// again gives the verdict over a target as it is after the decisions; nil
// when the sweep was judged by another rulebook.
func (r *ruling) again(ctx context.Context, s *govsweep.Sweep, target govsweep.TargetID) (*govsweep.Verdict, error) {
	if s.Rulebook != r.book.ID {
		return nil, nil
	}
	raw, err := r.db.Dossier(ctx, govsweep.Run{Sweep: s.ID, Target: target})
	if err != nil {
		return nil, err
	}
	in, err := r.inspection(ctx, s, target, raw)
	if err != nil {
		return nil, err
	}
	return &in.Verdict, nil
}

func (r *ruling) inspection(ctx context.Context, s *govsweep.Sweep, target govsweep.TargetID, raw []byte) (*govsweep.Inspection, error) {
	var d facts.Dossier
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, fmt.Errorf("dossier of %s: %w", target, err)
	}
	standings, err := r.db.Standings(ctx, target)
	if err != nil {
		return nil, err
	}
	in, _ := sweep.JudgeKnowing(&d, r.book, r.all, s, sweep.Known{At: time.Now(), Standings: standings, Exemptions: r.exemptions})
	return in, nil
}
