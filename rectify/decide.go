package rectify

import (
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// A Decision is what a person decides about one finding or a group of them.
type Decision struct {
	Event  govsweep.Event // Confirm, Reject, Exempt or Reopen
	By     string         // needed
	Reason string         // needed to reject, to exempt and to reopen
	Until  string         // YYYY-MM-DD, last day of an exemption; "" = until someone reopens it
	At     time.Time
}

// Decide gives the line a person's decision adds to the history of s. A veto
// needs two persons: the first Confirm becomes Endorse and changes no status,
// the second one, of somebody else, confirms. What the table does not allow is
// a Conflict, what the decision lacks is Wrong; both say the remedy.
func Decide(s govsweep.Standing, d Decision) (govsweep.Transition, error) {
	if err := d.check(&s); err != nil {
		return govsweep.Transition{}, err
	}
	e := d.Event
	to, ok := next(s.Status, e, Person)
	if !ok {
		return govsweep.Transition{}, illegal(&s, e, Person)
	}
	if e == govsweep.Confirm && s.Class == govsweep.Veto {
		switch {
		case plain(s.Endorsed) == "":
			e, to = govsweep.Endorse, s.Status
		case samePerson(s.Endorsed, d.By):
			return govsweep.Transition{}, conflict("问题%s属单项否决指标，须由两人确认：%s已经初核，请由另一名检查人员确认。", s.ID, strings.TrimSpace(s.Endorsed))
		}
	}
	t := line(&s, e, to, d.At)
	t.By, t.Reason, t.Until = strings.TrimSpace(d.By), strings.TrimSpace(d.Reason), d.Until
	return t, nil
}

// check refuses a decision that is not whole.
func (d *Decision) check(s *govsweep.Standing) error {
	switch d.Event {
	case govsweep.Confirm, govsweep.Reject, govsweep.Exempt, govsweep.Reopen:
	default:
		return wrong("对问题%s只能作出确认、排除、豁免或重开的决定。", s.ID)
	}
	switch {
	case plain(d.By) == "":
		return wrong("处理问题%s须写明作出决定的人员姓名。", s.ID)
	case d.At.IsZero():
		return wrong("处理问题%s的决定缺少时间。", s.ID)
	case d.Event != govsweep.Confirm && plain(d.Reason) == "":
		return wrong("%s问题%s须写明理由。", EventWord(d.Event), s.ID)
	case d.Until != "" && d.Event != govsweep.Exempt:
		return wrong("只有豁免可以写明截止日期，%s不可以。", EventWord(d.Event))
	case d.Until != "" && !isDay(d.Until):
		return wrong("豁免截止日期“%s”不正确，应写作2026-12-31的形式。", clip(d.Until, 20))
	case d.Until != "" && d.Until < govsweep.DateOf(d.At):
		return wrong("豁免的最后一日%s已经过去，请改写为今后的日期。", d.Until)
	}
	return signed(d.By, d.Reason)
}

// line begins the next line of the history of s.
func line(s *govsweep.Standing, e govsweep.Event, to govsweep.FindingStatus, at time.Time) govsweep.Transition {
	return govsweep.Transition{
		Target: s.Target, Fingerprint: s.Fingerprint, Finding: s.ID,
		Seq: s.Seq + 1, At: at, Event: e, From: s.Status, To: to,
	}
}

func isDay(s string) bool {
	_, err := time.Parse("2006-01-02", s)
	return err == nil
}

// clip shortens what a stranger wrote to n characters.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}
