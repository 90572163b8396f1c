package evidence

import (
	"cmp"
	"context"
	"time"

	"github.com/govsweep/govsweep"
)

// Index says what was captured where, and what was found on it.
type Index interface {
	// CapturesIn lists what was captured of a site in a sweep, CapturesOf where
	// bytes were seen, Capture where they were seen first.
	CapturesIn(ctx context.Context, of govsweep.Run) ([]govsweep.Capture, error)
	CapturesOf(ctx context.Context, d govsweep.Digest) ([]govsweep.Capture, error)
	Capture(ctx context.Context, d govsweep.Digest) (*govsweep.Capture, error)
	Standings(ctx context.Context, target govsweep.TargetID) ([]govsweep.Standing, error)
	Finding(ctx context.Context, id string) (*govsweep.Finding, error)
}

// A Gatherer gathers what findings and notices rest on. Of secrecy 涉密 it takes
// nothing: no finding, no capture of a page such a finding names, whatever
// other finding rests on it too. Make one with NewGatherer.
type Gatherer struct {
	Bundle      // what was gathered
	LeftOut int // captures left out for secrecy

	index Index
	seen  map[govsweep.Run]*indexed
}

// indexed is what the index says of a site in a sweep.
type indexed struct {
	at      map[string]govsweep.Capture // by digest and address
	digests map[string]govsweep.Capture
	secret  map[string]bool // addresses and digests nobody may copy
}

// NewGatherer gives a gatherer that has nothing yet.
func NewGatherer(index Index) *Gatherer {
	return &Gatherer{Bundle: Bundle{Items: []BundleItem{}}, index: index, seen: map[govsweep.Run]*indexed{}}
}

// in reads the index of a site in a sweep once.
func (g *Gatherer) in(ctx context.Context, p govsweep.Run) (*indexed, error) {
	if x := g.seen[p]; x != nil {
		return x, nil
	}
	all, err := g.index.CapturesIn(ctx, p)
	if err != nil {
		return nil, err
	}
	x := &indexed{at: map[string]govsweep.Capture{}, digests: map[string]govsweep.Capture{}, secret: map[string]bool{}}
	if err := g.secrets(ctx, p.Target, x); err != nil {
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
	g.seen[p] = x
	return x, nil
}

// secrets notes the pages and captures of every finding of secrecy a site
// ever had.
func (g *Gatherer) secrets(ctx context.Context, target govsweep.TargetID, x *indexed) error {
	standings, err := g.index.Standings(ctx, target)
	if err != nil {
		return err
	}
	for i := range standings {
		s := &standings[i]
		if !Secret(s.Indicator) {
			continue
		}
		for _, u := range append([]string{s.URL}, s.Pages...) {
			x.secret[u] = true
		}
		f, err := g.index.Finding(ctx, s.ID)
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
func (g *Gatherer) capture(ctx context.Context, x *indexed, e govsweep.Evidence) (govsweep.Capture, error) {
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
	c, err := g.index.Capture(ctx, d)
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
func (g *Gatherer) item(ctx context.Context, p govsweep.Run, it BundleItem, rests []govsweep.Evidence) error {
	if Secret(govsweep.IndicatorCode(it.Indicator)) {
		g.Withheld++
		return nil
	}
	x, err := g.in(ctx, p)
	if err != nil {
		return err
	}
	it.Evidence = []string{}
	for _, e := range rests {
		c, err := g.capture(ctx, x, e)
		if err != nil {
			return err
		}
		if x.secret[e.Digest] || x.secret[e.URL] || x.secret[c.URL] {
			it.Withheld++
			g.LeftOut++
			continue
		}
		it.Evidence = append(it.Evidence, e.Digest)
		g.Captures = append(g.Captures, c)
	}
	g.Items = append(g.Items, it)
	return nil
}

// Finding adds one finding with what it rests on.
func (g *Gatherer) Finding(ctx context.Context, f *govsweep.Finding) error {
	return g.item(ctx, govsweep.Run{Sweep: f.Sweep, Target: f.Target.ID}, BundleItem{No: len(g.Items) + 1, Finding: f.ID, Indicator: string(f.Indicator),
		BookID: f.BookID, URL: f.URL, Summary: f.Summary, InspectedAt: inShanghai(f.LastSeen)}, f.Evidence)
}

// Notice makes the bundle of a notice. Its documents name the pages of every
// item: where one is of secrecy, they are listed and not put in.
func (g *Gatherer) Notice(ctx context.Context, n *govsweep.Notice) error {
	g.Title = cmp.Or(n.Number, n.ID) + " " + n.Target.Name
	g.Bundle.Notice = &BundleNotice{ID: n.ID, Number: n.Number, Kind: string(n.Kind), Bureau: n.Bureau, Addressee: n.Addressee,
		Site: n.Target.Name, Code: n.Target.Code, Issued: inShanghai(n.Issued), AsOf: inShanghai(n.AsOf)}
	g.Sweep, g.Documents = n.Sweep, n.Documents
	for i := range n.Items {
		it := &n.Items[i]
		err := g.item(ctx, govsweep.Run{Sweep: n.Sweep, Target: n.Target.ID}, BundleItem{No: it.No, Finding: it.Finding, Indicator: string(it.Indicator),
			BookID: it.BookID, URL: it.URL, Summary: it.Summary, InspectedAt: inShanghai(it.InspectedAt)}, it.Evidence)
		if err != nil {
			return err
		}
	}
	g.Enclose = g.Withheld == 0
	return nil
}

// Open leaves out captures of pages that findings of secrecy 涉密 name.
func (g *Gatherer) Open(ctx context.Context, all []govsweep.Capture) ([]govsweep.Capture, error) {
	open := make([]govsweep.Capture, 0, len(all))
	for _, c := range all {
		x, err := g.in(ctx, govsweep.Run{Sweep: c.Sweep, Target: c.Target})
		if err != nil {
			return nil, err
		}
		if !x.secret[c.URL] && !x.secret[c.Digest.String()] {
			open = append(open, c)
		}
	}
	return open, nil
}

// Secret says whether bytes were ever seen on a page a finding of secrecy 涉密
// names: of such a page only address and time may be kept in view.
func (g *Gatherer) Secret(ctx context.Context, d govsweep.Digest) (bool, error) {
	seen, err := g.index.CapturesOf(ctx, d)
	if err != nil {
		return false, err
	}
	open, err := g.Open(ctx, seen)
	return len(open) < len(seen), err
}

// inShanghai writes a time, "" for none.
func inShanghai(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(govsweep.Shanghai).Format(time.RFC3339)
}
