package storage_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// draft gives a notice over two findings, not kept yet.
func draft() *govsweep.Notice {
	n := &govsweep.Notice{
		Kind: govsweep.RectificationNotice, State: govsweep.NoticeDraft, Bureau: "某政办", Form: "rectification", Words: "head: 某某市\n",
		Target: site.Target(), Host: "某某局", Addressee: "某某局", Sweep: 1, AsOf: noon, Rulebook: "gov-2019-19", Citation: "国办秘函〔2019〕19号",
		Grade: govsweep.Unqualified, Drafted: noon, DraftedBy: "李某",
		Documents: []govsweep.Document{{Name: "草稿.docx", Digest: "sha256:00", Length: 1}},
	}
	for i, p := range []string{print1, print2} {
		n.Items = append(n.Items, govsweep.NoticeItem{No: i + 1, Finding: "F" + p[:12], Fingerprint: p, Indicator: "column-blank-veto",
			Pages: []string{"https://www.a.gov.cn/x/"}, Summary: "栏目为空白栏目。", InspectedAt: noon, Status: govsweep.Confirmed,
			Evidence: []govsweep.Evidence{{Digest: govsweep.DigestOf(nil).String(), Kind: "page"}}})
	}
	return n
}

func number(n *govsweep.Notice) func(int) string {
	return func(serial int) string {
		return fmt.Sprintf("%s网改〔%d〕%d号", n.Bureau+string(n.Kind), n.Year, serial)
	}
}

// took adds a step to a notice.
func took(n *govsweep.Notice, event string, to govsweep.NoticeState, at int, items ...int) {
	n.Steps = append(n.Steps, govsweep.NoticeStep{Seq: len(n.Steps) + 1, At: day(at), Event: event, From: n.State, To: to, By: "李某", Items: items})
	n.State = to
}

// ready makes a kept draft ready to be issued.
func ready(n *govsweep.Notice) {
	n.Year, n.Issued, n.IssuedBy, n.DeadlineRule = 2026, day(1), "王某", "收到之日起10个工作日内"
	took(n, "issue", govsweep.NoticeIssued, 1)
	for i := range n.Items {
		n.Items[i].Status = govsweep.Noticed
	}
}

// issue drafts and issues a notice over confirmed findings.
func issue(t testing.TB, db *storage.DB) *govsweep.Notice {
	t.Helper()
	save(t, db, inspectionAt(t, db, noon, print1, print2))
	var confirms, moves []govsweep.Transition
	for _, id := range []string{"FAAAAAAAAAAAA", "FAAAAAAB"} {
		confirm := moved(t, db, id, govsweep.Confirm, govsweep.Confirmed, "李某", noon)
		notify := confirm
		notify.Seq, notify.At, notify.Event, notify.From, notify.To = 2, day(1), govsweep.Notify, govsweep.Confirmed, govsweep.Noticed
		confirms, moves = append(confirms, confirm), append(moves, notify)
	}
	must(t, db.Move(t.Context(), confirms))
	n := draft()
	must(t, db.DraftNotice(t.Context(), n))
	ready(n)
	must(t, db.IssueNotice(t.Context(), n, number(n), moves))
	return n
}

func sameNotice(t testing.TB, db *storage.DB, key string, want *govsweep.Notice) {
	t.Helper()
	got, err := db.Notice(t.Context(), key)
	must(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", key, diff)
	}
}

