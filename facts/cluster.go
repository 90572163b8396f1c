package facts

import "github.com/govsweep/govsweep"

// strongKeys tell a document 公文 from news: headers of news print none of them
// with a value, and rarely more than one at all.
var strongKeys = map[string]bool{
	govsweep.MetaIndexNumber: true, govsweep.MetaTopicCategory: true, govsweep.MetaIssuingBody: true,
	govsweep.MetaWrittenDate: true, govsweep.MetaDocumentNumber: true, govsweep.MetaSubjectTerms: true,
}

// IsDocument says whether a page prints the metadata block of a document.
// One label alone, like the empty 文件编号 some templates print over news, makes none.
func IsDocument(f *govsweep.PageFacts) bool {
	strong := 0
	for key := range f.CoreMetadata {
		if strongKeys[key] {
			strong++
		}
	}
	return strong >= 3 || strong == 2 && len(f.CoreMetadata) >= 4
}

// cluster is a run of labels that belong together.
type cluster struct {
	hits   []labelHit
	strong int // distinct strong keys
	shown  bool
	filled int
	sure   bool // some label has a colon or a value
}

// gather picks the metadata block of the page out of its labels. Where the
// same block is printed for row after row, the page is a list and has none.
func gather(hits []labelHit) metadata {
	clusters := clustersOf(hits)
	best, blocks := -1, 0
	for i := range clusters {
		c := &clusters[i]
		if c.strong >= 2 && c.shown {
			blocks++
		}
		if !c.sure || !c.shown && (c.filled < 2 || c.strong < 2) {
			continue
		}
		if best < 0 || c.better(&clusters[best]) {
			best = i
		}
	}
	if best < 0 || blocks > 2 {
		return metadata{}
	}
	m := metadata{core: map[string]govsweep.MetaValue{}}
	m.take(&clusters[best])
	m.takeLoose(clusters, best)
	if len(m.core) == 0 {
		m.core = nil
	}
	return m
}

func (c *cluster) better(o *cluster) bool {
	if c.shown != o.shown {
		return c.shown
	}
	if c.strong != o.strong {
		return c.strong > o.strong
	}
	return c.strong > 0 && c.filled > o.filled && o.filled == 0
}

// clustersOf parts labels into runs: a new one begins where a label comes
// again, where much other text stands between, or where hiding changes.
func clustersOf(hits []labelHit) []cluster {
	var out []cluster
	seen := map[string]bool{}
	for i := range hits {
		h := &hits[i]
		word := h.key + "\x00" + h.printed
		n := len(out)
		if n == 0 || h.key != otherLabel && seen[word] || h.block-hits[i-1].block > 25 || out[n-1].shown == h.hidden {
			out = append(out, cluster{shown: !h.hidden})
			seen = map[string]bool{}
			n++
		}
		seen[word] = true
		out[n-1].hits = append(out[n-1].hits, *h)
	}
	for i := range out {
		out[i].count()
	}
	return out
}

func (c *cluster) count() {
	keys := map[string]bool{}
	for i := range c.hits {
		h := &c.hits[i]
		c.sure = c.sure || h.colon || h.value != ""
		if strongKeys[h.key] && !h.weak && !keys[h.key] {
			keys[h.key] = true
			c.strong++
		}
		if h.value != "" && h.key != otherLabel {
			c.filled++
		}
	}
}

// take reads the block itself.
func (m *metadata) take(c *cluster) {
	ranks := map[string]int{}
	for i := range c.hits {
		h := &c.hits[i]
		backed := c.backs(h)
		if h.weak && !backed || !h.colon && c.strong < 2 && h.key != govsweep.MetaIndexNumber {
			continue
		}
		if !backed {
			h.rank += 100 // a line under the headline yields to the block
		}
		m.set(h, ranks)
	}
}

// backs says whether a weak label stands in one structure with two strong ones.
func (c *cluster) backs(h *labelHit) bool {
	strong := 0
	for i := range c.hits {
		o := &c.hits[i]
		if !o.weak && strongKeys[o.key] && (o.home == h.home || o.block == h.block ||
			o.home.Parent == h.home.Parent && sameLook(o.home, h.home)) {
			strong++
		}
	}
	return strong >= 2
}

func (m *metadata) set(h *labelHit, ranks map[string]int) {
	switch h.key {
	case otherLabel:
		return
	case validityLabel:
		if m.validity == nil {
			m.validity = &govsweep.MetaValue{Label: h.printed, Value: h.value}
		}
		return
	case disclosureLabel:
		if m.disclosure == "" {
			m.disclosure = h.value
		}
		return
	}
	rank, have := ranks[h.key]
	if !have || h.rank < rank {
		ranks[h.key] = h.rank
		m.core[h.key] = govsweep.MetaValue{Label: h.printed, Value: h.value}
	}
}

// takeLoose adds what is printed outside the block, such as 发布日期 under the
// headline, and a value the block leaves empty where the same label has one.
func (m *metadata) takeLoose(clusters []cluster, best int) {
	times := map[string]int{}
	for i := range clusters {
		for _, h := range clusters[i].hits {
			times[h.key]++
		}
	}
	for i := range clusters {
		if i == best || !clusters[i].shown {
			continue
		}
		for k := range clusters[i].hits {
			h := &clusters[i].hits[k]
			if h.weak || !h.colon || times[h.key] > 3 {
				continue
			}
			have, ok := m.core[h.key]
			if !ok || have.Value == "" && have.Label == h.printed {
				m.set(h, map[string]int{})
			}
		}
	}
}
