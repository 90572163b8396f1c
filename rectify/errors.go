package rectify

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
)

func wrong(format string, args ...any) error {
	return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf(format, args...)}
}

func conflict(format string, args ...any) error {
	return &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf(format, args...)}
}

// illegal says what the status is and what may be done instead.
func illegal(s *govsweep.Standing, e govsweep.Event, who Who) error {
	say := fmt.Sprintf("问题%s目前的状态是“%s”，不能%s。", s.ID, StatusWord(s.Status), EventWord(e))
	if who == Person && leadsTo(e) == s.Status {
		say = fmt.Sprintf("问题%s已经是“%s”状态，无须再次%s。", s.ID, StatusWord(s.Status), EventWord(e))
	}
	return conflict("%s%s", say, instead(s.Status, who))
}

// leadsTo is where an event of the table ends.
func leadsTo(e govsweep.Event) govsweep.FindingStatus {
	for i := range rows {
		if rows[i].Event == e && rows[i].To != "" {
			return rows[i].To
		}
	}
	return ""
}

func instead(s govsweep.FindingStatus, who Who) string {
	switch s {
	case govsweep.Noticed, govsweep.Answered:
		if who == Person {
			return "该问题已列入通知书，请通过通知书的复查、异议裁定、更正或撤销办理。"
		}
	case govsweep.Disputed:
		if who == Person {
			return "主办单位已提出异议，请通过通知书裁定异议。"
		}
	}
	var words []string
	for _, e := range may(s, who) {
		words = append(words, EventWord(e))
	}
	if len(words) == 0 {
		return "这一状态下须由人员先作处理决定。"
	}
	return "可以办理：" + strings.Join(words, "、") + "。"
}
