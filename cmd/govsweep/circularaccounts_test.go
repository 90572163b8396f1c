package main

import (
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

// The circular counts what a person confirmed; the numbers are counted again
// here by hand.
func TestTheCircularCountsAccountsByPlatform(t *testing.T) {
	t.Parallel()
	var all []govsweep.Account
	var targets []reports.CircularTarget
	add := func(m govsweep.MediaKind, id string, grade govsweep.Grade, confirmed bool) {
		a := govsweep.Account{ID: govsweep.AccountKey(m, id, ""), Media: m, Number: id, Name: "发布" + id, Host: "某某局"}
		all = append(all, a)
		if grade == "" {
			return
		}
		target := reports.CircularTarget{Site: a.Site(), Verdict: &govsweep.Verdict{Grade: grade}}
		if grade == govsweep.Unqualified {
			target.Findings = []reports.CircularFinding{{Finding: govsweep.Finding{Class: govsweep.Veto, Status: govsweep.Confirmed, Summary: "超过14天未更新"}, Confirmed: confirmed}}
		}
		targets = append(targets, target)
	}
	add(govsweep.WeChat, "1", govsweep.Qualified, false)
	add(govsweep.WeChat, "2", govsweep.Unqualified, true)
	add(govsweep.WeChat, "3", govsweep.Unqualified, false) // proposed only: nobody is named for it
	add(govsweep.WeChat, "4", govsweep.Undecided, false)   // not measured
	add(govsweep.Weibo, "5", govsweep.Qualified, false)
	add(govsweep.Weibo, "6", "", false) // registered, not in the sweep
	f := accountFigures(all, targets)
	want := [][5]int{{4, 4, 1, 1, 2}, {2, 1, 1, 0, 0}} // registered, checked, qualified, unqualified, undecided
	for i, p := range f.Platforms {
		if got := [5]int{*p.Registered, *p.Checked, *p.Qualified, *p.Unqualified, *p.Undecided}; i >= len(want) || got != want[i] {
			t.Errorf("%s: %v", p.Name, got)
		}
	}
	if len(f.Platforms) != 2 || len(f.Unqualified) != 1 || f.Unqualified[0].Account != "发布2" || f.Unqualified[0].Fault != "超过14天未更新" || f.Source != "" {
		t.Errorf("%+v", f)
	}
}

func TestTheFiguresFileGoesBeforeTheSweep(t *testing.T) {
	t.Parallel()
	given := &reports.AccountFigures{Source: "某某平台"}
	in := &reports.CircularInput{Figures: reports.Figures{Accounts: given}}
	must(t, (&circularDesk{}).accounts(in)) // no database is asked
	if in.Figures.Accounts != given {
		t.Error("the figures of the file were replaced")
	}
}
