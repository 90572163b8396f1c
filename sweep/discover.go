package sweep

import (
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// spelling ranks the addresses that share a key (see address.Form).
func spelling(v govsweep.Visit) int { return address.Form(v.URL) }

// lead is one address a page points at, and what the page says of it.
type lead struct {
	key  uint64
	url  string
	form string // of a list call
	as   leadKind
	// dated says that a row of a list carries its date, so that nothing hangs
	// on the page behind it.
	dated bool
}

type leadKind uint8

const (
	asLink leadKind = iota
	asNav
	asPager
	asItem // a row of the page's list
	asMore // a further list page, or a frame that holds the list
	asCall
	asAttachment
	asImage
	asSelf // where a page that only refreshes leads
)

// leads lists what a page points at, each spelling once, in the order of the page.
func leads(f *govsweep.PageFacts) []lead {
	if f == nil {
		return nil
	}
	out := make([]lead, 0, len(f.Links)+len(f.More)+4)
	for _, c := range f.ListCalls {
		out = append(out, lead{key: address.Key(c.URL, c.Form), url: c.URL, form: c.Form, as: asCall})
	}
	for _, u := range append(f.More, f.Frames...) {
		out = append(out, lead{key: address.Key(u, ""), url: u, as: asMore})
	}
	if f.MetaRefresh != "" {
		out = append(out, lead{key: address.Key(f.MetaRefresh, ""), url: f.MetaRefresh, as: asSelf})
	}
	for _, l := range f.Links {
		out = append(out, lead{key: address.Key(l.URL, ""), url: l.URL, as: kindOf(l.Class)})
	}
	return append(out, itemLeads(f)...)
}

func itemLeads(f *govsweep.PageFacts) []lead {
	if f.List == nil {
		return nil
	}
	var out []lead
	for _, item := range f.List.Items {
		if item.URL != "" {
			out = append(out, lead{key: address.Key(item.URL, ""), url: item.URL, as: asItem, dated: item.Date != ""})
		}
	}
	return out
}

func kindOf(c govsweep.LinkClass) leadKind {
	switch c {
	case govsweep.NavLink:
		return asNav
	case govsweep.PagerLink:
		return asPager
	case govsweep.AttachmentLink:
		return asAttachment
	case govsweep.ImageLink:
		return asImage
	}
	return asLink
}

// linkKeys gives the keys of every address a page points at, sorted.
func linkKeys(ls []lead) []uint64 {
	keys := make([]uint64, 0, len(ls))
	for _, l := range ls {
		if l.as != asCall {
			keys = append(keys, l.key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// columnOf gives the address of the column a page's list belongs to; "" for none.
func columnOf(v govsweep.Visit, f *govsweep.PageFacts) string {
	switch {
	case f == nil || v.Role == govsweep.HomeRole:
		return ""
	case v.Column != "":
		return v.Column
	case f.Kind == govsweep.ColumnPage:
		return v.URL
	}
	return ""
}

// settled says whether an address already known at rank can gain nothing
// from another lead of this kind, so that its shape need not be looked at.
func settled(rank int, as leadKind) bool {
	column, article := govsweep.ColumnRole.Rank(), govsweep.ArticleRole.Rank()
	return rank <= column || rank >= article && (as == asLink || as == asItem) || rank > article
}
