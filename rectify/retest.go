package rectify

import (
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
)

// Retested says what one inspection showed of one finding under a notice:
// failed when the fault is seen, with the looks the law asks for; passed when its place was looked at (the rule
// of Observe), the fault is not there and fresh proof was captured; unknown,
// with the reason, for everything else, also for an inspection that is not
// younger than the last line of the finding. Why is one Chinese sentence.
func Retested(s govsweep.Standing, o Observation) govsweep.Retest {
	r := govsweep.Retest{At: o.At, Sweep: o.Sweep, Result: govsweep.RetestUnknown}
	switch {
	case o.Inspection == nil:
		r.Why = "本次复查没有得到检查结果。"
		return r
	case s.Target != o.Site.ID:
		r.Why = "本次复查的网站与问题所在网站不一致。"
		return r
	case o.Inspection.Coverage.Suspect:
		r.Why = "本次复查中大量页面被拦截或未能读取，不据此作结论。"
		return r
	}
	v := newView(&o)
	if !s.Moved.IsZero() && !o.At.After(s.Moved) {
		r.Why = fmt.Sprintf("本次检查早于该问题%s的处理，不能作为复查依据。", govsweep.ChineseDate(s.Moved))
		return r
	}
	if f := v.seen[s.Fingerprint]; f != nil {
		r.Proof = f.Evidence[:min(len(f.Evidence), mostProof)]
		if f.Unproven {
			r.Why = "问题似仍存在，但取证次数或材料尚未达到规定要求，须人工核对：" + clip(f.Summary, 300)
			return r
		}
		r.Result, r.Why = govsweep.RetestFailed, "复查时问题仍然存在："+clip(f.Summary, 300)
		return r
	}
	if v.before(&s) {
		r.Why = "本次复查的监测时间点早于最近一次发现该问题的时间，不能作为复查依据。"
		return r
	}
	if r.Why = v.notLooked(&s); r.Why != "" {
		return r
	}
	if r.Why = v.shifted(&s); r.Why != "" {
		return r
	}
	if r.Proof = v.proof(&s); len(r.Proof) == 0 {
		r.Why = "复查时未再发现该问题，但没有取得新的证据，不能认定为已整改。"
		return r
	}
	r.Result, r.Why = govsweep.RetestPassed, fmt.Sprintf("%s复查时读取了问题所在位置，未再发现该问题。", v.date())
	return r
}

// shifted says that a fault of the same indicator, not known before, stands on
// the same pages: a fault in another form does not prove that this one is gone.
// It is asked only where more of the site is known than the finding itself.
func (v *view) shifted(s *govsweep.Standing) string {
	if len(v.o.Standings) < 2 || s.Column != nil || slices.Contains(linkIndicators, s.Indicator) {
		return ""
	}
	known := map[string]bool{}
	for i := range v.o.Standings {
		known[v.o.Standings[i].Fingerprint] = true
	}
	for i := range v.o.Inspection.Findings {
		f := &v.o.Inspection.Findings[i]
		if f.Indicator == s.Indicator && !known[f.Fingerprint] && meet(f.Pages, s.Pages) {
			return "同一页面上有同一指标的另一问题，与原问题不完全相同，须人工核对：" + clip(f.Summary, 200)
		}
	}
	return ""
}

// meet says whether two lists of addresses share one.
func meet(a, b []string) bool {
	in := make(map[string]bool, len(b))
	for _, url := range b {
		in[url] = true
	}
	return slices.ContainsFunc(a, func(url string) bool { return in[url] })
}
