package rectify_test

import (
	"fmt"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// BenchmarkObserve holds an inspection with 5,000 findings, half of them gone,
// a hundred pages each, against what stood before.
func BenchmarkObserve(b *testing.B) {
	l := look{sweep: 7, at: day(10)}
	for i := range 5000 {
		f := pageFault()
		f.ID, f.Fingerprint, f.Pages = fmt.Sprint("F", i), fmt.Sprint(i), nil
		for p := range 100 {
			f.Pages = append(f.Pages, fmt.Sprintf("%s%d/%d.html", home, i, p))
		}
		l.standings = append(l.standings, standing(f, govsweep.Proposed))
		if i%2 == 0 {
			l.found = append(l.found, f)
		}
	}
	o := l.observation()
	for b.Loop() {
		if got := rectify.Observe(o); len(got) != 2500 {
			b.Fatal(len(got))
		}
	}
}
