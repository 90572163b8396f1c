package sweep

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/sampling"
)

// Graph is what of a run tells who points at whom.
type Graph interface {
	EachVisit(ctx context.Context, run govsweep.Run, fn func(v govsweep.Visit, done bool) error) error
	EachRecord(ctx context.Context, run govsweep.Run, fn func(*govsweep.Record) error) error
}

// Levels 二级、三级内链 are the internal links of a site by their distance from
// the home page, in order of address: second are the pages of the site itself
// the home page points at, third those that these point at and that are
// neither. Files, pictures and other hosts are none. Memory grows with the
// number of links by eight bytes each, and by their addresses.
type Levels struct {
	Second, Third []string
}

// LevelsOf reads the levels off the crawl of a run. scope says what belongs
// to the site.
func LevelsOf(ctx context.Context, g Graph, run govsweep.Run, scope crawler.Scope) (*Levels, error) {
	home, second, third := map[uint64]bool{}, map[uint64]bool{}, map[uint64]bool{}
	err := g.EachRecord(ctx, run, func(r *govsweep.Record) error {
		if r.Visit.Role == govsweep.HomeRole {
			home[r.Visit.Key] = true
			for _, k := range r.LinkKeys {
				second[k] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("links of the home page: %w", err)
	}
	err = g.EachRecord(ctx, run, func(r *govsweep.Record) error {
		if second[r.Visit.Key] && !home[r.Visit.Key] && pageLink(&r.Visit, scope) {
			for _, k := range r.LinkKeys {
				third[k] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("links of the second level: %w", err)
	}
	var l Levels
	err = g.EachVisit(ctx, run, func(v govsweep.Visit, _ bool) error {
		switch {
		case home[v.Key] || !pageLink(&v, scope):
		case second[v.Key]:
			l.Second = append(l.Second, v.URL)
		case third[v.Key]:
			l.Third = append(l.Third, v.URL)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("addresses of the links: %w", err)
	}
	for _, list := range []*[]string{&l.Second, &l.Third} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return &l, nil
}

// pageLink says whether a visit is of a page of the site itself, as links lead to it.
func pageLink(v *govsweep.Visit, scope crawler.Scope) bool {
	switch v.Role {
	case govsweep.ColumnRole, govsweep.ListRole, govsweep.ArticleRole, govsweep.DoubtfulRole, govsweep.SecondLookRole:
		return v.Form == "" && scope.Same(v.URL)
	}
	return false
}

// DrawLinks draws n links of a level by the rule of sampling.Rule, so that
// anyone can draw them again with the list and the seed; all when there are
// no more than n. drawn says whether it was a draw.
func DrawLinks(links []string, n int, seed string) (list []string, drawn bool, err error) {
	if n <= 0 || len(links) <= n {
		return links, false, nil
	}
	frame := make([]sampling.Member, len(links))
	for i, u := range links {
		frame[i] = sampling.Member{ID: u}
	}
	percent := math.Floor(float64(n)/float64(len(links))*1e8) / 1e6 // rounded down: the rule rounds the number up
	d, err := sampling.Sample(frame, strconv.FormatFloat(percent, 'f', 6, 64), seed)
	if err != nil {
		return nil, false, err
	}
	slices.SortFunc(d.IDs, cmp.Compare[string])
	return d.IDs, true, nil
}
