package sweep

import (
	"context"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// maxLooks bounds the second looks of one site; a site with more dead
// addresses than that has one cause for most of them.
const maxLooks = 3000

// secondLooks lists the visits whose result needs another look before
// anything negative may rest on it: columns that seem blank and addresses
// that seem dead.
func (r *run) secondLooks(ctx context.Context) ([]govsweep.Visit, error) {
	var out []govsweep.Visit
	err := r.store.EachRecord(ctx, r.id, func(rec *govsweep.Record) error {
		if rec.Visit.Look == 0 && len(out) < maxLooks && (seemsBlank(rec) || seemsDead(rec)) {
			v := rec.Visit
			r.looked[lookKey(v)] = v.Role
			out = append(out, govsweep.Visit{Key: lookKey(v), URL: v.URL, Form: v.Form, Role: govsweep.SecondLookRole,
				Depth: v.Depth, Via: v.Via, Column: v.Column, Look: 1})
		}
		return nil
	})
	return out, err
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
