package farm

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// The bench site has this many columns, and rows on a list page.
const (
	benchColumns = 60
	benchRows    = 20
	benchBodies  = 32
)

// BenchSite is one clean site of many pages that costs its server little: what
// is the same on many pages is written and compressed once. Home page 60 KB,
// 60 columns, lists of 20, articles of 25 to 50 KB with head tags and a
// metadata table of eight rows.
type BenchSite struct {
	pages    int
	articles int
	asOf     time.Time
	nav      segment
	foot     segment
	filler   segment
	bodies   [benchBodies]segment
}

// NewBenchSite makes a site of about pages pages.
func NewBenchSite(pages int, asOf time.Time) *BenchSite {
	b := &BenchSite{asOf: asOf.In(govsweep.Shanghai)}
	b.articles = max(benchColumns, (pages-1)*benchRows/(benchRows+1))
	b.articles -= b.articles % benchColumns
	b.pages = 1 + b.articles + benchColumns*b.listPages()
	b.nav, b.foot = pack(b.navHTML()), pack(b.footHTML())
	b.filler = pack(block(dice(1, "filler"), 20<<10))
	for i := range b.bodies {
		b.bodies[i] = pack(block(dice(1, fmt.Sprint("body", i)), (16+i*25/benchBodies)<<10))
	}
	return b
}

// Pages is the number of pages the site really has.
func (b *BenchSite) Pages() int { return b.pages }

func (b *BenchSite) perColumn() int { return b.articles / benchColumns }

func (b *BenchSite) listPages() int { return (b.perColumn() + benchRows - 1) / benchRows }

// ServeHTTP serves the site under any host name.
func (b *BenchSite) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	parts := b.page(req.URL.Path)
	if parts == nil {
		http.Error(w, "<html><body>404 您访问的页面不存在</body></html>", http.StatusNotFound)
		return
	}
	h := w.Header()
	tag := `"` + strconv.FormatUint(uint64(len(req.URL.Path)), 36) + req.URL.Path + `"`
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("ETag", tag)
	if req.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := plain(parts)
	if strings.Contains(req.Header.Get("Accept-Encoding"), "gzip") {
		body = gzipped(parts)
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body) // a client that went away is no fault of ours
}

// page puts the page of a path together; nil when there is none.
func (b *BenchSite) page(path string) []segment {
	if path == "/" || path == "/index.html" {
		return b.home()
	}
	var col, n, id int
	var day string
	if c, err := fmt.Sscanf(path, "/c%d/t%8s_%d.html", &col, &day, &id); c == 3 && err == nil {
		if col < 0 || col >= benchColumns || id < 0 || id >= b.perColumn() {
			return nil
		}
		return b.article(col, id)
	}
	rest, ok := strings.CutPrefix(path, "/c")
	if !ok {
		return nil
	}
	num, file, _ := strings.Cut(rest, "/")
	col, err := strconv.Atoi(num)
	if err != nil || col < 0 || col >= benchColumns {
		return nil
	}
	if file != "" && file != "index.html" {
		if c, err := fmt.Sscanf(file, "index_%d.html", &n); c != 1 || err != nil || n < 1 || n >= b.listPages() {
			return nil
		}
	}
	return b.list(col, n)
}

// articlePath is where article id of a column stands.
func (b *BenchSite) articlePath(col, id int) string {
	return fmt.Sprintf("/c%d/t%s_%d.html", col, b.day(id).Format("20060102"), id)
}

func (b *BenchSite) day(id int) time.Time { return b.asOf.AddDate(0, 0, -1-id%3000) }
