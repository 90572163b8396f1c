package facts_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

func on(day string) time.Time {
	t, err := govsweep.ParseDate(day)
	if err != nil {
		panic(err)
	}
	return t.Add(9 * time.Hour)
}

func export(name, from, through string) govsweep.Reading {
	return govsweep.Reading{Source: govsweep.MediaSource{Kind: govsweep.ExportSource, Address: name}, At: on(through), Health: govsweep.SourceWorking,
		From: on(from), Through: on(through), Items: 1}
}

func TestActivityOfAnAccount(t *testing.T) {
	yes, no := true, false
	at := govsweep.EndOfDay(on("2021-06-19"))
	posts := []govsweep.Post{
		{Title: "很久以前", At: on("2019-01-01")},
		{Title: "甲", At: on("2021-04-01"), Original: &yes},
		{Title: "乙", At: on("2021-04-14"), Original: &no},
		{Title: " 乙！", At: on("2021-04-14").Add(time.Hour), URL: "https://another/"}, // the same item of another source
		{Title: "丙", At: on("2021-04-27")},
		{Title: "丁", At: on("2021-06-10")},
		{Title: "以后", At: on("2021-07-01")},
	}
	d := facts.FoldAccount(govsweep.Account{ID: "wechat:a"}, at, []govsweep.Reading{export("b", "2021-04-20", "2021-05-05"), export("a", "2021-04-01", "2021-04-21"), export("c", "2021-06-01", "2021-06-19")}, posts)
	a := d.Account.Activity
	if a.From != "2020-06-20" || a.To != "2021-06-19" || len(a.Posts) != 365 || a.Day(364) != a.To || a.Total() != 4 || a.Posts[364-9] != 1 {
		t.Errorf("window %s to %s, %d days, %d posts", a.From, a.To, len(a.Posts), a.Total())
	}
	if diff := cmp.Diff([]govsweep.DaySpan{{From: "2021-04-01", To: "2021-05-05"}, {From: "2021-06-01", To: "2021-06-19"}}, a.Known); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]govsweep.Gap{{From: "2021-04-01", To: "2021-04-14", Days: 13}, {From: "2021-04-14", To: "2021-04-27", Days: 13}}, a.Gaps()); diff != "" {
		t.Error(diff)
	}
	if g, ok := a.LongestGap(); !ok || g.From != "2021-04-01" || a.Over(12) != 2 || len(a.Between(12, 14)) != 2 || a.SinceLast() != 9 {
		t.Errorf("longest %v, over %d, since %d", g, a.Over(12), a.SinceLast())
	}
	april := a.Months[len(a.Months)-3]
	if diff := cmp.Diff(govsweep.AccountMonth{Month: "2021-04", Posts: 3, Originals: 1, Reprints: 1, Unsaid: 1, Whole: true}, april); diff != "" {
		t.Error(diff)
	}
	if may := a.Months[len(a.Months)-2]; may.Whole || !a.IsKnown("2021-05-05") || a.IsKnown("2021-05-06") {
		t.Errorf("half of May is known: %+v", may)
	}
}

func TestWhatASourceIsCompleteFor(t *testing.T) {
	feed := govsweep.Reading{Source: govsweep.MediaSource{Kind: govsweep.FeedSource, Address: "https://a/"}, Health: govsweep.SourceWorking,
		From: on("2021-03-01"), Newest: on("2021-03-09"), Through: on("2021-06-01")}
	undated, broken, page, log := feed, feed, feed, export("x", "2021-03-01", "2021-03-09")
	undated.Undated, broken.Health = 1, govsweep.SourceRenamed
	page.From = time.Time{}
	log.Source.Kind, log.Through = govsweep.ManualSource, time.Time{}
	for name, c := range map[string]struct {
		reading govsweep.Reading
		want    []govsweep.DaySpan
	}{
		"a feed from its oldest to its newest item": {feed, []govsweep.DaySpan{{From: "2021-03-01", To: "2021-03-09"}}},
		"a feed with an undated item":               {undated, nil},
		"a source that is not working":              {broken, nil},
		"single pages":                              {page, nil},
		"a log of an unknown day":                   {log, nil},
	} {
		if diff := cmp.Diff(c.want, facts.KnownDays([]govsweep.Reading{c.reading})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
