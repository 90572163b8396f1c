package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// bundler gathers what findings and notices rest on. Of secrecy 涉密 it takes
// nothing: no finding, no capture of a page such a finding names, whatever
// other finding rests on it too.
type bundler struct {
	a     *app
	db    *storage.DB
	seen  map[place]*indexed
	out   evidence.Bundle
	count int // captures left out for secrecy
}

// place is one site in one sweep.
type place struct {
	sweep  int64
	target govsweep.TargetID
}

// indexed is what the index of evidence says of a place.
type indexed struct {
	all     []govsweep.Capture
	at      map[string]govsweep.Capture // by digest and address
	digests map[string]govsweep.Capture
	secret  map[string]bool // addresses and digests nobody may copy
}

func (a *app) bundler(db *storage.DB) *bundler {
	return &bundler{a: a, db: db, seen: map[place]*indexed{}, out: evidence.Bundle{Items: []evidence.BundleItem{}}}
}

// index reads a place once.
func (b *bundler) index(p place) (*indexed, error) {
	if x := b.seen[p]; x != nil {
		return x, nil
	}
	all, err := b.db.Captures(b.a.ctx, storage.CaptureFilter{Sweep: p.sweep, Target: p.target})
	if err != nil {
		return nil, err
	}
	x := &indexed{all: all, at: map[string]govsweep.Capture{}, digests: map[string]govsweep.Capture{}, secret: map[string]bool{}}
	if err := b.secrets(p, x); err != nil {
		return nil, err
	}
	for _, c := range all {
		d := c.Digest.String()
		x.at[d+" "+c.URL] = c
		if _, known := x.digests[d]; !known {
			x.digests[d] = c
		}
		if x.secret[c.URL] {
			x.secret[d] = true
		}
	}
	b.seen[p] = x
	return x, nil
}

// secrets notes the pages and captures of every finding of secrecy a site
// ever had.
func (b *bundler) secrets(p place, x *indexed) error {
	standings, err := b.db.Standings(b.a.ctx, p.target)
	if err != nil {
		return err
	}
	for i := range standings {
		s := &standings[i]
		if !evidence.Secret(s.Indicator) {
			continue
		}
		for _, u := range append([]string{s.URL}, s.Pages...) {
			x.secret[u] = true
		}
		f, err := b.db.Finding(b.a.ctx, s.ID)
		if err != nil {
			return err
		}
		for _, e := range f.Evidence {
			x.secret[e.Digest] = true
		}
	}
	return nil
}

// capture says when and where the bytes of e were seen.
func (b *bundler) capture(x *indexed, e govsweep.Evidence) (govsweep.Capture, error) {
	if c, ok := x.at[e.Digest+" "+e.URL]; ok {
		return c, nil
	}
	if c, ok := x.digests[e.Digest]; ok {
		return c, nil
	}
	d, err := govsweep.ParseDigest(e.Digest)
	if err != nil {
		return govsweep.Capture{}, err
	}
	c, err := b.db.Capture(b.a.ctx, d)
	switch {
	case err == nil:
		return *c, nil
	case govsweep.KindOf(err) != govsweep.NotFound:
		return govsweep.Capture{}, err
	}
	at, err := govsweep.ParseDate(e.At)
	if err != nil {
		return govsweep.Capture{}, &govsweep.Error{Kind: govsweep.Internal, Say: "证据“" + e.Digest + "”不在证据目录中，采集时间也没有留下", Err: err}
	}
	return govsweep.Capture{Digest: d, Kind: govsweep.CaptureKind(e.Kind), URL: e.URL, At: at}, nil
}

// item adds one finding with what it rests on.
func (b *bundler) item(p place, it evidence.BundleItem, rests []govsweep.Evidence) error {
	if evidence.Secret(govsweep.IndicatorCode(it.Indicator)) {
		b.out.Withheld++
		return nil
	}
	x, err := b.index(p)
	if err != nil {
		return err
	}
	it.Evidence = []string{}
	for _, e := range rests {
		c, err := b.capture(x, e)
		if err != nil {
			return err
		}
		if x.secret[e.Digest] || x.secret[e.URL] || x.secret[c.URL] {
			it.Withheld++
			b.count++
			continue
		}
		it.Evidence = append(it.Evidence, e.Digest)
		b.out.Captures = append(b.out.Captures, c)
	}
	b.out.Items = append(b.out.Items, it)
	return nil
}

// finding adds one finding.
func (b *bundler) finding(f *govsweep.Finding) error {
	return b.item(place{f.Sweep, f.Target.ID}, evidence.BundleItem{No: len(b.out.Items) + 1, Finding: f.ID, Indicator: string(f.Indicator),
		BookID: f.BookID, URL: f.URL, Summary: f.Summary, InspectedAt: inShanghai(f.LastSeen)}, f.Evidence)
}

// notice makes the bundle of a notice. Its documents name the pages of every
// item: where one is of secrecy, they are listed and not put in.
func (b *bundler) notice(n *govsweep.Notice) (*evidence.Bundle, error) {
	b.out.Title = firstOf(n.Number, n.ID) + " " + n.Target.Name
	b.out.Notice = &evidence.BundleNotice{ID: n.ID, Number: n.Number, Kind: string(n.Kind), Bureau: n.Bureau, Addressee: n.Addressee,
		Site: n.Target.Name, Code: n.Target.Code, Issued: inShanghai(n.Issued), AsOf: inShanghai(n.AsOf)}
	b.out.Sweep, b.out.Documents = n.Sweep, n.Documents
	for i := range n.Items {
		it := &n.Items[i]
		err := b.item(place{n.Sweep, n.Target.ID}, evidence.BundleItem{No: it.No, Finding: it.Finding, Indicator: string(it.Indicator),
			BookID: it.BookID, URL: it.URL, Summary: it.Summary, InspectedAt: inShanghai(it.InspectedAt)}, it.Evidence)
		if err != nil {
			return nil, err
		}
	}
	b.out.Enclose = b.out.Withheld == 0
	return &b.out, nil
}

// inShanghai writes a time, "" for none.
func inShanghai(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(govsweep.Shanghai).Format(time.RFC3339)
}

// noticeBundle writes the bundle of an issued paper beside its documents.
// Where captures are gone it says so and writes none: the documents stand.
func (a *app) noticeBundle(db *storage.DB, n *govsweep.Notice, dir string) error {
	b, err := a.bundler(db).notice(n)
	if err != nil {
		return err
	}
	if len(b.Captures) == 0 {
		return nil
	}
	store, err := a.openEvidence()
	if err != nil {
		return err
	}
	path := filepath.Join(dir, reports.NoticeFileName(n)+".zip")
	x, err := store.Export(a.ctx, path, b, false)
	var lost *evidence.MissingError
	if errors.As(err, &lost) {
		fmt.Fprintf(a.stderr, "未生成证据包：%s。查明后可用 govsweep evidence export --notice %s --partial 导出现有的部分。\n", reports.Clean(lost.Error()), n.ID)
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "已写入 %s（证据包，清单校验值 %s，可写入来函供对方核对）\n", path, x.Digest)
	return nil
}
