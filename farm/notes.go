package farm

import (
	"sort"

	"github.com/govsweep/govsweep"
)

// note is a truth whose addresses are not yet written out.
type note struct {
	site  *site
	code  govsweep.IndicatorCode
	where any // *item, *column, or a path or address
	also  []any
	wide  bool
	kind  string
	text  string
}

func (s *site) put(kind string, code govsweep.IndicatorCode, where any, text string, also ...any) {
	s.farm.notes = append(s.farm.notes, note{site: s, code: code, where: where, also: also, kind: kind, text: text})
}

func (s *site) plant(code govsweep.IndicatorCode, where any, text string, also ...any) {
	s.put(Planted, code, where, text, also...)
}

// plantWide plants a fault every page of the site shows: any address proves it.
func (s *site) plantWide(code govsweep.IndicatorCode, where any, text string) {
	s.farm.notes = append(s.farm.notes, note{site: s, code: code, where: where, wide: true, kind: Planted, text: text})
}

func (s *site) alike(code govsweep.IndicatorCode, where any, text string) {
	s.put(LookAlike, code, where, text)
}

func (s *site) tolerate(code govsweep.IndicatorCode, where any, text string) {
	s.put(Tolerated, code, where, text)
}

func (s *site) tolerateWide(code govsweep.IndicatorCode, text string) {
	s.farm.notes = append(s.farm.notes, note{site: s, code: code, where: "/", wide: true, kind: Tolerated, text: text})
}

func (s *site) whereAt(where any) string {
	switch w := where.(type) {
	case *item:
		if w.col.mode == singleText {
			return s.at(w.col.path())
		}
		return s.at(w.path())
	case *column:
		return s.at(w.path())
	case string:
		if len(w) > 0 && w[0] == '/' {
			return s.at(w)
		}
		return s.farm.ported(w)
	}
	return ""
}

// Truth tells everything that is planted, in order of site, indicator and
// address. The addresses carry the port the farm listens on.
func (f *Farm) Truth() []Truth {
	out := make([]Truth, 0, len(f.notes))
	for _, n := range f.notes {
		t := Truth{Site: n.site.code, Home: n.site.at("/"), Indicator: n.code, URL: n.site.whereAt(n.where), Kind: n.kind, Note: n.text}
		for _, a := range n.also {
			t.Also = append(t.Also, n.site.whereAt(a))
		}
		if n.wide {
			t.Scope = "site"
		}
		out = append(out, t)
	}
	out = append(out, f.accountTruth()...)
	sort.SliceStable(out, func(i, j int) bool {
		a, b := &out[i], &out[j]
		switch {
		case a.Site != b.Site:
			return a.Site < b.Site
		case a.Indicator != b.Indicator:
			return a.Indicator < b.Indicator
		}
		return a.URL < b.URL
	})
	return out
}
