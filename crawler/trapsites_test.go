package crawler_test

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/internal/fakesite"
)

var href = regexp.MustCompile(`<a href="([^"]*)"`)

// walk reads a trap site with nothing against it but canonical addresses and
// Trap, up to limit pages, and gives the paths it read.
func walk(t *testing.T, trap fakesite.Trap, limit int) map[string]bool {
	const home = "http://www.x.gov.cn"
	read, seen, queue := map[string]bool{}, map[uint64]bool{}, []string{home + "/"}
	for len(queue) > 0 && len(read) < limit {
		url := queue[0]
		queue = queue[1:]
		w := httptest.NewRecorder()
		trap.Handler.ServeHTTP(w, httptest.NewRequest("GET", url, nil))
		read[strings.TrimPrefix(url, home)] = true
		base, err := address.NewBase(url)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range href.FindAllStringSubmatch(w.Body.String(), -1) {
			next, ok := base.Resolve(strings.ReplaceAll(m[1], "&amp;", "&"))
			if _, bad := crawler.Trap(next); !ok || bad || seen[address.Key(next, "")] {
				continue
			}
			seen[address.Key(next, "")] = true
			queue = append(queue, next)
		}
	}
	return read
}

// shapeOnly are the traps whose pages look like pages, and what reading them
// may cost here; a crawl closes them by what they bring.
var shapeOnly = map[string]float64{
	"calendar by query": 4.5, "calendar by path": 3, "one directory loop": 1.5,
	"endless paging": 20, "random numbers": 20, "endless name": 20, "growing query": 20,
}

// TestTrapSites shows what the shape of an address alone is worth.
func TestTrapSites(t *testing.T) {
	held := 0
	for _, trap := range fakesite.Traps() {
		read := walk(t, trap, 20*len(trap.Real))
		for _, p := range trap.Real {
			if !read[p] {
				t.Errorf("%s: the real page %s was not read", trap.Name, p)
			}
		}
		ratio := float64(len(read)) / float64(len(trap.Real))
		t.Logf("%-20s %4d pages for %d real ones: %.2f", trap.Name, len(read), len(trap.Real), ratio)
		if ratio <= 1.2 {
			held++
		}
		if ratio > max(shapeOnly[trap.Name], 1.21) {
			t.Errorf("%s: %.2f × the real pages", trap.Name, ratio)
		}
	}
	t.Logf("%d of 12 held to 1.2 × by shape alone, no real page missed", held)
}
