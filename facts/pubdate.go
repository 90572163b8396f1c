package facts

import (
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// pubTags are the names of head tags that hold a publish date, the surest
// first. Names of the time a page was made (Maketime …) are not among them.
var pubTags = [...]string{"PubDate", "PublishDate", "publish_date", "PublishTime", "publish_time", "published", "article:published_time",
	"firstpublishedtime", "bytedance:published_time", "pubtime", "ReleaseDate", "dc.date.issued"}

// tagDate gives the publish date the head tags claim.
func (d *Document) tagDate() (dateHit, bool) {
	for _, name := range pubTags {
		for i := range d.Metas {
			if strings.EqualFold(d.Metas[i].Name, name) {
				if h, ok := parseDate(squeeze(d.Metas[i].Content)); ok {
					return h, true
				}
			}
		}
	}
	return dateHit{}, false
}

// publishLine finds the publish date the body prints: first with the label of
// a publish date, then without one close below the headline.
func (d *Document) publishLine(h headline) (dateHit, bool) {
	if hit, rank := d.labelledDate(h); rank > 1 {
		return hit, true
	} else if open, ok := d.openDate(h); ok {
		return open, true
	} else if rank == 1 {
		return hit, true
	}
	return dateHit{}, false
}

// labelledDate looks for 发布时间：2021-08-06 in every block that is shown.
func (d *Document) labelledDate(h headline) (best dateHit, rank int) {
	far := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Hiding != 0 || b.Region == NavRegion && (h.block < 0 || i < h.block) || b.Region == FootRegion || b.Region == SideRegion || len(b.Text) < 6 || len(b.Text) > 2000 {
			continue
		}
		if h.block >= 0 && i > h.block && len(b.Text) > 450 {
			far++ // running text
		}
		hit, k := d.labelIn(i)
		if k == 2 && (h.block < 0 || i < h.block-6 || i > h.block+14 || far > 0) {
			k = 0 // 时间 alone is a label only near the headline
		}
		if k > rank && !d.inForm(b) {
			best, rank = hit, k
		}
	}
	return best, rank
}

// labelIn finds a labelled date in block i; its value may stand in the next block.
func (d *Document) labelIn(i int) (dateHit, int) {
	b := &d.Blocks[i]
	for _, hit := range b.dates() {
		if hit.form != fullDate {
			continue
		}
		if _, rank := dateLabel(b.Text[:hit.from]); rank > 0 {
			hit.printed = b.Text[hit.from:hit.to]
			return hit, rank
		}
	}
	if i+1 < len(d.Blocks) && b.has(timeSign) && len(b.Text) <= 48 && utf8.RuneCountInString(b.Text) <= 12 {
		if _, rank := dateLabel(b.Text); rank > 1 {
			next := d.Blocks[i+1].Text
			if hit, ok := findDate(next, 0); ok && hit.form == fullDate && hit.from == 0 && (hit.to == len(next) || isAside(trimDecor(next[hit.to:]))) {
				hit.printed = next[hit.from:hit.to]
				return hit, rank
			}
		}
	}
	return dateHit{}, 0
}

func (d *Document) inForm(b *Block) bool {
	for _, n := range d.Inputs {
		if n.Parent != nil && b.Node == n.Parent && n.Attr("type") != "hidden" {
			return true
		}
	}
	return false
}

// openDate takes a date without a label that stands by itself between the
// headline and the running text.
func (d *Document) openDate(h headline) (dateHit, bool) {
	if h.block < 0 {
		return dateHit{}, false
	}
	for i := h.block + 1; i < len(d.Blocks) && i <= h.block+12; i++ {
		b := &d.Blocks[i]
		if d.runningText(i, i+1) {
			break
		}
		if b.Hiding != 0 || b.Region == SideRegion || b.Region == FootRegion || len(b.Text) > 450 {
			continue
		}
		for _, hit := range b.dates() {
			if hit.form == fullDate && d.isPublishLine(i, hit) {
				hit.printed = b.Text[hit.from:hit.to]
				return hit, true
			}
		}
	}
	return dateHit{}, false
}

