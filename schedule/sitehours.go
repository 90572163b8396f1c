package schedule

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// SiteHours are the hours 采集时段 of all scopes; all that fit a site bind it.
type SiteHours struct {
	scopes []string
	hours  []*Hours
}

// NewSiteHours reads the hours that are kept.
func NewSiteHours(kept []govsweep.SiteHours) (*SiteHours, error) {
	out := &SiteHours{}
	for _, h := range kept {
		parsed, err := ParseHours(h.Window, h.Blackout)
		if err != nil {
			return nil, fmt.Errorf("hours of %q: %w", h.Scope, err)
		}
		out.scopes, out.hours = append(out.scopes, h.Scope), append(out.hours, parsed)
	}
	return out, nil
}

// fits says whether a site is of a scope.
func fits(site *govsweep.Site, scope string) bool {
	key, value, _ := strings.Cut(scope, "=")
	switch key {
	case "":
		return true
	case "region":
		return strings.Contains(site.Region, value)
	case "level":
		return site.Level == value
	case "platform":
		return site.Platform == value
	case "tag":
		return slices.Contains(site.Tags, value)
	case "id":
		return string(site.ID) == value
	}
	return false
}

// Next gives from when a site may be asked: the first moment at which all its
// hours are open, at most two days ahead, when it is looked for anew.
func (h *SiteHours) Next(site *govsweep.Site, from time.Time) time.Time {
	at := from
	for range 50 {
		later := at
		for i, scope := range h.scopes {
			if fits(site, scope) {
				if n := h.hours[i].Next(later); n.After(later) {
					later = n
				}
			}
		}
		if later.Equal(at) {
			return at
		}
		at = later
	}
	return from.Add(48 * time.Hour)
}

// Until gives when work on a site that may be asked now must end, at most a
// day ahead.
func (h *SiteHours) Until(site *govsweep.Site, now time.Time) time.Time {
	end := now.Add(24 * time.Hour)
	for i, scope := range h.scopes {
		if fits(site, scope) {
			if u := h.hours[i].Until(now); u.Before(end) {
				end = u
			}
		}
	}
	return end
}
