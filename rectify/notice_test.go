package rectify_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// draft is a notice of two items, about a column and a veto.
func draft() *govsweep.Notice {
	n := &govsweep.Notice{
		ID: "N1", Kind: govsweep.RectificationNotice, State: govsweep.NoticeDraft, Number: "某政办网改〔2026〕3号",
		Target: site.Target(), Sweep: 1, Deadline: "2026-03-16",
	}
	for i, f := range []govsweep.Finding{columnFault(), vetoFault()} {
		n.Items = append(n.Items, govsweep.NoticeItem{
			No: i + 1, Finding: f.ID, Fingerprint: f.Fingerprint, Indicator: f.Indicator, Column: f.Column, URL: f.URL,
			Pages: f.Pages, Summary: f.Summary, Status: govsweep.Confirmed,
		})
	}
	return n
}

// A turn of a test: when, what, and the turn with the usual words filled in.
func turn(n int, change func(*rectify.Turn)) rectify.Turn {
	t := rectify.Turn{At: day(n), By: "王某", Reason: "依规办理"}
	if change != nil {
		change(&t)
	}
	return t
}

func answer(items ...int) func(*rectify.Turn) {
	return func(t *rectify.Turn) { t.Items, t.Answer = items, &govsweep.Answer{Measures: "已更新栏目"} }
}

// retest gives each item the result of its letter: p passed, f failed, u unknown.
func retest(results ...string) func(*rectify.Turn) {
	return func(t *rectify.Turn) {
		t.Retests, t.Sweep = map[int]govsweep.Retest{}, 9
		for _, r := range results {
			no, word := int(r[0]-'0'), map[byte]govsweep.RetestWord{'p': "passed", 'f': "failed", 'u': "unknown"}[r[1]]
			t.Retests[no] = govsweep.Retest{At: t.At, Sweep: 9, Result: word, Why: "复查结果。", Proof: captured}
		}
	}
}

// event is one step of a life.
type event struct {
	name   string
	change func(*rectify.Turn)
}

