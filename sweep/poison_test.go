package sweep_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/facts"
)

// TestAPoisonPageEndsAsARecord inspects a site of which three pages crash the
// parser.
func TestAPoisonPageEndsAsARecord(t *testing.T) {
	t.Parallel()
	site, labels := labelledSite(func(w http.ResponseWriter, r *http.Request, _ int) { http.NotFound(w, r) })
	home, _ := counted(t, site)
	poison := map[string]bool{labels[20].path: true, labels[45].path: true, labels[70].path: true}
	w := newWorld(t, sqlite(t), crawler.Options{})
	w.in.Extract = func(p *govsweep.Page, body []byte, charset string, about *facts.Site) *govsweep.PageFacts {
		if poison[strings.TrimPrefix(p.Visit.URL, strings.TrimSuffix(home, "/"))] {
			var list []int
			_ = list[len(body)]
		}
		return facts.Extract(p, body, charset, about)
	}
	in := w.inspect(home)
	ended, read := 0, 0
	for _, r := range w.records(in) {
		if r.Failure == govsweep.FailParser {
			ended++
		} else if r.Status == 200 {
			read++
		}
	}
	const why = "页面内容异常，程序无法解析"
	if ended != len(poison) || in.Coverage.Reasons[why] != len(poison) || in.Coverage.Complete || read < 70 {
		t.Errorf("%d records say so, %d other pages, coverage %+v", ended, read, in.Coverage)
	}
	for _, f := range in.Findings {
		for path := range poison {
			if strings.HasSuffix(f.URL, path) || strings.Contains(f.Summary, path) {
				t.Errorf("held against the site: %s %s", f.Indicator, f.Summary)
			}
		}
	}
	t.Logf("R7: %d pages that crash the parser end as records and in the coverage, %d others were read", ended, read)
}
