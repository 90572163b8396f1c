package govsweep_test

import (
	"testing"

	"github.com/govsweep/govsweep"
)

func TestADayIsWrittenAsAnOfficialDoes(t *testing.T) {
	for in, want := range map[string]string{
		"2026-03-02": "2026年3月2日", "2026-11": "2026年11月", "": "", "近期": "近期", "2026-13-40": "2026-13-40",
	} {
		if got := govsweep.ChineseDay(in); got != want {
			t.Errorf("%q: %s", in, got)
		}
	}
}
