package reports_test

import (
	"bytes"
	"testing"

	"github.com/govsweep/govsweep/internal/golden"
	"github.com/govsweep/govsweep/reports"
)

func TestSiteReport(t *testing.T) {
	var b bytes.Buffer
	if err := reports.Site(&b, sample()); err != nil {
		t.Fatal(err)
	}
	golden.Assert(t, "site.html", b.Bytes())
}
