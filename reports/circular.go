package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// A Circular is a 通报 before it is worded: every number it will print,
// counted once, and the lists they were counted from.
type Circular struct {
	Tally
	Period Period
	Date   time.Time
	Number string
	Draft  bool
	Sweeps []govsweep.Sweep
	Book   CircularBook
	Style  CircularStyle
	Notes  []string // what a reader must know of the sweep, whole sentences
	Past   []PastPeriod

	in     *CircularInput
	form   *CircularForm
	sites  []siteResult
	tables circularTables
	faults []familyFaults
}

// NewCircular counts everything a circular will say. It refuses what cannot
// be published honestly: one target twice, sweeps under different rulebooks,
// a doubtful sweep without the override of a named person.
func NewCircular(in CircularInput, form *CircularForm) (*Circular, error) {
	if err := publishable(&in); err != nil {
		return nil, err
	}
	c := &Circular{
		Period: in.Period, Date: in.Date, Number: clean(in.Number), Draft: in.Draft, Sweeps: in.Sweeps, Book: in.Book,
		Style: form.Style, Past: in.Past, in: &in, form: form,
	}
	c.Period.Label = clean(c.Period.Label)
	c.sites = resultsOf(in.Targets)
	c.note()
	c.list()
	c.count()
	return c, nil
}

func publishable(in *CircularInput) error {
	wrong := func(format string, args ...any) error {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf(format, args...)}
	}
	if len(in.Targets) == 0 {
		return wrong("本期没有检查对象，无法生成通报；请先完成一次检查")
	}
	for _, s := range in.Sweeps[min(1, len(in.Sweeps)):] {
		if s.Rulebook != in.Sweeps[0].Rulebook {
			return wrong("第%d次检查与第%d次检查使用的规则不同，合格率不能合并计算，请分别生成通报", in.Sweeps[0].ID, s.ID)
		}
	}
	if in.Suspect != "" && (in.Override == nil || clean(in.Override.By) == "" || clean(in.Override.Reason) == "") {
		return wrong("本次检查存疑：%s。须由负责人具名说明理由后方可用于通报", strings.TrimRight(clean(in.Suspect), "。"))
	}
	seen := map[govsweep.TargetID]bool{}
	for i := range in.Targets {
		id := in.Targets[i].Site.ID
		if seen[id] {
			return wrong("网站“%s”（%s）在本期出现两次，每个网站只能有一个结论", clean(in.Targets[i].Site.Name), clean(string(id)))
		}
		seen[id] = true
	}
	if err := in.Figures.check(false); err != nil {
		return wrong("外部数据%s", err)
	}
	return nil
}

// note says what limits the circular as a whole.
func (c *Circular) note() {
	for _, s := range c.Sweeps {
		if s.State != govsweep.SweepDone {
			c.Draft = true
			c.Notes = append(c.Notes, fmt.Sprintf("第%d次检查尚未全部完成（%s），本通报为草稿。", s.ID, sweepStateWord(s.State)))
		}
	}
	if c.in.Suspect != "" {
		c.Notes = append(c.Notes, fmt.Sprintf("本次检查曾被判定为存疑（%s），经%s同意使用，理由：%s。",
			strings.TrimRight(clean(c.in.Suspect), "。"), clean(c.in.Override.By), strings.TrimRight(clean(c.in.Override.Reason), "。")))
	}
}

// siteOutcome is what a circular may publish of a site.
type siteOutcome int

const (
	siteUnchecked   siteOutcome = iota // could not be inspected
	siteUndecided                      // 待核
	siteUnqualified                    // 不合格, and a person has confirmed why
	siteQualified
)

func (r siteOutcome) String() string {
	return [...]string{"未能检查", "待核", "不合格", "合格"}[r]
}

// siteResult is a target and what is published of it.
type siteResult struct {
	*CircularTarget
	Result   siteOutcome
	Why      string            // of siteUnchecked and siteUndecided
	Named    []CircularFinding // findings that may be named
	Proposed int               // findings nobody has decided yet
	Pending  int               // scored findings that are still open: proposed or disputed
}

// resultsOf decides for each target, in order of its code, what may be said.
func resultsOf(targets []CircularTarget) []siteResult {
	out := make([]siteResult, len(targets))
	for i := range targets {
		out[i] = resultOf(&targets[i])
	}
	slices.SortStableFunc(out, func(a, b siteResult) int {
		if n := strings.Compare(orderKey(&a.Site), orderKey(&b.Site)); n != 0 {
			return n
		}
		return strings.Compare(string(a.Site.ID), string(b.Site.ID))
	})
	return out
}

// orderKey sorts by site code, which begins with the code of the region;
// sites without one come last.
func orderKey(s *govsweep.Site) string {
	if s.Code == "" {
		return "~" + string(s.ID)
	}
	return s.Code
}

func resultOf(t *CircularTarget) siteResult {
	r := siteResult{CircularTarget: t}
	for _, f := range t.Findings {
		switch {
		case f.nameable():
			r.Named = append(r.Named, f)
		case f.Status == govsweep.Proposed || f.Status == govsweep.Reopened:
			r.Proposed++
		}
		if scored := f.Class == govsweep.Deduction || f.Class == govsweep.Bonus; scored && f.open() {
			r.Pending++
		}
	}
	r.decide()
	return r
}

// nameable says whether a circular may name a finding: a person has confirmed
// it, and nobody has taken that back.
func (f *CircularFinding) nameable() bool {
	switch f.Status {
	case govsweep.Confirmed, govsweep.Noticed, govsweep.Answered, govsweep.Disputed:
		return true
	case govsweep.Fixed, govsweep.Reopened:
		return f.Confirmed
	}
	return false
}

// open says that the answer may still change.
func (f *CircularFinding) open() bool {
	return f.Status == govsweep.Disputed || f.Status == govsweep.Proposed || f.Status == govsweep.Reopened && !f.Confirmed
}

// decide holds a verdict against what persons have confirmed: nobody is
// published as 不合格 on the word of the machine alone.
func (r *siteResult) decide() {
	switch {
	case r.Verdict == nil || r.State != "" && r.State != govsweep.SweepDone:
		r.Result, r.Why = siteUnchecked, orUnknown(clean(r.Note))
	case r.Coverage != nil && r.Coverage.Suspect:
		r.Result, r.Why = siteUndecided, "网页大量被拦截或未能读取，本次检查结果存疑。"
	case r.Verdict.Grade == govsweep.Qualified:
		r.Result = siteQualified
	case r.Verdict.Grade == govsweep.Unqualified:
		r.Result, r.Why = r.confirmed()
	default:
		r.Result, r.Why = siteUndecided, orUnknown(clean(r.Verdict.Reason))
	}
}

// awaiting does not say what the machine has seen: nothing of it is named
// before a person has confirmed it.
const awaiting = "检查结果尚须经检查人员确认。"

// confirmed says whether 不合格 rests on confirmed findings.
func (r *siteResult) confirmed() (siteOutcome, string) {
	if len(r.Verdict.Vetoes) == 0 {
		switch {
		case len(r.Named) == 0:
			return siteUndecided, awaiting
		case r.Pending > 0:
			return siteUndecided, awaiting
		}
		return siteUnqualified, ""
	}
	disputed := false
	for _, f := range r.Named {
		if f.Class == govsweep.Veto {
			if f.Status != govsweep.Disputed {
				return siteUnqualified, ""
			}
			disputed = true
		}
	}
	if disputed {
		return siteUndecided, "主办单位对单项否决问题提出异议，待裁定。"
	}
	return siteUndecided, awaiting
}
