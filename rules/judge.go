package rules

import (
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// Judge adds outcomes up to the verdict over the target of d.
//
// Any proven veto: unqualified, and scoring stops. For the kinds of site the
// rulebook scores, the proven deductions are taken from the total, item by
// item and never more than the item's points, each fault once; below the pass
// line: unqualified. What is left open – vetoes not answered, points not yet
// entered, deductions not measured – makes the grade undecided, but only where
// it could change it. A finding that is unproven costs nothing; it leaves the
// grade open only where its points are known and would push the score below
// the pass line. Norms never change a grade.
func (b *Rulebook) Judge(d *facts.Dossier, outcomes []govsweep.Outcome) govsweep.Verdict {
	v := govsweep.Verdict{
		Target: d.Site.Target(), Sweep: d.Coverage.Sweep, Rulebook: b.ID,
		Vetoes: []govsweep.IndicatorCode{}, Open: []govsweep.IndicatorCode{},
	}
	openVetoes := b.vetoes(&v, outcomes)
	if len(v.Vetoes) > 0 {
		v.Grade, v.Reason = govsweep.Unqualified, b.vetoReason(outcomes, v.Vetoes)
		return v
	}
	if v.Target.Kind == govsweep.AccountTarget {
		return b.judgeAccount(v, openVetoes, outcomes)
	}
	scored := slices.Contains(b.Scoring.ScoredKinds, d.Site.Kind)
	var card card
	if scored {
		card = b.tally(outcomes)
		v.Items, v.Unpriced = card.items(), card.unpriced
	}
	b.grade(&v, d, &card, scored, openVetoes)
	if !d.Home.Reached || d.Coverage.Suspect {
		v.Score, v.Items = nil, nil // what was not seen is not scored
	}
	return v
}

func (b *Rulebook) grade(v *govsweep.Verdict, d *facts.Dossier, card *card, scored bool, openVetoes []govsweep.IndicatorCode) {
	if scored {
		if best := b.score(&d.Site, card.least()); best < b.Scoring.PassLine {
			v.Grade, v.Reason = govsweep.Unqualified, b.lowReason(best, card)
			if card.exact() {
				v.Score = &best
			}
			return
		} else if card.exact() {
			total := best + b.bonus(best, card)
			v.Score = &total
		}
		if worst, known := card.most(); !known || b.score(&d.Site, worst) < b.Scoring.PassLine {
			v.Open = append(v.Open, card.open...)
		}
	}
	v.Open = append(openVetoes, v.Open...)
	kindUnknown := d.Site.Kind == govsweep.UnknownSite && len(b.Scoring.ScoredKinds) > 0
	unpriced := scored && b.unpricedMatters(&d.Site, card)
	if len(v.Open) > 0 || kindUnknown || unpriced {
		v.Grade, v.Reason = govsweep.Undecided, b.openReason(d, v, unpriced, kindUnknown)
		return
	}
	v.Grade, v.Reason = govsweep.Qualified, b.passReason(d, v)
}

// judgeAccount grades an account no veto was proven of: accounts have vetoes
// only, no score. What only a person can answer and nobody has answered yet
// is told, and does not hold up the grade: it is of the range inspected. Where
// not one veto was measured, nothing was inspected and the grade stays open.
func (b *Rulebook) judgeAccount(v govsweep.Verdict, open []govsweep.IndicatorCode, outcomes []govsweep.Outcome) govsweep.Verdict {
	asked := b.unanswered(outcomes)
	waiting := len(open)
	open = slices.DeleteFunc(open, func(code govsweep.IndicatorCode) bool { return asked[code] })
	waiting -= len(open)
	if v.Open = append(v.Open, open...); len(v.Open) > 0 {
		v.Grade = govsweep.Undecided
		v.Reason = fmt.Sprintf("未发现可认定的单项否决问题，但%d项指标尚未测得或须人工复核（%s），等次待核。", len(v.Open), b.titles(v.Open))
		return v
	}
	if !slices.ContainsFunc(outcomes, passedVeto) {
		v.Grade = govsweep.Undecided
		v.Reason = "没有一项单项否决指标适用并且已经测得，等次待核。"
		if waiting > 0 {
			v.Reason = fmt.Sprintf("没有一项单项否决指标适用并且已经测得，另有%d项须由人工检查，尚未录入结果，等次待核。", waiting)
		}
		return v
	}
	v.Grade, v.Reason = govsweep.Qualified, "在本次检查的范围内未发现单项否决问题，评定为合格。"
	if waiting > 0 {
		v.Reason = fmt.Sprintf("在本次检查的范围内未发现单项否决问题，评定为合格；另有%d项单项否决指标须由人工检查，尚未录入结果，不得理解为没有问题。", waiting)
	}
	return v
}

// passedVeto says that a veto was measured and not found.
func passedVeto(o govsweep.Outcome) bool {
	return o.Class == govsweep.Veto && o.Status == govsweep.Passed
}

// unanswered gives the indicators that rest on answers of persons alone and
// were not measured.
func (b *Rulebook) unanswered(outcomes []govsweep.Outcome) map[govsweep.IndicatorCode]bool {
	out := map[govsweep.IndicatorCode]bool{}
	for i := range outcomes {
		o := &outcomes[i]
		if e := b.Entry(o.Indicator); e != nil && e.Automatable == Manual && o.Status == govsweep.NotMeasured {
			out[o.Indicator] = true
		}
	}
	return out
}

// vetoes notes the vetoes found and gives those whose answer is open.
func (b *Rulebook) vetoes(v *govsweep.Verdict, outcomes []govsweep.Outcome) []govsweep.IndicatorCode {
	open := []govsweep.IndicatorCode{}
	for i := range outcomes {
		o := &outcomes[i]
		switch {
		case o.Class != govsweep.Veto:
		case o.Status == govsweep.Found && proven(o) > 0:
			v.Vetoes = append(v.Vetoes, o.Indicator)
		case o.Status == govsweep.Found, o.Open():
			open = append(open, o.Indicator)
		}
	}
	return open
}

// proven counts the findings that are not unproven.
func proven(o *govsweep.Outcome) int {
	n := 0
	for i := range o.Findings {
		if !o.Findings[i].Unproven {
			n++
		}
	}
	return n
}

// score is what deducted leaves of the total, rescaled for units without
// public service where the rulebook says so; never below zero.
func (b *Rulebook) score(s *govsweep.Site, deducted govsweep.Points) govsweep.Points {
	sc := &b.Scoring
	total := sc.DeductionTotal
	if s.PublicService == nil || *s.PublicService || sc.Rescale != ByFactor {
		return max(0, total-deducted)
	}
	return sc.NoServiceFactor.Of(max(0, total-sc.ServicePoints-deducted))
}

// bonus counts only above the bonus line.
func (b *Rulebook) bonus(score govsweep.Points, c *card) govsweep.Points {
	if score <= b.Scoring.BonusLine {
		return 0
	}
	return min(c.bonus, b.Scoring.BonusTotal)
}

// unpricedMatters says whether points 待录入 could still push the score below
// the pass line.
func (b *Rulebook) unpricedMatters(s *govsweep.Site, c *card) bool {
	if len(c.unpriced) == 0 {
		return false
	}
	worst, known := c.mostFound()
	return !known || b.score(s, worst) < b.Scoring.PassLine
}
