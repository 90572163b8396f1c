package rules

import (
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/govsweep/govsweep"
)

// checker looks for what the form of the file alone does not show.
type checker struct {
	*decoder
	book *Rulebook
	root ast.Node
}

func (c *checker) check(set []*Indicator) {
	b := c.book
	for _, must := range []struct{ key, value string }{
		{"id", b.ID}, {"citation", b.Citation}, {"title", b.Title}, {"version", b.Version},
	} {
		if must.value == "" {
			c.fault(c.root, "缺少“%s”", must.key)
		}
	}
	if len(b.Entries) == 0 {
		c.fault(c.root, "缺少“entries”：没有任何检查指标")
	}
	c.scoring()
	c.lines()
	c.cycles()
	c.entries(set)
}

func (c *checker) scoring() {
	s, at := &c.book.Scoring, c.at("scoring")
	if s.PassLine > s.DeductionTotal || s.BonusLine > s.DeductionTotal {
		c.fault(at, "及格线和加分线不能高于扣分指标总分")
	}
	switch s.Rescale {
	case ByFactor:
		if s.NoServiceFactor.Den == 0 {
			c.fault(at, "rescale 为 factor 时应给出 no_service_factor")
		}
	case NoRescale, "":
	default:
		c.fault(at, "rescale 应为 factor 或 none")
	}
	if s.ServicePoints > s.DeductionTotal {
		c.fault(at, "service_points 不能高于扣分指标总分")
	}
}

func (c *checker) cycles() {
	b := c.book
	if b.Columns.BlankLooks < 1 {
		c.fault(c.at("columns"), "blank_looks 应不小于1")
	}
	nodes := c.nodes("columns", "cycles")
	b.cycles = make(map[govsweep.ColumnClass]*Cycle, len(b.Columns.Cycles))
	for i := range b.Columns.Cycles {
		cy, at := &b.Columns.Cycles[i], nodes(i)
		switch {
		case cy.Class == govsweep.UnknownColumn:
			c.fault(at, "更新周期第%d项缺少 class", i+1)
		case b.cycles[cy.Class] != nil:
			c.fault(at, "栏目类别“%s”的更新周期重复", cy.Class)
		case cy.Days != nil && cy.Months != nil:
			c.fault(at, "栏目类别“%s”不能同时有 cycle_days 和 cycle_months", cy.Class)
		case cy.Days != nil && !sane(*cy.Days), cy.Months != nil && !sane(*cy.Months):
			c.fault(at, "栏目类别“%s”的更新周期应在1至3660之间", cy.Class)
		}
		c.words(at, cy.OnlyIf)
		b.cycles[cy.Class] = cy
	}
}

func sane(n int) bool { return n >= 1 && n <= 3660 }

func (c *checker) entries(set []*Indicator) {
	byCode := make(map[govsweep.IndicatorCode]*Indicator, len(set))
	for _, ind := range set {
		byCode[ind.Code] = ind
	}
	items := c.items()
	ids, codes := map[string]bool{}, map[govsweep.IndicatorCode]bool{}
	nodes := c.nodes("entries")
	for i := range c.book.Entries {
		e, at := &c.book.Entries[i], nodes(i)
		if e.ID == "" || ids[e.ID] {
			c.fault(at, "指标编号“%s”缺失或重复", e.ID)
		}
		if e.Code == "" || codes[e.Code] {
			c.fault(at, "指标代码“%s”缺失或重复", e.Code)
		}
		ids[e.ID], codes[e.Code] = true, true
		c.entry(e, at)
		c.params(e, byCode[e.Code], at)
		e.item = -1
		if n, ok := items[e.ID]; ok {
			e.item = n
		}
		if e.Class == govsweep.Deduction && e.item < 0 {
			c.fault(at, "扣分指标“%s”不在 scoring.items 的任何一项中", e.ID)
		}
	}
}