func TestLivesOfNotices(t *testing.T) {
	decide := func(upheld, overturned []int) func(*rectify.Turn) {
		return func(t *rectify.Turn) { t.Upheld, t.Overturned = upheld, overturned }
	}
	items := func(nos ...int) func(*rectify.Turn) { return func(t *rectify.Turn) { t.Items, t.Paper = nos, "N2" } }
	issue := event{"issue", nil}
	for name, c := range map[string]struct {
		events []event
		state  govsweep.NoticeState
		items  string // statuses
		says   string // part of the refusal of the last event
	}{
		"answered, re-tested, failed, answered again, passed, closed": {
			[]event{issue, {"receive", nil}, {"answer", answer()}, {"retest", retest("1f", "2p")}, {"answer", answer()}, {"retest", retest("1p")}, {"close", nil}},
			"closed", "fixed fixed", ""},
		"who answers in part has received": {[]event{issue, {"answer", answer(1)}}, "received", "answered noticed", ""},
		"the rest of the answer makes it answered": {[]event{issue, {"answer", answer(1)}, {"answer", answer(2)}},
			"answered", "answered answered", ""},
		"objected and upheld, it waits again": {[]event{issue, {"dispute", items(2)}, {"decide", decide([]int{2}, nil)}},
			"decided", "noticed noticed", ""},
		"objected and overturned, mended, closed": {
			[]event{issue, {"dispute", items(2)}, {"decide", decide(nil, []int{2})}, {"answer", answer()}, {"retest", retest("1p")}, {"close", nil}},
			"closed", "fixed rejected", ""},
		"decided in part it stays disputed": {[]event{issue, {"dispute", items(1, 2)}, {"decide", decide([]int{2}, nil)}},
			"disputed", "disputed noticed", ""},
		"answered but for what is disputed": {[]event{issue, {"dispute", items(2)}, {"answer", answer(1)}}, "disputed", "answered disputed", ""},
		"a re-test does not decide an objection": {[]event{issue, {"dispute", items(2)}, {"retest", retest("1p", "2p")}},
			"disputed", "fixed disputed", ""},
		"mended in silence it is closed without an answer":  {[]event{issue, {"retest", retest("1p", "2p")}, {"close", nil}}, "closed", "fixed fixed", ""},
		"what could not be read stays as it was":            {[]event{issue, {"answer", answer()}, {"retest", retest("1u", "2p")}}, "retested", "answered fixed", ""},
		"overdue, then answered late":                       {[]event{issue, {"overdue", nil}, {"answer", answer()}}, "answered", "answered answered", ""},
		"overdue, answered in part: the lapse stands":       {[]event{issue, {"overdue", nil}, {"answer", answer(2)}}, "overdue", "noticed answered", ""},
		"overdue, escalated, named, mended, closed":         {[]event{issue, {"overdue", nil}, {"escalate", nil}, {"name", nil}, {"retest", retest("1p", "2p")}, {"close", nil}}, "closed", "fixed fixed", ""},
		"escalated, re-tested in vain, it stays escalated":  {[]event{issue, {"overdue", nil}, {"escalate", nil}, {"retest", retest("1f", "2p")}}, "escalated", "noticed fixed", ""},
		"an objection to one item excuses no other":         {[]event{issue, {"overdue", nil}, {"dispute", items(1)}}, "overdue", "disputed noticed", ""},
		"an overdue notice wholly objected to is disputed":  {[]event{issue, {"overdue", nil}, {"dispute", items(1, 2)}}, "disputed", "disputed disputed", ""},
		"signed for late, the lapse stands":                 {[]event{issue, {"overdue", nil}, {"receive", nil}}, "overdue", "noticed noticed", ""},
		"reminded it is where it was":                       {[]event{issue, {"remind", nil}}, "issued", "noticed noticed", ""},
		"amended, an item leaves, the other is mended":      {[]event{issue, {"amend", items(2)}, {"retest", retest("1p")}, {"close", nil}}, "closed", "fixed confirmed", ""},
		"amended in its words only":                         {[]event{issue, {"amend", items()}}, "issued", "noticed noticed", ""},
		"withdrawn, what was open is confirmed again":       {[]event{issue, {"retest", retest("1p", "2f")}, {"withdraw", items()}}, "withdrawn", "fixed confirmed", ""},
		"a draft is dropped without a paper":                {[]event{{"withdraw", nil}}, "withdrawn", "confirmed confirmed", ""},
		"passed once, failed at the deadline: it waits":     {[]event{issue, {"retest", retest("1p", "2f")}, {"retest", retest("1f", "2f")}}, "retested", "noticed noticed", ""},
		"passed once, not readable later: proven is proven": {[]event{issue, {"retest", retest("1p", "2p")}, {"retest", retest("1u")}, {"close", nil}}, "closed", "fixed fixed", ""},
		"a draft is not answered":                           {[]event{{"answer", answer()}}, "draft", "confirmed confirmed", "目前的状态是“拟稿”，不能回复。可以办理：下发、撤销。"},
		"it is not closed while an item is open":            {[]event{issue, {"retest", retest("1p", "2f")}, {"close", nil}}, "retested", "fixed noticed", "还有未了结的事项：第2项。"},
		"it is not closed on an answer alone":               {[]event{issue, {"answer", answer()}, {"close", nil}}, "answered", "answered answered", "第1、2项"},
		"it is not overdue when all is answered":            {[]event{issue, {"answer", answer()}, {"overdue", nil}}, "answered", "answered answered", "不能认定逾期"},
		"it is not reminded when nothing waits":             {[]event{issue, {"retest", retest("1p", "2p")}, {"remind", nil}}, "retested", "fixed fixed", "没有等待主办单位整改的事项"},
		"it is not signed for twice":                        {[]event{issue, {"receive", nil}, {"receive", nil}}, "received", "noticed noticed", "已签收"},
		"what is closed is closed":                          {[]event{issue, {"retest", retest("1p", "2p")}, {"close", nil}, {"answer", answer(1)}}, "closed", "fixed fixed", "已办结"},
		"what is withdrawn is over":                         {[]event{issue, {"withdraw", items()}, {"retest", retest("1p")}}, "withdrawn", "confirmed confirmed", "已办结"},
		"an issued one is not withdrawn without a paper":    {[]event{issue, {"withdraw", nil}}, "issued", "noticed noticed", "不得改动，须另行拟制撤销通知"},
		"an objection names its items":                      {[]event{issue, {"dispute", nil}}, "issued", "noticed noticed", "须写明通知书某政办网改〔2026〕3号的哪几项"},
		"an item it does not have is refused":               {[]event{issue, {"dispute", items(1, 7)}}, "issued", "noticed noticed", "没有第7项"},
		"what is not disputed is not decided":               {[]event{issue, {"dispute", items(2)}, {"decide", decide([]int{1}, nil)}}, "disputed", "noticed disputed", "第1项目前的状态是“已通知整改”"},
		"an answer to what is mended is refused":            {[]event{issue, {"retest", retest("1p", "2f")}, {"answer", answer(1)}}, "retested", "fixed noticed", "第1项目前的状态是“已整改”，不能回复"},
		"an answer says what was done":                      {[]event{issue, {"answer", func(t *rectify.Turn) { t.Answer = &govsweep.Answer{Measures: " "} }}}, "issued", "noticed noticed", "没有写明整改措施"},
		"a pass without proof is none":                      {[]event{issue, {"retest", func(t *rectify.Turn) { t.Retests = map[int]govsweep.Retest{1: {At: t.At, Result: "passed"}} }}}, "issued", "noticed noticed", "没有取得新的证据"},
		"a pass older than the answer is none": {[]event{issue, {"answer", answer()}, {"retest", func(t *rectify.Turn) {
			t.Retests = map[int]govsweep.Retest{1: {At: noon, Result: "passed", Proof: captured}}
		}}}, "answered", "answered answered", "早于主办单位的回复"},
		"a person's step names the person": {[]event{issue, {"dispute", func(t *rectify.Turn) { t.By, t.Items = "", []int{1} }}}, "issued", "noticed noticed", "须写明经办人员姓名"},
		"an objection gives its reason":    {[]event{issue, {"dispute", func(t *rectify.Turn) { t.Reason, t.Items = "", []int{1} }}}, "issued", "noticed noticed", "须写明理由"},
		"an item answered apart from the others, with names": {[]event{issue, {"answer", func(t *rectify.Turn) {
			t.Answers = map[int]govsweep.Answer{2: {Measures: "已补充", By: "甲县", Done: "2026-03-04"}}
		}}}, "received", "noticed answered", ""},
	} {
		t.Run(name, func(t *testing.T) {
			n, standings := draft(), []govsweep.Standing{standing(columnFault(), "confirmed"), standing(vetoFault(), "confirmed")}
			for i, e := range c.events {
				before := *n
				before.Items, before.Steps = slices.Clone(n.Items), slices.Clone(n.Steps)
				step, err := rectify.StepNotice(n, e.name, turn(i+1, e.change))
				if c.says != "" && i == len(c.events)-1 {
					if err == nil || !strings.Contains(err.Error(), c.says) {
						t.Fatalf("%s gives %v, want a refusal with %q", e.name, err, c.says)
					}
					if d := cmp.Diff(&before, n); d != "" {
						t.Errorf("a refused step changed the notice:\n%s", d)
					}
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", e.name, err)
				}
				if d := cmp.Diff(step, n.Steps[len(n.Steps)-1]); d != "" || step.Seq != len(n.Steps) || step.To != n.State {
					t.Errorf("the step is not the last line: %s", d)
				}
				moves, err := rectify.Follow(n, step, standings)
				if err != nil {
					t.Fatalf("the findings do not follow %s: %v", e.name, err)
				}
				for _, m := range moves {
					for j := range standings {
						if standings[j].Fingerprint == m.Fingerprint {
							rectify.Apply(&standings[j], &m)
						}
					}
				}
				for j := range standings {
					if got := n.Items[j].Status; got != standings[j].Status {
						t.Errorf("after %s item %d is %s and its finding %s", e.name, j+1, got, standings[j].Status)
					}
				}
			}
			if n.State != c.state {
				t.Errorf("ends as %s, want %s", n.State, c.state)
			}
			var got []string
			for _, it := range n.Items {
				got = append(got, string(it.Status))
			}
			if strings.Join(got, " ") != c.items {
				t.Errorf("items end as %s, want %s", got, c.items)
			}
		})
	}
}