func TestANoticeFromDraftToItsEnd(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		n := issue(t, db)
		if n.ID != "N1" || n.Serial != 1 || n.Number != "某政办notice网改〔2026〕1号" {
			t.Fatalf("issued as %s %d %s", n.ID, n.Serial, n.Number)
		}
		sameNotice(t, db, "n1", n)
		sameNotice(t, db, n.Number, n)
		if s, err := db.StandingOf(ctx, "FAAAAAAAAAAAA"); err != nil || s.Status != govsweep.Noticed {
			t.Errorf("a finding of the notice stands as %s, %v", s.Status, err)
		}

		took(n, "receive", govsweep.NoticeReceived, 2)
		n.Deadline, n.DeadlineNote = "2026-03-17", "未收录2027年放假安排。"
		must(t, db.SaveNotice(ctx, n, 1, nil))
		must(t, db.SaveNotice(ctx, n, 1, nil)) // again: nothing
		answer := moved(t, db, "FAAAAAAAAAAAA", govsweep.Reply, govsweep.Answered, "某某局", day(3))
		answer.Notice = n.ID
		took(n, "answer", govsweep.NoticeAnswered, 3, 1)
		n.Items[0].Status, n.Items[0].Answer = govsweep.Answered, &govsweep.Answer{At: day(3), By: "赵某", Measures: "已补充内容。", Done: "2026-03-04"}
		must(t, db.SaveNotice(ctx, n, 2, []govsweep.Transition{answer}))
		took(n, "retest", govsweep.NoticeRetested, 4, 1)
		n.Items[0].Retest = &govsweep.Retest{At: day(4), Sweep: 2, Result: govsweep.RetestFailed, Why: "栏目仍为空白。"}
		must(t, db.SaveNotice(ctx, n, 3, nil))
		took(n, "answer", govsweep.NoticeAnswered, 5, 1)
		n.Items[0].Answer = &govsweep.Answer{At: day(5), By: "赵某", Measures: "再次补充。"}
		must(t, db.SaveNotice(ctx, n, 4, nil))
		n.Documents = append(n.Documents, govsweep.Document{Name: "通知书.pdf", Digest: "sha256:01", Length: 2})
		must(t, db.SaveNotice(ctx, n, 5, nil)) // a further form needs no step
		sameNotice(t, db, "N1", n)

		replies, err := db.Replies(ctx, "N1")
		must(t, err)
		var words []string
		for _, r := range replies {
			if r.Answer != nil {
				words = append(words, fmt.Sprint(r.No, r.Answer.Measures))
			} else {
				words = append(words, fmt.Sprint(r.No, r.Retest.Result))
			}
		}
		if got := strings.Join(words, " "); got != "1已补充内容。 1failed 1再次补充。" {
			t.Errorf("replies: %s", got)
		}
	})
}

func TestWhatAnIssuedNoticePrintsNeverChanges(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		n := issue(t, db)
		took(n, "receive", govsweep.NoticeReceived, 2)
		n.Deadline = "2026-03-17"
		must(t, db.SaveNotice(ctx, n, 1, nil))
		for name, spoil := range map[string]func(*govsweep.Notice){
			"a quoted fact":        func(n *govsweep.Notice) { n.Items[0].Summary = "没有问题。" },
			"an item left out":     func(n *govsweep.Notice) { n.Items = n.Items[:1] },
			"another finding":      func(n *govsweep.Notice) { n.Items[0].Fingerprint = "x" },
			"the number":           func(n *govsweep.Notice) { n.Number = "某政办网改〔2026〕9号" },
			"the addressee":        func(n *govsweep.Notice) { n.Addressee = "另一局" },
			"the deadline":         func(n *govsweep.Notice) { n.Deadline = "2027-03-17" },
			"the form":             func(n *govsweep.Notice) { n.Words = "head: 另一市\n" },
			"the name of its form": func(n *govsweep.Notice) { n.Form = "other" },
			"who issued it":        func(n *govsweep.Notice) { n.IssuedBy = "赵某" },
			"a printed form": func(n *govsweep.Notice) {
				n.Documents = []govsweep.Document{{Name: "草稿.docx", Digest: "sha256:02"}}
			},
			"the order of findings": func(n *govsweep.Notice) { n.Items[0], n.Items[1] = n.Items[1], n.Items[0] },
		} {
			bad := *n
			bad.Items = append([]govsweep.NoticeItem{}, n.Items...)
			took(&bad, "answer", govsweep.NoticeAnswered, 3)
			spoil(&bad)
			if err := db.SaveNotice(ctx, &bad, 2, nil); govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), "N1") {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, spoil := range map[string]func(*govsweep.Notice){
			"a state without a step":   func(n *govsweep.Notice) { n.State = govsweep.NoticeClosed },
			"an answer without a step": func(n *govsweep.Notice) { n.Items[0].Answer = &govsweep.Answer{Measures: "x"} },
			"a step that does not fit": func(n *govsweep.Notice) {
				took(n, "close", govsweep.NoticeClosed, 3)
				n.Steps[2].From = govsweep.NoticeIssued
			},
			"a step out of its order": func(n *govsweep.Notice) { took(n, "close", govsweep.NoticeClosed, 3); n.Steps[2].Seq = 9 },
			"a state no step leads to": func(n *govsweep.Notice) {
				took(n, "remind", govsweep.NoticeReceived, 3)
				n.State = govsweep.NoticeClosed
			},
			"a step without its moment": func(n *govsweep.Notice) {
				n.Steps = append(n.Steps, govsweep.NoticeStep{Seq: 3, From: n.State, To: n.State, Event: "remind"})
			},
		} {
			bad := *n
			bad.Items, bad.Steps = append([]govsweep.NoticeItem{}, n.Items...), append([]govsweep.NoticeStep{}, n.Steps...)
			spoil(&bad)
			if err := db.SaveNotice(ctx, &bad, 2, nil); govsweep.KindOf(err) != govsweep.Internal {
				t.Errorf("%s: %v", name, err)
			}
		}
		sameNotice(t, db, "N1", n)
	})
}