func (c *checker) entry(e *Entry, at ast.Node) {
	for _, must := range []struct{ key, value string }{
		{"name", e.Name}, {"clause", e.Clause}, {"remedy", e.Remedy},
	} {
		if must.value == "" {
			c.fault(at, "指标“%s”缺少“%s”", e.ID, must.key)
		}
	}
	switch e.Class {
	case govsweep.Veto, govsweep.Deduction, govsweep.Bonus, govsweep.Norm:
	default:
		c.fault(at, "指标“%s”的 class 应为 veto、deduction、bonus 或 norm", e.ID)
	}
	switch e.Severity {
	case govsweep.Fault, govsweep.Must, govsweep.Should, govsweep.Warn, govsweep.Info:
	default:
		c.fault(at, "指标“%s”的 severity 应为 must、should、warn 或 info", e.ID)
	}
	switch e.Automatable {
	case Full, Partial, Manual:
	default:
		c.fault(at, "指标“%s”的 automatable 应为 full、partial 或 manual", e.ID)
	}
	if (e.Class == govsweep.Norm || e.Class == govsweep.Veto) && e.Points != nil {
		c.fault(at, "指标“%s”不是扣分或加分指标，不能有分值", e.ID)
	}
	if !e.From.IsZero() && !e.To.IsZero() && e.To.Before(e.From) {
		c.fault(at, "指标“%s”的执行期止于开始之前", e.ID)
	}
	if !e.To.IsZero() {
		e.To = govsweep.EndOfDay(e.To)
	}
	c.words(at, e.OnlyIf)
}

func (c *checker) words(at ast.Node, only []string) {
	for _, w := range only {
		if _, ok := scopeWords[w]; !ok {
			c.fault(at, "不认识的适用范围“%s”", Clip(w, 40))
		}
	}
}

// params decodes an entry's params into the type its indicator names.
func (c *checker) params(e *Entry, ind *Indicator, at ast.Node) {
	node := e.RawParams.node
	switch {
	case ind == nil:
		c.fault(at, "指标“%s”（%s）没有对应的检查", e.ID, e.Code)
	case ind.Params == nil && node != nil:
		c.fault(node, "指标“%s”没有可设的参数", e.ID)
	case ind.Params != nil:
		e.params = ind.Params()
		if node != nil {
			c.into(node, reflect.ValueOf(e.params).Elem())
		}
		c.numbers(e, node, at)
		if v, ok := e.params.(interface{ Validate() error }); ok {
			if err := v.Validate(); err != nil {
				c.fault(at, "指标“%s”的参数不正确：%s", e.ID, err)
			}
		}
	}
}

func (c *checker) items() map[string]int {
	at := c.at("scoring")
	out := map[string]int{}
	for i, item := range c.book.Scoring.Items {
		for _, id := range item.Indicators {
			if _, twice := out[id]; twice {
				c.fault(at, "指标“%s”出现在两个扣分项中", id)
			}
			out[id] = i
		}
	}
	return out
}

// at finds the node of a top-level key, to name its line.
func (c *checker) at(key string) ast.Node {
	if kv := pair(c.root, key); kv != nil {
		return kv.Key
	}
	return c.root
}

// nodes finds the items of the list that stands at path.
func (c *checker) nodes(path ...string) func(int) ast.Node {
	n := c.root
	for _, key := range path {
		kv := pair(n, key)
		if kv == nil {
			return func(int) ast.Node { return c.root }
		}
		n = kv.Value
	}
	seq, _ := n.(*ast.SequenceNode)
	return func(i int) ast.Node {
		if seq == nil || i >= len(seq.Values) {
			return c.root
		}
		return seq.Values[i]
	}
}

func pair(n ast.Node, key string) *ast.MappingValueNode {
	values, _ := mapping(n)
	for _, kv := range values {
		if strings.Trim(kv.Key.String(), `"'`) == key {
			return kv
		}
	}
	return nil
}
