package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

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
	must(t, (&casework.Circular{Store: papersOf{db}}).Fill(t.Context(), in, nil))
	a.withoutAccounts(in)
	if in.Figures.Accounts != nil || !strings.Contains(in.AccountsWhy, "第1次检查（政务新媒体）存疑：对照网站https://control.example/未能正常打开") || !strings.Contains(said.String(), "--override") {
		t.Errorf("%+v %q, said %q", in.Figures.Accounts, in.AccountsWhy, said.String())
	}
	in = &reports.CircularInput{Period: period, Override: &govsweep.Override{By: "张三", Reason: "已核实"}}
	must(t, (&casework.Circular{Store: papersOf{db}}).Fill(t.Context(), in, nil))
	if in.Figures.Accounts == nil || !strings.Contains(in.Suspect, "存疑") {
		t.Errorf("with an override: %+v %q", in.Figures.Accounts, in.Suspect)
	}
	annex := &reports.AnnexInput{From: period.From, To: period.To}
	must(t, (&reportAnnexCmd{}).gather(a, db).Fill(t.Context(), annex))
	if f := annex.Figures.Accounts; f == nil || f.Sweep != 0 || f.Platforms[0].Checked != nil || !strings.Contains(f.Why, "存疑") {
		t.Errorf("the annex: %+v", f)
	}
}
