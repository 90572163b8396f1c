package sweep

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// An AccountLook is what a re-test of an account saw. It belongs to one
// goroutine.
type AccountLook struct {
	Inspection *govsweep.Inspection // only what the findings re-tested are about

	at, began time.Time
	account   *facts.AccountDossier
	held      map[string]bool // digests the evidence store has
}

// Result says what the look showed of one finding. It passes only where the
// sources speak, the fault is not there, and an answer read now, or a file of
// a day after the finding was seen, proves it.
func (l *AccountLook) Result(s govsweep.Standing) govsweep.Retest {
	out := govsweep.Retest{At: l.at, Sweep: l.Inspection.Sweep.ID, Proof: l.Proof(s)}
	set := func(r govsweep.RetestWord, why string) govsweep.Retest {
		out.Result, out.Why = r, ended(why)
		return out
	}
	found := slices.IndexFunc(l.Inspection.Findings, func(f govsweep.Finding) bool { return f.Fingerprint == s.Fingerprint })
	if found >= 0 {
		f := &l.Inspection.Findings[found]
		out.Proof = distinct(append(slices.Clone(f.Evidence), out.Proof...))
		if f.Unproven {
			return set(govsweep.RetestUnknown, "问题似仍存在，但尚不足以认定："+strings.Join(append([]string{f.Summary}, pending(f)...), ""))
		}
		return set(govsweep.RetestFailed, "问题仍然存在："+f.Summary)
	}
	if why := l.doubt(s); why != "" {
		return set(govsweep.RetestUnknown, why)
	}
	return set(govsweep.RetestPassed, l.passed(s))
}

// doubt says why a finding that was not seen again cannot pass; "" when it may.
func (l *AccountLook) doubt(s govsweep.Standing) string {
	for i := range l.Inspection.Outcomes {
		o := &l.Inspection.Outcomes[i]
		switch {
		case o.Indicator != s.Indicator || o.BookID != s.BookID && s.BookID != "":
			continue
		case o.Status != govsweep.Passed && o.Status != govsweep.Found:
			return "本次复查未能判断该指标：" + o.Reason
		case o.Status == govsweep.Passed && o.Review != "":
			return o.Review
		}
	}
	switch {
	case !ofPosts(s.Indicator):
		return "复查时未再发现该问题，但该指标依据名录或人工查看的记录，没有可以留存的证据，须人工核对。"
	case len(l.Proof(s)) == 0:
		return "复查时未再发现该问题，但没有取得发现问题之后的新证据：信息来源未能读取，或者导入的清单、记录反映的日期早于发现问题的时间，须人工核对。"
	}
	return ""
}

func (l *AccountLook) passed(s govsweep.Standing) string {
	if n := l.account.Newest; n != nil && ofSilence(s.Indicator) {
		return fmt.Sprintf("账号已更新，最新一条信息“%s”发布于%s", n.Title, govsweep.ChineseDate(n.At))
	}
	return "复查时读取了账号的信息来源，未再发现该问题"
}

// Read gives, for one finding, whether its place was looked at: an account
// has one place, its sources.
func (l *AccountLook) Read(s govsweep.Standing) func(url string) bool {
	sure := l.doubt(s) == ""
	return func(string) bool { return sure }
}

// Proof gives the answers that show what became of a finding: those read in
// this re-test and the files that speak of a day after the finding was seen.
// That an account posts again only answers prove that show its newest post.
func (l *AccountLook) Proof(s govsweep.Standing) []govsweep.Evidence {
	var out []govsweep.Evidence
	for _, rd := range l.latest() {
		fresh := !rd.At.Before(l.began) || !rd.At.Before(s.LastSeen)
		if ofSilence(s.Indicator) {
			n := l.account.Newest
			fresh = fresh && n != nil && govsweep.DateOf(rd.Newest) >= govsweep.DateOf(n.At)
		}
		if fresh && l.held[rd.Digest] {
			out = append(out, answerProof(rd))
		}
	}
	return distinct(out)
}

// everything gives all answers that may come to prove something.
func (l *AccountLook) everything() []govsweep.Evidence {
	var out []govsweep.Evidence
	for _, rd := range l.latest() {
		out = append(out, answerProof(rd))
	}
	return out
}

// latest gives the newest working answer of each source, in order of source.
func (l *AccountLook) latest() []*govsweep.Reading {
	last := lastWorking(l.account)
	out := make([]*govsweep.Reading, 0, len(last))
	for _, rd := range last {
		out = append(out, rd)
	}
	slices.SortFunc(out, func(a, b *govsweep.Reading) int { return strings.Compare(a.Source.Key(), b.Source.Key()) })
	return out
}

// ofSilence says that an indicator is about an account that does not post.
func ofSilence(code govsweep.IndicatorCode) bool {
	return code == "account-stale-veto" || code == "account-zombie"
}

// ofPosts says that posts decide an indicator: not the register, nor a person
// who looked.
func ofPosts(code govsweep.IndicatorCode) bool {
	switch code {
	case "account-last-minute", "account-original-low", "account-source-improper", "account-close-improper", "account-gazette-spread", "account-site-sync":
		return true
	}
	return ofSilence(code)
}
