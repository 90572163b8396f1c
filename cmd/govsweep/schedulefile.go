package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/workday"
	"github.com/govsweep/govsweep/yamlwords"
)

type scheduleImportCmd struct {
	File   string `arg:"" help:"YAML文件：schedules 和 hours 两个列表。" type:"path"`
	DryRun bool   `help:"只校验，不导入。"`
	By     string `help:"登记人员姓名。" placeholder:"姓名"`
}

// Run keeps the schedules and hours of a file, all or none.
func (c *scheduleImportCmd) Run(a *app) error {
	raw, err := namedfile.Read("计划文件", c.File)
	if err != nil {
		return err
	}
	days, err := a.calendar()
	if err != nil {
		return err
	}
	schedules, hours, faults := parseSchedules(raw, days)
	if len(faults) > 0 {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("计划文件“%s”有%d处错误，未导入任何一项：\n%s", c.File, len(faults), strings.Join(faults, "\n"))}
	}
	now := time.Now().Truncate(time.Millisecond)
	for i := range schedules {
		schedules[i].By, schedules[i].Since = c.By, now
	}
	told := &timetableChanges{}
	if c.DryRun && a.notBegun() {
		told.sort(schedules, hours, nil, nil)
		return told.print(a.stdout, "没有错误，共有")
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	keptSchedules, err := db.Schedules(a.ctx)
	if err != nil {
		return err
	}
	keptHours, err := db.Hours(a.ctx)
	if err != nil {
		return err
	}
	told.sort(schedules, hours, keptSchedules, keptHours)
	if c.DryRun {
		return told.print(a.stdout, "没有错误，共有")
	}
	if err := db.SaveTimetable(a.ctx, told.schedules, told.hours); err != nil {
		return err
	}
	if err := a.warnEmpty(db, schedules, hours); err != nil {
		return err
	}
	return told.print(a.stdout, "已导入")
}

// scheduleReader reads a file and gathers its faults.
type scheduleReader struct {
	faults []string
}

func (r *scheduleReader) fault(n ast.Node, format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf("第%d行：", n.GetToken().Position.Line)+fmt.Sprintf(format, args...))
}

// parseSchedules reads a file; it names every fault with its line.
func parseSchedules(raw []byte, days *workday.Calendar) ([]govsweep.Schedule, []govsweep.SiteHours, []string) {
	file, fault := yamlwords.Parse(raw)
	if fault != "" {
		return nil, nil, []string{"不是正确的YAML：" + fault}
	}
	r := &scheduleReader{}
	var schedules []govsweep.Schedule
	var hours []govsweep.SiteHours
	for _, kv := range entries(file) {
		switch key := keyOf(kv); key {
		case "schedules":
			schedules = append(schedules, r.schedules(kv.Value, days)...)
		case "hours":
			hours = append(hours, r.hours(kv.Value)...)
		default:
			r.fault(kv.Key, "不认识的键“%s”，应为 schedules（计划）或 hours（采集时段）", key)
		}
	}
	if len(r.faults) == 0 && len(schedules)+len(hours) == 0 {
		r.faults = append(r.faults, "文件中没有计划，应有 schedules（计划）或 hours（采集时段）列表")
	}
	return schedules, hours, r.faults
}

func (r *scheduleReader) schedules(n ast.Node, days *workday.Calendar) []govsweep.Schedule {
	var out []govsweep.Schedule
	seen := map[string]int{}
	r.each(n, func(item ast.Node) {
		var s govsweep.Schedule
		kind := ""
		wrong := r.keys(item, map[string]any{"name": &s.Name, "kind": &kind, "when": &s.When, "scope": &s.Scope, "sample": &s.Sample, "window": &s.Window,
			"blackout": &s.Blackout, "priority": &s.Priority, "parallel": &s.Parallel, "max_pages": &s.MaxPages, "control": &s.Control, "paused": &s.Paused, "note": &s.Note})
		if wrong == nil {
			return
		}
		s.Kind = kindNamed(kind)
		for _, f := range schedule.Validate(&s, days, scheduleScope) {
			if !wrong[f.Key] {
				r.fault(entryOf(item, f.Key), "计划“%s”：%s", schedule.ShortName(s.Name), f.Say)
			}
		}
		for i, c := range s.Control {
			home, err := homeAddress(c)
			if err != nil {
				r.fault(entryOf(item, "control"), "计划“%s”：对照网站“%s”不是网址", schedule.ShortName(s.Name), c)
			}
			s.Control[i] = home
		}
		if line, twice := seen[s.Name]; twice && s.Name != "" {
			r.fault(item, "计划“%s”与第%d行同名", schedule.ShortName(s.Name), line)
		}
		seen[s.Name] = item.GetToken().Position.Line
		out = append(out, s)
	})
	return out
}

// kindNamed takes a kind by its name or its Chinese word.
func kindNamed(word string) govsweep.ScheduleKind {
	for _, k := range govsweep.ScheduleKinds() {
		if k.Word() == word {
			return k
		}
	}
	return govsweep.ScheduleKind(word)
}

func (r *scheduleReader) hours(n ast.Node) []govsweep.SiteHours {
	var out []govsweep.SiteHours
	r.each(n, func(item ast.Node) {
		var h govsweep.SiteHours
		wrong := r.keys(item, map[string]any{"scope": &h.Scope, "window": &h.Window, "blackout": &h.Blackout, "why": &h.Why})
		if wrong == nil {
			return
		}
		for _, f := range checkHours(&h) {
			if !wrong[f.Key] && !(f.Key == "" && (wrong["window"] || wrong["blackout"])) {
				r.fault(entryOf(item, f.Key), "%s", f.Say)
			}
		}
		out = append(out, h)
	})
	return out
}

func (r *scheduleReader) each(n ast.Node, take func(ast.Node)) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		r.fault(n, "这里应为列表，每项以“- ”开头")
		return
	}
	for _, item := range list.Values {
		take(item)
	}
}

// fields reads the keys of one item; false when one of them is wrong.
func (r *scheduleReader) fields(item ast.Node, places map[string]any) bool {
	before := len(r.faults)
	r.keys(item, places)
	return len(r.faults) == before
}

// keys reads the keys of one item and names those whose value is not known
// for that: nil when the item has no keys at all.
func (r *scheduleReader) keys(item ast.Node, places map[string]any) (wrong map[string]bool) {
	values := pairs(item)
	if values == nil {
		r.fault(item, "这里应为“键: 值”形式的内容")
		return nil
	}
	wrong, seen := map[string]bool{}, map[string]bool{}
	for _, kv := range values {
		key := keyOf(kv)
		place, known := places[key]
		switch {
		case !known:
			r.fault(kv.Key, "不认识的键“%s”，可用 %s", key, strings.Join(slices.Sorted(maps.Keys(places)), "、"))
		case seen[key]:
			r.fault(kv.Key, "键“%s”重复", key)
		case !takes(kv.Value, place):
			r.fault(kv.Key, "键“%s”的值不正确，应为%s", key, wantedSchedule(place))
			wrong[key] = true
		}
		seen[key] = true
	}
	return wrong
}

func keyOf(kv *ast.MappingValueNode) string { return strings.Trim(kv.Key.String(), `"'`) }

func wantedSchedule(place any) string {
	if _, ok := place.(*bool); ok {
		return "true 或 false"
	}
	return wantedValue(place)
}
