package sweep_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/internal/fakesite"
)

// TestTrapSitesCostLittle inspects twelve sites that are endless and counts
// what the server was asked.
func TestTrapSitesCostLittle(t *testing.T) {
	var mu sync.Mutex
	worst, missed := 0.0, 0
	t.Run("sites", func(t *testing.T) {
		for _, trap := range fakesite.Traps() {
			t.Run(trap.Name, func(t *testing.T) {
				t.Parallel()
				pages, lost := trapCost(t, trap)
				ratio := float64(pages) / float64(len(trap.Real))
				t.Logf("%d pages for %d real ones: %.2f", pages, len(trap.Real), ratio)
				if ratio > 1.2 {
					t.Errorf("%.2f × the real pages", ratio)
				}
				mu.Lock()
				defer mu.Unlock()
				worst, missed = max(worst, ratio), missed+lost
			})
		}
	})
	t.Logf("W2: 12 trap sites, at most %.2f × the real pages, %d real pages missed", worst, missed)
}

func trapCost(t *testing.T, trap fakesite.Trap) (pages, missed int) {
	home, asked := counted(t, trap.Handler)
	newWorld(t, sqlite(t), crawler.Options{}).inspect(home)
	all := asked()
	probe := strings.TrimPrefix(crawler.SoftProbe(home), strings.TrimSuffix(home, "/"))
	for path := range all {
		if path != "/robots.txt" && path != "/sitemap.xml" && path != probe {
			pages++
		}
	}
	for _, p := range trap.Real {
		if all[p] == 0 {
			missed++
			t.Errorf("the real page %s was not read", p)
		}
	}
	return pages, missed
}
