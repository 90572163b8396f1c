package reports_test

import (
	"bytes"
	"regexp"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

func TestEveryTimeInJSONIsInOneZoneAndToTheSecond(t *testing.T) {
	at := time.Date(2026, 11, 22, 3, 4, 5, 678901234, time.UTC)
	retest := &govsweep.Retest{At: at}
	notice := govsweep.Notice{
		ID: "N1", Drafted: at, Issued: at, AsOf: at, Steps: []govsweep.NoticeStep{{At: at}},
		Items:    []govsweep.NoticeItem{{No: 1, Retest: retest, Answer: &govsweep.Answer{At: at}}},
		Override: &govsweep.Override{At: at},
	}
	var out bytes.Buffer
	for name, write := range map[string]func() error{
		"notices":     func() error { return reports.NoticeLines(&out, []govsweep.Notice{notice}) },
		"exemptions":  func() error { return reports.ExemptionLines(&out, []govsweep.Exemption{{At: at, RevokedAt: at}}) },
		"transitions": func() error { return reports.JSONLines(&out, []*govsweep.Transition{{At: at}}) },
		"plans":       func() error { return reports.JSONLines(&out, []govsweep.Plan{{Imported: at}}) },
		"anything": func() error {
			return reports.JSON(&out, map[string]any{"at": at, "in": []any{at, nil, "x"}, "none": nil}, false)
		},
	} {
		out.Reset()
		if err := write(); err != nil {
			t.Fatal(name, err)
		}
		times := regexp.MustCompile(`"\d{4}-\d\d-\d\dT[^"]*"`).FindAllString(out.String(), -1)
		if len(times) == 0 {
			t.Errorf("%s: no time in %s", name, &out)
		}
		for _, got := range times {
			if got != `"2026-11-22T11:04:05+08:00"` && got != `"0001-01-01T00:00:00Z"` {
				t.Errorf("%s: %s", name, got)
			}
		}
	}
	if retest.At != at || notice.Steps[0].At != at || notice.Items[0].Answer.At != at {
		t.Error("what was handed over changed")
	}
}