// isPublishLine says whether a date without a label is that of a publish
// line: it stands by itself, or has a time of day and a source beside it.
func (d *Document) isPublishLine(i int, h dateHit) bool {
	b := &d.Blocks[i]
	before, after := b.Text[:h.from], trimDecor(b.Text[h.to:])
	telling := has(b.Text, "来源") || has(b.Text, "來源") || has(b.Text, "浏览") || has(b.Text, "点击") || has(b.Text, "阅读") || has(b.Text, "字体") || has(b.Text, "字号")
	if isOtherDateLabel(before) || has(after, "通过") || has(after, "修订") || has(after, "施行") || has(after, "印发") || has(after, "起") && !telling {
		return false
	}
	if l := strings.TrimRight(before, " :：([（【"); l != "" {
		if _, rank := dateLabel(before); rank == 0 && !strings.Contains(before, "来源") && !(h.clock != "" && telling) {
			return false
		}
	} else if i > 0 && asksOtherDate(d.Blocks[i-1].Text) {
		return false // the value of another label: 开始时间：
	} else if after != "" && !isAside(after) && !telling && h.clock == "" {
		return false
	}
	switch {
	case h.clock != "" || telling:
		return true
	case strings.Contains(b.Text[h.from:h.to], "年"):
		return d.dateClass(b.Node) // may be the date of the document
	}
	return d.dateClass(b.Node) || d.nearSource(i)
}

// asksOtherDate says whether a block is a label of something else than a publish date.
func asksOtherDate(s string) bool {
	if !strings.HasSuffix(s, "：") && !strings.HasSuffix(s, ":") {
		return false
	}
	_, rank := dateLabel(s)
	return rank == 0
}

// dateClass says whether an element is named after a date.
func (d *Document) dateClass(n *Node) bool {
	for k := 0; n != nil && k < 3; n, k = n.Parent, k+1 {
		if c := lower(n.Class()) + " " + lower(n.ID()); has(c, "date") || has(c, "time") || has(c, "info") || has(c, "source") || has(c, "meta") ||
			has(c, "inf") || has(c, "sj") || has(c, "rq") || has(c, "subtitle") || has(c, "fbt") {
			return true
		}
	}
	return false
}

func (d *Document) nearSource(i int) bool {
	for j := max(0, i-3); j < len(d.Blocks) && j <= i+3; j++ {
		if t := d.Blocks[j].Text; len(t) < 200 && (has(t, "来源") || has(t, "來源") || has(t, "浏览") || has(t, "字体")) {
			return true
		}
	}
	return false
}

// runningText says whether one of the blocks is a paragraph of an article.
func (d *Document) runningText(from, to int) bool {
	for i := from; i < to && i < len(d.Blocks); i++ {
		b := &d.Blocks[i]
		if b.Hiding == 0 && b.Region == BodyRegion && len(b.Text) > 240 && b.has(stopSign) && has(b.Text, "。") {
			return true
		}
	}
	return false
}

// setPublished decides between what tag, metadata, body and address say. The
// body is believed before the tag; where both name the day, the more exact counts.
func setPublished(f *govsweep.PageFacts, tag, seen, meta, url dateHit) {
	f.VisibleDate = seen.String()
	f.PrintedDate = strings.Clone(seen.printed)
	printed, from := seen, "body"
	if printed.month == 0 {
		printed, from = meta, "core-metadata"
	}
	switch {
	case printed.month == 0 && tag.month > 0:
		printed, from = tag, "head-tags"
	case tag.month > 0 && tag.Day() == printed.Day() && (tag.clock != "" || printed.clock == ""):
		printed, from = tag, "head-tags"
	case printed.month == 0:
		printed, from = url, "url"
	}
	if printed.month > 0 {
		f.Published, f.PublishedFrom = printed.String(), from
	}
}
