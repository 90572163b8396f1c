package sweep

import (
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// maxLooks bounds the second looks of one site; a site with more dead
// addresses than that has one cause for most of them.
const maxLooks = 3000

// looks collects the visits whose result needs another look before anything
// negative may rest on it: columns that seem blank and addresses that seem
// dead. Of too many it keeps the first by address, whatever their order.
type looks struct {
	first []govsweep.Visit
	roles map[uint64]govsweep.Role // of second looks: the role of the first
}

func newLooks() *looks { return &looks{roles: map[uint64]govsweep.Role{}} }

// note looks at one record.
func (l *looks) note(rec *govsweep.Record) {
	if rec.Visit.Look > 0 || !seemsBlank(rec) && !seemsDead(rec) {
		return
	}
	l.first = append(l.first, rec.Visit)
	if len(l.first) >= 2*maxLooks {
		l.trim()
	}
}

func (l *looks) trim() {
	slices.SortFunc(l.first, func(a, b govsweep.Visit) int { return strings.Compare(a.URL+"\x00"+a.Form, b.URL+"\x00"+b.Form) })
	if len(l.first) > maxLooks {
		l.first = slices.Delete(l.first, maxLooks, len(l.first))
	}
}

// visits gives the second looks to be done.
func (l *looks) visits() []govsweep.Visit {
	l.trim()
	out := make([]govsweep.Visit, 0, len(l.first))
	for _, v := range l.first {
		l.roles[lookKey(v)] = v.Role
		out = append(out, govsweep.Visit{Key: lookKey(v), URL: v.URL, Form: v.Form, Role: govsweep.SecondLookRole,
			Depth: v.Depth, Via: v.Via, Column: v.Column, Look: 1})
	}
	return out
}

// lookKey is the identity of the second look of a visit.
func lookKey(v govsweep.Visit) uint64 { return address.Key(v.URL, v.Form+"\x00look") }

func seemsBlank(rec *govsweep.Record) bool {
	f := rec.Facts
	return rec.Visit.Role != govsweep.HomeRole && f != nil && f.List != nil && f.List.State == govsweep.BlankList
}

// seemsDead says whether an address did not open, for a reason that may be
// held against it.
func seemsDead(rec *govsweep.Record) bool {
	if rec.Visit.Role == govsweep.SoftProbeRole || rec.Visit.Role == govsweep.SitemapRole {
		return false
	}
	if rec.Failure != "" {
		return !rec.Failure.Unseen()
	}
	if f := rec.Facts; f != nil && (f.Response == govsweep.Soft404 || f.Response == govsweep.HomeRedirect) {
		return true
	}
	switch rec.Visit.Role {
	case govsweep.AttachmentRole, govsweep.ImageRole:
		if rec.Status == 200 && rec.MediaType == "text/html" {
			return true
		}
	}
	return rec.Status >= 400
}
