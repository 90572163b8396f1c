package rules

import (
	"fmt"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// Inspect answers every entry of b that is for the kind of d's target, in the
// order of b: exactly one outcome each. set holds the indicators the entries name.
func Inspect(d *facts.Dossier, b *Rulebook, set []*Indicator) []govsweep.Outcome {
	byCode := make(map[govsweep.IndicatorCode]*Indicator, len(set))
	for _, ind := range set {
		byCode[ind.Code] = ind
	}
	sh := &shared{book: b}
	outcomes := make([]govsweep.Outcome, 0, len(b.Entries))
	for i := range b.Entries {
		e := &b.Entries[i]
		if !byCode[e.Code].isFor(d.Site.Target().Kind) {
			continue
		}
		outcomes = append(outcomes, inspectOne(d, e, byCode[e.Code], sh))
	}
	return outcomes
}

// isFor says whether an indicator is for a kind of target; one that is not
// implemented is reported for sites, as broken.
func (ind *Indicator) isFor(kind govsweep.TargetKind) bool {
	if ind == nil || ind.For == "" {
		return kind == govsweep.SiteTarget
	}
	return ind.For == kind
}

func inspectOne(d *facts.Dossier, e *Entry, ind *Indicator, sh *shared) govsweep.Outcome {
	o := govsweep.Outcome{
		Target: d.Site.Target(), Indicator: e.Code, BookID: e.ID, Title: e.Name, Class: e.Class,
	}
	if ind == nil {
		o.Status, o.Reason = govsweep.Broken, "本版本没有实现该指标的检查。"
		return o
	}
	if o.Status, o.Reason = before(d, e, ind); o.Status != "" {
		return o
	}
	p := &Pass{Dossier: d, AsOf: d.AsOf, entry: e, shared: sh}
	if err := run(ind, p); err != nil {
		o.Status, o.Reason = govsweep.Broken, "检查程序出错："+Clip(err.Error(), 200)+"。"
		return o
	}
	p.settle(&o)
	return o
}

// before decides without the check: not-applicable, not-in-force,
// not-measured, in this order; "" when the check has to decide.
func before(d *facts.Dossier, e *Entry, ind *Indicator) (govsweep.OutcomeStatus, string) {
	if ok, why := e.inScope(&d.Site); !ok {
		return govsweep.NotApplicable, why
	}
	if ind.Applies != nil {
		if ok, why := ind.Applies(d); !ok {
			return govsweep.NotApplicable, why
		}
	}
	if !e.inForce(d.AsOf) {
		return govsweep.NotInForce, "该指标在监测时间点" + govsweep.ChineseDate(d.AsOf) + "不在执行期内。"
	}
	if d.Coverage.Suspect && !ind.Probed {
		return govsweep.NotMeasured, "本次检查中大量页面被拦截或未能读取，不据此作否定性结论。"
	}
	for _, kind := range ind.Needs {
		if why, missing := d.Missing[kind]; missing {
			return govsweep.NotMeasured, whole(why)
		}
	}
	return "", ""
}

// run calls the check; a panic is an error of this indicator only.
func run(ind *Indicator, p *Pass) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return ind.Check(p)
}

// settle writes what the check said into o.
func (p *Pass) settle(o *govsweep.Outcome) {
	switch {
	case len(p.findings) > 0:
		o.Status = govsweep.Found
		o.Findings = finish(p)
		o.Count = len(o.Findings)
		if p.unseen != "" {
			p.reviews = append(p.reviews, p.unseen)
		}
	case p.unseen != "":
		o.Status, o.Reason = govsweep.NotMeasured, whole(p.unseen)
		return
	case p.none != "":
		o.Status, o.Reason = govsweep.NotApplicable, whole(p.none)
		return
	default:
		o.Status = govsweep.Passed
	}
	if len(p.reviews) > 0 {
		o.Review = whole(strings.Join(p.reviews, "；"))
	}
}

// whole ends a sentence that does not end.
func whole(s string) string {
	s = strings.TrimRight(s, "；，、 \n")
	if s == "" || strings.HasSuffix(s, "。") {
		return s
	}
	return s + "。"
}

func (e *Entry) inForce(at time.Time) bool {
	if !e.From.IsZero() && at.Before(e.From) {
		return false
	}
	return e.To.IsZero() || !at.After(e.To)
}