func TestAPaperChangedBehindOurBackIsTold(t *testing.T) {
	for name, change := range map[string]string{
		"the text":            `UPDATE notices SET printed = replace(printed, '空白栏目', '正常栏目')`,
		"a finding taken out": `UPDATE notice_items SET fingerprint = 'x' WHERE place = 1`,
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, dsn string) {
				db, ctx := open(t, dsn), t.Context()
				n := issue(t, db)
				_, err := raw(t, dsn).Exec(change)
				must(t, err)
				_, read := db.Notice(ctx, "N1")
				_, list := db.Notices(ctx, storage.NoticeFilter{})
				took(n, "receive", govsweep.NoticeReceived, 2)
				for what, err := range map[string]error{"read": read, "listed": list, "written": db.SaveNotice(ctx, n, 1, nil)} {
					if govsweep.KindOf(err) != govsweep.Internal || !strings.Contains(fmt.Sprint(err), "校验值不符") {
						t.Errorf("%s: %v", what, err)
					}
				}
			})
		})
	}
}

func TestOfTwoStepsAtATimeOneIsKept(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		n := issue(t, db)
		slow := *n
		took(n, "receive", govsweep.NoticeReceived, 2)
		must(t, db.SaveNotice(ctx, n, 1, nil))
		took(&slow, "dispute", govsweep.NoticeDisputed, 2)
		reject := moved(t, db, "FAAAAAAAAAAAA", govsweep.Object, govsweep.Disputed, "某某局", day(2))
		if err := db.SaveNotice(ctx, &slow, 1, []govsweep.Transition{reject}); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("the slower one: %v", err)
		}
		if err := db.IssueNotice(ctx, &slow, number(&slow), nil); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("issued a second time: %v", err)
		}
		took(n, "dispute", govsweep.NoticeDisputed, 3)
		stale := reject
		stale.Seq = 2
		if err := db.SaveNotice(ctx, n, 2, []govsweep.Transition{stale}); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("a finding somebody else moved: %v", err)
		}
		n.Steps, n.State = n.Steps[:2], govsweep.NoticeReceived
		sameNotice(t, db, "N1", n)
		if s, err := db.StandingOf(ctx, "FAAAAAAAAAAAA"); err != nil || s.Status != govsweep.Noticed {
			t.Errorf("the finding stands as %s, %v", s.Status, err)
		}
	})
}

