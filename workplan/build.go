package workplan

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
)

// build fills a plan from the paragraphs of its paper.
func build(p *govsweep.Plan, paras []string) error {
	o := outline(paras)
	if len(o.items) == 0 {
		return wrong(nil, "文件“%s”中没有找到工作任务：没有“一、”“（一）”这样的层次，也没有责任单位和完成时限", p.Source)
	}
	readHead(p, o)
	if p.Year == 0 {
		p.Notes = append(p.Notes, "文中没有写明是哪一年的工作要点，“年底前”等时限无法换算；请用 --year 指明后重新导入。")
	}
	b := &builder{plan: p, when: when{year: p.Year, issued: p.Issued}, used: map[string]bool{}}
	b.head(o)
	for _, it := range o.items {
		b.item(it)
	}
	b.explained(o)
	if len(p.Tasks) > maxTasks {
		return wrong(nil, "文件“%s”中的任务超过%d项，不像一份工作要点", p.Source, maxTasks)
	}
	rules := demandRules()
	for i := range p.Tasks {
		t := &p.Tasks[i]
		t.State = govsweep.TaskOpen
		if len(t.Demands) == 0 {
			t.Demands = tie(t, rules)
		}
	}
	return nil
}

// builder makes tasks of items and keeps their numbers apart.
type builder struct {
	plan *govsweep.Plan
	when when
	used map[string]bool
}

// id gives a number that no other task of the plan has.
func (b *builder) id(place string, n int) string {
	for extra := 0; ; extra++ {
		id := fmt.Sprintf("%s-%d", place, n)
		if extra > 0 {
			id = fmt.Sprintf("%s%s-%d", place, strings.Repeat("b", min(extra, 9)), n)
		}
		if extra > 9 {
			id = fmt.Sprintf("%s~%d-%d", place, extra, n)
		}
		if !b.used[id] {
			b.used[id] = true
			return id
		}
	}
}

func (b *builder) note(format string, args ...any) {
	if len(b.plan.Notes) < 500 {
		b.plan.Notes = append(b.plan.Notes, fmt.Sprintf(format, args...))
	}
}

// item makes the tasks of one item: one for each printed pair, else one for
// each point (一是、1.、①), else one for the item.
func (b *builder) item(it item) {
	pieces := piecesOf(it)
	for n, piece := range pieces {
		if len(b.plan.Tasks) > maxTasks {
			return
		}
		t := govsweep.Task{ID: b.id(it.place(), n+1), Chapter: it.chapter, Item: it.heading, Text: piece.text,
			BodiesText: piece.bodies, Bodies: splitBodies(piece.bodies), Damaged: piece.damaged}
		t.Due = b.dueOf(t.ID, piece)
		if t.Damaged == "" && n == len(pieces)-1 {
			t.Damaged = breaksOff(piece.text)
		}
		if t.Damaged != "" {
			b.note("%s（%s）：%s", t.ID, it.heading, t.Damaged)
		}
		b.plan.Tasks = append(b.plan.Tasks, t)
	}
}

// dueOf reads the time limit of a task: the one stated with the bodies, else
// one said within its sentences. What else is said is noted.
func (b *builder) dueOf(id string, p piece) govsweep.Due {
	if p.damaged != "" && p.limit != "" {
		return govsweep.Due{Kind: govsweep.DueDamaged, Text: p.limit}
	}
	said := b.when.within(p.text)
	if p.limit != "" {
		due := b.when.stated(p.limit)
		for _, s := range said {
			if s.Date != due.Date || s.Kind != due.Kind {
				b.note("%s：完成时限为“%s”，文中另有“%s”%s。", id, p.limit, s.Text, dateWords(s))
			}
		}
		if due.Kind == govsweep.DueNone {
			b.note("%s：完成时限“%s”不能换算成日期，请在台账中填写。", id, p.limit)
		}
		return due
	}
	if len(said) == 0 {
		return govsweep.Due{}
	}
	for _, s := range said[1:] {
		b.note("%s：时限取“%s”，文中另有“%s”%s。", id, said[0].Text, s.Text, dateWords(s))
	}
	if said[0].Kind == govsweep.DueNone {
		b.note("%s：“%s”不能换算成日期，请在台账中填写。", id, said[0].Text)
	}
	return said[0]
}

func dateWords(d govsweep.Due) string {
	if d.Date == "" {
		return ""
	}
	return "（" + d.Date + "）"
}
