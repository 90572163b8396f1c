package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
)

// siteHours are the hours of all scopes; all that fit a site bind it.
type siteHours struct {
	scopes []string
	hours  []*schedule.Hours
}

func (s *service) hours(ctx context.Context) (*siteHours, error) {
	all, err := s.db.Hours(ctx)
	if err != nil {
		return nil, err
	}
	out := &siteHours{}
	for _, h := range all {
		parsed, err := schedule.ParseHours(h.Window, h.Blackout)
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

// next gives from when a site may be asked: the first moment at which all its
// hours are open, at most two days ahead, when it is looked for anew.
func (h *siteHours) next(site *govsweep.Site, from time.Time) time.Time {
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

// until gives when work on a site that may be asked now must end.
func (h *siteHours) until(site *govsweep.Site, now time.Time) time.Time {
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
