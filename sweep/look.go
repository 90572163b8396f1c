package sweep

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// A Look is what a re-test saw: the inspection it comes to, which places were
// really read, and the captures that prove it. It belongs to one goroutine.
type Look struct {
	Inspection *govsweep.Inspection // only what the findings re-tested are about

	at      time.Time
	needs   func(govsweep.IndicatorCode) []facts.FactKind
	site    govsweep.TargetID
	home    uint64
	newest  string // address of the newest item of the home page, where its items are asked for
	seen    map[uint64][]seenRecord
	lists   map[uint64][]govsweep.Evidence // by key of column: its first page and what carries its items
	dead    map[string][]govsweep.Visit    // by fingerprint: the addresses of a link finding
	columns map[string]bool                // addresses of columns looked at
	states  map[uint64]*govsweep.ColumnVerdict
	removed map[uint64]bool   // columns that were blank and are gone, and linked no more
	shifted map[string]string // by fingerprint: why a fault that is not found again is not yet gone
}

// seenRecord is what is kept of one answer.
type seenRecord struct {
	url, final string
	role       govsweep.Role
	answer     answerKind
	evidence   []govsweep.Evidence
	links      []uint64
}

// answerKind is what an answer proves.
type answerKind uint8

const (
	noAnswer  answerKind = iota // blocked, challenged, soft 404, cut off, timed out: nothing
	contents                    // the page, the file or the data that was asked for
	notThere                    // 404 or 410
	elsewhere                   // led to another page of the site
)

// look gathers what the run saw of the places.
func (in *Inspector) look(ctx context.Context, r *run, d *facts.Dossier, where *places) (*Look, error) {
	l := &Look{at: in.Now(), needs: in.needs, site: r.home.ID, home: r.homeKey, seen: map[uint64][]seenRecord{}, lists: map[uint64][]govsweep.Evidence{},
		dead: where.dead, columns: map[string]bool{}, states: map[uint64]*govsweep.ColumnVerdict{}, removed: map[uint64]bool{}, shifted: map[string]string{}}
	wanted := map[uint64]bool{r.homeKey: true}
	for _, v := range append(r.seeds(), where.visits...) {
		wanted[v.Key] = true
	}
	if where.focus.home && d.Home.NewestURL != "" {
		l.newest = d.Home.NewestURL
		wanted[address.Key(l.newest, "")] = true
	}
	for i := range d.Columns { // the date of an item may stand on its own page only
		if c := &d.Columns[i]; c.NewestURL != "" && where.focus.columns[address.Key(c.URL, "")] {
			wanted[address.Key(c.NewestURL, "")] = true
		}
	}
	err := in.Store.EachRecord(ctx, r.id, func(rec *govsweep.Record) error {
		key := address.Key(rec.Visit.URL, rec.Visit.Form)
		if answerOf(rec) == elsewhere && wanted[key] {
			wanted[address.Key(rec.FinalURL, "")] = true
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read what a re-test saw: %w", err)
	}
	err = in.Store.EachRecord(ctx, r.id, func(rec *govsweep.Record) error {
		key := address.Key(rec.Visit.URL, rec.Visit.Form)
		s := seenRecord{url: rec.Visit.URL, final: rec.FinalURL, role: rec.Visit.Role, answer: answerOf(rec), evidence: proofOf(rec)}
		if column := address.Key(rec.Visit.Column, ""); rec.Visit.Column != "" && where.focus.columns[column] && rec.Facts != nil {
			l.lists[column] = append(l.lists[column], s.evidence...)
		}
		if wanted[key] {
			s.links = rec.LinkKeys
			l.seen[key] = append(l.seen[key], s)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read what a re-test saw: %w", err)
	}
	for i := range d.Columns {
		if url := d.Columns[i].URL; where.focus.columns[address.Key(url, "")] || l.seen[address.Key(url, "")] != nil {
			l.columns[url] = true
		}
	}
	return l, nil
}

// answerOf says what a record proves.
func answerOf(rec *govsweep.Record) answerKind {
	f := rec.Facts
	switch {
	case rec.Failure != "" || rec.Truncated:
		return noAnswer
	case rec.Status == http.StatusNotFound || rec.Status == http.StatusGone:
		return notThere
	case rec.Status != http.StatusOK && rec.Status != http.StatusPartialContent:
		return noAnswer
	case f != nil && f.Response == govsweep.Content:
		return contents
	case f != nil:
		return noAnswer
	case rec.FinalURL != "" && address.Key(rec.FinalURL, "") != address.Key(rec.Visit.URL, ""):
		return elsewhere
	}
	return fileAnswer(rec)
}

// fileAnswer says whether a file, a picture or a page of another site came
// where one was asked for.
func fileAnswer(rec *govsweep.Record) answerKind {
	switch {
	case seemsDead(rec) || rec.Length == 0:
		return noAnswer
	case rec.Visit.Role == govsweep.ImageRole && !strings.HasPrefix(rec.MediaType, "image/"):
		return noAnswer
	}
	return contents
}

// proofOf gives the capture of a record.
func proofOf(rec *govsweep.Record) []govsweep.Evidence {
	if rec.Digest.IsZero() {
		return nil
	}
	return []govsweep.Evidence{{Digest: rec.Digest.String(), Kind: string(captureKind(rec)), URL: rec.Visit.URL,
		At: rec.FetchedAt.In(govsweep.Shanghai).Format("2006-01-02T15:04:05-07:00")}}
}

// judgedColumns gives the columns as they are judged: those not looked at
// count nowhere, and a column that was blank, is gone and linked no more is
// no blank column. A stale column that is gone stays unread: whether its
// duty went with it a person says.
func (l *Look) judgedColumns(d *facts.Dossier, where *places) []govsweep.ColumnActivity {
	was := map[uint64]govsweep.ListState{}
	if where.previous != nil {
		for i := range where.previous.Columns {
			c := &where.previous.Columns[i]
			was[address.Key(c.URL, "")] = c.State
		}
	}
	out := slices.Clone(d.Columns)
	for i := range out {
		c := &out[i]
		key := address.Key(c.URL, "")
		gone := was[key] == govsweep.BlankList && !c.HadContent && l.state(c.URL) == notThere && !l.linked(key)
		if gone {
			l.removed[key] = true
		}
		if gone || !where.whole && !l.columns[c.URL] {
			c.Unread, c.OutsideOnly = "", true
		}
	}
	return out
}

// judgeColumns keeps the verdicts over the columns looked at.
func (l *Look) judgeColumns(res *govsweep.Inspection) {
	for i := range res.Columns {
		c := &res.Columns[i]
		if l.columns[c.URL] {
			kept := *c
			l.states[address.Key(c.URL, "")] = &kept
			if c.PageURL != "" {
				l.states[address.Key(c.PageURL, "")] = &kept
			}
		}
	}
}

// linked says whether the home page points at an address.
func (l *Look) linked(key uint64) bool {
	for _, s := range l.seen[l.home] {
		if s.answer != contents || slices.Contains(s.links, key) {
			return true
		}
	}
	return len(l.seen[l.home]) == 0
}

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
