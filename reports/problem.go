package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// problem is one root cause as a notice prints it, once: its items are the
// clauses it offends, each of which is answered and re-tested by its own number.
type problem struct {
	no    int
	items []*govsweep.NoticeItem // the weightiest first, never none
}

// problemsOf gathers items by their cause, each where its first item stands.
// Items without a cause stand alone.
func problemsOf(items []govsweep.NoticeItem) []problem {
	var out []problem
	place := map[string]int{}
	for i := range items {
		it := &items[i]
		if at, ok := place[it.Cause]; ok && it.Cause != "" {
			out[at].items = append(out[at].items, it)
			continue
		}
		place[it.Cause] = len(out)
		out = append(out, problem{no: len(out) + 1, items: []*govsweep.NoticeItem{it}})
	}
	return out
}

// HowMany says how many problems a notice prints, and how many items where
// several stand under one problem: 5个问题（9项）.
func HowMany(n *govsweep.Notice) string {
	k := len(problemsOf(n.Items))
	if k == len(n.Items) {
		return fmt.Sprintf("%d个问题", k)
	}
	return fmt.Sprintf("%d个问题（%d项）", k, len(n.Items))
}

// first is the item that names the problem.
func (p *problem) first() *govsweep.NoticeItem { return p.items[0] }

// numbers lists the numbers of the items: 3、4 or 3—6.
func (p *problem) numbers() string {
	var nos []int
	for _, it := range p.items {
		nos = append(nos, it.No)
	}
	return numberRuns(nos)
}

// numberRuns lists numbers in order, three and more in a row as 3—6.
func numberRuns(nos []int) string {
	nos = slices.Compact(slices.Sorted(slices.Values(nos)))
	var out []string
	for i := 0; i < len(nos); {
		j := i
		for j+1 < len(nos) && nos[j+1] == nos[j]+1 {
			j++
		}
		if j-i < 2 {
			j = i
			out = append(out, number(nos[i]))
		} else {
			out = append(out, number(nos[i])+"—"+number(nos[j]))
		}
		i = j + 1
	}
	return strings.Join(out, "、")
}

// named is the indicator that weighs most, and class and number of every one.
func (p *problem) named() string {
	var parts, ids []string
	class := ""
	for _, it := range p.items {
		c, id := classWord(it.Class), clean(cut(it.BookID, 20))
		if c == class && slices.Contains(ids, id) {
			continue
		}
		ids = append(ids, id)
		if c == class {
			parts[len(parts)-1] += "、" + id
		} else {
			parts = append(parts, c+"，"+id)
		}
		class = c
	}
	return cut(clean(p.first().Title), maxName) + "（" + strings.Join(parts, "；") + "）"
}

// facts says what is wrong. Of one column the weightiest item says it all; of
// other places each item adds what is not said yet.
func (p *problem) facts() string {
	var out []string
	for _, it := range p.items {
		s := sentence(cut(clean(it.Summary), maxFact))
		if len(out) > 0 && (it.Column != nil || slices.ContainsFunc(out, func(had string) bool { return saidIn(had, s) })) {
			continue
		}
		out = append(out, s)
	}
	return strings.Join(out, "")
}

// repeated says for how many quarters in a row the fault stands, at most.
func (p *problem) repeated() string {
	most := 0
	for _, it := range p.items {
		most = max(most, it.Repeat)
	}
	if most < 2 {
		return ""
	}
	return fmt.Sprintf("该问题已连续%d个季度出现。", most)
}

// column is where the fault is, "" where it is in no column.
func (p *problem) column() *govsweep.ColumnRef {
	for _, it := range p.items {
		if it.Column != nil {
			return it.Column
		}
	}
	return nil
}

// pages are the addresses of all items, each once.
func (p *problem) pages() []string {
	return p.distinct(pagesOfItem)
}

// details are the quoted facts of all items, each once; what the place says
// already is left out.
func (p *problem) details() []string {
	var out []string
	for k, it := range p.items {
		for _, d := range it.Detail {
			had := k > 0 && slices.ContainsFunc(out, func(had string) bool {
				return had == d || !strings.ContainsAny(d, "0123456789") && saidIn(had, d)
			})
			if !had && (it.Column == nil || !strings.HasPrefix(d, "栏目路径：")) {
				out = append(out, d)
			}
		}
	}
	return out
}

// clauses are the documents the problem offends, each once.
func (p *problem) clauses() string {
	all := p.distinct(func(it *govsweep.NoticeItem) []string { return strings.Split(cut(clean(it.Clause), maxFact), "; ") })
	for i := range all[:len(all)-1] {
		all[i] = strings.TrimRight(all[i], "。；")
	}
	return strings.Join(all, "；")
}

// remedies are what is to be done; what two say alike is said once.
func (p *problem) remedies() string {
	var out []string
	for _, it := range p.items {
		s := cut(clean(it.Remedy), maxFact)
		if !slices.ContainsFunc(out, func(had string) bool { return saidIn(had, s) || alike(had, s) }) {
			out = append(out, s)
		}
	}
	if len(out) == 1 {
		return out[0]
	}
	for i := range out {
		out[i] = sentence(out[i])
	}
	return strings.Join(out, "")
}

// looked are the times of the inspection, usually one.
func (p *problem) looked() string {
	return strings.Join(p.distinct(func(it *govsweep.NoticeItem) []string { return []string{moment(it.InspectedAt)} }), "、")
}

func (p *problem) distinct(of func(it *govsweep.NoticeItem) []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, it := range p.items {
		for _, s := range of(it) {
			if !seen[s] {
				seen[s] = true
				out = append(out, s)
			}
		}
	}
	return out
}

// evidence are the captures of all items, each once.
func (p *problem) evidence() []govsweep.Evidence {
	var out []govsweep.Evidence
	seen := map[string]bool{}
	for _, it := range p.items {
		for _, e := range it.Evidence {
			if !seen[e.Digest] {
				seen[e.Digest] = true
				out = append(out, e)
			}
		}
	}
	return out
}
