package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

// ledgerOf is a decision book for tests: it keeps what was decided.
type ledgerOf struct {
	lines  []string
	undone []string
	refuse map[string]bool
}

func (l *ledgerOf) decide(ids []string, event govsweep.Event, reason, until string) ([]govsweep.Transition, error) {
	var out []govsweep.Transition
	for _, id := range ids {
		if l.refuse[id] {
			return nil, &govsweep.Error{Kind: govsweep.Conflict, Say: "问题" + id + "已有新的处理。"}
		}
		l.lines = append(l.lines, strings.TrimSpace(fmt.Sprint(id, " ", event, " ", reason, " ", until)))
		out = append(out, govsweep.Transition{Finding: id, Event: event})
	}
	return out, nil
}

func (l *ledgerOf) undo(ids []string) error {
	l.undone = append(l.undone, ids...)
	return nil
}

func reviewOf(l *ledgerOf, keysTyped string) (*reviewer, *bytes.Buffer) {
	var out bytes.Buffer
	return &reviewer{keys: newKeys(strings.NewReader(keysTyped)), out: &out, decide: l.decide, undo: l.undo,
		show: func(*govsweep.Finding) []string { return []string{"列表0条"} }}, &out
}

func someCases(n int) []reviewCase {
	var out []reviewCase
	for i := range n {
		out = append(out, reviewCase{title: "空白栏目", findings: []govsweep.Finding{{ID: fmt.Sprintf("F%03d", i+1), Summary: "栏目“通知公告”没有任何信息内容。"}}})
	}
	return out
}

func TestKeysOfAReviewDecide(t *testing.T) {
	year := time.Now().In(govsweep.Shanghai).Format("2006")
	for _, c := range []struct {
		name, keys string
		want       []string
	}{
		{"one key confirms", "y", []string{"F001 confirm"}},
		{"a common reason is its number", "n2", []string{"F001 reject 日期识别有误"}},
		{"another reason is written out", "n0该栏目已撤销\n", []string{"F001 reject 该栏目已撤销"}},
		{"an exemption ends with the year when no day is given", "e本年度无人事变动\n\n", []string{"F001 exempt 本年度无人事变动 " + year + "-12-31"}},
		{"an exemption takes its last day", "e改版\n2030-01-31\n", []string{"F001 exempt 改版 2030-01-31"}},
		{"capital letters and white space between keys do not matter", " Y \n Y", []string{"F001 confirm", "F002 confirm"}},
		{"a skipped case is left as it is", "sy", []string{"F002 confirm"}},
		{"an unknown key only shows the help", "xy", []string{"F001 confirm"}},
		{"q ends and leaves the rest", "yqy", []string{"F001 confirm"}},
		{"evidence is shown and nothing decided", "oq", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var l ledgerOf
			r, _ := reviewOf(&l, c.keys)
			if err := r.run(someCases(3)); err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(l.lines, "|"); got != strings.Join(c.want, "|") {
				t.Errorf("decided %q, want %q", got, c.want)
			}
		})
	}
}

func TestUndoTakesTheLastDecisionBackAndAsksAgain(t *testing.T) {
	var l ledgerOf
	r, _ := reviewOf(&l, "yyu n1 q")
	if err := r.run(someCases(3)); err != nil {
		t.Fatal(err)
	}
	if len(l.undone) != 1 || l.undone[0] != "F002" || l.lines[len(l.lines)-1] != "F002 reject 页面内容正常，判定有误" {
		t.Errorf("undone %v, decided %v", l.undone, l.lines)
	}
	if n := r.count(); n[govsweep.Confirm] != 1 || n[govsweep.Reject] != 1 {
		t.Errorf("counted %v", n)
	}
}

func TestTheLastDecisionOfAQueueCanBeTakenBack(t *testing.T) {
	var l ledgerOf
	r, _ := reviewOf(&l, "yyu n1 q")
	if err := r.run(someCases(2)); err != nil {
		t.Fatal(err)
	}
	if len(l.undone) != 1 || l.undone[0] != "F002" || l.lines[len(l.lines)-1] != "F002 reject 页面内容正常，判定有误" {
		t.Errorf("undone %v, decided %v", l.undone, l.lines)
	}
}

func TestOneKeyDecidesAllOfOneCause(t *testing.T) {
	var l ledgerOf
	r, out := reviewOf(&l, "y")
	c := []reviewCase{{title: "空白栏目", findings: []govsweep.Finding{{ID: "F001", BookID: "DE-08a"}, {ID: "F002", BookID: "XG-11"}}}}
	if err := r.run(c); err != nil {
		t.Fatal(err)
	}
	if len(l.lines) != 2 || !strings.Contains(out.String(), "XG-11　F002") {
		t.Errorf("decided %v; the card says:\n%s", l.lines, out)
	}
}

func TestARefusedDecisionIsSaidAndTheReviewGoesOn(t *testing.T) {
	l := ledgerOf{refuse: map[string]bool{"F001": true}}
	r, out := reviewOf(&l, "yy")
	if err := r.run(someCases(2)); err != nil {
		t.Fatal(err)
	}
	if len(l.lines) != 1 || !strings.Contains(out.String(), "未作处理") {
		t.Errorf("decided %v; said:\n%s", l.lines, out)
	}
}

func TestHostileTextDoesNotReachTheTerminal(t *testing.T) {
	var l ledgerOf
	r, out := reviewOf(&l, "q")
	if err := r.run([]reviewCase{{title: "x", findings: []govsweep.Finding{{ID: "F001", Summary: "\x1b]0;evil\x07\x1b[2J\u202eabc"}}}}); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b\x07\u202e") {
		t.Errorf("control characters pass through: %q", out)
	}
}

func TestACardShowsWhatOneKeyDecides(t *testing.T) {
	var l ledgerOf
	r, out := reviewOf(&l, "y")
	column := &govsweep.ColumnRef{Name: "义务教育", Path: []string{"首页", "政务公开", "义务教育"}}
	fact := "栏目“义务教育”没有任何信息内容。"
	if err := r.run([]reviewCase{{title: "其他栏目：存在空白栏目", titles: map[govsweep.IndicatorCode]string{"column-blank": "栏目空白"}, findings: []govsweep.Finding{
		{ID: "F001", BookID: "DE-08a", Column: column, Summary: fact, Detail: []string{"栏目路径：首页 > 政务公开 > 义务教育", "读到信息：0条"}, Clause: "甲文件"},
		{ID: "F002", BookID: "XG-11", Indicator: "column-blank", Column: column, Summary: fact, Clause: "乙文件"},
		{ID: "F003", BookID: "FT-05", Summary: "网站底部缺少网站地图。", Clause: "甲文件"},
	}}}); err != nil {
		t.Fatal(err)
	}
	got := out.String()
	for _, want := range []string{"栏目　　首页 › 政务公开 › 义务教育\n", "另有2项出于同一原因，一并处理：\n　　　　· XG-11 栏目空白　F002\n　　　　· FT-05　F003　网站底部缺少网站地图。\n", "依据　　甲文件\n　　　　乙文件\n", "　　　　读到信息：0条\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if strings.Contains(got, "栏目路径") || strings.Count(got, fact) != 1 {
		t.Errorf("something stands twice in\n%s", got)
	}
	if fmt.Sprint(l.lines) != "[F001 confirm F002 confirm F003 confirm]" {
		t.Errorf("decided %v", l.lines)
	}
}
