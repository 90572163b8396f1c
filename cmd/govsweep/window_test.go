package main

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

func TestHoursThatEndWhenTheyBeginAreRefused(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"06:00-06:00": "起止相同", "6-6": "起止相同", "0-0": "起止相同", "24:00-00:00": "起止相同", "24-24": "起止相同",
		"25-6": "应为整点", "22:30-06:00": "应为整点", "22:00": "应为整点",
	} {
		if w, err := parseWindow(given); err == nil || !strings.Contains(said(err), want) {
			t.Errorf("%s: %v %v", given, w, err)
		}
	}
	at := func(hour int) time.Time { return time.Date(2026, 3, 2, hour, 0, 0, 0, govsweep.Shanghai) }
	for given, open := range map[string][2]bool{"00:00-24:00": {true, true}, "0-24": {true, true}, "24:00-06:00": {true, false}, "22：00-06：00": {true, false}, "12-24": {false, true}} {
		w, err := parseWindow(given)
		if err != nil || w.Open(at(0)) != open[0] || w.Open(at(13)) != open[1] {
			t.Errorf("%s: %+v %v", given, w, err)
		}
	}
	if _, errs, code := cli(t, t.TempDir(), "sweep", "run", "--window", "06:00-06:00"); code != exitWrong || !strings.Contains(errs, "全天的不写时段") {
		t.Errorf("exit %d %s", code, errs)
	}
}
