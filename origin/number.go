package origin

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A number is one number of a title with what it counts.
type number struct {
	unit  unit
	value int
}

// unit is what a number counts. Two titles that give the same unit other
// values are of two items, however alike they are.
type unit uint8

const (
	year unit = iota
	month
	day
	ordinal // 第3次, 第5号, 3期
	quarter
	part // （一）
	bare // any other number
)

var (
	numeral = regexp.MustCompile(`(第?)(\d{1,9}|[〇零一二三四五六七八九十百]{1,7})(年|月|日|季度|(?:次|届|期|号|批|轮|场|章|讲|集|篇|阶段|波|天)?)`)
	inParts = regexp.MustCompile(`[(（](\d{1,2}|[一二三四五六七八九十]{1,3})[)）]`)
	dotted  = regexp.MustCompile(`\b(\d{1,2})[.](\d{1,2})\b`)
)

// numbersOf reads the numbers of a title in order of unit and value, each
// once. Numbers in Chinese characters count only where a unit or 第 stands
// beside them: 一图 and 三农 are words.
func numbersOf(s string) []number {
	if !strings.ContainsAny(s, anyDigit) {
		return nil
	}
	var out []number
	for _, m := range inParts.FindAllStringSubmatch(s, -1) {
		out = append(out, number{part, valueOf(m[1])})
	}
	s = inParts.ReplaceAllString(s, " ")
	s = dotted.ReplaceAllString(s, "${1}月${2}日")
	for _, m := range numeral.FindAllStringSubmatch(s, -1) {
		if n, ok := numberOf(m[1] != "", m[2], m[3]); ok {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b number) int { return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.value, b.value)) })
	return slices.Compact(out)
}

// arabic writes the numbers that count in digits: 第十二次 is 第12次.
func arabic(s string) string {
	if !strings.ContainsAny(s, anyDigit[10:]) {
		return s
	}
	s = inParts.ReplaceAllStringFunc(s, func(p string) string {
		m := inParts.FindStringSubmatch(p)
		return "(" + strconv.Itoa(valueOf(m[1])) + ")"
	})
	return numeral.ReplaceAllStringFunc(s, func(p string) string {
		m := numeral.FindStringSubmatch(p)
		if _, ok := numberOf(m[1] != "", m[2], m[3]); !ok {
			return p
		}
		return m[1] + strconv.Itoa(valueOf(m[2])) + m[3]
	})
}

func numberOf(ordered bool, digits, word string) (number, bool) {
	arabic := digits[0] <= '9'
	n := number{value: valueOf(digits)}
	switch {
	case word == "年" && (n.value >= 1900 && n.value < 2200 || arabic && n.value < 100):
		n.unit = year
		if n.value < 100 {
			n.value += 2000
		}
	case word == "月" && n.value <= 12:
		n.unit = month
	case word == "日" && n.value <= 31:
		n.unit = day
	case word == "季度":
		n.unit = quarter
	case ordered, word != "" && word != "年" && word != "月" && word != "天":
		n.unit = ordinal
	case arabic && n.value >= 1990 && n.value < 2100 && word == "":
		n.unit = year // 2021全市招聘
	case arabic:
		n.unit = bare
	default:
		return n, false
	}
	return n, arabic || word != "" || ordered
}

const anyDigit = "0123456789〇零一二三四五六七八九十百"

const hanDigits = "零一二三四五六七八九"

// valueOf reads digits: 12, 十二, 二〇二一, 三百零五.
func valueOf(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	total, last := 0, 0
	for _, r := range s {
		switch r {
		case '十', '百':
			times := 10
			if r == '百' {
				times = 100
			}
			total += max(last, 1) * times
			last = 0
		case '〇':
			last *= 10
		default:
			last = last*10 + strings.IndexRune(hanDigits, r)/len("零")
		}
	}
	return total + last
}

// conflict says whether two titles speak of different items of a series: of
// some unit both give values and share none.
func conflict(a, b []number) bool {
	for u := year; u <= bare; u++ {
		x, y := ofUnit(a, u), ofUnit(b, u)
		if len(x) > 0 && len(y) > 0 && !shares(x, y) {
			return true
		}
	}
	return false
}

func ofUnit(ns []number, u unit) []number {
	from := slices.IndexFunc(ns, func(n number) bool { return n.unit == u })
	if from < 0 {
		return nil
	}
	to := from
	for to < len(ns) && ns[to].unit == u {
		to++
	}
	return ns[from:to]
}

func shares(a, b []number) bool {
	return slices.ContainsFunc(a, func(n number) bool { return slices.Contains(b, n) })
}
