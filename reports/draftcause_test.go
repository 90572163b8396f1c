package reports_test

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

func TestItemsOfOneCauseStandTogetherBehindTheWeightiest(t *testing.T) {
	c, f := confirmedCase(), general(t)
	// the last, a norm, is the same cause as the second, a deduction; the third stands alone
	c.Causes = map[string]string{c.Findings[1].Fingerprint: "same", c.Findings[3].Fingerprint: "same"}
	want := "SV-04a DE-05b/same TG-09/same DE-32b"
	for range 4 {
		c.Findings = append(c.Findings[1:], c.Findings[0])
		var got []string
		for i, it := range draft(t, c, f).Items {
			got = append(got, strings.TrimSuffix(it.BookID+"/"+it.Cause, "/"))
			if it.No != i+1 {
				t.Errorf("item %d has number %d", i+1, it.No)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("got %v", got)
		}
	}
}

func TestASecrecyFindingSharesNoCause(t *testing.T) {
	c, f := confirmedCase(), general(t)
	c.Causes = map[string]string{}
	for _, x := range c.Findings {
		c.Causes[x.Fingerprint] = "same"
	}
	c.Findings[0].Indicator = govsweep.IndicatorCode("secret-leak-site-veto")
	for _, it := range draft(t, c, f).Items {
		if (it.Cause == "") != strings.HasPrefix(string(it.Indicator), "secret-leak-") {
			t.Errorf("%s has the cause %q", it.Indicator, it.Cause)
		}
	}
}
