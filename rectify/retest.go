package rectify

import (
	"fmt"

	"github.com/govsweep/govsweep"
)

// Retested says what one inspection showed of one finding under a notice:
// failed when the fault is seen; passed when its place was looked at (the rule
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
		r.Result, r.Proof = govsweep.RetestFailed, f.Evidence[:min(len(f.Evidence), mostProof)]
		r.Why = "复查时问题仍然存在：" + clip(f.Summary, 300)
		if f.Unproven {
			r.Why += "（取证次数或材料尚未达到规定要求，须人工核对。）"
		}
		return r
	}
	if v.before(&s) {
		r.Why = "本次复查的监测时间点早于最近一次发现该问题的时间，不能作为复查依据。"
		return r
	}
	if r.Why = v.notLooked(&s); r.Why != "" {
		return r
	}
	if r.Proof = v.proof(&s); len(r.Proof) == 0 {
		r.Why = "复查时未再发现该问题，但没有取得新的证据，不能认定为已整改。"
		return r
	}
	r.Result, r.Why = govsweep.RetestPassed, fmt.Sprintf("%s复查时读取了问题所在位置，未再发现该问题。", v.date())
	return r
}
