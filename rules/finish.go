package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// maxEvidence is how many captures a finding carries: the first ones by address.
const maxEvidence = 20

// finish fills in what the frame knows of the findings of p and folds
// findings of one locator into one.
func finish(p *Pass) []govsweep.Finding {
	out := make([]govsweep.Finding, 0, len(p.findings))
	at := map[string]int{}
	for _, f := range p.findings {
		p.fill(&f)
		if i, again := at[f.Fingerprint]; again {
			out[i].Pages = append(out[i].Pages, f.Pages...)
			out[i].Evidence = append(out[i].Evidence, f.Evidence...)
			tidy(&out[i])
			continue
		}
		at[f.Fingerprint] = len(out)
		out = append(out, f)
	}
	return out
}

func (p *Pass) fill(f *govsweep.Finding) {
	e := p.entry
	f.Target = p.Site.Target()
	f.Indicator, f.BookID, f.Class = e.Code, e.ID, e.Class
	if f.Severity == "" {
		f.Severity = e.Severity
	}
	f.Status = govsweep.Proposed
	f.Clause, f.Remedy = clauseFor(e.Clause, &p.Site), e.Remedy
	f.FirstSeen, f.LastSeen = p.AsOf, p.AsOf
	f.NeedsReview = f.NeedsReview || f.Unproven || e.Automatable == Partial
	if f.Locator == "" && f.Column != nil {
		f.Locator = f.Column.URL
	}
	if f.Locator == "" {
		f.Locator = f.URL
	}
	f.Fingerprint = Fingerprint(e.Code, f.Target.ID, f.Locator)
	f.ID = "F" + strings.ToUpper(f.Fingerprint[:12])
	if len(f.Pages) == 0 && f.URL != "" {
		f.Pages = []string{f.URL}
	}
	tidy(f)
}

// tidy sorts pages and evidence and counts the group.
func tidy(f *govsweep.Finding) {
	if !slices.IsSorted(f.Pages) {
		slices.Sort(f.Pages)
	}
	f.Pages = slices.Compact(f.Pages)
	f.GroupSize = len(f.Pages)
	slices.SortStableFunc(f.Evidence, byAddress)
	f.Evidence = slices.Compact(f.Evidence)
	if len(f.Evidence) > maxEvidence {
		f.Evidence = f.Evidence[:maxEvidence:maxEvidence]
	}
}

func byAddress(a, b govsweep.Evidence) int { return strings.Compare(a.URL, b.URL) }

// Fingerprint names a finding over sweeps: 32 hex digits of indicator, target
// and locator.
func Fingerprint(code govsweep.IndicatorCode, target govsweep.TargetID, locator string) string {
	sum := sha256.Sum256([]byte(string(code) + "\x00" + string(target) + "\x00" + locator))
	return hex.EncodeToString(sum[:])[:32]
}
