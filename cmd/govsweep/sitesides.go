package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/origin"
	"github.com/govsweep/govsweep/storage"
)

// sideSince is from when on items are wanted for a comparison from from on.
func sideSince(from time.Time) time.Time { return from.AddDate(0, 0, -origin.Default().Window-1) }

// siteSides gives the sides of sites and holds some of them. It may be asked
// from many goroutines.
type siteSides struct {
	db    *storage.DB
	since time.Time
	sweep int64 // 0: the last of the site

	mu    sync.Mutex
	held  map[govsweep.TargetID]*origin.SiteSide
	count int
}

// of gives the side of a site; else why it has none.
func (s *siteSides) of(ctx context.Context, site *govsweep.Site) (*origin.SiteSide, string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if side, ok := s.held[site.ID]; ok {
		return side, "", nil
	}
	number := s.sweep
	if number == 0 {
		last, err := s.db.LastJudged(ctx, site.ID)
		if govsweep.KindOf(err) == govsweep.NotFound {
			return nil, fmt.Sprintf("主办单位的网站“%s”尚未检查，没有可比对的信息。", site.Name), nil
		}
		if err != nil {
			return nil, "", err
		}
		number = last.ID
	}
	run := govsweep.Run{Sweep: number, Target: site.ID}
	raw, err := s.db.Dossier(ctx, run)
	if govsweep.KindOf(err) == govsweep.NotFound {
		return nil, fmt.Sprintf("主办单位的网站“%s”不在第%d次检查中，或在该次检查中没有完成，没有可比对的信息。", site.Name, number), nil
	}
	if err != nil {
		return nil, "", err
	}
	var d facts.Dossier
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, "", fmt.Errorf("read the dossier of %s: %w", site.ID, err)
	}
	g := origin.NewGatherer(s.since)
	if err := s.db.EachRecord(ctx, run, func(r *govsweep.Record) error { g.Add(r); return nil }); err != nil {
		return nil, "", err
	}
	side := g.Side(&d, number)
	if s.count += len(side.Articles); s.count > cachedArticles {
		clear(s.held)
		s.count = len(side.Articles)
	}
	s.held[site.ID] = side
	return side, "", nil
}
