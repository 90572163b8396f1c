package farm

import (
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/govsweep/govsweep"
)

// look asks the farm without a network and gives status, media type, and the
// page as text.
func look(f *Farm, raw string) (int, string, string) {
	u, err := url.Parse(raw)
	if err != nil {
		return 0, "", ""
	}
	if u.Port() == "1" || f.resolve(u.Hostname()) == nil {
		return 0, "", ""
	}
	req := httptest.NewRequest("GET", "http://"+u.Host+u.RequestURI(), nil)
	w := httptest.NewRecorder()
	func() {
		defer func() { _ = recover() }() // a cut answer ends in http.ErrAbortHandler
		f.ServeHTTP(w, req)
	}()
	body := w.Body.String()
	if s := f.byHost[u.Hostname()]; s != nil {
		body = decoded(body, s.charset)
	}
	return w.Code, w.Header().Get("Content-Type"), body
}

func decoded(body, charset string) string {
	out, err := body, error(nil)
	switch charset {
	case "gbk", "gb18030":
		out, err = simplifiedchinese.GB18030.NewDecoder().String(body)
	case "big5":
		out, err = traditionalchinese.Big5.NewDecoder().String(body)
	case "utf-16le":
		out, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().String(body)
	}
	if err != nil {
		return body
	}
	return out
}

