// Package links checks the links of the site: empty, hidden and dead ones.
package links

import (
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Indicators are the checks of this family.
var Indicators = []*rules.Indicator{
	linkEmpty, linkHidden, attachmentBroken, imageBroken, homeLinkBroken, innerLinkBroken,
}

var needs = []facts.FactKind{facts.KindLinks}

// kind is what a dead address was linked as.
type kind int

const (
	page kind = iota
	attachment
	image
)

func kindOf(c govsweep.LinkClass) kind {
	switch c {
	case govsweep.AttachmentLink:
		return attachment
	case govsweep.ImageLink:
		return image
	}
	return page
}

// blocked says that the answer came from a guard, ours or theirs: nothing may
// be held against the link.
func blocked(l *facts.DeadLink) bool {
	if l.Failure.Unseen() || l.Response == govsweep.Challenge || l.Response == govsweep.Truncated || l.Response == govsweep.Shell {
		return true
	}
	switch l.Status {
	case 401, 403, 405, 407, 412, 429, 451, 503:
		return true
	}
	return false
}

// certain says that one look is enough to know: the server answered that
// there is nothing, or sent something else.
func certain(l *facts.DeadLink) bool {
	return l.Status == 404 || l.Status == 410 || l.Status >= 200 && l.Status < 300 && l.Failure == ""
}

// looksEnough says whether the law's number of tries over its span failed.
func looksEnough(tries []govsweep.Try, n int, span time.Duration) bool {
	failed := tries
	for i := range tries { // only what failed since it last opened
		if tries[i].Failure == "" && tries[i].Status >= 200 && tries[i].Status < 300 {
			failed = tries[i+1:]
		}
	}
	return len(failed) >= n && failed[len(failed)-1].At.Sub(failed[0].At) >= span
}

// deadHost is the outside host a dead link fails with as a whole; "" when the
// address alone is dead.
func deadHost(l *facts.DeadLink) string {
	if l.Class != govsweep.ExternalLink {
		return ""
	}
	switch l.Failure {
	case govsweep.FailDNS, govsweep.FailRefused, govsweep.FailTimeout, govsweep.FailTLS:
		return address.Host(l.URL)
	}
	return ""
}

// group is one root cause: one dead address, or one outside host that is gone.
type group struct {
	host  string
	links []*facts.DeadLink
}

// groups gathers dead links in order of their first address.
func groups(dead []facts.DeadLink, wanted func(*facts.DeadLink) bool) []group {
	var out []group
	at := map[string]int{}
	for i := range dead {
		l := &dead[i]
		if blocked(l) || !wanted(l) || len(l.Sources) == 0 {
			continue
		}
		host := deadHost(l)
		if j, ok := at[host]; ok && host != "" {
			out[j].links = append(out[j].links, l)
			continue
		}
		at[host] = len(out)
		out = append(out, group{host, []*facts.DeadLink{l}})
	}
	return out
}

func (g group) locator() string {
	if g.host != "" {
		return "host://" + g.host
	}
	return g.links[0].URL
}

// sources are the pages that carry one of the links.
func (g group) sources() []facts.PageRef {
	var out []facts.PageRef
	for _, l := range g.links {
		out = append(out, l.Sources...)
	}
	return out
}

// cause is why the address does not open, for people.
func cause(l *facts.DeadLink) string {
	if l.Cause != "" {
		return strings.TrimRight(rules.Clip(l.Cause, 120), "。")
	}
	return "无法打开"
}
