package reports_test

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

func TestALinkTriedTooRarelyStandsInNoPaper(t *testing.T) {
	c, f := confirmedCase(), general(t)
	c.Findings[1].Unproven = true
	draft(t, c, f) // a doubt a person settled by confirming
	c.Findings[1].Detail = append(c.Findings[1].Detail, "须在24小时内至少3次访问均失败方可扣分，目前记录2次")
	if _, err := reports.Draft(c, f); err == nil || !strings.Contains(err.Error(), "目前记录2次，请补足访问次数") {
		t.Errorf("got %v", err)
	}
}

func TestAReminderTakesNoDayAway(t *testing.T) {
	f := general(t)
	n := issued(t, draft(t, confirmedCase(), f), f, "2021-09-17")
	p, err := reports.Follow(n, reports.Further{Kind: govsweep.Urge, By: "乌兰", At: at("2021-09-17T16:00:00+08:00")}, f)
	if err != nil {
		t.Fatal(err)
	}
	if issued(t, p, f, "2021-09-17"); p.Deadline < n.Deadline {
		t.Errorf("the notice gives until %s, its reminder until %s", n.Deadline, p.Deadline)
	}
}
