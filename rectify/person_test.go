package rectify_test

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

func TestNoControlCharactersInNamesAndReasons(t *testing.T) {
	for _, c := range []struct{ name, by, reason string }{
		{"an escape sequence in a name", "张\x1b[31m三", "理由"},
		{"a line break in a name", "张\n三", "理由"},
		{"a mark that turns a name round", "张\u202e三", "理由"},
		{"an escape sequence in a reason", "张三", "理由\x1b]0;x\x07"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := standing(columnFault(), govsweep.Proposed)
			_, err := rectify.Decide(s, rectify.Decision{Event: govsweep.Reject, By: c.by, Reason: c.reason, At: day(1)})
			if say := kind(t, err, govsweep.Wrong); !strings.Contains(say, "控制字符") || strings.ContainsAny(say, "\x1b\u202e") {
				t.Errorf("a decision: %q", say)
			}
			n := draft()
			_, err = rectify.StepNotice(n, rectify.StepIssue, rectify.Turn{At: day(1), By: c.by, Reason: c.reason})
			if say := kind(t, err, govsweep.Wrong); !strings.Contains(say, "控制字符") {
				t.Errorf("a step of a notice: %q", say)
			}
		})
	}
	s := standing(columnFault(), govsweep.Proposed)
	if _, err := rectify.Decide(s, rectify.Decision{Event: govsweep.Reject, By: "张三", Reason: "第一行\n第二行", At: day(1)}); err != nil {
		t.Errorf("a reason of two lines: %v", err)
	}
}

func TestWorkIsDoneBetweenTheNoticeAndTheAnswer(t *testing.T) {
	for _, c := range []struct {
		name, done, want string
	}{
		{"a day still to come", govsweep.DateOf(day(9)), "晚于回复之日"},
		{"a day before the notice went out", govsweep.DateOf(day(4)), "早于通知下发之日"},
		{"the day the notice went out", govsweep.DateOf(day(5)), ""},
		{"the day of the answer", govsweep.DateOf(day(8)), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := draft()
			take(t, n, day(5), rectify.StepIssue, nil)
			_, err := rectify.StepNotice(n, rectify.StepAnswer, turn(8, func(t *rectify.Turn) {
				t.Answer = &govsweep.Answer{Measures: "已更新栏目", Done: c.done}
			}))
			if c.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if say := kind(t, err, govsweep.Wrong); !strings.Contains(say, c.want) {
				t.Error(say)
			}
		})
	}
}

func TestAnAnswerHoldsNoControlCharacters(t *testing.T) {
	n := draft()
	take(t, n, day(5), rectify.StepIssue, nil)
	for _, a := range []govsweep.Answer{{Measures: "已\x1b[2J"}, {Measures: "已", Responsible: "李\x07"}, {Measures: "已", Proof: "\x9b1m"}} {
		_, err := rectify.StepNotice(n, rectify.StepAnswer, turn(8, func(t *rectify.Turn) { t.Answer = &a }))
		if say := kind(t, err, govsweep.Wrong); !strings.Contains(say, "控制字符") {
			t.Errorf("%+v: %s", a, say)
		}
	}
}
