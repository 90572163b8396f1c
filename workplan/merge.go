package workplan

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// Change is one cell of a ledger that differs from the plan.
type Change struct {
	Task     string // number of the task
	Sheet    string
	Cell     string // "" for a row that was deleted
	Field    string
	Old, New string
}

// String gives the change as it is printed.
func (c Change) String() string {
	switch {
	case c.Field == addedField:
		return fmt.Sprintf("新增任务%s（工作表“%s”单元格%s）：%s", c.Task, c.Sheet, c.Cell, shorten(c.New, 60))
	case c.Cell == "":
		return fmt.Sprintf("任务%s的行已删去，按已取消处理", c.Task)
	}
	return fmt.Sprintf("任务%s的%s（工作表“%s”单元格%s）：“%s”改为“%s”", c.Task, c.Field, c.Sheet, c.Cell, shorten(c.Old, 60), shorten(c.New, 60))
}

// Refusal is a cell that cannot be taken.
type Refusal struct {
	Sheet, Cell string
	Reason      string // one Chinese sentence
}

// String gives the refusal as it is printed.
func (r Refusal) String() string {
	return fmt.Sprintf("工作表“%s”单元格%s：%s", r.Sheet, r.Cell, r.Reason)
}

// Merged is what a ledger makes of a plan.
type Merged struct {
	// Plan is the plan with the changes, one version on; it is the plan as it
	// was, same version, when nothing changed. Not to be kept while something
	// is refused.
	Plan    *govsweep.Plan
	Changes []Change
	Refused []Refusal
}

const (
	addedField = "新增任务"
	dropNote   = "导入台账时删去了这一行"
)

// ReadSheet reads a ledger that came back and holds it against the plan as it
// is now. Rows nobody changed in between are taken; a row that was changed on
// both sides is refused with its cell, never overwritten. now is not changed.
func ReadSheet(name string, r io.ReaderAt, size int64, now *govsweep.Plan) (*Merged, error) {
	b, err := openLedger(name, r, size)
	if err != nil {
		return nil, err
	}
	if b.plan != now.ID {
		return nil, wrong(nil, "工作表“%s”单元格%s：这是计划“%s”的台账，不是计划“%s”的", aboutSheet, b.planAt, b.plan, now.ID)
	}
	if b.version > now.Version {
		return nil, &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("台账“%s”的版本是%d，计划“%s”现在的版本是%d：台账来自另一个数据库，请重新导出", name, b.version, now.ID, now.Version)}
	}
	m := &merger{ledger: b, now: now, rows: map[string]int{}, seen: map[string]bool{}}
	m.run()
	return m.result(), nil
}

type merger struct {
	ledger  *ledger
	now     *govsweep.Plan
	tasks   []govsweep.Task
	rows    map[string]int // number → place in now.Tasks
	seen    map[string]bool
	changes []Change
	refused []Refusal
	serial  int
}

func (m *merger) run() {
	for i := range m.now.Tasks {
		m.rows[m.now.Tasks[i].ID] = i
	}
	m.tasks = slices.Clone(m.now.Tasks)
	demands := m.byTask()
	for _, row := range m.ledger.tasks {
		if row.cells[markTitle] == "" {
			m.add(row, demands)
			continue
		}
		m.update(row, demands)
	}
	for _, d := range m.ledger.demands {
		id := d.cells["任务编号"]
		if _, known := m.rows[id]; !known && !m.seen[id] {
			m.refuse(demandSheet, d.cells["@任务编号"], fmt.Sprintf("“%s”一页中没有编号为“%s”的任务", taskSheet, shorten(id, 30)))
		}
	}
	m.dropped()
}

func (m *merger) result() *Merged {
	p := *m.now
	if len(m.changes) > 0 {
		p.Tasks = m.tasks
		p.Version++
	}
	return &Merged{Plan: &p, Changes: m.changes, Refused: m.refused}
}

func (m *merger) refuse(sheet, cell, reason string) {
	m.refused = append(m.refused, Refusal{Sheet: sheet, Cell: cell, Reason: reason})
}

// byTask gathers the rows of the demand sheet by their task, in order.
func (m *merger) byTask() map[string][]ledgerRow {
	out := map[string][]ledgerRow{}
	for _, d := range m.ledger.demands {
		id := d.cells["任务编号"]
		if d.cells["要求原文"] == "" && d.cells["对应指标"] == "" && d.cells["人工核查"] == "" {
			continue // a row that was emptied
		}
		out[id] = append(out[id], d)
	}
	return out
}