func TestADraftMayChangeUntilItIsIssued(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		n := draft()
		must(t, db.DraftNotice(ctx, n))
		old := *n
		n.Items, n.Addressee, n.Documents = n.Items[1:], "另一局", nil
		must(t, db.SaveNotice(ctx, n, 0, nil))
		sameNotice(t, db, "N1", n)
		ready(&old)
		if err := db.IssueNotice(ctx, &old, number(&old), nil); govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("issued as it was before the change: %v", err)
		}
		numbered := *n
		numbered.Number, numbered.Serial = "某政办网改〔2026〕1号", 1
		if err := db.SaveNotice(ctx, &numbered, 0, nil); govsweep.KindOf(err) != govsweep.Wrong {
			t.Errorf("a draft with a number of its own: %v", err)
		}
		took(n, "withdraw", govsweep.NoticeWithdrawn, 1)
		must(t, db.SaveNotice(ctx, n, 0, nil))
		sameNotice(t, db, "N1", n)
		for name, bad := range map[string]*govsweep.Notice{
			"drafted twice":  n,
			"not a draft":    {State: govsweep.NoticeIssued, Kind: govsweep.Urge},
			"with a number":  {State: govsweep.NoticeDraft, Kind: govsweep.Urge, Number: "x"},
			"with a serial":  {State: govsweep.NoticeDraft, Kind: govsweep.Urge, Serial: 3},
			"with a history": {State: govsweep.NoticeDraft, Kind: govsweep.Urge, Steps: n.Steps},
		} {
			if err := db.DraftNotice(ctx, bad); govsweep.KindOf(err) != govsweep.Wrong {
				t.Errorf("%s: %v", name, err)
			}
		}
		orphan := draft()
		orphan.Kind, orphan.Parent = govsweep.Urge, "N99"
		if err := db.DraftNotice(ctx, orphan); govsweep.KindOf(err) != govsweep.NotFound {
			t.Errorf("a paper that follows nothing: %v", err)
		}
	})
}

// Two processes, eight at a time, two series: every number once, none left
// out, also where a form or a finding refuses the paper at the last moment.
func TestNumbersAreGivenWithoutGaps(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		const workers, each = 8, 6
		dbs, ctx := []*storage.DB{open(t, dsn), open(t, dsn)}, t.Context()
		var group sync.WaitGroup
		for who := range workers {
			group.Go(func() {
				for i := range each {
					db, n := dbs[who%2], draft()
					if n.Kind = govsweep.RectificationNotice; i%2 == 1 {
						n.Kind = govsweep.Reminder
					}
					if err := db.DraftNotice(ctx, n); err != nil {
						t.Error(err)
						return
					}
					ready(n)
					nobody := []govsweep.Transition{{Target: site.ID, Fingerprint: "nobody", Seq: 1, At: noon, Event: govsweep.Notify}}
					if err := db.IssueNotice(ctx, n, number(n), nobody); err == nil {
						t.Error("issued over a finding nobody knows")
					}
					if err := db.IssueNotice(ctx, n, func(int) string { return "" }, nil); govsweep.KindOf(err) != govsweep.Wrong {
						t.Errorf("issued without a number: %v", err)
					}
					if n.Serial != 0 || n.Number != "" {
						t.Errorf("refused, but numbered %s", n.Number)
					}
					if err := db.IssueNotice(ctx, n, number(n), nil); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		for _, kind := range []govsweep.NoticeKind{govsweep.RectificationNotice, govsweep.Reminder} {
			all, err := dbs[0].Notices(ctx, storage.NoticeFilter{Kind: kind, Bureau: "某政办", Year: 2026, Open: true})
			must(t, err)
			seen := map[int]bool{}
			for _, n := range all {
				if n.Serial < 1 || n.Serial > workers*each/2 || seen[n.Serial] || n.Number != number(&n)(n.Serial) {
					t.Errorf("%s carries %s", n.ID, n.Number)
				}
				seen[n.Serial] = true
			}
			if len(seen) != workers*each/2 {
				t.Errorf("%s: %d numbers of %d", kind, len(seen), workers*each/2)
			}
		}
	})
}

func TestTwoPapersCannotCarryOneNumber(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		same := func(int) string { return "某政办〔2026〕1号" }
		for _, kind := range []govsweep.NoticeKind{govsweep.RectificationNotice, govsweep.Reminder} {
			n := draft()
			n.Kind = kind
			must(t, db.DraftNotice(ctx, n))
			ready(n)
			err := db.IssueNotice(ctx, n, same, nil)
			if kind == govsweep.Reminder && (govsweep.KindOf(err) != govsweep.Conflict || !strings.Contains(err.Error(), "N1")) {
				t.Errorf("the second paper: %v", err)
			}
			if kind == govsweep.RectificationNotice {
				must(t, err)
			}
		}
	})
}

