package main

import (
	"testing"

	"github.com/govsweep/govsweep"
)

func TestAFaultStillThereCountsBeforeOneThatCouldNotBeJudged(t *testing.T) {
	failed, unknown, passed := govsweep.Retest{Result: govsweep.RetestFailed}, govsweep.Retest{Result: govsweep.RetestUnknown}, govsweep.Retest{Result: govsweep.RetestPassed}
	for name, c := range map[string]struct {
		results map[string]govsweep.Retest
		want    int
	}{
		"fifteen failed, one unknown": {map[string]govsweep.Retest{"1": failed, "2": unknown, "3": failed}, exitFindings},
		"one unknown":                 {map[string]govsweep.Retest{"1": unknown, "2": passed}, exitUnseen},
		"all passed":                  {map[string]govsweep.Retest{"1": passed}, exitDone},
	} {
		for range 20 { // whatever the order
			if got := worse(exitDone, &retested{results: c.results}); got != c.want {
				t.Fatalf("%s: exit %d, want %d", name, got, c.want)
			}
		}
	}
}
