package govsweep_test

import (
	"testing"

	"github.com/govsweep/govsweep"
)

func TestNumbersInARowAreWrittenAsOneRange(t *testing.T) {
	t.Parallel()
	for want, all := range map[string][]int{"": nil, "7": {7}, "2、4—6、9": {2, 4, 5, 6, 9}, "1—2": {1, 2}} {
		if got := govsweep.Ranges(all); got != want {
			t.Errorf("%v: %q, want %q", all, got, want)
		}
	}
}