func fixed(t *testing.T, seed int64) *Farm {
	t.Helper()
	f, err := New(Options{Seed: seed, AsOf: testDay, HTTP: "127.0.0.1:18080", Latency: time.Microsecond})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var (
	fullDate  = regexp.MustCompile(`20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}`)
	goodTime  = regexp.MustCompile(`20\d\d-\d\d-\d\d \d\d:\d\d`)
	emptyHref = regexp.MustCompile(`<a href="(#|javascript:void\(0\))?">`)
)

// inner is a page between its breadcrumb and its tools or foot.
func inner(page string) string {
	if i := strings.Index(page, "<div class=\"right\">"); i > 0 {
		page = page[i:]
	} else if i := strings.Index(page, "<body>"); i > 0 {
		page = page[i:]
	}
	if i := strings.Index(page, "主办单位："); i > 0 {
		page = page[:i]
	}
	return page
}

func hasTag(page, name string) bool {
	return strings.Contains(strings.ToLower(page), `name="`+strings.ToLower(name)+`"`)
}

func tagValue(page, name string) string {
	_, rest, _ := strings.Cut(page, `name="`+name+`" content="`)
	v, _, _ := strings.Cut(rest, `"`)
	return v
}

// proofs say, for an indicator, whether the page really shows the fault.
var proofs = map[govsweep.IndicatorCode]func(f *Farm, tr *Truth, page string) bool{
	"column-blank":         func(_ *Farm, _ *Truth, p string) bool { return !fullDate.MatchString(inner(p)) },
	"other-column-blank":   func(_ *Farm, _ *Truth, p string) bool { return !fullDate.MatchString(inner(p)) },
	"tag-site-name":        lacks("SiteName"),
	"tag-site-domain":      lacks("SiteDomain"),
	"tag-site-id":          lacks("SiteIDCode"),
	"tag-column-name":      lacks("ColumnName"),
	"tag-article-title":    lacks("ArticleTitle"),
	"tag-pub-date":         func(_ *Farm, _ *Truth, p string) bool { return !goodTime.MatchString(tagValue(p, "PubDate")) },
	"tag-value-mismatch":   func(_ *Farm, _ *Truth, p string) bool { return tagValue(p, "ArticleTitle") != "" },
	"publish-time-missing": func(_ *Farm, tr *Truth, p string) bool { return tr.Scope == "site" || !goodTime.MatchString(inner(p)) },
	"link-empty":           func(_ *Farm, _ *Truth, p string) bool { return emptyHref.MatchString(p) },
	"link-hidden":          func(_ *Farm, tr *Truth, p string) bool { return strings.Contains(p, tr.Also[0]) },
	"attachment-broken":    func(f *Farm, tr *Truth, _ string) bool { return !opens(f, tr.Also[0], "application/") },
	"image-broken":         func(f *Farm, tr *Truth, _ string) bool { return !opens(f, tr.Also[0], "image/") },
	"inner-link-broken":    func(f *Farm, tr *Truth, _ string) bool { return !opens(f, tr.URL, "text/html") },
	"home-link-broken":     func(f *Farm, tr *Truth, _ string) bool { return !opens(f, tr.URL, "text/html") },
	"police-number":        func(_ *Farm, _ *Truth, p string) bool { return !strings.Contains(p, "公网安备") },
	"party-organ-mark": func(_ *Farm, _ *Truth, p string) bool {
		return !strings.Contains(p, "_ideConac") || strings.Contains(p, "red_error.png")
	},
	"icp-number": func(_ *Farm, _ *Truth, p string) bool {
		return !strings.Contains(p, "ICP备") || strings.Contains(p, "miitbeian")
	},
	"error-report-entry": func(_ *Farm, _ *Truth, p string) bool {
		return !strings.Contains(p, "zfwzgl.www.gov.cn/exposure/jiucuo")
	},
	"owner-contact-sitemap": func(_ *Farm, _ *Truth, p string) bool {
		return !(strings.Contains(p, "主办单位：") && strings.Contains(p, "联系电话：") && strings.Contains(p, "地图"))
	},
	"domain-suffix": func(_ *Farm, tr *Truth, _ string) bool { return !strings.HasSuffix(hostOf(tr.URL), ".gov.cn") },
	"soft-404": func(f *Farm, tr *Truth, _ string) bool {
		s, _, _ := look(f, tr.Home+"qx7vw/no-such-page.html")
		return s != 404
	},
	"gazette-missing":        without("政府公报"),
	"leaders-column-missing": without("领导信息"),
	"policy-column-missing":  without("政策文件"),
	"column-blank-veto":      func(_ *Farm, tr *Truth, _ string) bool { return len(tr.Also) >= 5 },
	"column-stale-veto":      func(_ *Farm, tr *Truth, _ string) bool { return len(tr.Also) >= 10 },
	"meta-subject-terms": func(_ *Farm, _ *Truth, p string) bool {
		return !strings.Contains(p, "主题词") && !strings.Contains(p, "主 题 词")
	},
	"meta-disclosure-attribute": func(_ *Farm, _ *Truth, p string) bool { return !strings.Contains(p, "此件公开发布") },
	"meta-validity":             func(_ *Farm, _ *Truth, p string) bool { return !strings.Contains(p, "有效性") },
}

func lacks(tag string) func(*Farm, *Truth, string) bool {
	return func(_ *Farm, _ *Truth, p string) bool { return !hasTag(p, tag) }
}

func without(word string) func(*Farm, *Truth, string) bool {
	return func(f *Farm, tr *Truth, p string) bool {
		_, _, sitemap := look(f, tr.Home+"wzdt.html")
		return !strings.Contains(sitemap, ">"+word+"<")
	}
}

// opens says whether an address answers with what its kind promises.
func opens(f *Farm, raw, kind string) bool {
	status, ctype, _ := look(f, raw)
	s := f.byHost[hostOf(raw)]
	if s != nil && s.soft404 == "page" && strings.Contains(raw, "gone") {
		return false // the soft 404 itself
	}
	return status == 200 && strings.HasPrefix(ctype, kind)
}

func TestPlantedPagesShowWhatTheirTruthSays(t *testing.T) {
	for _, seed := range []int64{1, 4} {
		f := fixed(t, seed)
		proved := 0
		for _, tr := range f.Truth() {
			s := f.byHost[hostOf(tr.Home)]
			prove := proofs[tr.Indicator]
			if tr.Kind != Planted || prove == nil || s.traditon {
				continue
			}
			page := ""
			if s.byURL(tr.URL) {
				page = again(f, tr.URL)
			}
			proved++
			if !prove(f, &tr, page) {
				t.Errorf("seed %d: %s (%s) does not show %s: %s", seed, tr.URL, s.role, tr.Indicator, tr.Note)
			}
		}
		if proved < 400 {
			t.Errorf("seed %d: only %d plants were proved", seed, proved)
		}
	}
}

func (s *site) byURL(raw string) bool { return hostOf(raw) == s.host }

// again asks twice: the first answer of a busy site may be a refusal.
func again(f *Farm, raw string) string {
	status, _, page := look(f, raw)
	if status == 503 || status == 429 {
		_, _, page = look(f, raw)
	}
	return page
}

// TestNothingElseIsWrong reads every page of the farm and holds what it lacks
// against the truth: what is not planted must be in order.
func TestNothingElseIsWrong(t *testing.T) {
	f := fixed(t, 2)
	known := index(f.Truth())
	for _, s := range f.sites {
		if s.unreachable() || s.trouble == challenged {
			continue
		}
		for _, c := range s.columns {
			for _, it := range c.items {
				if c.mode == singleText || c.trouble != noTrouble {
					continue
				}
				checkArticle(t, f, known, s, it)
			}
		}
	}
}

func checkArticle(t *testing.T, f *Farm, known map[subject]*expected, s *site, it *item) {
	t.Helper()
	raw := s.at(it.path())
	page := again(f, raw)
	head := strings.ToLower(page[:strings.Index(page, "<body>")])
	for tag, code := range map[string]govsweep.IndicatorCode{"SiteName": "tag-site-name", "SiteIDCode": "tag-site-id", "ArticleTitle": "tag-article-title", "PubDate": "tag-pub-date", "ContentSource": "tag-content-source"} {
		e := known[subject{s.code, code}]
		if !strings.Contains(head, `name="`+strings.ToLower(tag)+`"`) && (e == nil || !e.wide && !e.allowed[sameAs(raw)]) {
			t.Errorf("%s (%s) lacks %s and nobody planted it", raw, s.role, tag)
		}
	}
	e := known[subject{s.code, "publish-time-missing"}]
	body := inner(page)
	if !goodTime.MatchString(body) && !strings.Contains(body, "—") && (e == nil || !e.wide && !e.allowed[sameAs(raw)]) {
		t.Errorf("%s (%s) prints no publish time and nobody planted it", raw, s.role)
	}
}

func TestCleanSitesAreClean(t *testing.T) {
	f := fixed(t, 11)
	for _, tr := range f.Truth() {
		if s := f.byHost[hostOf(tr.Home)]; s.role == "clean" && tr.Kind == Planted {
			t.Errorf("%s: %s is planted on a clean site", tr.URL, tr.Indicator)
		}
	}
	href := regexp.MustCompile(`(?:href|src)="([^"#]+)"`)
	for _, s := range f.sites {
		if s.role != "clean" {
			continue
		}
		seen, queue := map[string]bool{}, []string{s.at("/")}
		for len(queue) > 0 {
			raw := queue[0]
			queue = queue[1:]
			status, ctype, page := look(f, raw)
			if status != 200 {
				t.Errorf("%s: status %d", raw, status)
			}
			if !strings.HasPrefix(ctype, "text/html") {
				continue
			}
			base, err := url.Parse(raw)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range href.FindAllStringSubmatch(page, -1) {
				to, err := base.Parse(strings.ReplaceAll(m[1], "&amp;", "&"))
				if err == nil && to.Hostname() == s.host && !seen[to.String()] {
					seen[to.String()] = true
					queue = append(queue, to.String())
				}
			}
		}
		if len(seen) < 150 {
			t.Errorf("%s: only %d addresses reached", s.host, len(seen))
		}
	}
}
