package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
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

// Two accounts of a unit on one platform each have the finding; the circular names the matter once.
func TestTheCircularNamesOnceWhatAccountsShare(t *testing.T) {
	t.Parallel()
	var all []govsweep.Account
	var targets []reports.CircularTarget
	for i, confirmed := range []bool{false, true, true} { // nobody has confirmed it at the first one
		a := govsweep.Account{ID: govsweep.TargetID("wechat:" + string(rune('1'+i))), Media: govsweep.WeChat, Name: "发布" + string(rune('1'+i)), Host: "某某局"}
		all = append(all, a)
		shared := govsweep.Finding{Class: govsweep.Norm, Status: govsweep.Confirmed, Indicator: "account-duplicate", Summary: "还开设有其他账号。", Shared: "account-duplicate wechat 某某局"}
		own := govsweep.Finding{Class: govsweep.Norm, Status: govsweep.Confirmed, Summary: "登记为未备案。"}
		targets = append(targets, reports.CircularTarget{Site: a.Site(), Verdict: &govsweep.Verdict{Grade: govsweep.Qualified},
			Findings: []reports.CircularFinding{{Finding: shared, Confirmed: confirmed}, {Finding: own, Confirmed: true}}})
	}
	said := map[string]string{}
	for _, f := range accountFigures(all, targets).Faults {
		said[f.Fault] += f.Account
	}
	if said["还开设有其他账号。"] != "发布2" || said["登记为未备案。"] != "发布1发布2发布3" {
		t.Errorf("%v", said)
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

// A sweep over accounts that the gate holds to be doubtful gave the circular
// its figures without a word.
func TestASuspectSweepOverAccountsGivesNoFiguresWithoutAnOverride(t *testing.T) {
	t.Parallel()
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "govsweep.db"), storage.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	at := time.Date(2026, 8, 20, 10, 0, 0, 0, govsweep.Shanghai)
	s := &govsweep.Sweep{Kind: govsweep.AccountSweep, Scope: "kind=account", Rulebook: "gov-2019-19", AsOf: at, Started: at, Ended: at, State: govsweep.SweepDone}
	must(t, db.CreateSweep(t.Context(), s, nil))
	must(t, db.SaveSweep(t.Context(), s))
	must(t, db.SaveControls(t.Context(), s.ID, []govsweep.Control{{URL: "https://control.example/", Why: "15秒内未能打开"}}))
	acc := govsweep.Account{ID: govsweep.AccountKey(govsweep.WeChat, "gh_1", ""), Media: govsweep.WeChat, Number: "gh_1", Name: "某某发布", Host: "某某局"}
	must(t, db.SaveAccounts(t.Context(), []govsweep.Account{acc}))
	var said strings.Builder
	a := &app{ctx: t.Context(), stderr: &said}
	period := reports.Quarter(at)

	in := &reports.CircularInput{Period: period}
	must(t, (&circularDesk{app: a, db: db}).accounts(in))
	if in.Figures.Accounts != nil || !strings.Contains(in.AccountsWhy, "第1次检查（政务新媒体）存疑：对照网站https://control.example/未能正常打开") || !strings.Contains(said.String(), "--override") {
		t.Errorf("%+v %q, said %q", in.Figures.Accounts, in.AccountsWhy, said.String())
	}
	in = &reports.CircularInput{Period: period, Override: &govsweep.Override{By: "张三", Reason: "已核实"}}
	must(t, (&circularDesk{app: a, db: db}).accounts(in))
	if in.Figures.Accounts == nil || !strings.Contains(in.Suspect, "存疑") {
		t.Errorf("with an override: %+v %q", in.Figures.Accounts, in.Suspect)
	}
	annex := &reports.AnnexInput{From: period.From, To: period.To}
	must(t, (&reportAnnexCmd{}).accounts(a, db, annex))
	if f := annex.Figures.Accounts; f == nil || f.Sweep != 0 || f.Platforms[0].Checked != nil || !strings.Contains(f.Why, "存疑") {
		t.Errorf("the annex: %+v", f)
	}
}
