package sweep

import (
	"context"
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/facts"
)

// state is what all answers of an address come to: looks that differ prove
// nothing.
func (l *Look) state(url string) answerKind {
	at := url
	for range 4 { // an address may lead on
		all := l.seen[address.Key(at, "")]
		if len(all) == 0 {
			return noAnswer
		}
		for _, s := range all {
			if s.answer != all[0].answer {
				return noAnswer
			}
		}
		if all[0].answer != elsewhere {
			return all[0].answer
		}
		at = all[0].final
	}
	return noAnswer
}

// Doubt says why the finding cannot pass, whatever the inspection found: one
// Chinese sentence; "" when it may.
func (l *Look) Doubt(s govsweep.Standing) string {
	if why := l.shifted[s.Fingerprint]; why != "" {
		return why
	}
	if slices.Contains(deadLinks, s.Indicator) {
		return l.linkDoubt(s)
	}
	for i := range l.Inspection.Outcomes {
		o := &l.Inspection.Outcomes[i]
		if o.Indicator != s.Indicator || o.BookID != s.BookID && s.BookID != "" {
			continue
		}
		switch {
		case o.Status != govsweep.Passed && o.Status != govsweep.Found:
			return "本次复查未能判断该指标：" + o.Reason
		case o.Status == govsweep.Passed && o.Review != "" && s.Column == nil:
			return o.Review
		}
	}
	if url := l.unread(s); url != "" {
		return l.whyUnread(url)
	}
	return ""
}

// Read gives, for one finding, whether a place was asked for and really
// answered in this re-test: with its content, or with a definite 404 or 410
// where a removed page no longer has the fault. It is what rectify asks.
func (l *Look) Read(s govsweep.Standing) func(url string) bool {
	sure := l.Doubt(s) == ""
	return func(string) bool { return sure }
}

// unread gives the first place of a finding that was not read; "" for none.
func (l *Look) unread(s govsweep.Standing) string {
	if slices.Contains(l.needs(s.Indicator), facts.KindListings) {
		return l.unreadColumn(s)
	}
	for _, url := range append([]string{s.URL}, s.Pages...) {
		if l.state(url) == noAnswer {
			return url
		}
	}
	return ""
}

// unreadColumn: a count over columns that came out without a question is
// decided even where some of them were not read.
func (l *Look) unreadColumn(s govsweep.Standing) string {
	if s.Column == nil {
		return ""
	}
	for _, url := range append([]string{s.Column.URL}, s.Pages...) {
		key := address.Key(url, "")
		c := l.column(url)
		if !l.removed[key] && (c == nil || c.Verdict == govsweep.ColumnUnread || c.Verdict == govsweep.ColumnExempt || c.Unread != "") {
			return url
		}
	}
	return ""
}

// column gives the verdict over a column looked at; nil for none.
func (l *Look) column(url string) *govsweep.ColumnVerdict { return l.states[address.Key(url, "")] }

func (l *Look) whyUnread(url string) string {
	if c := l.column(url); c != nil {
		if l.state(url) == notThere {
			return fmt.Sprintf("栏目“%s”的页面已不存在，内容是否并入其他栏目须人工核对。", c.Name)
		}
		return c.Why
	}
	return "页面未能读取，无法判断问题是否仍在：" + url
}

// linkDoubt: a dead link is gone when every address of it opens, or when no
// page of the finding points at it any more.
func (l *Look) linkDoubt(s govsweep.Standing) string {
	targets := l.dead[s.Fingerprint]
	if len(targets) == 0 {
		return "未能确定原失效链接的地址，须重新检查整个网站后核对。"
	}
	for _, t := range targets {
		if l.state(t.URL) == contents {
			continue
		}
		for i, url := range append([]string{s.URL}, s.Pages...) {
			switch {
			case i > maxSources:
				return "链接地址本次未能确认可以打开，且所在页面较多，未逐一读取：" + t.URL
			case l.state(url) == noAnswer:
				return "链接地址本次未能确认可以打开，所在页面也未能读取：" + url
			case l.points(url, t.Key):
				return "链接地址本次未能确认可以打开，也未能认定失效：" + t.URL
			}
		}
	}
	return ""
}

func (l *Look) points(url string, target uint64) bool {
	return slices.ContainsFunc(l.seen[address.Key(url, "")], func(s seenRecord) bool { return slices.Contains(s.links, target) })
}

// maxProof is how many captures prove one finding.
const maxProof = 20

// Proof gives the captures of this re-test that show the places of a
// finding, at most twenty.
func (l *Look) Proof(s govsweep.Standing) []govsweep.Evidence {
	var out []govsweep.Evidence
	add := func(key uint64) {
		for _, seen := range l.seen[key] {
			out = append(out, seen.evidence...)
			if seen.answer == elsewhere {
				for _, next := range l.seen[address.Key(seen.final, "")] {
					out = append(out, next.evidence...)
				}
			}
		}
	}
	for _, t := range l.dead[s.Fingerprint] {
		add(t.Key)
	}
	urls := append([]string{s.URL}, s.Pages...)
	if s.Column != nil {
		urls = append([]string{s.Column.URL}, urls...)
	}
	listing := slices.Contains(l.needs(s.Indicator), facts.KindListings)
	for _, url := range urls {
		key := address.Key(url, "")
		add(key)
		if key == l.home && l.newest != "" {
			add(address.Key(l.newest, ""))
		}
		if listing {
			out = append(out, l.lists[key]...)
			out = append(out, l.freshest(key)...)
			if c := l.states[key]; c != nil && c.NewestURL != "" {
				add(address.Key(c.NewestURL, ""))
			}
		}
	}
	return distinct(out)
}

// freshest gives the capture of the sub-column a column is as fresh as.
func (l *Look) freshest(key uint64) []govsweep.Evidence {
	c := l.states[key]
	if c == nil || c.Freshest == "" {
		return nil
	}
	return l.lists[address.Key(c.Freshest, "")]
}

func distinct(all []govsweep.Evidence) []govsweep.Evidence {
	var out []govsweep.Evidence
	for _, e := range all {
		if len(out) < maxProof && !slices.ContainsFunc(out, func(o govsweep.Evidence) bool { return o.Digest == e.Digest && o.URL == e.URL }) {
			out = append(out, e)
		}
	}
	return out
}

// keepProof moves the captures that findings and proofs rest on into the
// evidence store and writes their index.
func (in *Inspector) keepProof(ctx context.Context, r *run, spool *evidence.Spool, l *Look, about []govsweep.Standing) error {
	if spool == nil {
		for key := range l.seen { // nothing is kept: nothing is proved
			for i := range l.seen[key] {
				l.seen[key][i].evidence = nil
			}
		}
		clear(l.lists)
		return nil
	}
	want := cited(l.Inspection, nil)
	for _, s := range about {
		for _, e := range l.Proof(s) {
			if d, err := govsweep.ParseDigest(e.Digest); err == nil {
				want[d] = struct{}{}
			}
		}
	}
	if len(want) == 0 {
		return nil
	}
	return in.keepAll(ctx, r, spool, want)
}
