package main

import (
	"strings"
	"testing"
)

func TestTheHelpOfACommandShowsExamples(t *testing.T) {
	t.Parallel()
	for _, words := range []string{
		"import accounts", "import posts", "accounts list", "probe run", "probe show", "probe maintenance", "probe census", "probe ipv6",
		"report site", "sites hygiene", "sweep run",
	} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			out, errs, code := cli(t, t.TempDir(), append(strings.Fields(words), "--help")...)
			if code != exitDone || !strings.Contains(out, "示例：") || !strings.Contains(out, "    govsweep "+words) {
				t.Errorf("%d\n%s%s", code, out, errs)
			}
		})
	}
}
