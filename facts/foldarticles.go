package facts

import (
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// articlesFold tallies what article pages print in their body.
type articlesFold struct {
	met      int // article addresses asked
	articles int
	noTime   tallyFold
	badTime  tallyFold
	noSource tallyFold
}

// meet counts the addresses asked, so that articles that could not be read
// are known from a site without any.
func (a *articlesFold) meet(r *govsweep.Record) {
	if r.Visit.Role == govsweep.ArticleRole && r.Visit.Look == 0 {
		a.met++
	}
}

// fold takes one content page. A time that stands in the metadata block only
// is a time, but its form is the block's, not that of 47号. Pages in vertical Mongolian script do not
// print Chinese labels and are not looked at.
func (a *articlesFold) fold(p *seenPage) {
	f := p.Facts
	if !isArticle(f) || f.Mongolian {
		return
	}
	a.articles++
	shown := strings.TrimSpace(firstOf(f.PrintedDate, f.VisibleDate))
	inBlock := strings.Trim(f.CoreMetadata[govsweep.MetaPubDate].Value, " []【】()（）")
	a.noTime.look(p, shown == "" && inBlock == "", "")
	if shown != "" && !(shown == inBlock && IsDocument(f)) {
		a.badTime.look(p, !timeForm(shown) && !timeForm(inBlock), shown)
	}
	a.noSource.look(p, strings.TrimSpace(f.Source) == "" && strings.TrimSpace(f.HeadTags["ContentSource"]) == "", "")
}

// timeForm says whether a publish time has the form YYYY-MM-DD HH:MM of
// 47号. Where only the value is known, not its printing, day and time are enough.
func timeForm(shown string) bool {
	if TagDateForm(shown) {
		return true
	}
	_, err := time.Parse(time.RFC3339, shown)
	return err == nil
}

func (a *articlesFold) result() ArticleTally {
	return ArticleTally{Articles: a.articles, NoTime: a.noTime.tally(), BadTime: a.badTime.tally(), NoSource: a.noSource.tally()}
}

// isArticle says whether a page is an article: a site map may look like one.
func isArticle(f *govsweep.PageFacts) bool {
	if f.Kind != govsweep.ArticlePage {
		return false
	}
	return !IsSiteMap(f.VisibleTitle) && !IsSiteMap(f.Title)
}

// IsSiteMap says whether a title is that of the page 网站地图, with or without
// the name of the site behind it. Such a page is no article.
func IsSiteMap(title string) bool {
	for _, t := range []string{Simplified(title), Simplified(titleHead(title))} {
		if t == "网站地图" || t == "站点地图" {
			return true
		}
	}
	return false
}
