package reports

import (
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// listRecheck holds the named findings of the last period against this one.
// Where the place was not seen again, it says so: that is neither.
func (c *Circular) listRecheck() {
	p := c.last()
	if p == nil {
		return
	}
	l := c.newList("上期问题复查", withSite(Col{Title: "指标", Width: 8}, Col{Title: "栏目路径", Width: 26}, Col{Title: "上期问题", Width: 60}, Col{Title: "复查结果", Width: 10})...)
	c.tables.recheck = l
	seen := map[govsweep.TargetID]map[string]bool{}
	for i := range c.sites {
		s := &c.sites[i]
		seen[s.Site.ID] = map[string]bool{}
		for j := range s.Findings {
			seen[s.Site.ID][findingKey(&s.Findings[j])] = true
		}
	}
	past := resultsOf(p.Targets)
	for i := range past {
		s := &past[i]
		for j := range s.Named {
			f := &s.Named[j]
			word := "未能复查"
			switch {
			case f.Status == govsweep.Fixed:
				word = "已整改"
			case seen[s.Site.ID][findingKey(f)]:
				word = "仍存在"
			}
			l.add(append(siteCells(&s.Site), text(f.BookID), text(columnPath(f.Column)), text(cut(f.Summary, 300)), text(word))...)
		}
	}
}

func findingKey(f *CircularFinding) string {
	if f.Fingerprint != "" {
		return f.Fingerprint
	}
	return f.ID
}

// listNotices lists the notices of the period that were issued and stand.
func (c *Circular) listNotices() {
	if c.in.Notices == nil {
		return
	}
	l := c.newList("整改通知办理情况", Col{Title: "文书编号", Width: 22}, Col{Title: "种类", Width: 12}, Col{Title: "受文单位", Width: 26}, Col{Title: "网站名称", Width: 28},
		Col{Title: "下发日期", Width: 12}, Col{Title: "回复期限", Width: 12}, Col{Title: "按期回复", Width: 10},
		Col{Title: "曾逾期", Width: 8}, Col{Title: "曾督办", Width: 8}, Col{Title: "办理状态", Width: 12})
	c.tables.notices = l
	var issued []*govsweep.Notice
	for i := range c.in.Notices {
		n := &c.in.Notices[i]
		if main := n.Kind == govsweep.RectificationNotice || n.Kind == govsweep.Reminder; main && n.State != govsweep.NoticeDraft && n.State != govsweep.NoticeWithdrawn {
			issued = append(issued, n)
		}
	}
	slices.SortStableFunc(issued, func(a, b *govsweep.Notice) int {
		if a.Kind != b.Kind {
			return strings.Compare(string(a.Kind), string(b.Kind))
		}
		if a.Year != b.Year {
			return a.Year - b.Year
		}
		if a.Serial != b.Serial {
			return a.Serial - b.Serial
		}
		return strings.Compare(a.ID, b.ID)
	})
	for _, n := range issued {
		l.add(text(orUnknown(n.Number)), text(circularNoticeWord(n.Kind)), text(orUnknown(notedOr(n.Host, n.Addressee))), text(orUnknown(n.Target.Name)),
			text(orUnknown(circularDay(n.Issued))), text(orUnknown(n.Deadline)), text(answeredInTime(n, c.today())),
			everIn(n, govsweep.NoticeOverdue, c.today()), everIn(n, govsweep.NoticeEscalated, c.today()), text(circularNoticeState(n)))
	}
}

func circularNoticeWord(k govsweep.NoticeKind) string {
	if k == govsweep.Reminder {
		return "监管提示单"
	}
	return "整改通知书"
}

// circularNoticeState is the state as a circular names it.
func circularNoticeState(n *govsweep.Notice) string {
	switch n.State {
	case govsweep.NoticeIssued:
		return "已下发"
	case govsweep.NoticeReceived:
		return "已签收"
	case govsweep.NoticeAnswered:
		return "已回复"
	case govsweep.NoticeRetested:
		return "复查未通过"
	case govsweep.NoticeDisputed:
		return "有异议"
	case govsweep.NoticeDecided:
		return "异议已裁定"
	case govsweep.NoticeOverdue:
		return "逾期"
	case govsweep.NoticeEscalated:
		return "已督办"
	case govsweep.NoticeClosed:
		return "已销号"
	}
	return clean(string(n.State))
}

// everIn says whether a notice ever came into a state, as far as the day the
// circular speaks from: what was mended late was late all the same.
func everIn(n *govsweep.Notice, state govsweep.NoticeState, today time.Time) Cell {
	ever := n.State == state
	for _, s := range n.Steps {
		ever = ever || s.To == state && (today.IsZero() || govsweep.DaysBetween(today, s.At) <= 0)
	}
	return text(map[bool]string{true: "是", false: "否"}[ever])
}

// answeredInTime says whether every item was answered, or objected to, by the
// last day; 未到期 while there is still time.
func answeredInTime(n *govsweep.Notice, today time.Time) string {
	if n.Deadline == "" {
		return unknown
	}
	last, err := govsweep.ParseDate(n.Deadline)
	if err != nil {
		return unknown
	}
	answered := map[int]bool{}
	for _, s := range n.Steps {
		if (s.Event != "answer" && s.Event != "dispute") || govsweep.DaysBetween(last, s.At) > 0 {
			continue
		}
		if len(s.Items) == 0 {
			return "是"
		}
		for _, i := range s.Items {
			answered[i] = true
		}
	}
	for _, it := range n.Items {
		if !answered[it.No] {
			if today.IsZero() {
				return unknown
			}
			if govsweep.DaysBetween(last, today) > 0 {
				return "否"
			}
			return "未到期"
		}
	}
	if len(n.Items) == 0 {
		return unknown
	}
	return "是"
}

// today is the day the circular speaks from: its own date, else the day it
// is drawn up, and never later than that; else the day its last sweep ended.
func (c *Circular) today() time.Time {
	switch now := c.in.Today; {
	case !c.Date.IsZero() && (now.IsZero() || c.Date.Before(now)):
		return c.Date
	case !now.IsZero():
		return now
	}
	var last time.Time
	for _, s := range c.Sweeps {
		if s.Ended.After(last) {
			last = s.Ended
		}
	}
	return last
}

func circularDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return govsweep.DateOf(t)
}
