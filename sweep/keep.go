package sweep

import (
	"context"
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
)

// keep moves the captures that findings and what moves them cite into the
// evidence store and writes their index. It may be repeated after a kill.
func (in *Inspector) keep(ctx context.Context, r *run, spool *evidence.Spool, res *govsweep.Inspection, moves []govsweep.Transition) error {
	if spool == nil {
		return nil
	}
	want := cited(res, moves)
	if len(want) == 0 {
		return nil
	}
	if err := in.keepAll(ctx, r, spool, want); err != nil {
		return err
	}
	return in.indexProbes(ctx, r, res)
}

// keepAll moves the wanted captures into the evidence store and indexes them.
func (in *Inspector) keepAll(ctx context.Context, r *run, spool *evidence.Spool, want map[govsweep.Digest]struct{}) error {
	missing, err := spool.Keep(want)
	if err != nil {
		return fmt.Errorf("keep evidence: %w", err)
	}
	if len(missing) > 0 {
		return &govsweep.Error{Kind: govsweep.Internal, Say: fmt.Sprintf("有%d份证据未能留存，首个编号为%s", len(missing), missing[0])}
	}
	return in.index(ctx, r, spool, want)
}

// cited lists the captures findings and moves rest on.
func cited(res *govsweep.Inspection, moves []govsweep.Transition) map[govsweep.Digest]struct{} {
	want := map[govsweep.Digest]struct{}{}
	cite := func(evidence []govsweep.Evidence) {
		for _, e := range evidence {
			if d, err := govsweep.ParseDigest(e.Digest); err == nil {
				want[d] = struct{}{}
			}
		}
	}
	for i := range res.Findings {
		cite(res.Findings[i].Evidence)
	}
	for i := range moves {
		cite(moves[i].Proof)
	}
	return want
}

// index writes where and when the wanted captures were taken.
func (in *Inspector) index(ctx context.Context, r *run, spool *evidence.Spool, want map[govsweep.Digest]struct{}) error {
	var rows []govsweep.Capture
	err := r.store.EachRecord(ctx, r.id, func(rec *govsweep.Record) error {
		if _, cited := want[rec.Digest]; !cited {
			return nil
		}
		c := govsweep.Capture{Digest: rec.Digest, Kind: captureKind(rec), URL: rec.Visit.URL, At: rec.FetchedAt,
			MediaType: rec.MediaType, Header: spool.Header(rec.Digest, rec.Visit.URL, rec.FetchedAt), Length: rec.Length, Sweep: r.id.Sweep, Target: r.id.Target}
		if rec.Facts != nil {
			c.Charset = rec.Facts.Charset
		}
		rows = append(rows, c)
		return nil
	})
	if err != nil {
		return fmt.Errorf("index evidence: %w", err)
	}
	if err := in.Store.IndexCaptures(ctx, r.id, rows); err != nil {
		return fmt.Errorf("index evidence: %w", err)
	}
	return nil
}

func captureKind(rec *govsweep.Record) govsweep.CaptureKind {
	switch {
	case rec.Visit.Role == govsweep.ListCallRole:
		return govsweep.ListCallCapture
	case rec.Facts == nil || rec.Status >= 400:
		return govsweep.ResponseCapture
	}
	return govsweep.PageCapture
}
