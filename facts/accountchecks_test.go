package facts_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

func TestReprintsAreHeldAgainstTheList(t *testing.T) {
	yes := true
	at := govsweep.EndOfDay(on("2021-06-19"))
	posts := []govsweep.Post{
		{Title: "一", At: on("2021-06-01"), From: "新华网"}, {Title: "二", At: on("2021-06-02"), From: "新华网"}, {Title: "三", At: on("2021-06-03"), From: "某自媒体"},
		{Title: "四", At: on("2021-06-03"), From: "某县人民政府网站"}, {Title: "五", At: on("2021-06-03"), From: "某某教育"},
		{Title: "六", At: on("2021-06-03"), From: "自己", Original: &yes}, {Title: "七", At: on("2019-06-03"), From: "很久以前"},
		{Title: "政府公报2021年第5期", At: on("2021-06-04")},
	}
	d := facts.FoldAccount(govsweep.Account{ID: "wechat:a"}, at, nil, posts)
	all := []govsweep.Account{{ID: "wechat:b", Name: "某某教育"}}
	got := func() map[string]bool {
		out := map[string]bool{}
		for _, r := range d.Account.Reprints {
			out[r.From] = r.Approved
		}
		return out
	}
	r := facts.NewRelations(all)
	r.ReprintSources([]govsweep.ReprintSource{{Name: "新华社", Aliases: []string{"新华网"}}})
	r.Relate(d)
	if diff := cmp.Diff(map[string]bool{"新华网": true, "某自媒体": false, "某县人民政府网站": true, "某某教育": true}, got()); diff != "" || !d.Account.ReprintList {
		t.Error(diff)
	}
	facts.NewRelations(all).Relate(d)
	if diff := cmp.Diff(map[string]bool{"新华网": false, "某自媒体": false, "某县人民政府网站": true, "某某教育": true}, got()); diff != "" || d.Account.ReprintList {
		t.Error(diff)
	}
	if i := slices.IndexFunc(d.Account.Reprints, func(r facts.Reprint) bool { return r.From == "新华网" }); d.Account.Reprints[i].Posts != 2 || d.Account.Reprints[i].Newest.Title != "二" {
		t.Errorf("%+v", d.Account.Reprints[i])
	}
	if d.Account.Gazette == nil || d.Account.Gazette.Title != "政府公报2021年第5期" {
		t.Errorf("%+v", d.Account.Gazette)
	}
}

func TestTheNewestAnswerUpToTheCheckPointCounts(t *testing.T) {
	d := facts.FoldAccount(govsweep.Account{ID: "wechat:a"}, govsweep.EndOfDay(on("2021-06-19")), nil, nil)
	answer := func(id govsweep.TargetID, q, day string, w govsweep.CheckWord) govsweep.CheckAnswer {
		return govsweep.CheckAnswer{Target: id, Question: q, On: day, Answer: w}
	}
	d.AddChecks([]govsweep.CheckAnswer{
		answer("wechat:a", "MV-07", "2021-06-19", govsweep.CheckYes), answer("wechat:a", "MV-07", "2021-06-01", govsweep.CheckNo),
		answer("wechat:a", "MV-07", "2021-06-20", govsweep.CheckNo), answer("wechat:b", "MV-08", "2021-06-01", govsweep.CheckNo),
		answer("wechat:a", "AC-12", "2021-06-01", govsweep.CheckNo),
	})
	want := []govsweep.CheckAnswer{answer("wechat:a", "AC-12", "2021-06-01", govsweep.CheckNo), answer("wechat:a", "MV-07", "2021-06-19", govsweep.CheckYes)}
	if diff := cmp.Diff(want, d.Account.Checks); diff != "" {
		t.Error(diff)
	}
}

func TestAccountsOfAUnitAreCounted(t *testing.T) {
	all := []govsweep.Account{
		{ID: "wechat:b", Media: govsweep.WeChat, Name: "乙", Host: "某县人民政府办公室"},
		{ID: "weibo:a", Media: govsweep.Weibo, Name: "甲", Host: "某县 人民政府办公室"},
		{ID: "wechat:c", Media: govsweep.WeChat, Name: "丙", Host: "某局", Supervisor: "某县人民政府办公室"},
		{ID: "wechat:a", Media: govsweep.WeChat, Name: "关", Host: "某县人民政府办公室", State: govsweep.AccountClosed},
		{ID: "wechat:d", Media: govsweep.WeChat, Name: "无主"},
	}
	var ds []*facts.Dossier
	for _, a := range all {
		ds = append(ds, facts.FoldAccount(a, on("2021-06-19"), nil, nil))
	}
	r := facts.NewRelations(all)
	for _, d := range ds {
		r.See(&d.Account.Account, d.Account.Readings, d.AsOf)
	}
	for _, d := range ds {
		r.Relate(d)
	}
	want := &facts.UnitAccounts{First: "wechat:b", Name: "乙", InUse: map[govsweep.MediaKind]int{govsweep.WeChat: 2, govsweep.Weibo: 1}}
	if diff := cmp.Diff(want, ds[1].Account.Unit); diff != "" || ds[4].Account.Unit != nil {
		t.Error(diff, ds[4].Account.Unit)
	}
}