func TestNoticesAreFiltered(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		one := issue(t, db)
		two := draft()
		two.Kind, two.Parent, two.Items, two.Sweep, two.Bureau = govsweep.Urge, one.ID, two.Items[:1], 7, "另一办"
		must(t, db.DraftNotice(ctx, two))
		for name, c := range map[string]struct {
			filter storage.NoticeFilter
			want   string
		}{
			"all":               {storage.NoticeFilter{}, "N1 N2"},
			"of the target":     {storage.NoticeFilter{Target: site.ID}, "N1 N2"},
			"of another":        {storage.NoticeFilter{Target: "x"}, ""},
			"that name both":    {storage.NoticeFilter{Target: site.ID, Fingerprint: print1}, "N1 N2"},
			"that name one":     {storage.NoticeFilter{Target: site.ID, Fingerprint: print2}, "N1"},
			"drafts and issued": {storage.NoticeFilter{States: []govsweep.NoticeState{govsweep.NoticeIssued, govsweep.NoticeDraft}}, "N1 N2"},
			"drafts":            {storage.NoticeFilter{States: []govsweep.NoticeState{govsweep.NoticeDraft}}, "N2"},
			"by kind":           {storage.NoticeFilter{Kind: govsweep.Urge}, "N2"},
			"by bureau":         {storage.NoticeFilter{Bureau: "某政办"}, "N1"},
			"by year":           {storage.NoticeFilter{Year: 2026}, "N1"},
			"that follow":       {storage.NoticeFilter{Parent: "N1"}, "N2"},
			"of a sweep":        {storage.NoticeFilter{Sweep: 7}, "N2"},
			"open":              {storage.NoticeFilter{Open: true}, "N1"},
		} {
			all, err := db.Notices(ctx, c.filter)
			must(t, err)
			var ids []string
			for _, n := range all {
				ids = append(ids, n.ID)
				if len(n.Steps) != map[string]int{"N1": 1}[n.ID] {
					t.Errorf("%s: %s has %d steps", name, n.ID, len(n.Steps))
				}
			}
			if strings.Join(ids, " ") != c.want {
				t.Errorf("%s: %v", name, ids)
			}
		}
		ready(two)
		must(t, db.IssueNotice(ctx, two, func(int) string { return "催〔2026〕1号" }, nil))
		if all, err := db.Notices(ctx, storage.NoticeFilter{Open: true}); err != nil || len(all) != 1 || all[0].ID != one.ID {
			t.Errorf("open, with a paper that follows issued: %d papers, %v", len(all), err)
		}
		for name, f := range map[string]storage.NoticeFilter{"a parent that is no id": {Parent: "x"}, "a finding without its site": {Fingerprint: print1}} {
			if _, err := db.Notices(ctx, f); govsweep.KindOf(err) != govsweep.Wrong {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, key := range []string{"N9", "某政办网改〔2030〕1号", ""} {
			if _, err := db.Notice(ctx, key); govsweep.KindOf(err) != govsweep.NotFound {
				t.Errorf("%q: %v", key, err)
			}
		}
	})
}
