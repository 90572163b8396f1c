package sweep

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/rules"
)

// deadLinks are the indicators whose fault is an address that does not open:
// its place is the address itself, which the finding names in its locator.
var deadLinks = rectify.LinkIndicators()

// places are the addresses a re-test looks at.
type places struct {
	visits   []govsweep.Visit // in order of role and address
	focus    *focus
	whole    bool                        // the whole site is inspected
	dead     map[string][]govsweep.Visit // by fingerprint: the addresses a link finding says are dead
	previous *facts.Dossier              // of the last inspection; nil when there was none
}

// places finds where the findings are and in which roles these addresses
// were visited when the findings were seen last.
func (in *Inspector) places(ctx context.Context, s *govsweep.Sweep, site *govsweep.Site, columns []govsweep.Column, about []govsweep.Standing) (*places, error) {
	previous, err := in.previous(ctx, govsweep.Run{Sweep: s.ID, Target: site.ID})
	if err != nil {
		return nil, err
	}
	p := &places{dead: map[string][]govsweep.Visit{}, previous: previous}
	p.focus = in.focusOn(s, site, columns, about, previous)
	roles, err := in.formerRoles(ctx, site, about, p.dead)
	if err != nil {
		return nil, err
	}
	seeds := map[uint64]govsweep.Visit{}
	for _, url := range in.addresses(p.focus, columns, previous, about) {
		v, known := roles[address.Key(url, "")]
		if !known {
			v = govsweep.Visit{URL: url, Role: govsweep.ArticleRole}
			switch {
			case attachmentShape(url):
				v.Role = govsweep.AttachmentRole
			case directoryShape(url):
				v.Role, v.Column = govsweep.ColumnRole, url
			}
		}
		if p.focus.columns[address.Key(url, "")] {
			v.Role, v.Column = govsweep.ColumnRole, v.URL
		}
		v.Key, v.Depth = address.Key(v.URL, ""), 1
		seeds[v.Key] = v
	}
	for _, vs := range p.dead {
		for _, v := range vs {
			seeds[v.Key] = v
		}
	}
	p.visits = slices.SortedFunc(maps.Values(seeds), func(a, b govsweep.Visit) int {
		return strings.Compare(fmt.Sprintf("%02d%s", a.Role.Rank(), a.URL), fmt.Sprintf("%02d%s", b.Role.Rank(), b.URL))
	})
	_, whole := in.plan(about, previous)
	p.whole = len(whole) > 0
	return p, nil
}

