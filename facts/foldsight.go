package facts

import (
	"net/http"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// sightKind is what one look at a list page showed.
type sightKind uint8

const (
	sawNothing     sightKind = iota // a page without a list
	sawList                         // items
	sawAttachments                  // attachments only
	sawBlank                        // a list without items
	sawArticle                      // a single article
	sawUnread                       // could not be read, see why
	sawElsewhere                    // the list comes by call or frame
	sawOnward                       // only led to another page of the site
)

// sight is one look at a list page.
type sight struct {
	saw  sightKind
	why  string
	list *govsweep.List // only until its items are taken
}

// sightOf says what a record showed of a list.
func sightOf(r *govsweep.Record) sight {
	why := whyUnread(r)
	elsewhere := r.Facts != nil && (len(r.Facts.ListCalls) > 0 || len(r.Facts.Frames) > 0)
	switch {
	case movedInside(r):
		return sight{saw: sawOnward, why: "栏目地址跳转到本网站其他页面"}
	case why != "" && elsewhere && r.Failure == "" && r.Facts.Response == govsweep.Shell:
		return sight{saw: sawElsewhere, why: why}
	case why != "":
		return sight{saw: sawUnread, why: why}
	case r.Facts.List == nil && r.Facts.Kind == govsweep.ArticlePage:
		return sight{saw: sawArticle}
	case r.Facts.List == nil && elsewhere:
		return sight{saw: sawElsewhere, why: scriptList}
	case r.Facts.List == nil:
		return sight{saw: sawNothing}
	}
	return listSight(r.Facts.List, elsewhere)
}

const scriptList = "栏目列表由脚本生成，未能取得列表数据"

func listSight(l *govsweep.List, elsewhere bool) sight {
	s := sight{list: l}
	switch {
	case len(l.Items) > 0 && l.State == govsweep.AttachmentsOnly:
		s.saw = sawAttachments
	case len(l.Items) > 0:
		s.saw = sawList
		if l.State == govsweep.UnreadList {
			s.saw, s.why = sawUnread, firstOf(l.Reason, scriptList)
		}
	case l.State == govsweep.AttachmentsOnly:
		s.saw = sawAttachments
	case l.State == govsweep.BlankList && !elsewhere:
		s.saw = sawBlank
	case elsewhere:
		s.saw, s.why = sawElsewhere, firstOf(l.Reason, scriptList)
	default:
		s.saw, s.why = sawUnread, firstOf(l.Reason, scriptList)
	}
	return s
}

// settled is what all looks at a column come to.
type settled struct {
	state  govsweep.ListState
	unread string
	looks  int
	front  *front // the look it rests on; nil when there was none
}

const (
	notVisited   = "受抓取范围或数量限制，本次未读取该栏目"
	looksDiffer  = "两次读取结果不一致"
	partsMissing = "栏目列表数据未能全部读取"
)

// settle weighs the looks. Blank needs every look to say so.
func (col *columnFold) settle() settled {
	if len(col.fronts) == 0 {
		return settled{unread: notVisited}
	}
	by := make(map[sightKind]*front)
	count := make(map[sightKind]int)
	for i := range col.fronts {
		f := &col.fronts[i]
		count[f.saw]++
		if by[f.saw] == nil {
			by[f.saw] = f
		}
	}
	listed := by[sawList]
	if listed == nil {
		listed = by[sawAttachments]
	}
	switch {
	case listed != nil && by[sawBlank] != nil:
		return settled{unread: looksDiffer, front: by[sawBlank]}
	case listed != nil:
		return settled{state: listedState(listed.saw), looks: count[listed.saw], front: listed}
	case by[sawElsewhere] != nil:
		return col.settleParts(by[sawElsewhere])
	case by[sawArticle] != nil:
		return settled{front: by[sawArticle], looks: count[sawArticle]}
	case by[sawBlank] != nil:
		return col.settleBlank(by[sawBlank], by[sawUnread], count[sawBlank])
	case by[sawNothing] != nil:
		return settled{front: by[sawNothing], looks: count[sawNothing]}
	}
	f := by[sawUnread]
	if f == nil {
		f = by[sawOnward]
	}
	return settled{unread: f.why, front: f}
}

// movedInside says that an address only led to another page of the site,
// which is visited under its own name.
func movedInside(r *govsweep.Record) bool {
	return r.Failure == "" && r.Facts == nil && r.Status == http.StatusOK && r.FinalURL != "" &&
		address.Key(r.FinalURL, "") != address.Key(r.Visit.URL, "")
}

func listedState(k sightKind) govsweep.ListState {
	if k == sawAttachments {
		return govsweep.AttachmentsOnly
	}
	return govsweep.Listed
}

func (col *columnFold) settleBlank(blank, unread *front, looks int) settled {
	if unread != nil {
		return settled{unread: firstOf(unread.why, looksDiffer), front: unread}
	}
	for _, p := range col.parts {
		switch p.saw {
		case sawBlank:
			if p.look > 0 && p.key == address.Key(blank.url, "") {
				looks++ // a repeat of a page the column's address leads to
			}
		case sawList, sawAttachments:
			return settled{unread: looksDiffer, front: blank}
		case sawUnread, sawElsewhere:
			return settled{unread: partsMissing, front: blank}
		}
	}
	return settled{state: govsweep.BlankList, looks: looks, front: blank}
}

// settleParts weighs the calls and frames that carry the list of a page.
func (col *columnFold) settleParts(f *front) settled {
	groups := make(map[uint64]map[sightKind]int)
	why := ""
	for _, p := range col.parts {
		if !p.call && !f.frames[p.key] {
			continue
		}
		if groups[p.key] == nil {
			groups[p.key] = make(map[sightKind]int)
		}
		groups[p.key][p.saw]++
		why = firstOf(why, p.why)
	}
	listed, blank, unread := 0, 0, len(groups) == 0
	for _, g := range groups {
		items := g[sawList] + g[sawAttachments]
		switch {
		case items > 0 && g[sawBlank] > 0:
			return settled{unread: looksDiffer, front: f}
		case items > 0:
			listed = max(listed, items)
		case g[sawUnread]+g[sawElsewhere] > 0:
			unread = true
		case g[sawBlank] > 0 && (blank == 0 || g[sawBlank] < blank):
			blank = g[sawBlank]
		}
	}
	switch {
	case listed > 0:
		return settled{state: govsweep.Listed, looks: listed, front: f}
	case unread || blank == 0:
		return settled{unread: firstOf(why, f.why, scriptList), front: f}
	}
	return settled{state: govsweep.BlankList, looks: blank, front: f}
}
