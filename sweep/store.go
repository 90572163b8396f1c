// Package sweep takes one target from its address to its verdict: crawl,
// facts, dossier, rules, and keeps everything so that a killed run goes on
// where it was.
package sweep

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
)

// Frontier keeps the visits and records of a run. Every method is idempotent:
// after a kill the same call leads to the same state. What writes under a run
// with a fence that is not the last one is refused with ErrLeaseLost.
type Frontier interface {
	// Commit writes a batch in one transaction. A visit already known keeps
	// its result; while it is still queued a better rank replaces role,
	// column, via and depth, and on equal rank the smaller URL wins. A record
	// marks its visit done and replaces an earlier record of the same key.
	Commit(ctx context.Context, run govsweep.Run, b govsweep.Batch) error
	// BeginWave gives the queued visits of rank maxRank or better that have
	// no wave yet the number wave, at most limit of them (limit < 0: all), in
	// order of rank and URL, and says how many now carry it. Called again for
	// a wave that has begun it changes nothing and gives the same number.
	BeginWave(ctx context.Context, run govsweep.Run, wave, maxRank, limit int) (int, error)
	// NextVisits gives up to n unfinished visits of wave in order of rank and
	// URL, beginning behind after (nil: from the start).
	NextVisits(ctx context.Context, run govsweep.Run, wave int, after *govsweep.Visit, n int) ([]govsweep.Visit, error)
	// EachVisit tells every visit of the run that is known, in any order:
	// how a resumed run fills its set of seen addresses.
	EachVisit(ctx context.Context, run govsweep.Run, fn func(v govsweep.Visit, done bool) error) error
	// SkipVisits ends the queued visits that have no wave and whose key is
	// listed, with a Chinese reason.
	SkipVisits(ctx context.Context, run govsweep.Run, keys []uint64, reason string) error
	// SkipQueued ends every queued visit of rank maxRank or better that has no wave.
	SkipQueued(ctx context.Context, run govsweep.Run, maxRank int, reason string) error
	// CountVisits counts by state, and the skipped ones by reason.
	CountVisits(ctx context.Context, run govsweep.Run) (govsweep.VisitCounts, map[string]int, error)
	// EachRecord streams the records of a run in order of visit URL, then
	// form, then look. Memory does not grow with their number.
	EachRecord(ctx context.Context, run govsweep.Run, fn func(*govsweep.Record) error) error
}

// Book keeps sweeps, their targets and what was judged.
type Book interface {
	Sweep(ctx context.Context, id int64) (*govsweep.Sweep, error)
	SaveSweepTarget(ctx context.Context, t *govsweep.SweepTarget) error
	SweepTargets(ctx context.Context, sweep int64) ([]govsweep.SweepTarget, error)
	SweepTarget(ctx context.Context, run govsweep.Run) (*govsweep.SweepTarget, error)
	// ReopenSweep makes failed targets wait again, and the sweep run when
	// anything is left to do. A cancelled sweep is a Conflict.
	ReopenSweep(ctx context.Context, id int64) error
	// EndSweep ends a running sweep when nothing is left to do, and says where
	// it stands now.
	EndSweep(ctx context.Context, id int64, at time.Time) (govsweep.SweepState, error)
	// SaveInspection writes verdict, coverage, outcomes, findings, column
	// verdicts, the dossier as JSON, and sets the target done, in one
	// transaction. A finding with a known fingerprint keeps its id,
	// first_seen and status but for moves; last_seen moves. When a person
	// moved a finding meanwhile it is a Conflict and nothing is written.
	SaveInspection(ctx context.Context, in *govsweep.Inspection, dossier []byte, moves []govsweep.Transition) error
	// Waived gives the findings of the target that a person has rejected, or
	// exempted until the day of at or longer, by fingerprint.
	Waived(ctx context.Context, t govsweep.TargetID, at time.Time) (map[string]govsweep.FindingStatus, error)
	// Standings says where every finding of the target stands.
	Standings(ctx context.Context, t govsweep.TargetID) ([]govsweep.Standing, error)
	// Exemptions gives all standing exemptions.
	Exemptions(ctx context.Context) ([]govsweep.Exemption, error)
	// Probed gives the visits of the target's series in a time, in order.
	Probed(ctx context.Context, t govsweep.TargetID, from, to time.Time) ([]govsweep.ProbeVisit, error)
	// IPv6Report gives the newest report of the target in a time; nil for none.
	IPv6Report(ctx context.Context, t govsweep.TargetID, from, to time.Time) (*govsweep.IPv6Report, error)
	// IPv6Proof gives the captures of the visits of its reports, in order of time.
	IPv6Proof(ctx context.Context, t govsweep.TargetID, from, to time.Time) ([]govsweep.Evidence, error)
	// Maintenance gives what the target announced.
	Maintenance(ctx context.Context, t govsweep.TargetID) ([]govsweep.Maintenance, error)
	// LastDossier gives the dossier of the newest judged run of the target
	// before sweep; nil when there is none.
	LastDossier(ctx context.Context, t govsweep.TargetID, before int64) ([]byte, error)
}

// Leases says who works on what. Every error but that of a lost lease is one
// of storage.
type Leases interface {
	// Claim gives the right to work on a target of a sweep (0: of any running
	// one) that nobody works on; nil when nothing is free.
	Claim(ctx context.Context, sweep int64, owner string, now time.Time, ttl time.Duration) (*govsweep.Lease, error)
	// Extend holds a lease for another l.TTL; ErrLeaseLost when it was lost.
	Extend(ctx context.Context, l *govsweep.Lease, now time.Time) error
	// Release gives a target back; of a lost lease it does nothing.
	Release(ctx context.Context, l govsweep.Lease) error
	// Leases gives the leases of a sweep that stand.
	Leases(ctx context.Context, sweep int64, now time.Time) ([]govsweep.Lease, error)
}

// Register keeps sites and columns.
type Register interface {
	Site(ctx context.Context, id govsweep.TargetID) (*govsweep.Site, error) // ErrNotFound kind when absent
	Columns(ctx context.Context, site govsweep.TargetID) ([]govsweep.Column, error)
	// Learn keeps the columns an inspection saw and, unless site is nil, the
	// name of the site. Class and exemption set by a person are kept;
	// first_seen keeps the earlier, had_content never goes back.
	Learn(ctx context.Context, run govsweep.Run, site *govsweep.Site, columns []govsweep.Column) error
}
