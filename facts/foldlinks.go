package facts

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// Bounds of what a site full of dead links can make us keep.
const (
	maxDead   = 10_000
	maxSource = 2_000 // pages listed for one dead address
	maxSpots  = 5_000 // different wrong links
	maxTries  = 50
)

// linksFold finds addresses that do not open and links that are wrong by
// themselves. What opens leaves nothing behind.
type linksFold struct {
	checked  int
	dead     map[uint64]*deadFold
	again    map[uint64][]answer // second looks
	sealed   bool
	once     int
	previous map[string][]govsweep.Try
	home     []govsweep.Link // links of the home page
	empty    spots
	hidden   spots
}

// deadFold is one address that did not open at the first look.
type deadFold struct {
	DeadLink
	role    govsweep.Role
	sources lister
}

// answer is what an address answered, as far as dead links need it.
type answer struct {
	role      govsweep.Role
	url       string
	status    int
	failure   govsweep.Failure
	response  govsweep.Response
	mediaType string
	cause     string
	tries     []govsweep.Try
	digest    string
}

func newLinksFold(previous *Dossier, home []govsweep.Link) linksFold {
	l := linksFold{
		dead: make(map[uint64]*deadFold), again: make(map[uint64][]answer),
		previous: make(map[string][]govsweep.Try), home: home, empty: spots{}, hidden: spots{},
	}
	if previous != nil {
		for i := range previous.Links.Dead {
			d := &previous.Links.Dead[i]
			l.previous[d.URL] = d.Tries
		}
	}
	return l
}

// fold takes one answer.
func (l *linksFold) fold(r *govsweep.Record) {
	switch role := r.Visit.Role; {
	case role == govsweep.ListCallRole, role == govsweep.HomeRole && r.Visit.Look == 0:
		return
	case r.Visit.Look > 0:
		key := keyOf(r)
		l.again[key] = append(l.again[key], answerOf(r))
		return
	}
	l.checked++
	if r.Failure == "" && r.Status == http.StatusOK && usable(r) {
		return
	}
	a := answerOf(r)
	if !a.dead(r.Visit.Role) || len(l.dead) == maxDead {
		return
	}
	l.dead[keyOf(r)] = &deadFold{
		role: r.Visit.Role, sources: lister{limit: maxSource},
		DeadLink: DeadLink{URL: r.Visit.URL, Class: classOf(r.Visit.Role), Tries: a.tries, Digest: a.digest},
	}
	l.again[keyOf(r)] = append(l.again[keyOf(r)], a)
}

func answerOf(r *govsweep.Record) answer {
	a := answer{role: r.Visit.Role, url: r.Visit.URL, status: r.Status, failure: r.Failure, mediaType: r.MediaType, cause: r.Cause, tries: r.Tries}
	if r.Facts != nil {
		a.response = r.Facts.Response
	}
	if len(a.tries) == 0 {
		a.tries = []govsweep.Try{{At: r.FetchedAt, Status: r.Status, Failure: r.Failure}}
	}
	if !r.Digest.IsZero() {
		a.digest = r.Digest.String()
	}
	return a
}

// classOf says what kind of link leads to an address visited in a role.
func classOf(role govsweep.Role) govsweep.LinkClass {
	switch role {
	case govsweep.ProbeRole:
		return govsweep.ExternalLink
	case govsweep.AttachmentRole:
		return govsweep.AttachmentLink
	case govsweep.ImageRole:
		return govsweep.ImageLink
	}
	return govsweep.InternalLink
}

// dead says whether an answer to a visit of that role shows a dead link.
// What refuses us, or is busy, or hides behind a shield may be alive.
func (a *answer) dead(role govsweep.Role) bool {
	switch {
	case a.failure != "":
		return !a.failure.Unseen()
	case a.response == govsweep.Challenge, refuses(a.status):
		return false
	case a.status >= http.StatusBadRequest:
		return true
	case a.response == govsweep.Soft404:
		return true
	case a.response == govsweep.HomeRedirect:
		return role == govsweep.ArticleRole || role == doubtfulRole
	}
	return a.status == http.StatusOK && a.wrongMedia(role)
}

