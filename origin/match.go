package origin

import (
	"cmp"
	"slices"

	"github.com/govsweep/govsweep"
)

// Matched is what a comparison came to. Items that are printed twice on one
// side are one item here, which names the addresses of the others.
type Matched struct {
	Pairs    []govsweep.OriginPair // in order of the posts' days
	Articles []govsweep.Published  // without a post, in order of day
	Posts    []govsweep.Published  // without an article, in order of day
}

// Match pairs articles with posts: one with one, the surest pair first. The
// order of the items does not matter.
func Match(articles, posts []govsweep.Published, p Params) Matched {
	names := newKnown(p.Names)
	m := &matcher{Params: p, articles: prepare(articles, names), posts: prepare(posts, names)}
	m.index()
	var all []pair
	for i := range m.posts {
		all = m.candidates(all, i)
	}
	slices.SortFunc(all, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.off, y.off), cmp.Compare(x.post, y.post), cmp.Compare(x.article, y.article))
	})
	return m.take(all)
}

// take gives every item at most one partner.
func (m *matcher) take(all []pair) Matched {
	article, post := make([]bool, len(m.articles)), make([]bool, len(m.posts))
	chosen := all[:0]
	for _, c := range all {
		if !article[c.article] && !post[c.post] {
			article[c.article], post[c.post] = true, true
			chosen = append(chosen, c)
		}
	}
	slices.SortFunc(chosen, func(x, y pair) int { return cmp.Compare(x.post, y.post) })
	var out Matched
	for i := range chosen {
		out.Pairs = append(out.Pairs, m.told(&chosen[i]))
	}
	for i := range m.articles {
		if !article[i] {
			out.Articles = append(out.Articles, *m.articles[i].Published)
		}
	}
	for i := range m.posts {
		if !post[i] {
			out.Posts = append(out.Posts, *m.posts[i].Published)
		}
	}
	return out
}

func (m *matcher) told(c *pair) govsweep.OriginPair {
	a, b := &m.articles[c.article], &m.posts[c.post]
	out := govsweep.OriginPair{Article: *a.Published, Post: *b.Published, Ground: c.ground, Similarity: float64(int(c.similarity*100+0.5)) / 100,
		Distance: c.distance, Order: govsweep.OrderUnknown}
	if a.day == noDay || b.day == noDay {
		return out
	}
	switch out.Days = b.day - a.day; {
	case out.Days == 0:
		out.Order = govsweep.SameDay
	case out.Days > 0:
		out.Order = govsweep.SiteFirst
	default:
		out.Order = govsweep.AccountFirst
	}
	return out
}
