package sweep

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/rules"
)

// Known is what is known of a site when it is judged: where its findings
// stand, which standing exemptions there are, and what this inspection read.
// The zero value is a site nobody has looked at or decided about.
type Known struct {
	At         time.Time // when the site was looked at; see rectify.Observation
	Standings  []govsweep.Standing
	Exemptions []govsweep.Exemption
	Read       func(url string) bool                // nil: nothing was read again, as in a replay
	Proof      func(url string) []govsweep.Evidence // may be nil
}

// JudgeKnowing judges a dossier with what is known of the site, and gives the
// lines the inspection adds to the histories of its findings. What a standing
// exemption covers does not count from the first inspection that sees it on.
// It is pure: replay judges stored dossiers with it and leaves the lines.
func JudgeKnowing(d *facts.Dossier, book *rules.Rulebook, set []*rules.Indicator, s *govsweep.Sweep, k Known) (*govsweep.Inspection, []govsweep.Transition) {
	found := Judge(d, book, set, s, nil)
	moves := k.observe(found)
	waived := k.waived(moves)
	if len(waived) == 0 {
		return found, moves
	}
	in := Judge(d, book, set, s, waived)
	seen := *in
	seen.Columns = found.Columns // as they were read: an excused column was read too
	return in, decided(k.observe(&seen), found)
}

// decided says of what is gone only because a person rejected or exempted
// what it counted that nothing was mended.
func decided(moves []govsweep.Transition, found *govsweep.Inspection) []govsweep.Transition {
	for i := range moves {
		m := &moves[i]
		still := func(f govsweep.Finding) bool { return f.Fingerprint == m.Fingerprint }
		if m.Event == govsweep.Gone && slices.ContainsFunc(found.Findings, still) {
			m.Reason = "所计的栏目中有经人员排除或豁免的，不计这些栏目后未达到标准。"
		}
	}
	return moves
}

func (k *Known) observe(in *govsweep.Inspection) []govsweep.Transition {
	return rectify.Observe(rectify.Observation{Sweep: in.Sweep.ID, At: k.At, Site: in.Site, Standings: k.Standings, Inspection: in,
		Exemptions: k.Exemptions, Read: k.Read, Proof: k.Proof})
}

// waived gives the findings that are rejected or exempted once the lines are
// added, by fingerprint.
func (k *Known) waived(moves []govsweep.Transition) map[string]govsweep.FindingStatus {
	status := make(map[string]govsweep.FindingStatus, len(k.Standings))
	for i := range k.Standings {
		status[k.Standings[i].Fingerprint] = k.Standings[i].Status
	}
	for i := range moves {
		status[moves[i].Fingerprint] = moves[i].To
	}
	for f, s := range status {
		if s != govsweep.Rejected && s != govsweep.Exempted {
			delete(status, f)
		}
	}
	return status
}

// known reads what persons decided about a site.
func (in *Inspector) known(ctx context.Context, r *run) (k Known, err error) {
	if k.Standings, err = in.Store.Standings(ctx, r.home.ID); err != nil {
		return k, fmt.Errorf("findings of %s: %w", r.home.ID, err)
	}
	if k.Exemptions, err = in.Store.Exemptions(ctx); err != nil {
		return k, fmt.Errorf("exemptions: %w", err)
	}
	k.At, k.Read, k.Proof = r.began, r.answers.read, r.answers.proof
	return k, nil
}
