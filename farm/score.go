package farm

import (
	"net/url"
	"sort"
	"strings"

	"github.com/govsweep/govsweep"
)

// Tally is the score of one indicator.
type Tally struct {
	Indicator                  govsweep.IndicatorCode
	Planted, Found, False, Sly int // Sly: look-alikes of the indicator
}

// Recall is the share of planted faults that were found; 1 when none is planted.
func (t Tally) Recall() float64 { return share(t.Found, t.Planted) }

// Precision is the share of what was found that is planted; 1 when nothing was found.
func (t Tally) Precision() float64 { return share(t.Found, t.Found+t.False) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// Mistake is one address a finding covers wrongly.
type Mistake struct {
	Site      string                 `json:"site"`
	Indicator govsweep.IndicatorCode `json:"indicator"`
	URL       string                 `json:"url"`
	Summary   string                 `json:"summary"`
	Alike     string                 `json:"alike,omitempty"` // the note of the look-alike it fell for
}

// Report is how an inspection of the farm compares with the truth.
type Report struct {
	Indicators []Tally
	Total      Tally
	Missed     []Truth
	Wrong      []Mistake
}

// OK says whether recall and precision over all planted faults reach the lines.
func (r Report) OK(minRecall, minPrecision float64) bool {
	return r.Total.Planted > 0 && r.Total.Recall() >= minRecall && r.Total.Precision() >= minPrecision
}

type subject struct {
	site      string
	indicator govsweep.IndicatorCode
}

// expected is all the truth says about one indicator on one site.
type expected struct {
	planted []*Truth
	allowed map[string]bool
	alike   map[string]string
	wide    bool
}

// Score compares findings with the truth. A planted fault is found when a
// finding of its indicator covers its address; every address a finding covers
// that is neither planted nor tolerated is false.
func Score(truths []Truth, findings []govsweep.Finding) Report {
	book := index(truths)
	bySubject := map[subject][]*govsweep.Finding{}
	for i := range findings {
		f := &findings[i]
		k := subject{siteOf(book, f), f.Indicator}
		bySubject[k] = append(bySubject[k], f)
	}
	tallies := map[govsweep.IndicatorCode]*Tally{}
	tally := func(code govsweep.IndicatorCode) *Tally {
		if tallies[code] == nil {
			tallies[code] = &Tally{Indicator: code}
		}
		return tallies[code]
	}
	var rep Report
	for i := range truths {
		t := &truths[i]
		switch t.Kind {
		case LookAlike:
			tally(t.Indicator).Sly++
		case Planted:
			tally(t.Indicator).Planted++
			if coveredByAny(t, bySubject[subject{t.Site, t.Indicator}]) {
				tally(t.Indicator).Found++
			} else {
				rep.Missed = append(rep.Missed, *t)
			}
		}
	}
	for k, fs := range bySubject {
		wrong := mistakes(book, k, fs)
		tally(k.indicator).False += len(wrong)
		rep.Wrong = append(rep.Wrong, wrong...)
	}
	rep.sum(tallies)
	return rep
}

func (r *Report) sum(tallies map[govsweep.IndicatorCode]*Tally) {
	for _, t := range tallies {
		r.Indicators = append(r.Indicators, *t)
		r.Total.Planted += t.Planted
		r.Total.Found += t.Found
		r.Total.False += t.False
		r.Total.Sly += t.Sly
	}
	r.Total.Indicator = "total"
	sort.Slice(r.Indicators, func(i, j int) bool { return r.Indicators[i].Indicator < r.Indicators[j].Indicator })
	sort.Slice(r.Wrong, func(i, j int) bool {
		a, b := &r.Wrong[i], &r.Wrong[j]
		return a.Site+string(a.Indicator)+a.URL < b.Site+string(b.Indicator)+b.URL
	})
}

func index(truths []Truth) map[subject]*expected {
	book := map[subject]*expected{}
	for i := range truths {
		t := &truths[i]
		k := subject{t.Site, t.Indicator}
		e := book[k]
		if e == nil {
			e = &expected{allowed: map[string]bool{}, alike: map[string]string{}}
			book[k] = e
		}
		switch t.Kind {
		case Planted:
			e.planted = append(e.planted, t)
			fallthrough
		case Tolerated:
			e.wide = e.wide || t.Scope == "site"
			e.allowed[sameAs(t.URL)] = true
			for _, a := range t.Also {
				e.allowed[sameAs(a)] = true
			}
		case LookAlike:
			e.alike[sameAs(t.URL)] = t.Note
		}
		book[subject{"home " + hostOf(t.Home), ""}] = &expected{planted: []*Truth{t}}
	}
	return book
}

// siteOf gives the code of the site a finding is about, also where the
// inspection did not know the register.
func siteOf(book map[subject]*expected, f *govsweep.Finding) string {
	if e := book[subject{"home " + hostOf(f.Target.URL), ""}]; e != nil {
		return e.planted[0].Site
	}
	return f.Target.Code
}

func coveredByAny(t *Truth, fs []*govsweep.Finding) bool {
	want := map[string]bool{sameAs(t.URL): true}
	if t.Indicator != "home-link-broken" && t.Indicator != innerLinkDead {
		for _, a := range t.Also {
			want[sameAs(a)] = true
		}
	}
	for _, f := range fs {
		if t.Scope == "site" || covers(f, want) {
			return true
		}
	}
	return false
}

func covers(f *govsweep.Finding, want map[string]bool) bool {
	for _, a := range addresses(f) {
		if want[sameAs(a)] {
			return true
		}
	}
	for _, d := range f.Detail {
		for _, word := range strings.FieldsFunc(d, notAddress) {
			if i := strings.Index(word, "http"); i >= 0 && want[sameAs(word[i:])] {
				return true
			}
		}
	}
	return false
}

// notAddress cuts a sentence at what cannot stand in an address.
func notAddress(r rune) bool { return r > 0x7e || r <= ' ' || strings.ContainsRune("\"<>()", r) }

func addresses(f *govsweep.Finding) []string {
	out := append([]string{f.URL}, f.Pages...)
	if f.Column != nil {
		out = append(out, f.Column.URL)
	}
	return out
}

// mistakes are the addresses the findings of one indicator on one site cover wrongly.
func mistakes(book map[subject]*expected, k subject, fs []*govsweep.Finding) []Mistake {
	e := book[k]
	if e == nil {
		e = &expected{}
	}
	forbidden := book[subject{k.site, anyIndicator}] != nil
	seen := map[string]bool{}
	var out []Mistake
	for _, f := range fs {
		for _, a := range accused(f) {
			key := sameAs(a)
			note, alike := e.alike[key]
			if seen[key] || (!forbidden && !alike && (e.wide || e.allowed[key])) {
				continue
			}
			seen[key] = true
			out = append(out, Mistake{Site: k.site, Indicator: k.indicator, URL: a, Summary: f.Summary, Alike: note})
		}
	}
	return out
}

// accused are the addresses a finding accuses: its pages, else its own.
func accused(f *govsweep.Finding) []string {
	if len(f.Pages) > 0 {
		return f.Pages
	}
	return []string{f.URL}
}

// sameAs brings addresses of one page to one form: no scheme, no port, no
// index page, no fragment.
func sameAs(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	p := strings.TrimSuffix(u.EscapedPath(), "index.html")
	if p == "" {
		p = "/"
	}
	if u.RawQuery != "" {
		p += "?" + u.RawQuery
	}
	return strings.ToLower(u.Hostname()) + p
}

func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return strings.ToLower(u.Hostname())
}
