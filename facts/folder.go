package facts

import (
	"net/http"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// FolderInput is what is known of a site before its records are folded.
type FolderInput struct {
	Site     govsweep.Site
	AsOf     time.Time         // 监测时间点
	Columns  []govsweep.Column // columns known before: the register and earlier inspections
	Previous *Dossier          // of the last inspection, for earlier tries of dead links; may be nil
	Coverage govsweep.Coverage // what of the site was seen
	Nav      []govsweep.Link   // links of the home page, beside those of its own record; only those of class nav count
}

// Folder folds the records of one run into a dossier: Fold over every record,
// then Resolve over every record again, then Dossier. The order of records
// does not matter. Clean pages leave nothing behind, so memory does not grow
// with the site. A Folder is for one goroutine.
type Folder struct {
	in       FolderInput
	today    int32 // the day of AsOf
	homeKey  uint64
	home     homeFold
	columns  columnsFold
	tags     tagsFold
	metadata metadataFold
	articles articlesFold
	marks    marksFold
	links    linksFold
	hosts    hostsFold
	soft404  soft404Fold
	yearly   yearlyFold
	loads    resourcesFold
	content  int // content pages of the site itself
	resolved bool
}

// NewFolder starts a fold.
func NewFolder(in FolderInput) *Folder {
	today, _ := dayNumber(govsweep.DateOf(in.AsOf))
	f := &Folder{in: in, today: today, homeKey: address.Key(in.Site.URL, "")}
	f.columns = newColumnsFold(f)
	f.tags = newTagsFold(in.Site)
	f.metadata = newMetadataFold(today)
	f.links = newLinksFold(in.Previous, in.Nav)
	f.hosts = newHostsFold(f.columns.outside, in.Nav)
	f.yearly.foldHome(in.Nav)
	return f
}

// Fold takes one record of the first round.
func (f *Folder) Fold(r *govsweep.Record) {
	switch r.Visit.Role {
	case govsweep.SitemapRole:
		return
	case govsweep.SoftProbeRole:
		f.soft404.fold(r, f.homeKey)
		return
	}
	f.home.fold(r, f.homeKey, f.today, f.columns.outside)
	f.columns.fold(r)
	f.links.fold(r)
	f.hosts.fold(r)
	f.articles.meet(r)
	f.yearly.fold(r)
	if !contentPage(r) || f.movedAway(r) || isPiece(r) {
		return
	}
	f.content++
	p := &seenPage{Record: r}
	f.tags.fold(p)
	f.metadata.fold(p)
	f.articles.fold(p)
	f.marks.fold(p)
	f.links.foldSpots(p)
	f.loads.fold(p)
}

// Resolve takes one record of the second round: dates of items that carry
// none, pages that point at dead links, documents that share an 索引号.
func (f *Folder) Resolve(r *govsweep.Record) {
	f.seal()
	f.columns.resolve(r)
	f.columns.foldNamed(r)
	f.yearly.resolve(r)
	f.links.resolve(r)
	f.hosts.resolve(r)
	f.metadata.resolve(r)
}

// seal ends the first round.
func (f *Folder) seal() {
	if f.resolved {
		return
	}
	f.resolved = true
	f.home.choose()
	f.columns.seal()
	f.links.seal()
	f.metadata.seal()
}

// Dossier gives what was folded. The folder is used up.
func (f *Folder) Dossier() *Dossier {
	f.seal()
	d := &Dossier{
		Site: f.in.Site, AsOf: f.in.AsOf, Coverage: f.in.Coverage,
		Home:     f.home.result(f),
		Columns:  f.columns.result(),
		Tags:     f.tags.result(),
		Metadata: f.metadata.result(),
		Articles: f.articles.result(),
		Marks:    f.marks.result(),
		Links:    f.links.result(),
		Soft404:  f.soft404.result(),

		YearlyForms: f.yearly.result(),
		Resources:   f.loads.result(),
	}
	d.Links.Hosts = f.hosts.result()
	d.Missing = f.missing(d)
	return d
}

// movedAway says that the address led to another one, which is looked at
// under its own name. The home page may live behind a redirect.
func (f *Folder) movedAway(r *govsweep.Record) bool {
	return r.Visit.Role != govsweep.HomeRole && r.FinalURL != "" && r.FinalURL != r.Visit.URL &&
		address.Key(r.FinalURL, "") != address.Key(r.Visit.URL, "")
}

// isPiece says that a record is what a frame shows within another page: a
// list without menu, breadcrumb, head tags and foot. Nobody visits it by itself.
func isPiece(r *govsweep.Record) bool {
	f := r.Facts
	if r.Visit.Role != govsweep.ListRole || len(f.HeadTags) > 0 || len(f.Breadcrumb) > 0 || f.Marks != nil && f.Marks.FooterPresent {
		return false
	}
	for i := range f.Links {
		if f.Links[i].Class == govsweep.NavLink {
			return false
		}
	}
	return true
}

// contentPage says whether a record is ground for a fault of content: a page
// of the site itself, read whole, at the first look.
func contentPage(r *govsweep.Record) bool {
	return ownPage(r.Visit.Role) && r.Visit.Look == 0 && r.Status == http.StatusOK && usable(r) && r.Facts.Kind != ""
}

// usable says that a record holds the page that was asked for.
func usable(r *govsweep.Record) bool {
	return r.Failure == "" && !r.Truncated && r.Facts != nil && r.Facts.Response == govsweep.Content
}

func ownPage(role govsweep.Role) bool {
	switch role {
	case govsweep.HomeRole, govsweep.ColumnRole, govsweep.ListRole, govsweep.ArticleRole, doubtfulRole:
		return true
	}
	return false
}

// doubtfulRole is an article whose address a script may make without end.
const doubtfulRole govsweep.Role = "doubtful"
