package workplan

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// explained makes one entry of an interpretation printed with the paper: it
// belongs to the paper, but repeats it. Only clauses that ask for something
// the paper does not say are kept; the rest would stand in the ledger twice.
func (b *builder) explained(o *paperOutline) {
	if len(o.explain) == 0 {
		return
	}
	known := map[string]bool{}
	for _, it := range o.items {
		for _, p := range append([]string{it.heading}, it.paras...) {
			for _, g := range grams(fold(p)) {
				known[g] = true
			}
		}
	}
	var kept []string
	all := 0
	for _, p := range o.explain {
		if marked(p) && !strings.Contains(p, "。") {
			continue // a heading
		}
		for _, s := range clauses(p) {
			all++
			if asks(s) && runes(fold(s)) > 7 && newness(fold(s), known) > 0.4 {
				kept = append(kept, strings.TrimRight(s, "；;，,。"))
			}
		}
	}
	text := strings.Join(kept, "；") + "。"
	if len(kept) == 0 {
		text = "解读材料与正文内容相同。"
	}
	b.note("解读材料共%d个分句，与正文重复的不再列为任务，正文没有的%d个分句列在“解读材料”一项。", all, len(kept))
	t := govsweep.Task{ID: b.id("J", 1), Item: "解读材料", Text: text}
	t.Demands = append(headRules("interpretation", "解读材料"), tie(&t, demandRules())...)
	b.plan.Tasks = append(b.plan.Tasks, t)
}

// clauses parts a paragraph at full stops, semicolons and commas.
func clauses(p string) []string {
	return strings.FieldsFunc(p, func(r rune) bool { return r == '。' || r == '；' || r == ';' || r == '，' || r == ',' })
}

func grams(key string) []string {
	r := []rune(key)
	var out []string
	for i := 0; i+3 <= len(r); i++ {
		out = append(out, string(r[i:i+3]))
	}
	return out
}

// newness is the share of a sentence that the paper does not have.
func newness(key string, known map[string]bool) float64 {
	all := grams(key)
	if len(all) == 0 {
		return 0
	}
	fresh := 0
	for _, g := range all {
		if !known[g] {
			fresh++
		}
	}
	return float64(fresh) / float64(len(all))
}

// asks says that a sentence asks for something.
func asks(s string) bool {
	key := fold(s)
	for _, w := range []string{"要", "应", "建立", "公开", "发布", "推进", "落实", "规范", "确保", "加强", "做好"} {
		if strings.Contains(key, w) && !strings.Contains(key, "意义") && !strings.Contains(key, "有利于") && !strings.Contains(key, "之年") {
			return true
		}
	}
	return false
}
