package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/schedule"
)

// timetableChanges is what importing a file does to what is kept: what is to
// be saved, and a line for each of its items.
type timetableChanges struct {
	schedules           []govsweep.Schedule
	hours               []govsweep.SiteHours
	lines               []string
	added, other, alike int
	ofSchedules         int // items of the file that are schedules
}

// sort tells what is new, what is changed and what stays as it is. The
// schedules become those that are kept from now on.
func (c *timetableChanges) sort(schedules []govsweep.Schedule, hours []govsweep.SiteHours, kept []govsweep.Schedule, keptHours []govsweep.SiteHours) {
	c.ofSchedules = len(schedules)
	before := map[string]*govsweep.Schedule{}
	for i := range kept {
		before[kept[i].Name] = &kept[i]
	}
	for i := range schedules {
		s := &schedules[i]
		var changes []string
		old := before[s.Name]
		if old != nil {
			changes = schedule.Renew(old, s)
		}
		if c.tell("计划“"+s.Name+"”", old != nil, changes, stillPaused(old, s)) {
			c.schedules = append(c.schedules, *s)
		}
	}
	hoursBefore := map[string]*govsweep.SiteHours{}
	for i := range keptHours {
		hoursBefore[keptHours[i].Scope] = &keptHours[i]
	}
	for i := range hours {
		h := &hours[i]
		var changes []string
		old := hoursBefore[h.Scope]
		if old != nil {
			changes = schedule.RenewHours(old, h)
		}
		if c.tell("采集时段“"+firstOf(h.Scope, "全部")+"”", old != nil, changes, "") {
			c.hours = append(c.hours, *h)
		}
	}
}

// tell writes the line of one item and says whether it is to be saved.
func (c *timetableChanges) tell(name string, known bool, changes []string, more string) bool {
	line := "新增　" + name
	switch {
	case !known:
		c.added++
	case len(changes) == 0:
		c.alike++
		line = "未变　" + name
	default:
		c.other++
		line = "变更　" + name + "：" + strings.Join(changes, "；")
	}
	c.lines = append(c.lines, line+more)
	return !known || len(changes) > 0
}

// stillPaused says that a schedule was paused by a person and stays so.
func stillPaused(old, s *govsweep.Schedule) string {
	if old == nil || !old.Paused {
		return ""
	}
	why := ""
	if s.Note != "" {
		why = "（" + s.Note + "）"
	}
	return "，仍为暂停" + why + "，恢复用 govsweep schedule resume " + s.Name
}

func (c *timetableChanges) print(out io.Writer, did string) error {
	for _, line := range c.lines {
		if _, err := fmt.Fprintln(out, reports.Clean(line)); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "%s计划%d项、采集时段%d条：新增%d项，变更%d项，未变%d项。\n", did, c.ofSchedules, len(c.lines)-c.ofSchedules, c.added, c.other, c.alike)
	return err
}

// orWords joins clauses, or gives the words for none.
func orWords(clauses []string, none string) string {
	if len(clauses) == 0 {
		return none
	}
	return strings.Join(clauses, "；")
}