func TestOnlyConfirmedFindingsAreIssued(t *testing.T) {
	n := draft()
	step, err := rectify.StepNotice(n, rectify.StepIssue, turn(1, nil))
	if err != nil {
		t.Fatal(err)
	}
	_, err = rectify.Follow(n, step, []govsweep.Standing{standing(columnFault(), "confirmed"), standing(vetoFault(), "proposed")})
	if say := kind(t, err, govsweep.Conflict); !strings.Contains(say, "问题FV目前的状态是“待确认”，不能通知整改") {
		t.Error(say)
	}
	_, err = rectify.Follow(n, step, []govsweep.Standing{standing(columnFault(), "confirmed")})
	if say := kind(t, err, govsweep.Conflict); !strings.Contains(say, "第2项的问题FV不在问题库中") {
		t.Error(say)
	}
	empty := draft()
	empty.Items = nil
	_, err = rectify.StepNotice(empty, rectify.StepIssue, turn(1, nil))
	kind(t, err, govsweep.Wrong)
}

func TestAnItemIsSettled(t *testing.T) {
	proof := func(r govsweep.RetestWord, proof []govsweep.Evidence) *govsweep.Retest {
		return &govsweep.Retest{Result: r, Proof: proof}
	}
	for name, c := range map[string]struct {
		item govsweep.NoticeItem
		want bool
	}{
		"fixed on fresh proof":              {govsweep.NoticeItem{Status: "fixed", Retest: proof("passed", captured)}, true},
		"fixed without proof":               {govsweep.NoticeItem{Status: "fixed", Retest: proof("passed", nil)}, false},
		"fixed, the last look says failed":  {govsweep.NoticeItem{Status: "fixed", Retest: proof("failed", captured)}, false},
		"fixed and never looked at":         {govsweep.NoticeItem{Status: "fixed"}, false},
		"overturned":                        {govsweep.NoticeItem{Status: "rejected"}, true},
		"excused":                           {govsweep.NoticeItem{Status: "exempted"}, true},
		"taken out of the notice":           {govsweep.NoticeItem{Status: "confirmed"}, true},
		"back again":                        {govsweep.NoticeItem{Status: "reopened"}, false},
		"answered, with a look that passed": {govsweep.NoticeItem{Status: "answered", Retest: proof("passed", captured)}, false},
	} {
		if got := rectify.Settled(&c.item); got != c.want {
			t.Errorf("%s: settled %v", name, got)
		}
	}
}

