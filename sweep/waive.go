package sweep

import (
	"slices"

	"github.com/govsweep/govsweep"
)

// standing gives the outcomes as they count for the verdict: without the
// findings a person has rejected or exempted. waived names those by
// fingerprint. The outcomes themselves stay as they were found.
func standing(outcomes []govsweep.Outcome, waived map[string]govsweep.FindingStatus) []govsweep.Outcome {
	if len(waived) == 0 {
		return outcomes
	}
	out := slices.Clone(outcomes)
	for i := range out {
		o := &out[i]
		o.Findings = slices.DeleteFunc(slices.Clone(o.Findings), func(f govsweep.Finding) bool {
			_, ok := waived[f.Fingerprint]
			return ok
		})
		if o.Status == govsweep.Found && len(o.Findings) == 0 {
			o.Status = govsweep.Passed // what the check could not see stays open: Review is kept
		}
		o.Count = len(o.Findings)
	}
	return out
}
