package rectify_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

func TestDecisionsOfOnePerson(t *testing.T) {
	for name, c := range map[string]struct {
		status govsweep.FindingStatus
		event  govsweep.Event
		want   govsweep.FindingStatus
		says   string // part of the refusal
	}{
		"a proposed finding is confirmed":                                {govsweep.Proposed, govsweep.Confirm, govsweep.Confirmed, ""},
		"a finding that came back is confirmed":                          {govsweep.Reopened, govsweep.Confirm, govsweep.Confirmed, ""},
		"a confirmed finding is rejected after all":                      {govsweep.Confirmed, govsweep.Reject, govsweep.Rejected, ""},
		"a confirmed finding is excused":                                 {govsweep.Confirmed, govsweep.Exempt, govsweep.Exempted, ""},
		"a rejected finding is opened again":                             {govsweep.Rejected, govsweep.Reopen, govsweep.Reopened, ""},
		"a fixed finding is opened again":                                {govsweep.Fixed, govsweep.Reopen, govsweep.Reopened, ""},
		"what is confirmed is not confirmed again":                       {govsweep.Confirmed, govsweep.Confirm, "", "已经是“已确认”状态，无须再次确认。可以办理：排除、豁免、重开。"},
		"what was rejected is opened before it is confirmed":             {govsweep.Rejected, govsweep.Confirm, "", "目前的状态是“已排除”，不能确认。可以办理：重开。"},
		"what a notice names is not rejected by hand":                    {govsweep.Noticed, govsweep.Reject, "", "请通过通知书的复查、异议裁定、更正或撤销办理"},
		"what the unit answered is not excused by hand":                  {govsweep.Answered, govsweep.Exempt, "", "请通过通知书"},
		"what the unit objected to is decided through the notice":        {govsweep.Disputed, govsweep.Reject, "", "请通过通知书裁定异议"},
		"what is proposed is open already":                               {govsweep.Proposed, govsweep.Reopen, "", "不能重开。可以办理：确认、排除、豁免。"},
		"what is fixed is not excused: there is nothing left to excuse ": {govsweep.Fixed, govsweep.Exempt, "", "可以办理：重开"},
	} {
		t.Run(name, func(t *testing.T) {
			s := standing(columnFault(), c.status)
			s.Seq = 4
			got, err := rectify.Decide(s, rectify.Decision{Event: c.event, By: " 王某 ", Reason: "经核实", At: day(1)})
			if c.says != "" {
				if say := kind(t, err, govsweep.Conflict); !strings.Contains(say, c.says) {
					t.Fatalf("the refusal is %q, want it to hold %q", say, c.says)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := govsweep.Transition{
				Target: site.ID, Fingerprint: "c", Finding: "FC", Seq: 5, At: day(1), Event: c.event,
				From: c.status, To: c.want, By: "王某", Reason: "经核实",
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestADecisionMustBeWhole(t *testing.T) {
	whole := rectify.Decision{Event: govsweep.Exempt, By: "王某", Reason: "本年度无人事变动", Until: "2026-12-31", At: day(1)}
	for name, c := range map[string]struct {
		spoil func(*rectify.Decision)
		says  string
	}{
		"no name":                     {func(d *rectify.Decision) { d.By = " 　" }, "须写明作出决定的人员姓名"},
		"no time":                     {func(d *rectify.Decision) { d.At = zero }, "缺少时间"},
		"an exemption without reason": {func(d *rectify.Decision) { d.Reason = "\t" }, "豁免问题FC须写明理由"},
		"a last day that is none":     {func(d *rectify.Decision) { d.Until = "2026-02-30" }, "截止日期“2026-02-30”不正确"},
		"a last day that is over":     {func(d *rectify.Decision) { d.Until = "2026-03-02" }, "已经过去"},
		"a confirmation with an end":  {func(d *rectify.Decision) { d.Event = govsweep.Confirm }, "只有豁免可以写明截止日期"},
		"an event of a notice":        {func(d *rectify.Decision) { d.Event = govsweep.Pass }, "只能作出确认、排除、豁免或重开的决定"},
	} {
		t.Run(name, func(t *testing.T) {
			d := whole
			c.spoil(&d)
			_, err := rectify.Decide(standing(columnFault(), govsweep.Proposed), d)
			if say := kind(t, err, govsweep.Wrong); !strings.Contains(say, c.says) {
				t.Errorf("the refusal is %q, want it to hold %q", say, c.says)
			}
		})
	}
	if _, err := rectify.Decide(standing(columnFault(), govsweep.Proposed), whole); err != nil {
		t.Error(err)
	}
}

func TestAVetoNeedsTwoPersons(t *testing.T) {
	s := standing(vetoFault(), govsweep.Proposed)
	confirm := func(by string) (govsweep.Transition, error) {
		return rectify.Decide(s, rectify.Decision{Event: govsweep.Confirm, By: by, At: day(1)})
	}
	first, err := confirm("欧阳 某")
	if err != nil || first.Event != govsweep.Endorse || first.To != govsweep.Proposed {
		t.Fatalf("the first person gives %+v, %v", first, err)
	}
	rectify.Apply(&s, &first)
	if s.Endorsed != "欧阳 某" {
		t.Fatalf("endorsed by %q", s.Endorsed)
	}
	for _, again := range []string{"欧阳 某", "欧阳某", "欧 阳　某", " 欧阳\u200b某\u00a0", "欧阳\t某"} {
		_, err := confirm(again)
		if say := kind(t, err, govsweep.Conflict); !strings.Contains(say, "须由两人确认：欧阳 某已经初核，请由另一名检查人员确认") {
			t.Errorf("%q: %s", again, say)
		}
	}
	second, err := confirm("李某")
	if err != nil || second.Event != govsweep.Confirm || second.To != govsweep.Confirmed || second.Seq != 2 {
		t.Fatalf("the second person gives %+v, %v", second, err)
	}
	if _, err := rectify.Decide(s, rectify.Decision{Event: govsweep.Reject, By: "欧阳 某", Reason: "复核有误", At: day(2)}); err != nil {
		t.Errorf("the one who endorsed may reject: %v", err)
	}
	if got, _ := rectify.Decide(standing(vetoFault(), govsweep.Proposed), rectify.Decision{Event: govsweep.Confirm, By: "ＷＡＮＧ", At: day(1)}); got.Event == govsweep.Endorse {
		s := standing(vetoFault(), govsweep.Proposed)
		rectify.Apply(&s, &got)
		if _, err := rectify.Decide(s, rectify.Decision{Event: govsweep.Confirm, By: "wang", At: day(1)}); err == nil {
			t.Error("full width letters made a second person")
		}
	}
}
