package rules_test

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/rules/book"
)

func TestALineLeftOutIsAFaultAndNeverReadAsZero(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"a number of an indicator left out": {"params: {lag_months: 1, lookback_months: 12}", "params: {lookback_months: 12}", "没有写明 lag_months"},
		"a number of an indicator is null":  {"retry_span_hours: 24", "retry_span_hours: null", "没有写明 retry_span_hours"},
		"all numbers of an indicator":       {"params: {retries_min: 3, retry_span_hours: 24}", "params: {}", "没有写明 retries_min、retry_span_hours"},
		"a window of 0 beside another":      {"{class: policy, window_months: 6, level: 1}", "{class: policy, window_days: 0, window_months: 6, level: 1}", "天数或月数之一"},
		"a window of 0":                     {"{class: news, window_days: 14}", "{class: news, window_days: 0}", "应不小于1"},
		"a level of 0":                      {"window_months: 6, level: 1}", "window_months: 6, level: 0}", "level 应不小于1"},
		"no pass line":                      {"pass_line: 60", "pass_line: null", "没有写明“pass_line”"},
		"no bonus line":                     {"  bonus_line: 80\n", "", "没有写明“bonus_line”"},
		"no line for guessed classes":       {"  sure_class: ", "  # sure_class: ", "没有写明“sure_class”"},
	} {
		t.Run(name, func(t *testing.T) {
			src := shipped(t)
			if !strings.Contains(src, c.from) {
				t.Fatalf("the shipped rulebook has no %q", c.from)
			}
			faults := rules.Lint([]byte(strings.Replace(src, c.from, c.to, 1)), book.Indicators)
			if faultLine(faults, c.want) == 0 {
				t.Errorf("faults %v, want %q with its line", faults, c.want)
			}
		})
	}
}

func TestZeroThatIsWrittenIsAValue(t *testing.T) {
	src := shipped(t)
	for _, edit := range []struct{ from, to string }{
		{"lag_months: 1", "lag_months: 0"}, {"retry_span_hours: 24", "retry_span_hours: 0"}, {"success_ratio_min: null", "success_ratio_min: 0"},
		{"ratio_gt: null, ignore_under_ms: null", "ratio_gt: 0, ignore_under_ms: 0"}, {"bonus_line: 80", "bonus_line: 0"},
	} {
		if !strings.Contains(src, edit.from) {
			t.Fatalf("the shipped rulebook has no %q", edit.from)
		}
		src = strings.Replace(src, edit.from, edit.to, 1)
	}
	if faults := rules.Lint([]byte(src), book.Indicators); len(faults) > 0 {
		t.Error("faults:", faults)
	}
}
