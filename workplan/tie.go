package workplan

import (
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// tie finds the demands of a task: every sentence ends in a demand of the
// table, or is known as an explanation, or becomes a line of the checklist.
func tie(t *govsweep.Task, table *demandTable) []govsweep.Demand {
	var out []govsweep.Demand
	done := map[*rule]bool{}
	for _, s := range sentences(t.Text) {
		folded, at := foldAt(s)
		key := string(folded)
		known := false
		for _, r := range table.Rules {
			m := r.find(key)
			if m == nil {
				continue
			}
			known = true
			if done[r] {
				continue
			}
			done[r] = true
			out = append(out, r.demand(clauseOf(s, at[runes(key[:m[0]])], at[runes(key[:m[1]])])))
		}
		if !known && !table.explains(key) {
			out = append(out, govsweep.Demand{Text: shorten(s, 120), Checklist: "对照原文核查是否已经落实"})
		}
	}
	if len(out) == 0 {
		out = append(out, govsweep.Demand{Text: shorten(t.Text, 120), Checklist: "对照原文核查是否已经落实"})
	}
	return out
}

func (t *demandTable) explains(key string) bool {
	for _, re := range t.explain {
		if re.MatchString(key) {
			return true
		}
	}
	return len([]rune(key)) < 4
}

// sentences parts a text at full stops and semicolons. What stands within
// brackets or 书名号 is not parted.
func sentences(text string) []string {
	var out []string
	depth, from := 0, 0
	for i, r := range text {
		switch r {
		case '(', '（', '《', '“':
			depth++
		case ')', '）', '》', '”':
			depth = max(depth-1, 0)
		case '。':
			depth = 0
			out, from = append(out, text[from:i]), i+len("。")
		case '；', ';', '！':
			if depth == 0 {
				out, from = append(out, text[from:i]), i+len(string(r))
			}
		}
	}
	out = append(out, text[from:])
	kept := out[:0]
	for _, s := range out {
		if s = strings.TrimSpace(s); s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

func runes(s string) int { return len([]rune(s)) }

// clauseOf widens the words from…to of a sentence to the clause they stand in.
func clauseOf(s string, from, to int) string {
	if i := strings.LastIndexAny(s[:from], "，,；;。：:"); i >= 0 {
		_, n := utf8.DecodeRuneInString(s[i:])
		from = i + n
	} else {
		from = 0
	}
	if i := strings.IndexAny(s[to:], "，,；;。"); i >= 0 {
		to += i
	} else {
		to = len(s)
	}
	return shorten(s[from:to], 80)
}

func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// headDemands are what the paper itself has to show where it is published.
func headDemands(p *govsweep.Plan, said []string) []govsweep.Demand {
	if p.Number == "" {
		said = append(said[:len(said):len(said)], "没有文号")
	}
	return headRules("head", said...)
}

// headRules applies a group of the table to lines of the head.
func headRules(group string, lines ...string) []govsweep.Demand {
	rules := demandRules().Head
	if group == "interpretation" {
		rules = demandRules().Interpretation
	}
	var out []govsweep.Demand
	for _, r := range rules {
		for _, l := range lines {
			if r.find(fold(l)) != nil {
				out = append(out, r.demand(l))
				break
			}
		}
	}
	return out
}
