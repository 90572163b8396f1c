package rules

import (
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// ColumnState is the verdict over one column with what the indicators need
// beyond what a report prints.
type ColumnState struct {
	govsweep.ColumnVerdict
	// Legal says that a stale column is over the rulebook's own cycle, not
	// only over a stricter local one.
	Legal bool
	// Doubt says why a person must look before the state costs anything; ""
	// when the machine's word stands.
	Doubt string
	// NoDates says that the column is held stale because nothing in it is dated.
	NoDates bool
	// Lost says that the column once had content and shows none: 内容缺失.
	Lost bool
}

// Ref is the column as a finding prints it.
func (c *ColumnState) Ref() *govsweep.ColumnRef {
	return &govsweep.ColumnRef{Name: Clip(c.Name, 60), Path: c.Path, URL: c.URL}
}

// Page is the address the state rests on.
func (c *ColumnState) Page() string {
	if c.PageURL != "" {
		return c.PageURL
	}
	return c.URL
}

// Evidence is the capture the state rests on.
func (c *ColumnState) Evidence() []govsweep.Evidence { return Capture("page", c.Page(), c.Digest) }

// Columns gives the verdict over every column of d under b: fresh, stale,
// blank, unread, exempt or without a cycle, with its age and the clause.
func Columns(d *facts.Dossier, b *Rulebook) []govsweep.ColumnVerdict {
	states := judgeColumns(d, b)
	out := make([]govsweep.ColumnVerdict, len(states))
	for i := range states {
		out[i] = states[i].ColumnVerdict
	}
	return out
}

// columnJudge judges the columns of one dossier.
type columnJudge struct {
	d     *facts.Dossier
	b     *Rulebook
	byURL map[string]*govsweep.ColumnActivity
	first time.Time // when the first column of the site was seen
}

func judgeColumns(d *facts.Dossier, b *Rulebook) []ColumnState {
	j := columnJudge{d: d, b: b, byURL: make(map[string]*govsweep.ColumnActivity, len(d.Columns))}
	for i := range d.Columns {
		c := &d.Columns[i]
		j.byURL[c.URL] = c
		if !c.FirstSeen.IsZero() && (j.first.IsZero() || c.FirstSeen.Before(j.first)) {
			j.first = c.FirstSeen
		}
	}
	out := make([]ColumnState, len(d.Columns))
	for i := range d.Columns {
		out[i] = j.judge(&d.Columns[i])
	}
	return out
}

func (j *columnJudge) judge(c *govsweep.ColumnActivity) ColumnState {
	s := ColumnState{ColumnVerdict: govsweep.ColumnVerdict{ColumnActivity: *c, AgeDays: -1}}
	newest, dated := newestOf(c)
	if dated {
		s.AgeDays = govsweep.DaysBetween(newest, j.d.AsOf)
	}
	limit := j.limit(c)
	s.Limit, s.Clause = limit.text(), limit.clause
	switch {
	case c.Excused != "":
		s.set(govsweep.ColumnExempt, "%s", c.Excused)
	case j.exempt(c):
		s.set(govsweep.ColumnExempt, "栏目%s已登记豁免检查至%s：%s。", Quote(c.Name), govsweep.ChineseDay(c.ExemptUntil), Clip(c.ExemptWhy, 80))
	case c.Notice != "":
		s.set(govsweep.ColumnNoRule, "栏目%s页面载有停办或迁移公告：%s。", Quote(c.Name), Quote(c.Notice))
	case dated && limit.known() && !limit.over(newest, j.d.AsOf):
		s.set(govsweep.ColumnFresh, "栏目%s最近一条信息发布于%s，未超过%s。", Quote(c.Name), govsweep.ChineseDate(newest), s.Limit)
	case c.OutsideOnly:
		s.set(govsweep.ColumnNoRule, "栏目%s只链接到其他网站或须登录后使用，本站没有信息列表。", Quote(c.Name))
	case c.Unread != "" || c.State == govsweep.UnreadList:
		s.set(govsweep.ColumnUnread, "栏目%s未能读取：%s", Quote(c.Name), whole(or(c.Unread, "列表内容未能取得")))
	case c.State == govsweep.BlankList && !dated && !j.childHasContent(c):
		j.blank(&s)
	default:
		j.age(&s, newest, dated, limit)
	}
	return s
}

func (s *ColumnState) set(v govsweep.ColumnState, format string, args ...any) {
	s.Verdict, s.Why = v, fmt.Sprintf(format, args...)
}

// blank decides over a column without any item: 空白栏目 is one that never
// offered content, seen as often as the rulebook asks.
func (j *columnJudge) blank(s *ColumnState) {
	need := j.b.Columns.BlankLooks
	switch {
	case s.HadContent:
		s.Lost = true
		s.set(govsweep.ColumnUnread, "栏目%s曾有信息，本次检查没有读到任何内容，属内容缺失，须人工核查。", Quote(s.Name))
	case s.Looks < need:
		s.set(govsweep.ColumnUnread, "栏目%s读取%d次未见内容，不足%d次，暂不认定为空白栏目。", Quote(s.Name), s.Looks, need)
	default:
		s.Clause = clauseFor(j.b.Columns.BlankClause, &j.d.Site)
		s.set(govsweep.ColumnBlank, "栏目%s没有任何信息内容，经%d次读取均为空白。", Quote(s.Name), s.Looks)
		if j.isNew(&s.ColumnActivity) {
			s.Doubt = fmt.Sprintf("栏目%s于%s新出现，尚在%d日建设期内", Quote(s.Name), govsweep.ChineseDate(s.FirstSeen), j.b.Columns.NewColumnDays)
		}
	}
}

// age decides over a column with items, or one that is no list.
func (j *columnJudge) age(s *ColumnState, newest time.Time, dated bool, limit limit) {
	switch {
	case !limit.known():
		s.set(govsweep.ColumnNoRule, "%s", noRule(s, newest, dated))
	case dated:
		s.Legal = limit.legal(newest, j.d.AsOf)
		s.set(govsweep.ColumnStale, "栏目%s最近一条信息发布于%s，距监测时间点已超过%s。", Quote(s.Name), govsweep.ChineseDate(newest), s.Limit)
		j.doubt(s)
	case s.Items > 0 && s.Undated+s.Future >= s.Items && s.Undated > 0:
		s.Legal, s.NoDates = true, true
		s.set(govsweep.ColumnStale, "栏目%s所列%d条信息均未标明发布日期，按规定视为未更新，须人工核对。", Quote(s.Name), s.Items)
		j.doubt(s)
	case s.Items > 0 && s.Future >= s.Items:
		s.Legal = true
		s.set(govsweep.ColumnStale, "栏目%s所列信息的日期均晚于监测时间点，不计为更新，须人工核对。", Quote(s.Name))
		s.Doubt = fmt.Sprintf("栏目%s所列信息的日期均晚于监测时间点", Quote(s.Name))
	default:
		s.set(govsweep.ColumnNoRule, "栏目%s不是信息列表，不按更新周期判定。", Quote(s.Name))
	}
}

// doubt notes what keeps a stale column from costing anything yet: a part that
// was not read, dates that may stand on pages not read, an unsure class.
func (j *columnJudge) doubt(s *ColumnState) {
	for _, url := range s.Children {
		if child := j.byURL[url]; child != nil && child.Unread != "" {
			s.Doubt = fmt.Sprintf("栏目%s的下级栏目%s未能读取", Quote(s.Name), Quote(child.Name))
			return
		}
	}
	if s.Undated*2 >= max(s.Items, 1) && !j.d.Coverage.Complete {
		s.Doubt = fmt.Sprintf("栏目%s有%d条信息未标明日期，且本次未读取全部内容页", Quote(s.Name), s.Undated)
	}
	if unsure(&s.Column, j.b.Columns.SureClass) {
		s.Doubt = fmt.Sprintf("栏目%s的类别（%s）由程序推断，把握不足", Quote(s.Name), ClassName(s.Class))
	}
}

func (j *columnJudge) exempt(c *govsweep.ColumnActivity) bool {
	until, err := govsweep.ParseDate(c.ExemptUntil)
	return c.ExemptUntil != "" && err == nil && !j.d.AsOf.After(govsweep.EndOfDay(until))
}

// isNew: a column that appeared after the site's first inspection, not long ago.
func (j *columnJudge) isNew(c *govsweep.ColumnActivity) bool {
	return !c.FirstSeen.IsZero() && govsweep.DaysBetween(j.first, c.FirstSeen) > 0 &&
		govsweep.DaysBetween(c.FirstSeen, j.d.AsOf) <= j.b.Columns.NewColumnDays
}

// childHasContent: a column is as full as its sub-columns, however deep.
func (j *columnJudge) childHasContent(c *govsweep.ColumnActivity) bool {
	return j.content(c, map[string]bool{c.URL: true})
}

func (j *columnJudge) content(c *govsweep.ColumnActivity, seen map[string]bool) bool {
	for _, url := range c.Children {
		child := j.byURL[url]
		if child == nil || seen[url] {
			continue
		}
		seen[url] = true
		// A child that could not be read, or is no list, may hold anything.
		if child.Items > 0 || child.State != govsweep.BlankList || j.content(child, seen) {
			return true
		}
	}
	return false
}

func noRule(s *ColumnState, newest time.Time, dated bool) string {
	class := ClassName(s.Class)
	if s.Class == govsweep.UnknownColumn {
		return fmt.Sprintf("栏目%s的类别尚未确定，没有可适用的更新周期。", Quote(s.Name))
	}
	if dated {
		return fmt.Sprintf("栏目%s最近一条信息发布于%s，%s类栏目没有规定更新周期。", Quote(s.Name), govsweep.ChineseDate(newest), class)
	}
	return fmt.Sprintf("栏目%s属%s类，没有规定更新周期。", Quote(s.Name), class)
}

func newestOf(c *govsweep.ColumnActivity) (time.Time, bool) {
	if c.Newest == "" {
		return time.Time{}, false
	}
	t, err := govsweep.ParseDate(c.Newest)
	return t, err == nil
}

func or(s, otherwise string) string {
	if s != "" {
		return s
	}
	return otherwise
}

// UnsureClass says that the class of c was guessed by the program and not
// firmly enough to hold anything against the site.
func UnsureClass(p *Pass, c *ColumnState) bool {
	return unsure(&c.Column, p.shared.book.Columns.SureClass)
}

func unsure(c *govsweep.Column, line float64) bool {
	return c.ClassBy == "" && c.Confidence < line
}