// update takes a row that was handed out.
func (m *merger) update(row ledgerRow, demands map[string][]ledgerRow) {
	id, at := row.cells["编号"], row.cells["@"+markTitle]
	base := rowMarkForm.FindStringSubmatch(row.cells[markTitle])
	i, known := m.rows[id]
	switch {
	case base == nil:
		m.refuse(taskSheet, at, "行标记被改动，无法辨认这一行；请重新导出后填写")
		m.seen[id] = true
		return
	case !known:
		m.refuse(taskSheet, cellOf(row, "编号"), fmt.Sprintf("计划中没有编号为“%s”的任务；新增任务请把行标记留空", shorten(id, 30)))
		return
	case m.seen[id]:
		m.refuse(taskSheet, cellOf(row, "编号"), fmt.Sprintf("编号“%s”出现了两次", shorten(id, 30)))
		return
	}
	m.seen[id] = true
	was := &m.now.Tasks[i]
	t := *was
	t.Bodies = slices.Clone(was.Bodies)
	changes, ok := m.apply(&t, row, demands[id])
	if !ok || len(changes) == 0 {
		return
	}
	if m.touched(was, &t, base[2], changes) {
		return
	}
	m.tasks[i] = t
	m.changes = append(m.changes, changes...)
}

// touched says that a task was changed since the ledger was written. When the
// row is as it was handed out, what is now stands and nothing is refused.
func (m *merger) touched(was, t *govsweep.Task, base string, changes []Change) bool {
	if mark(was) == base {
		return false
	}
	if mark(t) != base {
		for _, c := range changes {
			m.refuse(c.Sheet, c.Cell, fmt.Sprintf("任务%s在导出之后已由他人修改，%s现为“%s”，台账中为“%s”；请重新导出后填写", c.Task, c.Field, shorten(c.Old, 40), shorten(c.New, 40)))
		}
	}
	return true
}

// apply sets the fields of t to what the row says and lists what changed.
func (m *merger) apply(t *govsweep.Task, row ledgerRow, demands []ledgerRow) ([]Change, bool) {
	var changes []Change
	ok := true
	for _, f := range fields {
		cell, given := row.cells[f.title]
		old := f.get(t)
		if _, has := row.cells["@"+f.title]; !has && !given {
			cell = "" // the row ends before this column
		}
		if cell == shown(old) {
			continue
		}
		if f.title == "完成时限" {
			if d, fine := anyDay(cell); fine && d == old {
				continue
			}
		}
		if err := f.set(t, cell); err != nil {
			m.refuse(taskSheet, cellOf(row, f.title), err.Error())
			ok = false
			continue
		}
		if f.get(t) != old {
			changes = append(changes, Change{Task: t.ID, Sheet: taskSheet, Cell: cellOf(row, f.title), Field: f.title, Old: old, New: f.get(t)})
		}
	}
	if t.Due.Kind == govsweep.DueDate && t.Due.Date == "" && ok && slices.ContainsFunc(changes, func(c Change) bool { return c.Field == "时限类型" }) {
		m.refuse(taskSheet, cellOf(row, "完成时限"), "时限类型为“限期”，但没有填写完成时限")
		ok = false
	}
	more, fine := m.demands(t, demands)
	return append(changes, more...), ok && fine
}

// demands sets the demands of a task to the rows of the other sheet.
func (m *merger) demands(t *govsweep.Task, rows []ledgerRow) ([]Change, bool) {
	var changes []Change
	out := make([]govsweep.Demand, 0, len(rows))
	for i, r := range rows {
		d := govsweep.Demand{Text: r.cells["要求原文"], Checklist: r.cells["人工核查"]}
		ids, err := indicatorsIn(r.cells["对应指标"])
		if err != nil {
			m.refuse(demandSheet, cellOf(r, "对应指标"), err.Error())
			return nil, false
		}
		d.Indicators = ids
		if len(ids) == 0 && d.Checklist == "" {
			m.refuse(demandSheet, cellOf(r, "人工核查"), "没有指标的要求需要写明人工核查什么")
			return nil, false
		}
		if i >= len(t.Demands) || demandWords(d) != demandWords(t.Demands[i]) {
			old := ""
			if i < len(t.Demands) {
				old = demandWords(t.Demands[i])
			}
			changes = append(changes, Change{Task: t.ID, Sheet: demandSheet, Cell: cellOf(r, "要求原文"), Field: "要求", Old: old, New: demandWords(d)})
		} else {
			d = t.Demands[i]
		}
		out = append(out, d)
	}
	for i := len(rows); i < len(t.Demands); i++ {
		changes = append(changes, Change{Task: t.ID, Sheet: demandSheet, Cell: "A1", Field: "要求", Old: demandWords(t.Demands[i])})
	}
	if len(changes) > 0 {
		t.Demands = out
	}
	return changes, true
}

