package facts

import (
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

func TestOnlyVisitsOverIPv6AreTries(t *testing.T) {
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, govsweep.Shanghai)
	visit := func(minute, family int, series govsweep.ProbeSeries, r govsweep.ProbeResult) govsweep.ProbeVisit {
		return govsweep.ProbeVisit{At: noon.Add(time.Duration(minute) * time.Minute), Family: family, Series: series, Result: r}
	}
	visits := []govsweep.ProbeVisit{
		visit(9, 6, govsweep.IPv6Series, govsweep.ProbeFailed),
		visit(0, 6, govsweep.IPv6Series, govsweep.ProbeOpened),
		visit(1, 4, govsweep.IPv6Series, govsweep.ProbeFailed),
		visit(2, 6, govsweep.Availability, govsweep.ProbeFailed),
		visit(3, 6, govsweep.IPv6Series, govsweep.ProbeUnmeasured),
		visit(4, 6, govsweep.IPv6Series, govsweep.ProbeDoubtful),
	}
	if NewIPv6(nil, visits, nil) != nil {
		t.Error("visits without a report make facts")
	}
	f := NewIPv6(&govsweep.IPv6Report{}, visits, nil)
	if len(f.Tries) != 4 || !f.Tries[0].At.Equal(noon) {
		t.Errorf("tries %+v", f.Tries)
	}
	if got, want := f.Success(noon), (ProbeCount{Visits: 2, Opened: 1, Failed: 1, Doubtful: 1, Unmeasured: 1}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := f.Success(noon.Add(5 * time.Minute)); got.Visits != 1 || got.Failed != 1 {
		t.Errorf("from five past: %+v", got)
	}
}
