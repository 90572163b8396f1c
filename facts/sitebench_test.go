package facts

import (
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/farm"
)

// BenchmarkSite reads pages of the site scripts/bench inspects, most of them
// articles, as an inspection meets them.
func BenchmarkSite(b *testing.B) {
	site := &Site{Home: "http://127.0.0.1/", Hosts: []string{"127.0.0.1"}}
	pages, bodies := benchPages(b)
	for _, part := range []struct {
		name string
		run  func(i int)
	}{
		{"Read", func(i int) { Read(pages[i], bodies[i], site) }},
		{"Extract", func(i int) { Extract(pages[i], bodies[i], "utf-8", site) }},
	} {
		b.Run(part.name, func(b *testing.B) {
			b.ReportAllocs()
			start := cpuTime()
			for i := 0; b.Loop(); i++ {
				part.run(i % len(pages))
			}
			b.ReportMetric(float64((cpuTime()-start).Microseconds())/float64(b.N), "cpu-µs/page")
		})
	}
}

// benchPages gives the home page, a list and twenty articles of a column.
func benchPages(tb testing.TB) (pages []*govsweep.Page, bodies [][]byte) {
	site := farm.NewBenchSite(2130, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))
	take := func(url string, role govsweep.Role) *govsweep.PageFacts {
		rec := httptest.NewRecorder()
		site.ServeHTTP(rec, httptest.NewRequest("GET", url, nil))
		if rec.Code != 200 {
			tb.Fatal(fmt.Errorf("%s answers %d", url, rec.Code))
		}
		p := &govsweep.Page{Status: 200, FinalURL: url, Visit: govsweep.Visit{URL: url, Role: role}}
		pages, bodies = append(pages, p), append(bodies, rec.Body.Bytes())
		return Extract(p, rec.Body.Bytes(), "utf-8", nil)
	}
	take("http://127.0.0.1/", govsweep.HomeRole)
	list := take("http://127.0.0.1/c7/", govsweep.ColumnRole)
	if list.List == nil || len(list.List.Items) < 20 {
		tb.Fatal("the list of the column was not read")
	}
	for _, item := range list.List.Items {
		take(item.URL, govsweep.ArticleRole)
	}
	return pages, bodies
}