func TestAFaultThatComesBackBeforeTheNoticeIsClosed(t *testing.T) {
	n := draft()
	for i, e := range []event{{"issue", nil}, {"retest", retest("1p", "2p")}} {
		if _, err := rectify.StepNotice(n, e.name, turn(i+1, e.change)); err != nil {
			t.Fatal(err)
		}
	}
	back := standing(columnFault(), govsweep.Reopened)
	back.Seq = 6
	rectify.Sync(n, []govsweep.Standing{back, standing(vetoFault(), govsweep.Confirmed)})
	if got := rectify.Open(n); !slices.Equal(got, []int{1}) {
		t.Fatalf("open: %v", got)
	}
	_, err := rectify.StepNotice(n, rectify.StepClose, turn(3, nil))
	kind(t, err, govsweep.Conflict)
	step, err := rectify.StepNotice(n, rectify.StepRetest, turn(4, retest("1f")))
	if err != nil {
		t.Fatal(err)
	}
	moves, err := rectify.Follow(n, step, []govsweep.Standing{back})
	if d := cmp.Diff([]string{"FC fail reopened→noticed"}, told(moves)); d != "" || err != nil {
		t.Errorf("%v %s", err, d)
	}
}

func TestAPaperThatFollowsIsIssuedAndReceivedNoMore(t *testing.T) {
	for _, k := range []govsweep.NoticeKind{govsweep.Urge, govsweep.SupervisionOrder, govsweep.Amendment, govsweep.Withdrawal} {
		n := draft()
		n.Kind = k
		step, err := rectify.StepNotice(n, rectify.StepIssue, turn(1, nil))
		if err != nil {
			t.Fatal(err)
		}
		if moves, err := rectify.Follow(n, step, nil); err != nil || len(moves) != 0 {
			t.Errorf("%s moves findings: %v %v", k, moves, err)
		}
		if _, err := rectify.StepNotice(n, rectify.StepReceive, turn(2, nil)); err != nil {
			t.Error(err)
		}
		_, err = rectify.StepNotice(n, rectify.StepAnswer, turn(3, answer()))
		if say := kind(t, err, govsweep.Conflict); !strings.Contains(say, "请对原通知书办理回复") {
			t.Error(say)
		}
	}
}

