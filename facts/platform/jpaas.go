package platform

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/govsweep/govsweep"
)

// 大汉 jpaas: /…/art/2020/art_{32 hex}.html; every unit of a page names its
// data address in url and its parameters in querydata.
var jpaas = &Family{
	Name:       govsweep.JPaaS,
	Article:    jpaasArticle,
	Column:     never,
	Marks:      []Mark{{"xxgk_more", 1}, {"xxgk-zcnr", 1}},
	Scripts:    []Mark{{"unitbuild.js", 3}, {"jpaas", 4}},
	Inline:     []Mark{{"jpaas-publish-server", 4}, {"jpaas", 2}},
	Generators: []Mark{{"jpaas", 4}},
	Calls:      jpaasCalls,
}

// JPaaSUnit says whether an address is the data address of a jpaas unit.
func JPaaSUnit(url string) bool { return strings.Contains(url, "jpaas-publish-server") }

func jpaasArticle(path string) bool {
	dir, file := last(path)
	s, ok := stem(file)
	if !ok || !strings.HasPrefix(s, "art_") || !hex32(s[len("art_"):]) {
		return false
	}
	dir, year := pop(dir)
	return len(year) == 4 && digits(year) && strings.HasSuffix(dir, "/art")
}

var (
	jpaasPair   = regexp.MustCompile(`['"]([A-Za-z][\w-]{0,40})['"]\s*:\s*(?:'([^']{0,400})'|"([^"]{0,400})"|([\w.-]{1,60}))`)
	jpaasInline = regexp.MustCompile(`['"]?url['"]?\s*[:=]\s*['"]([^'"\s]*jpaas-publish-server[^'"\s]*)['"]`)
	jpaasQuery  = regexp.MustCompile(`['"]?query[dD]ata['"]?\s*[:=]\s*['"]?(\{[^{}]{0,900}\})`)
)

// jpaasCalls gives one call for each unit of a column page. Units of an
// article hold its text, not a list.
func jpaasCalls(p *Page) []govsweep.ListCall {
	units := p.Units
	for _, text := range p.Inline {
		if strings.Contains(text, "jpaas-publish-server") {
			at, query := jpaasInline.FindStringSubmatch(text), jpaasQuery.FindStringSubmatch(text)
			if at != nil && query != nil {
				units = append(units[:len(units):len(units)], Unit{URL: at[1], Query: query[1]})
			}
		}
	}
	var calls []govsweep.ListCall
	for _, unit := range units {
		if c, ok := jpaasCall(p, unit); ok && len(calls) < 20 {
			calls = appendCall(calls, c)
		}
	}
	return calls
}

func jpaasCall(p *Page, unit Unit) (govsweep.ListCall, bool) {
	at, ok := p.Resolve(unit.URL)
	if !ok || !JPaaSUnit(at) {
		return govsweep.ListCall{}, false
	}
	var b strings.Builder
	b.WriteString(at)
	sep := byte('?')
	if strings.IndexByte(at, '?') >= 0 {
		sep = '&'
	}
	query := strings.ReplaceAll(unit.Query, `\"`, `"`)
	for _, m := range jpaasPair.FindAllStringSubmatch(query, 30) {
		value := m[2] + m[3] + m[4]
		if m[1] == "pageType" && value == "article" {
			return govsweep.ListCall{}, false
		}
		b.WriteByte(sep)
		b.WriteString(url.QueryEscape(m[1]) + "=" + url.QueryEscape(value))
		sep = '&'
	}
	if sep == '?' {
		return govsweep.ListCall{}, false
	}
	b.WriteString("&paramJson=" + url.QueryEscape(`{"pageNo":1,"pageSize":20}`))
	return govsweep.ListCall{Platform: govsweep.JPaaS, URL: b.String()}, true
}
