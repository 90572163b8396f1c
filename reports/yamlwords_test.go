package reports_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/govsweep/govsweep/reports"
)

func TestFaultsOfYAMLAreToldInChinese(t *testing.T) {
	for name, src := range map[string]string{"a tab": "name: x\n\theads: y\n", "an open bracket": "name: [a\nheads: y\n", "no value": "name: : x\n"} {
		faults := reports.LintForm([]byte(src))
		said := fmt.Sprint(faults)
		if len(faults) == 0 || strings.Contains(said, " token") || strings.Contains(said, "not ") || strings.Contains(said, "must") {
			t.Errorf("%s: %s", name, said)
		}
		t.Log(name, said)
	}
}