// formerRoles gives the visits of the addresses of findings, by key, from the
// inspections that saw them last, and fills in which addresses were dead.
func (in *Inspector) formerRoles(ctx context.Context, site *govsweep.Site, about []govsweep.Standing, dead map[string][]govsweep.Visit) (map[uint64]govsweep.Visit, error) {
	bySweep := map[int64][]govsweep.Standing{}
	for _, s := range about {
		bySweep[s.LastSweep] = append(bySweep[s.LastSweep], s)
	}
	out := map[uint64]govsweep.Visit{}
	for _, sweep := range slices.Sorted(maps.Keys(bySweep)) {
		wanted, links := map[uint64]bool{}, map[string]bool{}
		for _, s := range bySweep[sweep] {
			for _, url := range append([]string{s.URL}, s.Pages...) {
				wanted[address.Key(url, "")] = true
			}
			if slices.Contains(deadLinks, s.Indicator) {
				links[s.Fingerprint] = true
			}
		}
		err := in.Store.EachVisit(ctx, govsweep.Run{Sweep: sweep, Target: site.ID}, func(v govsweep.Visit, _ bool) error {
			if v.Look > 0 || v.Form != "" {
				return nil
			}
			v.Via, v.Wave, v.Depth = "", 0, 1
			if v.Role == govsweep.DoubtfulRole {
				v.Role = govsweep.ArticleRole
				if v.Column == v.URL {
					v.Role = govsweep.ColumnRole
				}
			}
			if wanted[v.Key] {
				out[v.Key] = v
			}
			if len(links) > 0 {
				noteDead(dead, links, site.ID, v)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("visits of %s in sweep %d: %w", site.ID, sweep, err)
		}
	}
	return out, nil
}

// noteDead files an address under the link findings it is the place of: its
// own, or the one of its whole host.
func noteDead(dead map[string][]govsweep.Visit, links map[string]bool, site govsweep.TargetID, v govsweep.Visit) {
	for _, code := range deadLinks {
		for _, locator := range []string{v.URL, "host://" + address.Host(v.URL)} {
			if fp := rules.Fingerprint(code, site, locator); links[fp] && len(dead[fp]) < maxPlaces {
				dead[fp] = append(dead[fp], v)
			}
		}
	}
}

// addresses lists what is asked for besides dead links, each address once.
func (in *Inspector) addresses(f *focus, columns []govsweep.Column, previous *facts.Dossier, about []govsweep.Standing) []string {
	seen := map[uint64]bool{}
	var out []string
	add := func(url string) {
		if key := address.Key(url, ""); url != "" && !seen[key] && len(out) < mostPlaceVisit {
			seen[key] = true
			out = append(out, url)
		}
	}
	for _, s := range about {
		if s.Column != nil {
			add(s.Column.URL)
		}
		add(s.URL)
		for i, url := range s.Pages {
			if i == maxSources && slices.Contains(deadLinks, s.Indicator) {
				break
			}
			add(url)
		}
	}
	for _, c := range columns {
		if f.columns[address.Key(c.URL, "")] {
			add(c.URL)
		}
	}
	if previous != nil {
		for i := range previous.Columns {
			if c := &previous.Columns[i]; f.columns[address.Key(c.URL, "")] {
				add(c.URL)
			}
		}
	}
	return out
}

// focusOn says which columns are looked at: those of the findings and what
// lies below them, for a column is as fresh as its freshest part.
func (in *Inspector) focusOn(s *govsweep.Sweep, site *govsweep.Site, columns []govsweep.Column, about []govsweep.Standing, previous *facts.Dossier) *focus {
	f := &focus{asOf: s.AsOf, columns: map[uint64]bool{}, counted: map[uint64]bool{}}
	below := map[uint64][]string{}
	if previous != nil {
		for i := range previous.Columns {
			below[address.Key(previous.Columns[i].URL, "")] = previous.Columns[i].Children
		}
	}
	var take func(url string)
	take = func(url string) {
		key := address.Key(url, "")
		if f.columns[key] || len(f.columns) >= maxPlaces {
			return
		}
		f.columns[key] = true
		for _, child := range below[key] {
			take(child)
		}
	}
	for i := range about {
		st := &about[i]
		switch need := in.needs(st.Indicator); {
		case slices.Contains(need, facts.KindListings):
			if st.Column != nil {
				take(st.Column.URL)
			}
			for _, url := range st.Pages {
				take(url)
			}
		case len(need) == 1 && need[0] == facts.KindHome:
			f.home = true
		}
	}
	delete(f.columns, address.Key(site.URL, ""))
	for _, c := range columns {
		if c.Class == govsweep.SurveyColumn || c.Class == govsweep.FiscalColumn {
			f.counted[address.Key(c.URL, "")] = true
		}
	}
	return f
}

// needs gives the kinds of fact an indicator needs.
func (in *Inspector) needs(code govsweep.IndicatorCode) []facts.FactKind {
	for _, ind := range in.Indicators {
		if ind.Code == code {
			return ind.Needs
		}
	}
	return nil
}

// maxPlaces is how many pages a finding may name to be looked at again one
// by one; beyond it the whole site is inspected, which costs no more.
const maxPlaces = 200

// maxSources is how many pages that point at a dead link are read: mostly
// the link itself decides.
const maxSources = 50

// Plan says which findings a look at their own places decides, and which
// need the whole site: what is nowhere to be found, and what stands on more
// than 200 pages. One of the latter makes the whole re-test an inspection of
// the site.
func (in *Inspector) Plan(ctx context.Context, site govsweep.TargetID, before int64, about []govsweep.Standing) (pages, whole []govsweep.Standing, err error) {
	previous, err := in.previous(ctx, govsweep.Run{Sweep: before, Target: site})
	if err != nil {
		return nil, nil, err
	}
	pages, whole = in.plan(about, previous)
	return pages, whole, nil
}

func (in *Inspector) plan(about []govsweep.Standing, previous *facts.Dossier) (pages, whole []govsweep.Standing) {
	for _, s := range about {
		need := in.needs(s.Indicator)
		entrance := previous != nil && previous.Home.NavOnly && len(need) == 1 && need[0] == facts.KindHome && s.Class == govsweep.Veto
		link := slices.Contains(deadLinks, s.Indicator)
		if slices.Contains(need, facts.KindWhole) || entrance || len(s.Pages) > maxPlaces && !link {
			whole = append(whole, s)
			continue
		}
		pages = append(pages, s)
	}
	return pages, whole
}
