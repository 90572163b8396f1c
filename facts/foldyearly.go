package facts

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// maxYearly bounds the yearly forms kept of one site.
const maxYearly = 400

var (
	yearlyWords = regexp.MustCompile(`政府网站.*年度.*报表|网站.{0,4}工作年度报表|年度网站工作报表`)
	yearlyYear  = regexp.MustCompile(`(20\d{2})\s*年?`)
)

// yearlyFold finds the 政府网站工作年度报表 a site points at.
type yearlyFold struct{ byKey map[uint64]*YearlyForm }

// foldHome looks at the links of the home page.
func (y *yearlyFold) foldHome(links []govsweep.Link) {
	for i := range links {
		y.take(links[i].URL, links[i].Text, "", true)
	}
}

// fold looks at the links of the home page and at the rows of every list.
func (y *yearlyFold) fold(r *govsweep.Record) {
	f := r.Facts
	if !usable(r) {
		return
	}
	home := r.Visit.Role == govsweep.HomeRole
	if home {
		y.foldHome(f.Links)
	}
	if f.List == nil {
		return
	}
	for i := range f.List.Items {
		it := &f.List.Items[i]
		y.take(it.URL, it.Title, it.Date, home)
	}
}

func (y *yearlyFold) take(url, words, date string, home bool) {
	if len(words) < len("政府网站年度报表") || !yearlyWords.MatchString(words) {
		return
	}
	key := address.Key(url, "")
	form := y.byKey[key]
	if form == nil {
		if len(y.byKey) == maxYearly {
			return
		}
		if y.byKey == nil {
			y.byKey = make(map[uint64]*YearlyForm)
		}
		form = &YearlyForm{PageRef: PageRef{URL: url}}
		y.byKey[key] = form
	}
	if betterAddress(url, form.URL) {
		form.URL = url
	}
	if words = clip(words, quoteRunes); form.Quote == "" || words < form.Quote {
		form.Quote = words
	}
	form.Date = max(form.Date, date)
	form.OnHome = form.OnHome || home
	form.Year = max(form.Year, yearIn(words))
}

func yearIn(words string) int {
	if m := yearlyYear.FindStringSubmatch(words); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 0
}

// resolve learns from the page of a form what the words of its link left out.
func (y *yearlyFold) resolve(r *govsweep.Record) {
	if len(y.byKey) == 0 || r.Visit.Look > 0 {
		return
	}
	form := y.byKey[keyOf(r)]
	if form == nil {
		return
	}
	if !r.Digest.IsZero() {
		form.Digest = r.Digest.String()
	}
	if !usable(r) || r.Facts.Kind == govsweep.ColumnPage {
		return
	}
	form.Date = firstOf(form.Date, r.Facts.Published)
	if form.Year == 0 {
		form.Year = yearIn(firstOf(r.Facts.VisibleTitle, r.Facts.Title))
	}
}

func (y *yearlyFold) result() []YearlyForm {
	var out []YearlyForm
	for _, f := range y.byKey {
		out = append(out, *f)
	}
	slices.SortFunc(out, func(a, b YearlyForm) int { return cmp.Compare(a.URL, b.URL) })
	return out
}
