package sweep

import (
	"testing"

	"github.com/govsweep/govsweep"
)

func TestWhatAPersonRejectedDoesNotCount(t *testing.T) {
	found := []govsweep.Outcome{
		{Indicator: "a", Status: govsweep.Found, Review: "有1个栏目未能读取。", Findings: []govsweep.Finding{{Fingerprint: "1"}}, Count: 1},
		{Indicator: "b", Status: govsweep.Found, Findings: []govsweep.Finding{{Fingerprint: "2"}, {Fingerprint: "3"}}, Count: 2},
		{Indicator: "c", Status: govsweep.NotMeasured},
	}
	got := standing(found, map[string]govsweep.FindingStatus{"1": govsweep.Rejected, "3": govsweep.Exempted})
	if got[0].Status != govsweep.Passed || got[0].Review == "" {
		t.Errorf("an indicator all of whose findings are rejected is %s, still to be looked at: %q", got[0].Status, got[0].Review)
	}
	if got[1].Status != govsweep.Found || len(got[1].Findings) != 1 || got[1].Findings[0].Fingerprint != "2" {
		t.Errorf("the finding that stands is lost: %+v", got[1])
	}
	if got[2].Status != govsweep.NotMeasured {
		t.Errorf("what was not measured became %s", got[2].Status)
	}
	if found[0].Status != govsweep.Found || len(found[1].Findings) != 2 {
		t.Error("the outcomes as found were changed")
	}
}