// refuses says that a status turns this visitor away, not everybody.
func refuses(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusNotFound, http.StatusGone,
		http.StatusInternalServerError, http.StatusBadGateway, http.StatusGatewayTimeout:
		return false
	}
	return status >= http.StatusBadRequest
}

var fileSuffix = regexp.MustCompile(`(?i)\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|csv|rtf|txt|ceb|tar|gz|mp3|mp4|jpe?g|png|gif|tiff?)$`)

// wrongMedia says that a page came where a file or a picture was promised.
// An address without the ending of a file may well be a page.
func (a *answer) wrongMedia(role govsweep.Role) bool {
	switch role {
	case govsweep.AttachmentRole:
		return a.mediaType == "text/html" && fileSuffix.MatchString(address.Path(a.url))
	case govsweep.ImageRole:
		return a.mediaType != "" && !strings.HasPrefix(a.mediaType, "image/") &&
			a.mediaType != "application/octet-stream" && a.mediaType != "binary/octet-stream"
	}
	return false
}

// seal keeps the addresses that every look of this inspection, at least two,
// found dead.
func (l *linksFold) seal() {
	l.sealed = true
	for key, d := range l.dead {
		looks := l.again[key]
		slices.SortFunc(looks, func(a, b answer) int {
			return cmp.Or(a.tries[0].At.Compare(b.tries[0].At), cmp.Compare(a.status, b.status))
		})
		if !d.weigh(looks) {
			delete(l.dead, key)
			l.once++
		}
	}
	l.again = nil
}

// weigh says whether the looks are enough, and writes down what they saw.
func (d *deadFold) weigh(looks []answer) bool {
	tries := 0
	d.Tries = nil
	for i := range looks {
		a := &looks[i]
		if !a.dead(d.role) {
			return false
		}
		tries += a.failedTries()
		d.Tries = append(d.Tries, a.tries[len(a.tries)-1]) // a look counts once, however often it knocked
	}
	last := looks[len(looks)-1]
	d.Status, d.Failure, d.Response, d.Cause = last.status, last.failure, "", last.deadCause(d.role)
	if last.response == govsweep.Soft404 || last.response == govsweep.HomeRedirect {
		d.Response = last.response
	}
	if last.status == http.StatusOK {
		d.MediaType = last.mediaType
	}
	d.Digest = firstOf(last.digest, d.Digest)
	return tries >= 2
}

// failedTries counts the attempts of one look that ended as its last did.
func (a *answer) failedTries() int {
	n := 0
	for _, t := range a.tries {
		if t.Failure != "" || t.Status >= http.StatusBadRequest {
			n++
		}
	}
	return max(n, 1)
}

// deadCause says in Chinese what the address answered.
func (a *answer) deadCause(role govsweep.Role) string {
	switch {
	case a.failure != "":
		return firstOf(a.cause, failureReasons[a.failure], "无法打开")
	case a.status >= http.StatusBadRequest:
		return statusReason(a.status)
	case a.response == govsweep.Soft404:
		return "返回正常状态，但页面提示内容不存在"
	case a.response == govsweep.HomeRedirect:
		return "链接跳转到首页，内容不存在"
	case role == govsweep.ImageRole:
		return fmt.Sprintf("返回的内容不是图片（%s）", clip(a.mediaType, 40))
	}
	return fmt.Sprintf("返回的内容不是附件文件（%s）", clip(a.mediaType, 40))
}

// resolve finds the pages that point at dead addresses, and their words.
func (l *linksFold) resolve(r *govsweep.Record) {
	if len(l.dead) == 0 || r.Visit.Look > 0 {
		return
	}
	p := &seenPage{Record: r}
	if r.Visit.Role == govsweep.ListCallRole { // its rows stand on the page that makes the call
		p.place = firstOf(r.Visit.Column, r.Visit.Via)
	}
	for _, key := range r.LinkKeys {
		if d := l.dead[key]; d != nil {
			d.point(p, key, l.home)
		}
	}
}

