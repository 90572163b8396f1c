package sweep

import (
	"context"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/facts"
)

// A Look is what a re-test saw: the inspection it comes to, which places were
// really read, and the captures that prove it. It belongs to one goroutine.
type Look struct {
	Inspection *govsweep.Inspection // only what the findings re-tested are about

	at      time.Time
	needs   func(govsweep.IndicatorCode) []facts.FactKind
	site    govsweep.TargetID
	home    uint64
	newest  string // address of the newest item of the home page, where its items are asked for
	seen    map[uint64][]seenRecord
	lists   map[uint64][]govsweep.Evidence // by key of column: its first page and what carries its items
	dead    map[string][]govsweep.Visit    // by fingerprint: the addresses of a link finding
	columns map[string]bool                // addresses of columns looked at
	states  map[uint64]*govsweep.ColumnVerdict
	removed map[uint64]bool   // columns that were blank and are gone, and linked no more
	shifted map[string]string // by fingerprint: why a fault that is not found again is not yet gone
}

// seenRecord is what is kept of one answer.
type seenRecord struct {
	url, final string
	role       govsweep.Role
	answer     answerKind
	evidence   []govsweep.Evidence
	links      []uint64
}

const (
	noAnswer  answerKind = iota // blocked, challenged, soft 404, cut off, timed out: nothing
	contents                    // the page, the file or the data that was asked for
	notThere                    // 404 or 410
	elsewhere                   // led to another page of the site
)

// look gathers what the run saw of the places.
func (in *Inspector) look(ctx context.Context, r *run, d *facts.Dossier, where *places) (*Look, error) {
	l := &Look{at: in.Now(), needs: in.needs, site: r.home.ID, home: r.homeKey, seen: map[uint64][]seenRecord{}, lists: map[uint64][]govsweep.Evidence{},
		dead: where.dead, columns: map[string]bool{}, states: map[uint64]*govsweep.ColumnVerdict{}, removed: map[uint64]bool{}, shifted: map[string]string{}}
	wanted := map[uint64]bool{r.homeKey: true}
	for _, v := range append(r.seeds(), where.visits...) {
		wanted[v.Key] = true
	}
	if where.focus.home && d.Home.NewestURL != "" {
		l.newest = d.Home.NewestURL
		wanted[address.Key(l.newest, "")] = true
	}
	for i := range d.Columns { // the date of an item may stand on its own page only
		if c := &d.Columns[i]; c.NewestURL != "" && where.focus.columns[address.Key(c.URL, "")] {
			wanted[address.Key(c.NewestURL, "")] = true
		}
	}
	err := in.Store.EachRecord(ctx, r.id, func(rec *govsweep.Record) error {
		key := address.Key(rec.Visit.URL, rec.Visit.Form)
		if answerOf(rec) == elsewhere && wanted[key] {
			wanted[address.Key(rec.FinalURL, "")] = true
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read what a re-test saw: %w", err)
	}
	err = in.Store.EachRecord(ctx, r.id, func(rec *govsweep.Record) error {
		key := address.Key(rec.Visit.URL, rec.Visit.Form)
		s := seenRecord{url: rec.Visit.URL, final: rec.FinalURL, role: rec.Visit.Role, answer: answerOf(rec), evidence: proofOf(rec)}
		if column := address.Key(rec.Visit.Column, ""); rec.Visit.Column != "" && where.focus.columns[column] && rec.Facts != nil {
			l.lists[column] = append(l.lists[column], s.evidence...)
		}
		if wanted[key] {
			s.links = rec.LinkKeys
			l.seen[key] = append(l.seen[key], s)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read what a re-test saw: %w", err)
	}
	for i := range d.Columns {
		if url := d.Columns[i].URL; where.focus.columns[address.Key(url, "")] || l.seen[address.Key(url, "")] != nil {
			l.columns[url] = true
		}
	}
	return l, nil
}
