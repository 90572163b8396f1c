package facts

import (
	"golang.org/x/net/html/atom"

	"github.com/govsweep/govsweep"
)

// pageKind judges what the page is for: from why it was asked, its address,
// its tags, and what it shows.
func (d *Document) pageKind(h headline, seen dateHit, runes int, spots []dateSpot) govsweep.PageKind {
	if d.isHome() {
		return govsweep.HomePage
	}
	if isAttachment(d.URL) {
		return govsweep.AttachmentPage
	}
	article, column := d.tagVotes()
	if d.Page != nil {
		switch d.Page.Visit.Role {
		case govsweep.ColumnRole, govsweep.ListRole:
			column += 3
		case govsweep.ArticleRole:
			article++
		}
	}
	switch {
	case isArticleURL(d.URL):
		article += 3
	case d.URL != "" && isColumnURL(d.URL):
		column += 2
	}
	if seen.month > 0 {
		article += 2
	}
	if h.sure && h.block >= 0 {
		article++
	}
	switch prose := d.prose(h); {
	case prose > 400:
		article += 3
	case prose > 120:
		article++
	}
	rows := 0
	for i := range spots {
		if b := &d.Blocks[spots[i].block]; b.Region != NavRegion && b.Region != FootRegion && b.Region != SideRegion {
			rows++
		}
	}
	switch {
	case rows >= 5:
		column += 3
	case rows >= 3:
		column += 2
	case rows >= 2:
		column++
	}
	switch {
	case article > column && runes == 0 && article < 5 && len(d.Images) == 0:
		return govsweep.OtherPage // nothing to see
	case article > column:
		return govsweep.ArticlePage
	case column > 0:
		return govsweep.ColumnPage
	}
	return govsweep.OtherPage
}

// isHome says whether the page is the home page of its site.
func (d *Document) isHome() bool {
	if p := d.Page; p != nil {
		if p.Visit.Role == govsweep.HomeRole {
			return true
		}
		if p.Visit.Role == govsweep.ColumnRole || p.Visit.Role == govsweep.ArticleRole {
			return d.Site.Home != "" && samePage(d.URL, d.Site.Home)
		}
	}
	if d.Site.Home != "" {
		return samePage(d.URL, d.Site.Home)
	}
	return d.URL != "" && isRootURL(d.URL) && squeeze(d.MetaContent("ArticleTitle")) == ""
}

// tagVotes weighs the head tags of 47号.
func (d *Document) tagVotes() (article, column int) {
	if tagText(d.MetaContent("ArticleTitle")) != "" {
		article += 5
		if _, ok := d.tagDate(); ok {
			article += 2
		}
		return article, column
	}
	if _, ok := d.tagDate(); ok {
		article += 2
	}
	if tagText(d.MetaContent("ColumnName")) != "" || tagText(d.MetaContent("ColumnType")) != "" {
		column += 2
		if tagText(d.MetaContent("ColumnDescription")) != "" || tagText(d.MetaContent("ColumnKeywords")) != "" {
			column++
		}
	}
	return article, column
}

// prose counts the bytes of running text in the main area: paragraphs that
// are no links.
func (d *Document) prose(h headline) int {
	sum := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Region == BodyRegion && b.Hiding == 0 && len(b.Text) > 90 && i > h.block && b.signs&(stopSign|semiSign) != 0 && (has(b.Text, "。") || has(b.Text, "；")) && !d.isLinkText(b) {
			sum += len(b.Text) / 3
		}
	}
	return sum
}

// isLinkText says whether most of a block's words are a link's.
func (d *Document) isLinkText(b *Block) bool {
	for _, a := range d.LinksIn(b.Node) {
		if len(a.Text)*2 > len(b.Text) {
			return true
		}
	}
	return b.Node.Up(atom.A) != nil
}