func demandWords(d govsweep.Demand) string {
	return strings.Join([]string{shown(d.Text), strings.Join(d.Indicators, "、"), shown(d.Checklist)}, "｜")
}

// indicatorsIn reads a list of book ids: XG-11、CT-02..CT-05.
func indicatorsIn(s string) ([]string, error) {
	var ids []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、,，;； \n\t", r) }) {
		ids = append(ids, strings.ToUpper(fold(part[:min(len(part), 40)])))
	}
	for i, id := range ids { // letters behind the number are small: SV-04a
		if n := len(id); n > 5 && !strings.Contains(id, "..") {
			ids[i] = id[:5] + strings.ToLower(id[5:])
		}
		if a, b, ok := strings.Cut(id, ".."); ok && len(a) >= 5 && len(b) >= 5 {
			ids[i] = a[:5] + strings.ToLower(a[5:]) + ".." + b[:5] + strings.ToLower(b[5:])
		}
	}
	out, err := spread(ids)
	if err != nil {
		return nil, fmt.Errorf("“%s”不是指标编号，应写成 XG-11，多个之间用顿号分开", shorten(s, 40))
	}
	return out, nil
}

// add takes a row people wrote themselves.
func (m *merger) add(row ledgerRow, demands map[string][]ledgerRow) {
	id := row.cells["编号"]
	if _, taken := m.rows[id]; taken || id != "" && m.seen[id] {
		m.refuse(taskSheet, cellOf(row, "编号"), fmt.Sprintf("编号“%s”已经有任务；新增任务请把编号留空", shorten(id, 30)))
		m.seen[id] = true
		return
	}
	if id == "" {
		id = m.fresh()
	}
	t := govsweep.Task{ID: shorten(id, 40), State: govsweep.TaskOpen}
	if row.cells["任务"] == "" {
		m.refuse(taskSheet, cellOf(row, "任务"), "新增的行没有填写任务")
		return
	}
	m.seen[t.ID] = true
	if _, ok := m.apply(&t, row, demands[t.ID]); !ok {
		return
	}
	if len(t.Demands) == 0 {
		t.Demands = tie(&t, demandRules())
	}
	m.tasks = append(m.tasks, t)
	m.changes = append(m.changes, Change{Task: t.ID, Sheet: taskSheet, Cell: cellOf(row, "任务"), Field: addedField, New: t.Text})
}

func (m *merger) fresh() string {
	for {
		m.serial++
		id := fmt.Sprintf("N-%d", m.serial)
		if _, taken := m.rows[id]; !taken && !m.seen[id] {
			return id
		}
	}
}

// dropped finds tasks that were handed out and have no row any more.
func (m *merger) dropped() {
	for _, h := range m.ledger.handed {
		i, known := m.rows[h.id]
		if !known || m.seen[h.id] || m.tasks[i].State == govsweep.TaskDropped {
			continue
		}
		m.seen[h.id] = true
		t := &m.tasks[i]
		if base := rowMarkForm.FindStringSubmatch(h.mark); base == nil || mark(t) != base[2] {
			m.refuse(aboutSheet, fmt.Sprintf("B%d", h.line), fmt.Sprintf("任务%s的行被删去，但它在导出之后已由他人修改；请重新导出后填写", h.id))
			continue
		}
		t.State = govsweep.TaskDropped
		t.Note = strings.Trim(t.Note+"；"+dropNote, "；")
		m.changes = append(m.changes, Change{Task: h.id, Sheet: taskSheet, Field: "状态", Old: stateWords[govsweep.TaskOpen], New: stateWords[govsweep.TaskDropped]})
	}
}

// cellOf names the cell of a field, also where the row ends before it.
func cellOf(row ledgerRow, title string) string {
	if at := row.cells["@"+title]; at != "" {
		return at
	}
	for i, t := range append([]string{"编号"}, fieldTitles()...) {
		if t == title {
			return cellName(i, row.line)
		}
	}
	return fmt.Sprintf("第%d行", row.line)
}

func fieldTitles() []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.title
	}
	return out
}
