package sweep

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

var dateDirectory = regexp.MustCompile(`/(?:19|20)\d{2}(?:[/-]\d{1,2}){1,2}/?$`)

// doubtful says whether an address may be one of very many that a script
// makes without end: filters, calendars, sort orders.
// What a menu names is believed unless its directories repeat.
func doubtful(url string, menu bool) bool {
	path := address.Path(url)
	return repeated(path) >= 0 || !menu && (address.Query(url) != "" || dateDirectory.MatchString(path))
}

// repeated gives the place in path where a directory comes for the second
// time, as in links that are written relative by mistake; -1 for none.
func repeated(path string) int {
	at := map[string]bool{}
	for i := 1; i < len(path); {
		j := strings.IndexByte(path[i:], '/')
		if j < 0 {
			break
		}
		name := path[i : i+j]
		if at[name] && !isNumber(name) {
			return i
		}
		at[name] = true
		i += j + 1
	}
	return -1
}

func isNumber(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// family groups doubtful addresses that one script answers.
func family(url string) string {
	path := address.Path(url)
	if m := dateDirectory.FindStringIndex(path); m != nil {
		path = path[:m[0]]
	}
	if i := repeated(path); i >= 0 {
		first, _, _ := strings.Cut(path[1:], "/")
		path = "/" + first
	}
	return address.Host(url) + path
}

// doubt decides how many doubtful pages are taken at a time: a few at first,
// twice as many while most of them are pages of their own, none of a family
// that turned out to repeat itself. It judges at the end of a wave in order
// of address, so that the same site gives the same crawl, killed or not.
type doubt struct {
	allow    int
	families map[string]*familyTrial
	items    *seen           // rows of every list judged so far
	names    map[string]bool // that column pages judged so far gave themselves
	wave     []trial
}

// trial is one page of the current wave that has a list or is doubtful.
type trial struct {
	url      string
	doubtful bool
	own      bool     // an article of its own
	column   string   // the name a column page gives itself; "" for none
	items    []uint64 // keys of the rows of its list
}

// mostNames bounds the names of columns that make a page one of its own.
const mostNames = 2_000

// columnName gives the name a column page prints of itself in its breadcrumb
// or tags, without digits: one name is one column, however many pages, days
// or filters of it there are.
func columnName(f *govsweep.PageFacts) string {
	name := f.HeadTags["ColumnName"]
	if n := len(f.Breadcrumb); name == "" && n > 1 {
		name = f.Breadcrumb[n-1]
	}
	if f.Kind == govsweep.ArticlePage || len(name) > 60 {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, name)
}

type familyTrial struct{ pages, own int }

const firstTrial = 6

func newDoubt() *doubt {
	return &doubt{allow: firstTrial, families: map[string]*familyTrial{}, items: newSeen(), names: map[string]bool{}}
}

// note keeps what the end of the wave needs of a record.
func (d *doubt) note(rec *govsweep.Record) {
	t := trial{url: rec.Visit.URL, doubtful: rec.Visit.Role == govsweep.DoubtfulRole}
	if f := rec.Facts; f != nil && rec.Status == 200 && f.Response == govsweep.Content {
		t.own = f.Kind == govsweep.ArticlePage && strings.TrimSpace(f.Title) != ""
		t.column = columnName(f)
		if f.List != nil {
			for _, item := range f.List.Items {
				t.items = append(t.items, address.Key(item.URL, ""))
			}
		}
	}
	if t.doubtful || len(t.items) > 0 {
		d.wave = append(d.wave, t)
	}
}

// settle judges the wave that ends.
func (d *doubt) settle() {
	slices.SortFunc(d.wave, func(a, b trial) int { return strings.Compare(a.url, b.url) })
	grow := false
	for _, t := range d.wave {
		fresh := false
		for _, k := range t.items {
			f, _ := d.items.add(k, 0, 0)
			fresh = fresh || f
		}
		if t.column != "" && !d.names[t.column] && len(d.names) < mostNames {
			d.names[t.column], fresh = true, true
		}
		if t.doubtful {
			grow = d.judge(t, fresh) || grow
		}
	}
	if grow {
		d.allow = min(2*d.allow, 4096)
	}
	d.wave = d.wave[:0]
}

// judge counts one doubtful page and says whether its family is worth more.
func (d *doubt) judge(t trial, fresh bool) bool {
	f := d.families[family(t.url)]
	if f == nil {
		f = &familyTrial{}
		d.families[family(t.url)] = f
	}
	f.pages++
	if t.own || fresh {
		f.own++
	}
	return f.pages >= 4 && 2*f.own >= f.pages
}

// closed lists the families that repeat themselves: more than half of at
// least four pages brought nothing.
func (d *doubt) closed() []string {
	var out []string
	for name, f := range d.families {
		if f.pages >= 4 && 2*f.own < f.pages {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