func (d *deadFold) point(p *seenPage, key uint64, home []govsweep.Link) {
	words := ""
	if f := p.Facts; f != nil {
		words = firstOf(linkWords(f.Links, key), rowWords(f.List, key))
	}
	if p.Visit.Role == govsweep.HomeRole {
		words = firstOf(words, linkWords(home, key))
	}
	if words != "" && (d.Text == "" || words < d.Text) {
		d.Text = clip(words, 60)
	}
	d.OnHome = d.OnHome || p.Visit.Role == govsweep.HomeRole
	d.sources.add(p, words)
}

// linkWords finds the words of a link.
func linkWords(links []govsweep.Link, key uint64) string {
	for i := range links {
		if l := &links[i]; l.Text != "" && address.Key(l.URL, "") == key {
			return l.Text
		}
	}
	return ""
}

// rowWords finds the words of a row of a list.
func rowWords(list *govsweep.List, key uint64) string {
	if list == nil {
		return ""
	}
	for i := range list.Items {
		if it := &list.Items[i]; address.Key(it.URL, "") == key {
			return it.Title
		}
	}
	return ""
}

// result lists the dead links some page points at, in order of address.
func (l *linksFold) result() LinkTally {
	t := LinkTally{Checked: l.checked, Once: l.once, Empty: l.empty.result(), Hidden: l.hidden.result()}
	for _, d := range l.dead {
		d.Sources, d.More = d.sources.result()
		if len(d.Sources) == 0 {
			continue // only a site map or a register names it
		}
		d.DeadLink.Tries = joinTries(l.previous[d.URL], d.Tries)
		t.Dead = append(t.Dead, d.DeadLink)
	}
	slices.SortFunc(t.Dead, func(a, b DeadLink) int { return cmp.Compare(a.URL, b.URL) })
	return t
}

// joinTries puts the tries of earlier inspections before those of this one.
func joinTries(earlier, now []govsweep.Try) []govsweep.Try {
	all := slices.Concat(earlier, now)
	slices.SortStableFunc(all, func(a, b govsweep.Try) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Status, b.Status), cmp.Compare(a.Failure, b.Failure), cmp.Compare(a.Note, b.Note))
	})
	all = slices.CompactFunc(all, func(a, b govsweep.Try) bool {
		return a.At.Equal(b.At) && a.Status == b.Status && a.Failure == b.Failure
	})
	return all[max(0, len(all)-maxTries):]
}

// foldSpots takes the links of a page that are wrong by themselves.
func (l *linksFold) foldSpots(p *seenPage) {
	l.empty.fold(p, p.Facts.EmptyLinks)
	l.hidden.fold(p, p.Facts.HiddenLinks)
}

// spots are wrong links by the place of the template they stand in.
type spots map[string]*spotFold

type spotFold struct {
	spot  govsweep.LinkSpot // of the first page by address
	page  string
	pages lister
	last  string // page counted last
}

var rowNumbers = regexp.MustCompile(`\d+`)

// fold counts each wrong link once a page.
func (s spots) fold(p *seenPage, found []govsweep.LinkSpot) {
	for i := range found {
		spot := &found[i]
		shape := spot.Href + "\x00" + spot.Text + "\x00" + rowNumbers.ReplaceAllString(spot.Place, "#")
		g := s[shape]
		if g == nil {
			if len(s) == maxSpots {
				continue
			}
			g = &spotFold{spot: *spot, page: p.url()}
			s[shape] = g
		}
		if p.url() < g.page || p.url() == g.page && spot.Place < g.spot.Place {
			g.spot, g.page = *spot, p.url()
		}
		if g.last != p.url() {
			g.last = p.url()
			g.pages.add(p, "")
		}
	}
}

func (s spots) result() []SpotGroup {
	var out []SpotGroup
	for _, g := range s {
		refs, more := g.pages.result()
		out = append(out, SpotGroup{LinkSpot: g.spot, Pages: refs, More: more})
	}
	slices.SortFunc(out, func(a, b SpotGroup) int {
		return cmp.Or(cmp.Compare(a.Href, b.Href), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Place, b.Place))
	})
	return out
}
