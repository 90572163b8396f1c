package platform

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
)

// 大汉版通: /art/2025/6/13/art_141_5018833.html, /col/col1229214366/index.html;
// lists come from dataproxy.jsp, their first records stand in the page.
var jcms = &Family{
	Name:    govsweep.JCMS,
	Article: jcmsArticle,
	Column:  jcmsColumn,
	Marks:   []Mark{{"default_pgcontainer", 3}, {"jpage", 2}, {"zoom", 1}},
	Scripts: []Mark{{"jpage", 3}, {"/script/web_front", 3}, {"jcms_files", 3}, {"/module/jslib/", 3}},
	Inline: []Mark{{"/jpage/dataproxy.jsp", 4}, {"morecolumndataproxy.jsp", 4}, {".jpage(", 3},
		{"<datastore>", 3}, {"/module/visitcount/", 2}},
	Comments:   []Mark{{"<$[", 2}},
	Generators: []Mark{{"jcms", 4}, {"大汉", 4}, {"hanweb", 4}},
	Calls:      jcmsCalls,
}

func jcmsArticle(path string) bool {
	dir, file := last(path)
	s, ok := stem(file)
	if !ok || !strings.HasPrefix(s, "art_") {
		return false
	}
	col, id, ok := strings.Cut(s[len("art_"):], "_")
	if !ok || !digits(col) || !digits(id) {
		return false
	}
	for i := 0; i < 3; i++ {
		var part string
		if dir, part = pop(dir); !digits(part) {
			return false
		}
	}
	return strings.HasSuffix(dir, "/art")
}

func jcmsColumn(path string) bool {
	i := strings.Index(path, "/col/col")
	if i < 0 {
		return false
	}
	id, _, _ := strings.Cut(path[i+len("/col/col"):], "/")
	return digits(id)
}

var (
	jcmsProxy  = regexp.MustCompile(`[^'"\s<>\[\]()]*/(?:morecolumn)?dataproxy\.jsp(?:\?[^'"\s<>\[\]]*)?`)
	jcmsParam  = regexp.MustCompile(`\b(col|appid|webid|path|columnid|sourceContentType|unitid|webname|permissiontype|perPage|perpage)\b['"]?\s*[:=]\s*(?:'([^'\n]*)'|"([^"\n]*)"|([\w./%:-]+))`)
	jcmsFields = [...]string{"col", "appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname", "permissiontype"}
)

// jcmsCalls reads the proxy address with its parameters: written out in a
// nextgroup link, or as an address beside an object of parameters.
func jcmsCalls(p *Page) []govsweep.ListCall {
	var calls []govsweep.ListCall
	for _, text := range p.Inline {
		if !strings.Contains(text, "dataproxy.jsp") {
			continue
		}
		for _, ref := range jcmsProxy.FindAllString(text, 8) {
			if c, ok := jcmsCall(p, strings.ReplaceAll(ref, "&amp;", "&"), text); ok {
				calls = appendCall(calls, c)
			}
		}
	}
	return calls
}

func jcmsCall(p *Page, ref, text string) (govsweep.ListCall, bool) {
	at, query, _ := strings.Cut(ref, "?")
	written, err := url.ParseQuery(query)
	if err != nil {
		return govsweep.ListCall{}, false
	}
	if written.Has("columnid") {
		u, ok := p.Resolve(ref)
		return govsweep.ListCall{Platform: govsweep.JCMS, URL: u}, ok
	}
	form, per := jcmsForm(text)
	if form == "" {
		return govsweep.ListCall{}, false
	}
	if !written.Has("startrecord") {
		ref = at + "?startrecord=1&endrecord=" + strconv.Itoa(3*per) + "&perpage=" + strconv.Itoa(per)
	}
	u, ok := p.Resolve(ref)
	return govsweep.ListCall{Platform: govsweep.JCMS, URL: u, Form: form}, ok
}

// jcmsForm gives the parameters a script names, url-encoded in the order the
// system sends them, and the rows a page.
func jcmsForm(text string) (string, int) {
	found, per := map[string]string{}, 15
	for _, m := range jcmsParam.FindAllStringSubmatch(text, 64) {
		value := m[2] + m[3] + m[4]
		if m[1] == "perPage" || m[1] == "perpage" {
			if n, err := strconv.Atoi(value); err == nil && n > 0 && n <= 200 {
				per = n
			}
		} else if _, seen := found[m[1]]; !seen {
			found[m[1]] = value
		}
	}
	if found["columnid"] == "" || found["unitid"] == "" {
		return "", per
	}
	var b strings.Builder
	for _, name := range jcmsFields {
		if value, ok := found[name]; ok {
			if b.Len() > 0 {
				b.WriteByte('&')
			}
			b.WriteString(name + "=" + url.QueryEscape(unescaped(value)))
		}
	}
	return b.String(), per
}

// unescaped undoes an escaping the page already did, so that it is not done twice.
func unescaped(s string) string {
	if strings.Contains(s, "%") {
		if t, err := url.QueryUnescape(s); err == nil {
			return t
		}
	}
	return s
}

func appendCall(calls []govsweep.ListCall, c govsweep.ListCall) []govsweep.ListCall {
	for _, have := range calls {
		if have == c {
			return calls
		}
	}
	return append(calls, c)
}
