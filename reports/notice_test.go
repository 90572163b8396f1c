package reports_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/golden"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/workday"
)

// confirmedCase is the sample inspection with every finding confirmed.
func confirmedCase() reports.Case {
	in := sample()
	c := reports.Case{
		Site: in.Site, Sweep: in.Sweep, Verdict: in.Verdict, Book: in.Book, Findings: in.Findings, By: "乌兰", At: at("2021-09-16T10:00:00+08:00"),
		Titles: map[govsweep.IndicatorCode]string{}, Repeats: map[string]int{in.Findings[1].Fingerprint: 3},
	}
	for _, o := range in.Outcomes {
		c.Titles[o.Indicator] = o.Title
	}
	for i := range c.Findings {
		c.Findings[i].Status = govsweep.Confirmed
	}
	return c
}

func form(t testing.TB, id string) *reports.Form {
	t.Helper()
	f, err := reports.LoadForm(id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func draft(t testing.TB, c reports.Case, f *reports.Form) *govsweep.Notice {
	t.Helper()
	n, err := reports.Draft(c, f)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// issued is a notice as it comes out of storage.
func issued(t testing.TB, n *govsweep.Notice, f *reports.Form, day string) *govsweep.Notice {
	t.Helper()
	if err := reports.Issue(n, f, workday.Default(), at(day+"T15:00:00+08:00"), "王主任"); err != nil {
		t.Fatal(err)
	}
	n.ID, n.Serial, n.State = "N12", 3, govsweep.NoticeIssued
	for i := range n.Items {
		if n.Parent == "" {
			n.Items[i].Status = govsweep.Noticed
		}
	}
	n.Number = f.Number(n.Kind, n.Year, n.Serial)
	return n
}

func TestPapersReadAsAnOfficialWritesThem(t *testing.T) {
	for _, id := range reports.Forms() {
		f := form(t, id)
		c := confirmedCase()
		golden.Assert(t, "notice/"+id+"-draft.txt", []byte(dump(reports.NoticePaper(draft(t, c, f), f))))
		n := issued(t, draft(t, c, f), f, "2021-09-17")
		golden.Assert(t, "notice/"+id+"-notice.txt", []byte(dump(reports.NoticePaper(n, f))))
		c.Kind, c.Findings = govsweep.Reminder, c.Findings[:2]
		golden.Assert(t, "notice/"+id+"-reminder.txt", []byte(dump(reports.NoticePaper(issued(t, draft(t, c, f), f, "2021-09-17"), f))))
		for _, w := range further() {
			p, err := reports.Follow(lived(n), w, f)
			if err != nil {
				t.Fatal(err)
			}
			golden.Assert(t, fmt.Sprintf("notice/%s-%s.txt", id, w.Kind), []byte(dump(reports.NoticePaper(issued(t, p, f, "2021-10-08"), f))))
		}
	}
}

// lived is the notice after some weeks: one fault fixed, one answered and
// found again, one disputed, one without a word.
func lived(n *govsweep.Notice) *govsweep.Notice {
	m := *n
	m.Items = append([]govsweep.NoticeItem(nil), n.Items...)
	m.Items[0].Status = govsweep.Fixed
	m.Items[1].Status = govsweep.Noticed
	m.Items[1].Answer = &govsweep.Answer{At: at("2021-09-20"), By: "李", Measures: "已更新"}
	m.Items[1].Retest = &govsweep.Retest{At: at("2021-09-22"), Result: govsweep.RetestFailed, Why: "栏目最近一条信息仍发布于2021年2月1日"}
	m.Items[2].Status = govsweep.Disputed
	return &m
}

func further() []reports.Further {
	by, when := "乌兰", at("2021-10-08T09:00:00+08:00")
	return []reports.Further{
		{Kind: govsweep.Urge, By: by, At: when}, {Kind: govsweep.SupervisionOrder, By: by, At: when},
		{Kind: govsweep.Amendment, By: by, At: when, Reason: "原通知书第3项所列网址数有误，第4项经核查异议成立", Items: []int{4}, Corrected: map[int]string{3: "页面模板中的“市长信箱”链接无法打开，涉及25个网页。"}},
		{Kind: govsweep.Withdrawal, By: by, At: when, Reason: "检查时网站正在按计划迁移，所列问题不属实"},
	}
}

func TestItemsStandInTheOrderOfTheirClass(t *testing.T) {
	c, f := confirmedCase(), general(t)
	want := "SV-04a DE-05b DE-32b TG-09"
	for range 4 {
		c.Findings = append(c.Findings[1:], c.Findings[0])
		n := draft(t, c, f)
		var got []string
		for i, it := range n.Items {
			got = append(got, it.BookID)
			if it.No != i+1 {
				t.Errorf("item %d has number %d", i+1, it.No)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("got %v", got)
		}
	}
}

func TestDraftRefusesAndNamesWhy(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*reports.Case)
		say    string
	}{
		{"no findings", func(c *reports.Case) { c.Findings = nil }, "没有已确认的问题"},
		{"a proposed finding", func(c *reports.Case) { c.Findings[2].Status = govsweep.Proposed }, "问题F2A1B2C3D4E5的状态为“待确认”"},
		{"an exempted finding", func(c *reports.Case) { c.Findings[0].Status = govsweep.Exempted }, "问题F0A1B2C3D4E5的状态为“已豁免”"},
		{"no owning unit", func(c *reports.Case) { c.Site.Host = "" }, "登记信息缺少“主办单位”，无法确定主送单位，请在网站名录的“主办单位”一列补充后用 govsweep import sites 导入"},
		{"an owning unit of blanks", func(c *reports.Case) { c.Site.Host = " \u200b " }, "登记信息缺少“主办单位”"},
		{"no name", func(c *reports.Case) { c.Site.Name = "" }, "登记信息缺少“网站名称”"},
		{"no check point", func(c *reports.Case) { c.Sweep.AsOf = time.Time{} }, "没有监测时间点"},
		{"a draft older than what it rests on", func(c *reports.Case) { c.At = c.Sweep.AsOf.AddDate(0, 0, -1) }, "早于监测时间点"},
		{"nobody drafts", func(c *reports.Case) { c.By = "" }, "没有写明拟稿人"},
		{"a finding of another site", func(c *reports.Case) {
			c.Findings[1].Target = govsweep.Target{ID: "9901020099", URL: "http://other.example/"}
		}, "问题F1A1B2C3D4E5不属于该网站"},
		{"a finding twice", func(c *reports.Case) { c.Findings = append(c.Findings, c.Findings[0]) }, "问题F0A1B2C3D4E5重复"},
		{"an indicator without remedy", func(c *reports.Case) { c.Findings[3].Remedy = "" }, "指标TG-09（head-tags-pubdate）没有整改要求，请在文书格式“general”的 demands 中增加"},
		{"a paper that follows", func(c *reports.Case) { c.Kind = govsweep.Urge }, "“催办通知”须由已印发的通知书产生"},
		{"an unknown paper", func(c *reports.Case) { c.Kind = "letter" }, "不能直接拟稿"},
	} {
		cs := confirmedCase()
		c.change(&cs)
		_, err := reports.Draft(cs, general(t))
		if govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestAFormsDemandGoesBeforeTheRulebooksRemedy(t *testing.T) {
	c, f := confirmedCase(), form(t, "yunchuan")
	c.Findings[2].Remedy = ""
	n := draft(t, c, f)
	if got := n.Items[2].Remedy; got != "请逐一修复或撤下所列26个网页中的失效链接，并检查页面模板。" {
		t.Errorf("demand: %q", got)
	}
	if got := n.Items[0].Remedy; got != c.Findings[0].Remedy {
		t.Errorf("remedy of the rulebook: %q", got)
	}
}

func TestASecrecyFindingKeepsAddressAndTimeAlone(t *testing.T) {
	c, f := confirmedCase(), general(t)
	s := &c.Findings[0]
	s.Indicator, s.BookID, s.Summary, s.Detail = "secret-leak-site-veto", "SV-01b", "网页写明绝密内容甲乙丙。", []string{"绝密内容甲乙丙"}
	s.Column.Name = "绝密内容甲乙丙"
	digest := s.Evidence[0].Digest
	n := issued(t, draft(t, c, f), f, "2021-09-17")
	p, err := reports.Follow(n, reports.Further{Kind: govsweep.Amendment, Reason: "x", By: "x", At: n.Issued, Corrected: map[int]string{1: "绝密内容甲乙丙"}}, f)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := reports.JSON(&b, []any{n, p}, false); err != nil {
		t.Fatal(err)
	}
	all := b.String() + dump(reports.NoticePaper(n, f)) + dump(reports.NoticePaper(p, f))
	if strings.Contains(all, "绝密内容") || strings.Contains(all, digest) {
		t.Error("what is secret was copied")
	}
	for _, must := range []string{s.URL, "2021年8月28日09:10", "只注明网址和时间"} {
		if !strings.Contains(all, must) {
			t.Errorf("%q is missing", must)
		}
	}
}

func TestAnIssuedNoticeIsNotIssuedAgainNorChangedByWhatFollows(t *testing.T) {
	c, f := confirmedCase(), general(t)
	n := issued(t, draft(t, c, f), f, "2021-09-17")
	if err := reports.Issue(n, f, workday.Default(), at("2021-09-18"), "王主任"); govsweep.KindOf(err) != govsweep.Conflict {
		t.Errorf("issued again: %v", err)
	}
	before := dump(reports.NoticePaper(n, f))
	for _, w := range further() {
		p, err := reports.Follow(n, w, f)
		if err != nil {
			t.Fatal(err)
		}
		for i := range p.Items {
			p.Items[i].Summary, p.Items[i].Pages = "改", []string{"改"}
		}
		if p.Parent != n.ID || p.Cites.Number != n.Number || p.State != govsweep.NoticeDraft || p.Number != "" {
			t.Errorf("%s: %+v", w.Kind, p)
		}
	}
	if dump(reports.NoticePaper(n, f)) != before {
		t.Error("a further paper changed the notice")
	}
}

func TestIssueRefusesAnotherFormAndAnEarlierDay(t *testing.T) {
	c, f := confirmedCase(), general(t)
	n := draft(t, c, f)
	if err := reports.Issue(n, form(t, "yunchuan"), workday.Default(), at("2021-09-17"), "王"); govsweep.KindOf(err) != govsweep.Conflict {
		t.Errorf("another form: %v", err)
	}
	if err := reports.Issue(n, f, workday.Default(), at("2021-09-15"), "王"); govsweep.KindOf(err) != govsweep.Wrong {
		t.Errorf("before it was drafted: %v", err)
	}
	if err := reports.Issue(n, f, workday.Default(), at("2021-09-17"), ""); govsweep.KindOf(err) != govsweep.Wrong {
		t.Errorf("by nobody: %v", err)
	}
	if !n.Issued.IsZero() || n.Deadline != "" {
		t.Error("a refused issue left its marks")
	}
}

func TestFollowRefusesAndNamesWhy(t *testing.T) {
	f := general(t)
	n := issued(t, draft(t, confirmedCase(), f), f, "2021-09-17")
	ok := reports.Further{Kind: govsweep.Urge, By: "乌兰", At: at("2021-10-08")}
	for _, c := range []struct {
		name   string
		change func(*govsweep.Notice, *reports.Further)
		say    string
	}{
		{"a draft", func(n *govsweep.Notice, _ *reports.Further) { n.Number = "" }, "尚未印发"},
		{"a withdrawn notice", func(n *govsweep.Notice, _ *reports.Further) { n.State = govsweep.NoticeWithdrawn }, "已经撤销"},
		{"a first paper", func(_ *govsweep.Notice, w *reports.Further) { w.Kind = govsweep.Reminder }, "后续文书应为"},
		{"a withdrawal without reason", func(_ *govsweep.Notice, w *reports.Further) { w.Kind = govsweep.Withdrawal }, "没有写明原因"},
		{"an item that is not there", func(_ *govsweep.Notice, w *reports.Further) { w.Items = []int{2, 9} }, "原文书没有第9项问题"},
		{"a correction that is none", func(_ *govsweep.Notice, w *reports.Further) { w.Corrected = map[int]string{1: "x"} }, "只有更正通知可以更正事实"},
		{"urging an urge", func(n *govsweep.Notice, _ *reports.Further) { n.Kind = govsweep.Urge }, "应针对原通知书"},
		{"everything fixed", func(n *govsweep.Notice, _ *reports.Further) {
			for i := range n.Items {
				n.Items[i].Status = govsweep.Fixed
			}
		}, "均已回复、整改、撤销或正在核查异议"},
		{"a withdrawal of one item", func(_ *govsweep.Notice, w *reports.Further) {
			w.Kind, w.Reason, w.Items = govsweep.Withdrawal, "x", []int{1}
		}, "请用更正通知"},
	} {
		m, w := *n, ok
		m.Items = append([]govsweep.NoticeItem(nil), n.Items...)
		c.change(&m, &w)
		if _, err := reports.Follow(&m, w, f); govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
