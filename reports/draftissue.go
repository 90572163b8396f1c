package reports

import (
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/workday"
)

// Issue fills what issuing adds to a drafted paper: the day and the hand, the
// year of the number, the deadline with its rule and a warning where the
// calendar does not reach. The number itself comes from storage, which counts
// with f.Number. at is the day the deadline counts from; it does not count
// itself. A paper whose kind has no deadline gets none.
func Issue(n *govsweep.Notice, f *Form, cal *workday.Calendar, at time.Time, by string) error {
	p := f.Paper(n.Kind)
	switch {
	case p == nil:
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("文书格式“%s”没有“%s”一种文书", f.ID, clean(string(n.Kind)))}
	case n.State != govsweep.NoticeDraft || n.Number != "":
		return &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("文书%s已经印发，不能再次印发；需要更改的，请印发更正通知或撤销通知", clean(n.Number))}
	case f.ID != n.Form || n.Words != "" && f.text != n.Words:
		return &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("文书格式“%s”不是拟稿时所用的格式，请按拟稿时的格式印发，或者重新拟稿", f.ID)}
	case by == "":
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "没有写明签发人，请用 --by 写明"}
	case at.IsZero() || govsweep.DateOf(at) < govsweep.DateOf(n.Drafted):
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "印发时间早于拟稿时间，请核对日期"}
	}
	n.Issued, n.IssuedBy, n.Year = at, by, at.In(govsweep.Shanghai).Year()
	if p.Deadline != nil {
		last, by, warning := p.Deadline.deadline(cal, at, n.Items)
		n.Deadline, n.DeadlineRule, n.DeadlineNote = govsweep.DateOf(last), by.printed(p.Deadline.From), warning
		notBefore(n)
	}
	return nil
}

// notBefore gives a paper that follows a notice the day of the notice where
// its own would be earlier: a reminder takes no day away.
func notBefore(n *govsweep.Notice) {
	if n.Cites != nil && n.Deadline < n.Cites.Deadline {
		n.Deadline, n.DeadlineRule, n.DeadlineNote = n.Cites.Deadline, "原定整改期限", ""
	}
}