// TestNoNoticeIsClosedWithoutProof lives notices through any steps and asks
// that a closed one has settled items only, and that steps follow the table.
func TestNoNoticeIsClosedWithoutProof(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := draft()
		standings := []govsweep.Standing{standing(columnFault(), "confirmed"), standing(vetoFault(), "confirmed")}
		for i := range rapid.IntRange(1, 20).Draw(t, "steps") {
			name := rapid.SampledFrom([]string{"issue", "receive", "answer", "answer", "dispute", "decide", "retest", "retest", "retest", "close", "overdue", "remind", "escalate", "name", "amend", "withdraw"}).Draw(t, "event")
			some := rapid.SliceOfNDistinct(rapid.IntRange(1, 2), 0, 2, rapid.ID[int]).Draw(t, "items")
			tn := turn(i+1, func(t *rectify.Turn) { t.Items, t.Upheld, t.Paper = some, some, "N2" })
			switch name {
			case "answer":
				tn.Answer = &govsweep.Answer{Measures: "已整改"}
			case "decide":
				tn.Overturned = rapid.SliceOfNDistinct(rapid.IntRange(1, 2), 0, 1, rapid.ID[int]).Draw(t, "overturned")
			case "retest":
				tn.Retests = map[int]govsweep.Retest{}
				for _, no := range some {
					word := rapid.SampledFrom([]govsweep.RetestWord{"passed", "passed", "failed", "unknown"}).Draw(t, "result")
					proof := captured
					if rapid.IntRange(0, 5).Draw(t, "no proof") == 0 {
						proof = nil
					}
					tn.Retests[no] = govsweep.Retest{At: tn.At, Result: word, Proof: proof}
				}
			}
			from := n.State
			step, err := rectify.StepNotice(n, name, tn)
			if err != nil {
				if n.State != from {
					t.Fatalf("a refused step moved the notice")
				}
				continue
			}
			if !inTable(from, name, step.To) {
				t.Fatalf("%s –%s→ %s is not in the table", from, name, step.To)
			}
			moves, err := rectify.Follow(n, step, standings)
			if err != nil {
				t.Fatalf("the findings do not follow %s: %v", name, err)
			}
			for _, m := range moves {
				for j := range standings {
					if standings[j].Fingerprint == m.Fingerprint {
						rectify.Apply(&standings[j], &m)
					}
				}
			}
		}
		for j, it := range n.Items {
			if it.Status != standings[j].Status {
				t.Fatalf("item %d is %s, its finding %s", it.No, it.Status, standings[j].Status)
			}
			proven := it.Status == "fixed" && it.Retest.Result == "passed" && len(it.Retest.Proof) > 0
			if n.State == "closed" && !proven && it.Status != "rejected" && it.Status != "confirmed" {
				t.Fatalf("closed with item %d %s", it.No, it.Status)
			}
		}
	})
}

func inTable(from govsweep.NoticeState, event string, to govsweep.NoticeState) bool {
	return slices.ContainsFunc(rectify.NoticeRows(), func(r rectify.NoticeRow) bool {
		return r.Event == event && slices.Contains(r.From, from) && (r.To == to || r.To == "" && from == to)
	})
}

func TestEveryWordOfTheTablesHasChinese(t *testing.T) {
	latin := func(s string) bool { return strings.ContainsAny(s, "abcdefghijklmnopqrstuvwxyz") }
	for _, r := range rectify.Rows() {
		words := []string{rectify.EventWord(r.Event), rectify.StatusWord(r.To), r.Who.String()}
		for _, s := range r.From {
			words = append(words, rectify.StatusWord(s))
		}
		if slices.ContainsFunc(words, latin) || latin(r.Why) || r.Why == "" || r.Note == "" || r.Who == 0 {
			t.Errorf("row %+v", r)
		}
	}
	for _, r := range rectify.NoticeRows() {
		words := []string{rectify.StepWord(r.Event), rectify.StateWord(r.To)}
		for _, s := range r.From {
			words = append(words, rectify.StateWord(s))
		}
		if slices.ContainsFunc(words, latin) || latin(r.Why) || r.Why == "" || r.Note == "" {
			t.Errorf("row %+v", r)
		}
	}
}

func TestNothingHappensToANoticeBeforeTheDayItWasIssued(t *testing.T) {
	n := draft()
	take(t, n, day(5), rectify.StepIssue, nil)
	_, err := rectify.StepNotice(n, rectify.StepReceive, turn(4, nil))
	if say := kind(t, err, govsweep.Wrong); !strings.Contains(say, "早于下发之日") {
		t.Error(say)
	}
	// Registered by its day alone a receipt stands at noon, also when the paper went out at two.
	take(t, n, day(5).Add(-2*time.Hour), rectify.StepReceive, nil)
}
