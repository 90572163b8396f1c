package storage

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
)

var meetFinding = insert{
	head:   `INSERT INTO findings (target, fingerprint, id, indicator, status, first_seen, last_seen, until_day)`,
	values: 8,
	// Whatever the order in which sweeps are saved: the earliest and the latest.
	tail: `ON CONFLICT (target, fingerprint) DO UPDATE
SET first_seen = CASE WHEN excluded.first_seen < findings.first_seen THEN excluded.first_seen ELSE findings.first_seen END,
    last_seen = CASE WHEN excluded.last_seen > findings.last_seen THEN excluded.last_seen ELSE findings.last_seen END`,
}

var addSighting = insert{
	head:   `INSERT INTO sightings (run, place, target, fingerprint, indicator, class, locator, scores, unproven, body)`,
	values: 10,
}

// saveFindings writes identities and sightings, moves what the inspection
// moves, and gives the findings as they now stand. Of two findings with one fingerprint the first is kept.
func (t tx) saveFindings(ctx context.Context, n int64, in *govsweep.Inspection, moves []govsweep.Transition) ([]govsweep.Finding, error) {
	target, seen := text(string(in.Site.ID)), seenAt(in)
	var identities, sightings [][]any
	known := map[string]bool{}
	for i := range in.Findings {
		f := in.Findings[i]
		if f.Fingerprint == "" {
			return nil, &govsweep.Error{Kind: govsweep.Internal, Say: "指标“" + string(f.Indicator) + "”的一个问题没有指纹，无法保存。"}
		}
		if known[f.Fingerprint] {
			continue
		}
		known[f.Fingerprint] = true
		settle(&f, in, seen)
		body, err := jsonText(&f)
		if err != nil {
			return nil, err
		}
		identities = append(identities, []any{target, text(f.Fingerprint), text(f.ID), text(string(f.Indicator)),
			string(govsweep.Proposed), ms(f.FirstSeen), ms(f.LastSeen), ""})
		sightings = append(sightings, []any{n, i, target, text(f.Fingerprint), text(string(f.Indicator)),
			string(f.Class), text(f.Locator), f.Scores, flag(f.Unproven), body})
	}
	if err := t.bulk(ctx, meetFinding, identities); err != nil {
		return nil, err
	}
	if err := t.bulk(ctx, addSighting, sightings); err != nil {
		return nil, err
	}
	if err := t.move(ctx, moves); err != nil {
		return nil, err
	}
	return findings(ctx, t, sightingsOfRun, n)
}

// settle fills what the identity of a finding needs.
func settle(f *govsweep.Finding, in *govsweep.Inspection, seen time.Time) {
	f.Sweep = in.Sweep.ID
	if f.Target.ID == "" {
		f.Target = in.Site.Target()
	}
	if f.ID == "" {
		f.ID = findingID(f.Fingerprint)
	}
	if f.Status == "" {
		f.Status = govsweep.Proposed
	}
	if f.LastSeen.IsZero() {
		f.LastSeen = seen
	}
	if f.FirstSeen.IsZero() || f.FirstSeen.After(f.LastSeen) {
		f.FirstSeen = f.LastSeen
	}
	if f.Evidence == nil {
		f.Evidence = []govsweep.Evidence{}
	}
	if f.Pages == nil {
		f.Pages = []string{}
	}
}
