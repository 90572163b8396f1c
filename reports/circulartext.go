package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep/reports/paper"
)

// circularText is one paragraph of a circular: words and numbers, and behind
// them which rows the numbers were counted from.
type circularText struct {
	words strings.Builder
	used  []*Number
}

// say adds a sentence; every %s of format takes a *Number or a cleaned text.
func (t *circularText) say(format string, args ...any) *circularText {
	for i, a := range args {
		switch a := a.(type) {
		case *Number:
			t.used = append(t.used, a)
			args[i] = a.Text
		case string:
			args[i] = clean(a)
		}
	}
	fmt.Fprintf(&t.words, format, args...)
	return t
}

// para closes the paragraph: it says why a number is not known, and with
// marks it names the rows the numbers come from.
func (t *circularText) para(level paper.Level, marks bool) paper.Para {
	words := t.words.String()
	if why := unknownWords(t.used); why != "" {
		words += "（“—”为不能统计，" + why + "）"
	}
	if m := marksOf(t.used); marks && m != "" {
		words += "（数据见" + m + "）"
	}
	return paper.Para{Level: level, Text: words}
}

// unknownWords says why numbers are not known, each reason once behind all it
// holds for; "" when all are known.
func unknownWords(numbers []*Number) string {
	var reasons, said []string
	labels := map[string][]string{}
	for _, n := range numbers {
		if n.Known() {
			continue
		}
		if labels[n.Unknown] == nil {
			reasons = append(reasons, n.Unknown)
		}
		if !slices.Contains(labels[n.Unknown], n.Label) {
			labels[n.Unknown] = append(labels[n.Unknown], n.Label)
		}
	}
	for _, why := range reasons {
		said = append(said, strings.Join(labels[why], "、")+"："+why)
	}
	return strings.Join(said, "；")
}

// marksOf writes the codes of numbers short, in order: 表1-1至1-4、表6-2.
func marksOf(numbers []*Number) string {
	type code struct{ list, n int }
	var codes []code
	for _, n := range numbers {
		if list, at, ok := splitCode(n.Code); ok {
			codes = append(codes, code{list, at})
		}
	}
	slices.SortFunc(codes, func(a, b code) int { return cmp.Or(a.list-b.list, a.n-b.n) })
	codes = slices.Compact(codes)
	var parts []string
	for i := 0; i < len(codes); {
		j := i
		for j+1 < len(codes) && codes[j+1] == (code{codes[j].list, codes[j].n + 1}) {
			j++
		}
		part := fmt.Sprintf("表%d-%d", codes[i].list, codes[i].n)
		if j > i {
			part += fmt.Sprintf("至%d-%d", codes[j].list, codes[j].n)
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, "、")
}

// splitCode reads 表6-2; ok is false for a number without a list.
func splitCode(code string) (list, n int, ok bool) {
	rest, ok := strings.CutPrefix(code, "表")
	a, b, _ := strings.Cut(rest, "-")
	list, errA := strconv.Atoi(a)
	n, errB := strconv.Atoi(b)
	return list, n, ok && errA == nil && errB == nil
}

// supplied begins a sentence with who gave the figures.
func supplied(l *CircularList) string {
	switch {
	case l.Source == "":
		return ""
	case strings.HasSuffix(l.Source, "报送"), strings.HasSuffix(l.Source, "提供"), strings.HasSuffix(l.Source, "统计"):
		return "据" + l.Source + "，"
	}
	return "据" + l.Source + "提供，"
}
