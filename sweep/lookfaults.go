package sweep

import (
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// knownFaults gives the fingerprints the last inspection found.
func (in *Inspector) knownFaults(previous *facts.Dossier) map[string]bool {
	known := map[string]bool{}
	if previous == nil {
		return known
	}
	for _, o := range rules.Inspect(previous, in.Rules, in.Indicators) {
		for _, f := range o.Findings {
			known[f.Fingerprint] = true
		}
	}
	return known
}

// noteShifted finds faults of the same indicator on the same pages that were
// not known: a template that was changed may carry its fault in another
// place, and a fault in another form is no proof that it is gone.
func (l *Look) noteShifted(res *govsweep.Inspection, known map[string]bool, about []govsweep.Standing) {
	for _, s := range about {
		if slices.Contains(deadLinks, s.Indicator) || slices.Contains(l.needs(s.Indicator), facts.KindListings) {
			continue
		}
		for _, f := range res.Findings {
			if f.Indicator == s.Indicator && f.Fingerprint != s.Fingerprint && !known[f.Fingerprint] && meets(f.Pages, s) {
				l.shifted[s.Fingerprint] = "同一页面上仍有同一指标的问题，但与原问题不完全相同，须人工核对：" + rules.Clip(f.Summary, 120)
			}
		}
	}
}

// carry keeps the pages of a finding that did not answer this time: they may
// still have the fault, and the next re-test must ask for them.
func (l *Look) carry(res *govsweep.Inspection, about []govsweep.Standing) {
	for i := range res.Outcomes {
		for j := range res.Outcomes[i].Findings {
			l.carryOne(&res.Outcomes[i].Findings[j], about)
		}
	}
	for i := range res.Findings {
		l.carryOne(&res.Findings[i], about)
	}
}

func (l *Look) carryOne(f *govsweep.Finding, about []govsweep.Standing) {
	var unread []string
	for _, s := range about {
		if s.Fingerprint != f.Fingerprint {
			continue
		}
		for _, url := range s.Pages {
			if l.state(url) == noAnswer && !slices.Contains(f.Pages, url) {
				unread = append(unread, url)
			}
		}
	}
	if len(unread) == 0 {
		return
	}
	f.Pages = append(slices.Clone(f.Pages), unread...)
	slices.Sort(f.Pages)
	f.GroupSize = len(f.Pages)
	f.Detail = append(slices.Clone(f.Detail), fmt.Sprintf("其中%d个页面复查时未能读取，仍按原结果列入", len(unread)))
}

func meets(pages []string, s govsweep.Standing) bool {
	return slices.ContainsFunc(pages, func(p string) bool { return p == s.URL || slices.Contains(s.Pages, p) })
}

// only leaves of an inspection what the findings are about.
func only(res *govsweep.Inspection, about []govsweep.Standing) {
	asked, codes := map[string]bool{}, map[govsweep.IndicatorCode]bool{}
	for _, s := range about {
		asked[s.Fingerprint], codes[s.Indicator] = true, true
	}
	mine := func(fs []govsweep.Finding) []govsweep.Finding {
		return slices.DeleteFunc(slices.Clone(fs), func(f govsweep.Finding) bool { return !asked[f.Fingerprint] })
	}
	res.Findings = mine(res.Findings)
	for i := range res.Outcomes {
		o := &res.Outcomes[i]
		if !codes[o.Indicator] {
			o.Status, o.Reason, o.Review, o.Findings, o.Count = govsweep.NotMeasured, "本次复查不涉及该指标。", "", nil, 0
			continue
		}
		o.Findings = mine(o.Findings)
		o.Count = len(o.Findings)
		if o.Status == govsweep.Found && o.Count == 0 {
			o.Status = govsweep.Passed
		}
	}
	v := &res.Verdict
	v.Grade, v.Reason, v.Score, v.Items, v.Unpriced = govsweep.Undecided, "复查只看有关问题是否仍在，不对网站作出判定。", nil, nil, nil
	v.Vetoes, v.Open = []govsweep.IndicatorCode{}, []govsweep.IndicatorCode{}
	res.Coverage.Complete = false
}
