package sweep

import (
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/facts"
)

// Result says what the re-test showed of one finding. Passed needs that the
// rules, asked again, do not find the fault, that every place of it was read
// now, and that the captures which show so are kept; what could not be read
// or judged is unknown.
func (l *Look) Result(s govsweep.Standing) govsweep.Retest {
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
	if why := l.Doubt(s); why != "" {
		return set(govsweep.RetestUnknown, why)
	}
	if len(out.Proof) == 0 {
		return set(govsweep.RetestUnknown, "没有留存可以证明问题已消除的证据，须人工核对")
	}
	return set(govsweep.RetestPassed, l.passed(s))
}

// passed says what the places show now.
func (l *Look) passed(s govsweep.Standing) string {
	switch {
	case slices.Contains(deadLinks, s.Indicator):
		for _, t := range l.dead[s.Fingerprint] {
			if l.state(t.URL) != contents {
				return "有关页面已不再指向原失效链接：" + t.URL
			}
		}
		return "原失效链接已可以打开：" + l.dead[s.Fingerprint][0].URL
	case s.Column != nil && slices.Contains(l.needs(s.Indicator), facts.KindListings):
		if c := l.column(s.Column.URL); c != nil && l.state(s.Column.URL) != notThere {
			return "复查时该问题已不存在。" + c.Why
		}
		return fmt.Sprintf("栏目“%s”已撤除，首页不再设置该栏目链接", s.Column.Name)
	case slices.Contains(l.needs(s.Indicator), facts.KindListings):
		return l.counted(s)
	case l.probe(s.URL):
		return "访问不存在的地址时，网站已按要求答复"
	case l.state(s.URL) == notThere && len(s.Pages) <= 1:
		return "原页面已撤除，问题随之消除：" + s.URL
	}
	return fmt.Sprintf("复查读取有关页面共%d个，均未再发现该问题", max(len(s.Pages), 1))
}

// probe says whether an address is the one that cannot exist.
func (l *Look) probe(url string) bool {
	return slices.ContainsFunc(l.seen[address.Key(url, "")], func(s seenRecord) bool { return s.role == govsweep.SoftProbeRole })
}

// counted says what became of the columns a finding counted.
func (l *Look) counted(s govsweep.Standing) string {
	left, unread := 0, 0
	for _, url := range s.Pages {
		c := l.column(url)
		switch {
		case l.removed[address.Key(url, "")]:
		case c == nil || c.Verdict == govsweep.ColumnUnread:
			unread++
		case c.Verdict == govsweep.ColumnBlank || c.Verdict == govsweep.ColumnStale:
			left++
		}
	}
	why := fmt.Sprintf("原列%d个栏目中仍为空白或未按期更新的有%d个，不再达到该指标的认定标准", len(s.Pages), left)
	if unread > 0 {
		why += fmt.Sprintf("（另有%d个未能读取，全部计入也不达到）", unread)
	}
	return why
}

// pending are the lines of a finding that say what is still missing.
func pending(f *govsweep.Finding) []string {
	var out []string
	for _, d := range f.Detail {
		if strings.HasPrefix(d, "待核") || strings.Contains(d, "方可扣分") {
			out = append(out, ended(d))
		}
	}
	return out
}

// ended ends a sentence that does not end.
func ended(s string) string {
	if s == "" || strings.HasSuffix(s, "。") {
		return s
	}
	return s + "。"
}
