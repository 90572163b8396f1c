package origin

import (
	"cmp"
	"math/bits"
	"slices"
	"sort"
)

// Bounds of what one post costs, whatever a site puts in its titles.
const (
	maxHits  = 1_500 // articles met over all of its neighbouring characters, the rarest first
	maxTries = 48    // titles that are looked at closely
	minHits  = 3     // neighbouring characters two near titles share at least
)

// matcher compares all posts with all articles, without looking at every pair.
type matcher struct {
	Params
	articles, posts []item // in order of day; those without one first

	dated  int                // first article with a day
	byURL  map[string]int     // articles
	byKey  map[string][]int   // articles, in order
	byGram map[uint64][]int32 // articles with a day, in order
	texts  []text             // articles with a text, in order

	hits    []int32 // while one post is looked at: by article
	touched []int32
}

// text is what the search for texts reads of an article.
type text struct {
	bits    uint64
	day     int
	article int
}

func (m *matcher) index() {
	m.byURL, m.byKey, m.byGram = map[string]int{}, map[string][]int{}, map[uint64][]int32{}
	m.hits = make([]int32, len(m.articles))
	m.dated = len(m.articles)
	for i := range m.articles {
		a := &m.articles[i]
		if a.day != noDay {
			m.dated = min(m.dated, i)
			for _, g := range a.grams {
				m.byGram[g] = append(m.byGram[g], int32(i))
			}
		}
		for _, u := range append([]string{a.URL}, a.Also...) {
			if _, old := m.byURL[u]; u != "" && !old {
				m.byURL[u] = i
			}
		}
		if a.key != "" {
			m.byKey[a.key] = append(m.byKey[a.key], i)
		}
		if a.Sketch.Known() {
			m.texts = append(m.texts, text{a.Sketch.Bits, a.day, i})
		}
	}
}

// candidates adds the articles that may be post i.
func (m *matcher) candidates(all []pair, i int) []pair {
	b := &m.posts[i]
	var tried []int
	if j, ok := m.byURL[b.URL]; ok {
		tried = append(tried, j)
	}
	tried = m.sameTitle(tried, b)
	tried = m.sameText(tried, b)
	tried = m.likeTitle(tried, b)
	slices.Sort(tried)
	for _, j := range slices.Compact(tried) {
		if c, ok := m.judge(&m.articles[j], b); ok {
			c.article, c.post = j, i
			all = append(all, c)
		}
	}
	return all
}

// sameTitle adds the articles of the same title within the window, and those
// without a day.
func (m *matcher) sameTitle(tried []int, b *item) []int {
	of := m.byKey[b.key]
	from := sort.Search(len(of), func(k int) bool { return m.articles[of[k]].day >= b.day-m.Window })
	for _, j := range of[from:] {
		if b.day != noDay && m.articles[j].day > b.day+m.Window {
			break
		}
		if tried = append(tried, j); b.day == noDay && len(tried) > maxTries {
			break
		}
	}
	if len(of) > 0 && m.articles[of[0]].day == noDay && from > 0 {
		tried = append(tried, of[0])
	}
	return tried
}

// sameText adds the articles of nearly the same text within the window.
func (m *matcher) sameText(tried []int, b *item) []int {
	if !b.Sketch.Known() {
		return tried
	}
	from := 0
	if b.day != noDay {
		from = sort.Search(len(m.texts), func(k int) bool { return m.texts[k].day >= b.day-m.Window })
	}
	limit := len(tried) + maxTries
	add := func(part []text) {
		for k := range part {
			if b.day != noDay && part[k].day > b.day+m.Window || len(tried) >= limit {
				return
			}
			if bits.OnesCount64(part[k].bits^b.Sketch.Bits) <= m.TextNear {
				tried = append(tried, part[k].article)
			}
		}
	}
	undated := sort.Search(len(m.texts), func(k int) bool { return m.texts[k].day > noDay })
	add(m.texts[:min(undated, from)])
	add(m.texts[from:])
	return tried
}

// likeTitle adds the articles of the days around b that share most
// neighbouring characters with its title.
func (m *matcher) likeTitle(tried []int, b *item) []int {
	if b.day == noDay || len(b.runes) < m.Held {
		return tried
	}
	m.count(m.near(b))
	slices.SortFunc(m.touched, func(x, y int32) int {
		return cmp.Or(cmp.Compare(m.hits[y], m.hits[x]), cmp.Compare(x, y))
	})
	for k, j := range m.touched {
		if k < maxTries && m.hits[j] >= minHits {
			tried = append(tried, int(j))
		}
	}
	for _, j := range m.touched {
		m.hits[j] = 0
	}
	m.touched = m.touched[:0]
	return tried
}

// near gives for every pair of neighbouring characters of b the articles of
// the days around it, the rarest pair first.
func (m *matcher) near(b *item) [][]int32 {
	lists := make([][]int32, 0, len(b.grams))
	for _, g := range b.grams {
		of := m.byGram[g]
		from := sort.Search(len(of), func(k int) bool { return m.articles[of[k]].day >= b.day-m.NearDays })
		to := from + sort.Search(len(of)-from, func(k int) bool { return m.articles[of[from+k]].day > b.day+m.NearDays })
		if to > from {
			lists = append(lists, of[from:to])
		}
	}
	slices.SortStableFunc(lists, func(x, y []int32) int { return cmp.Compare(len(x), len(y)) })
	return lists
}

func (m *matcher) count(lists [][]int32) {
	for _, of := range lists {
		if len(m.touched) > 0 && len(of) > maxHits {
			return
		}
		for _, j := range of[:min(len(of), maxHits)] {
			if m.hits[j] == 0 {
				m.touched = append(m.touched, j)
			}
			m.hits[j]++
		}
		if len(m.touched) > maxHits {
			return
		}
	}
}
