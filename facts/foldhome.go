package facts

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// A home page with so little on it is only an entrance to others.
const navOnlyRunes = 800

// A home page with hardly any item either only leads on, when it has few
// links, or was not understood, when it has many.
const (
	fewItems  = 3
	manyLinks = 60
)

// homeFold gathers the looks at the home page 首页.
type homeFold struct {
	looks  []homeLook
	items  itemSet
	called bool // a list call of the home page was answered
}

// homeLook is one look at the home page.
type homeLook struct {
	Home
	look  int
	runes int
	calls int // list calls and frames that hold lists of the page
}

func (h *homeFold) fold(r *govsweep.Record, homeKey uint64, today int32, outside func(string) bool) {
	v := &r.Visit
	if v.Role != govsweep.HomeRole && !(v.Role == govsweep.SecondLookRole && v.Form == "" && address.Key(v.URL, "") == homeKey) {
		return
	}
	l := homeLook{look: v.Look, Home: Home{
		URL: v.URL, Failure: r.Failure, Status: r.Status, Cause: r.Cause, Seconds: r.Took.Seconds(),
		Reached:   r.Failure == "" && r.Status >= http.StatusOK && r.Status < http.StatusBadRequest,
		TextLinks: len(r.LinkKeys),
	}}
	if r.FinalURL != "" && address.Host(r.FinalURL) != address.Host(v.URL) {
		l.FinalURL = r.FinalURL
	}
	if !r.Digest.IsZero() {
		l.Digest = r.Digest.String()
	}
	if why := whyUnread(r); why != "" {
		l.Unread, l.Cause = why, firstOf(l.Cause, why)
	}
	if p := r.Facts; p != nil {
		l.Response, l.Title, l.runes = p.Response, p.Title, p.TextRunes
		if p.List != nil && p.List.State == govsweep.UnreadList {
			l.Unread = firstOf(l.Unread, p.List.Reason, "首页的信息列表由脚本生成，未能读取")
		}
		l.Labels = labelsOf(p)
		l.Parked = p.Parked
		if to := p.MetaRefresh; to != "" && outside(to) {
			l.FinalURL = to
		}
		l.calls = len(p.ListCalls)
		for _, u := range p.Frames {
			if !outside(u) {
				l.calls++
			}
		}
		if p.List != nil && usable(r) {
			h.items.add(p.List, "0", today, outside)
		}
	}
	h.looks = append(h.looks, l)
}

// choose takes the look that shows most for the home page: one that was
// read, else one that was answered, else the first.
func (h *homeFold) choose() {
	slices.SortFunc(h.looks, func(a, b homeLook) int {
		return cmp.Or(cmp.Compare(b.worth(), a.worth()), cmp.Compare(a.look, b.look), cmp.Compare(a.URL, b.URL), cmp.Compare(a.Digest, b.Digest))
	})
}

func (l *homeLook) worth() int {
	switch {
	case l.Response == govsweep.Content && l.Unread == "":
		return 3
	case l.Response == govsweep.Content:
		return 2
	case l.Reached:
		return 1
	}
	return 0
}

func (h *homeFold) result(f *Folder) Home {
	if len(h.looks) == 0 {
		return Home{URL: f.in.Site.URL, Cause: "本次检查没有访问首页", Unread: "本次检查没有访问首页"}
	}
	l := &h.looks[0]
	t := h.items.sum(f.today)
	l.Items, l.Undated, l.Newest = t.items, t.undated, dateOfDay(t.newest)
	for _, r := range h.items.top(1) {
		if r.day != noDay && r.day == t.newest {
			l.NewestTitle, l.NewestURL = r.title, r.url
		}
	}
	l.judgeReading(t, h.called)
	return l.Home
}

// judgeReading says what may be concluded from the items of the home page.
func (l *homeLook) judgeReading(t sums, called bool) {
	if l.Response != govsweep.Content || !l.Reached {
		return
	}
	l.NavOnly = l.Unread == "" && t.items < fewItems && l.calls == 0 && l.runes <= navOnlyRunes && l.TextLinks < manyLinks
	switch {
	case l.Unread != "" || l.NavOnly:
	case l.calls > 0 && !called:
		l.Unread = "首页部分信息列表由脚本生成，未能取得列表数据"
	case t.items < fewItems && (t.items == 0 || l.TextLinks >= manyLinks):
		l.Unread = "首页未能识别出信息列表"
	}
}

// What of the words of a home page's links is kept.
const (
	maxLabels  = 400
	labelRunes = 12
)

// labelsOf gives the short words of a page's links, each once, without those
// of its list.
func labelsOf(p *govsweep.PageFacts) []string {
	items := make(map[string]bool)
	if p.List != nil {
		for i := range p.List.Items {
			items[p.List.Items[i].URL] = true
		}
	}
	var out []string
	for i := range p.Links {
		l := &p.Links[i]
		words := columnWords(l.Text)
		if n := utf8.RuneCountInString(words); n < 2 || n > labelRunes || items[l.URL] {
			continue
		}
		out = append(out, strings.Clone(words))
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), maxLabels)]
}
