package rectify_test

import (
	"slices"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

func TestANoticeStandsWithItsAmendments(t *testing.T) {
	n := &govsweep.Notice{ID: "N4", Items: []govsweep.NoticeItem{
		{No: 1, Summary: "一", Detail: []string{"旧"}, Status: govsweep.Noticed, Cause: "a"}, {No: 2, Summary: "二", Status: govsweep.Answered, Cause: "a"},
		{No: 3, Summary: "三", Status: govsweep.Noticed},
	}}
	of := func(parent string, state govsweep.NoticeState, it govsweep.NoticeItem) govsweep.Notice {
		return govsweep.Notice{Kind: govsweep.Amendment, Parent: parent, State: state, Items: []govsweep.NoticeItem{it}}
	}
	got := rectify.Amended(n, []govsweep.Notice{
		of("N4", govsweep.NoticeIssued, govsweep.NoticeItem{No: 1, Summary: "改一次", Status: govsweep.Noticed}),
		of("N4", govsweep.NoticeIssued, govsweep.NoticeItem{No: 1, Summary: "改两次", Status: govsweep.Noticed}),
		of("N4", govsweep.NoticeIssued, govsweep.NoticeItem{No: 2, Status: govsweep.Confirmed}),
		of("N4", govsweep.NoticeDraft, govsweep.NoticeItem{No: 3, Summary: "草稿", Status: govsweep.Noticed}),
		of("N4", govsweep.NoticeWithdrawn, govsweep.NoticeItem{No: 3, Summary: "已撤", Status: govsweep.Noticed}),
		of("N9", govsweep.NoticeIssued, govsweep.NoticeItem{No: 3, Summary: "别的", Status: govsweep.Noticed}),
	})
	if got.Items[0].Summary != "改两次" || got.Items[0].Detail != nil || got.Items[1].Status != govsweep.Confirmed || got.Items[1].Summary != "二" || got.Items[2].Summary != "三" {
		t.Errorf("it stands as %+v", got.Items)
	}
	if n.Items[0].Summary != "一" || n.Items[1].Status != govsweep.Answered {
		t.Errorf("the printed notice changed: %+v", n.Items)
	}
	if a, b := rectify.Twins(n, 1), rectify.Twins(got, 1); !slices.Equal(a, []int{2}) || len(b) != 0 {
		t.Errorf("twins %v, after the amendment %v", a, b)
	}
}
