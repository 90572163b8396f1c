package farm

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/govsweep/govsweep"
)

// A trick changes one article: a fault or a look-alike.
type trick struct {
	doc bool // needs a document page
	do  func(s *site, r *rand.Rand, it *item)
}

// scatter plays faults and look-alikes over the articles of a site, each
// article at most once, each trick about as often as the others.
func (s *site) scatter(faults, looks int) {
	r := s.dice("scatter")
	s.play(r, faultTricks, faults)
	s.play(r, lookTricks, looks)
	if faults > 0 && s.portal() {
		s.tolerateWide(tagsImproper, "个别页面标签有误，抽查规则未明确")
	}
}

func (s *site) play(r *rand.Rand, tricks []trick, n int) {
	order := r.Perm(len(tricks))
	for i := 0; n > 0 && i < 4*len(tricks)+n; i++ {
		t := tricks[order[i%len(order)]]
		it := s.victim(r, t.doc)
		if it == nil {
			continue
		}
		s.used[it] = true
		t.do(s, r, it)
		n--
	}
}

// victim picks an article nothing was done to yet, in a column that can be read.
func (s *site) victim(r *rand.Rand, doc bool) *item {
	var free []*item
	for _, c := range s.columns {
		if c.mode != plainList || c.trouble != noTrouble || c.undated || c.yearless {
			continue
		}
		for _, it := range c.items[:min(len(c.items), 15)] {
			if !s.used[it] && (it.doc != nil) == doc && !it.pinned && !it.future {
				free = append(free, it)
			}
		}
	}
	if len(free) == 0 {
		return nil
	}
	return pick(r, free)
}

// dropTag leaves out a head tag of the article.
func dropTag(tag string, code govsweep.IndicatorCode) trick {
	return trick{do: func(s *site, r *rand.Rand, it *item) {
		if s.tags.drop[tag] {
			return
		}
		it.drop[tag] = true
		s.plant(code, it, "内容页缺少"+tag+"标签")
	}}
}

// setTag gives a head tag a value that differs from the page.
func setTag(tag string, code govsweep.IndicatorCode, value func(*site, *item) string, text string) trick {
	return trick{do: func(s *site, r *rand.Rand, it *item) {
		if s.tags.drop[tag] {
			return
		}
		it.tag[tag] = value(s, it)
		s.plant(code, it, text)
	}}
}

// dropMeta leaves out a label of the metadata block.
func dropMeta(key string, code govsweep.IndicatorCode) trick {
	return trick{doc: true, do: func(s *site, r *rand.Rand, it *item) {
		it.doc.drop[key] = true
		s.plant(code, it, "公文页缺少"+metaLabels[key][0])
	}}
}

// setMeta changes the document.
func setMeta(code govsweep.IndicatorCode, text string, change func(*document, *item)) trick {
	return trick{doc: true, do: func(s *site, r *rand.Rand, it *item) {
		change(it.doc, it)
		s.plant(code, it, text)
	}}
}

// inBody adds HTML to the article.
func inBody(code govsweep.IndicatorCode, text, html string) trick {
	return trick{do: func(s *site, r *rand.Rand, it *item) {
		it.body = append(it.body, html)
		s.plant(code, it, text)
	}}
}

// alikeBody adds HTML that looks like a fault and is none.
func alikeBody(code govsweep.IndicatorCode, text, html string) trick {
	return trick{do: func(s *site, r *rand.Rand, it *item) {
		it.body = append(it.body, html)
		s.alike(code, it, text)
	}}
}

// gone plants a link of the article that leads nowhere.
func gone(html, target string, code govsweep.IndicatorCode, text string) trick {
	return trick{do: func(s *site, r *rand.Rand, it *item) {
		to := strings.ReplaceAll(target, "#", fmt.Sprint(it.id))
		it.body = append(it.body, fmt.Sprintf(html, to))
		s.plantLink(code, to, it, text)
	}}
}

// plantLink plants a dead target on a page: links in the body are scored on
// portals alone, attachments and pictures everywhere.
func (s *site) plantLink(code govsweep.IndicatorCode, to string, it *item, text string) {
	switch {
	case code != innerLinkDead:
		s.plant(code, it, text, to)
		s.tolerate(innerLinkDead, it, "附件、图片失效是否另计链接，文件未明确")
		s.tolerate(innerLinkDead, to, "附件、图片失效是否另计链接，文件未明确")
	case s.portal():
		s.plant(code, to, text, it)
	}
}
