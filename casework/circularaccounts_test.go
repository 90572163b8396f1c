package casework

import (
	"context"
	"testing"
	"time"

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

// A bureau whose rulebook makes the matter a veto has every account of it
// 不合格, each named with its reason.
func TestAVetoThatAccountsShareIsNamedAtEachOfThem(t *testing.T) {
	t.Parallel()
	var all []govsweep.Account
	var targets []reports.CircularTarget
	for _, id := range []govsweep.TargetID{"wechat:1", "wechat:2"} {
		a := govsweep.Account{ID: id, Media: govsweep.WeChat, Name: string(id), Host: "某某局"}
		all = append(all, a)
		f := govsweep.Finding{Class: govsweep.Veto, Status: govsweep.Confirmed, Summary: "还开设有其他账号。", Shared: "account-duplicate wechat 某某局"}
		targets = append(targets, reports.CircularTarget{Site: a.Site(), Verdict: &govsweep.Verdict{Grade: govsweep.Unqualified},
			Findings: []reports.CircularFinding{{Finding: f, Confirmed: true}}})
	}
	if f := accountFigures(all, targets); *f.Platforms[0].Unqualified != 2 || *f.Platforms[0].Undecided != 0 || len(f.Unqualified) != 2 {
		t.Errorf("%+v, %d unqualified", f.Unqualified, *f.Platforms[0].Unqualified)
	}
}

func TestTheFiguresFileGoesBeforeTheSweep(t *testing.T) {
	t.Parallel()
	given := &reports.AccountFigures{Source: "某某平台"}
	in := &reports.CircularInput{Figures: reports.Figures{Accounts: given}}
	if err := (&Circular{}).accounts(t.Context(), in); err != nil { // no database is asked
		t.Fatal(err)
	}
	if in.Figures.Accounts != given {
		t.Error("the figures of the file were replaced")
	}
}

// sweepsOf are sweeps, the newest first, and how many accounts each looked at.
type sweepsOf struct {
	Inspected
	list   []govsweep.Sweep
	looked map[int64]int
}

func (s sweepsOf) Sweeps(context.Context) ([]govsweep.Sweep, error) { return s.list, nil }

func (s sweepsOf) SweepHealth(_ context.Context, id int64) (*govsweep.SweepHealth, error) {
	return &govsweep.SweepHealth{Sweep: id, Targets: s.looked[id]}, nil
}

func TestTheCircularTakesTheSweepOverMostAccountsNotTheLastLook(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 8, 20, 10, 0, 0, 0, govsweep.Shanghai)
	of := func(id int64, scope string) govsweep.Sweep {
		return govsweep.Sweep{ID: id, Kind: govsweep.AccountSweep, Scope: scope, State: govsweep.SweepDone, AsOf: at}
	}
	one, region, media, all, old := of(9, "kind=account id=wechat:1"), of(8, "kind=account region=某某市"), of(7, "kind=account media=wechat"), of(6, "kind=account（计划“每季”）"), of(5, "kind=account")
	retest := of(10, "1")
	retest.Kind = govsweep.RetestSweep
	looked := map[int64]int{10: 11, 9: 1, 8: 3, 7: 8, 6: 10, 5: 11}
	for name, test := range map[string]struct {
		list []govsweep.Sweep
		want int64
	}{
		"the newest over all accounts":             {[]govsweep.Sweep{retest, one, region, media, all, old}, 6},
		"of parts the one that looked at most":     {[]govsweep.Sweep{one, region, media}, 7},
		"a look at one account is no sweep at all": {[]govsweep.Sweep{retest, one}, 0},
	} {
		got, err := accountSweepIn(t.Context(), sweepsOf{list: test.list, looked: looked}, at, at)
		if err != nil || (got == nil) != (test.want == 0) || got != nil && got.ID != test.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
