package reports_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

func TestTheHeadOfASiteThatWasHardlySeenCountsWhatWasFoundAndNoMore(t *testing.T) {
	for name, c := range map[string]struct {
		found int
		want  string
	}{
		"nothing was found, which says nothing":   {0, "<dt>发现问题</dt><dd>—</dd>"},
		"what was found is there, and maybe more": {1, "<dt>发现问题</dt><dd>至少1个</dd>"},
	} {
		in := sample()
		in.Coverage.Suspect, in.Verdict.Grade, in.Findings = true, govsweep.Undecided, in.Findings[:c.found]
		var page bytes.Buffer
		if err := reports.Site(&page, in); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(page.String(), c.want) {
			t.Errorf("%s: no %s", name, c.want)
		}
	}
}
