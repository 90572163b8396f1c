package facts

import (
	"fmt"
	"strings"
)

// dateForm tells how much of a date was printed.
type dateForm uint8

const (
	fullDate  dateForm = iota // year, month and day
	yearMonth                 // 2021-08: the day stands in another element
	monthDay                  // 07-12: no year
)

// dateHit is one date found in text.
type dateHit struct {
	form             dateForm
	year, month, day int
	clock            string // HH:MM:SS, "" when no time of day is printed
	from, to         int    // range in the text searched
	printed          string // that range, of a publish line only
}

// String gives the date as PageFacts hold it; "" when it is not full.
func (h dateHit) String() string {
	if h.form != fullDate || h.month == 0 {
		return ""
	}
	if h.clock != "" {
		return fmt.Sprintf("%04d-%02d-%02dT%s+08:00", h.year, h.month, h.day, h.clock)
	}
	return h.Day()
}

// Day gives YYYY-MM-DD.
func (h dateHit) Day() string {
	if h.form != fullDate || h.month == 0 {
		return ""
	}
	b := [10]byte{'0', '0', '0', '0', '-', '0', '0', '-', '0', '0'}
	put := func(at, v int) {
		for ; v > 0; at, v = at-1, v/10 {
			b[at] += byte(v % 10)
		}
	}
	put(3, h.year)
	put(6, h.month)
	put(9, h.day)
	return string(b[:])
}

// findDate finds the first date in s at or behind from: 2021-08-06,
// 2021/8/6, 2021.08.06, 2021年8月6日, 二〇二一年八月六日, with or without a
// time of day; also 2021-08 and 07-12, which are no full dates.
func findDate(s string, from int) (dateHit, bool) {
	for i := from; i < len(s); i++ {
		c := s[i]
		if c >= '0' && c <= '9' {
			h, ok := numericDate(s, i)
			if ok {
				return h, true
			}
			for i+1 < len(s) && isNum(s[i+1]) {
				i++
			}
			continue
		}
		if c == 0xE4 && i+6 < len(s) && (hasPrefix(s[i:], "二") || hasPrefix(s[i:], "一九")) {
			if h, ok := chineseDate(s, i); ok {
				return h, true
			}
		}
	}
	return dateHit{}, false
}

// parseDate reads a value that begins with a full date; used for tags and cells.
func parseDate(s string) (dateHit, bool) {
	s = strings.TrimSpace(s)
	if h, ok := compactDate(s); ok {
		return h, true
	}
	h, ok := findDate(s, 0)
	if ok && h.form == fullDate && h.from <= 3 {
		return h, true
	}
	return javaDate(s)
}

func isNum(c byte) bool { return c >= '0' && c <= '9' }

// number reads up to most digits.
func number(s string, i, most int) (v, next int) {
	next = i
	for next < len(s) && next-i < most && isNum(s[next]) {
		v = v*10 + int(s[next]-'0')
		next++
	}
	return v, next
}

func skipBlank(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\n' || s[i] == '\t') {
		i++
	}
	return i
}

// dateSep reads one separator and says which: '-', '/', '.', or 'y' 'm' 'd' for 年月日.
func dateSep(s string, i int) (byte, int) {
	if i >= len(s) {
		return 0, i
	}
	switch s[i] {
	case '-', '/', '.':
		return s[i], i + 1
	}
	for _, w := range [...]struct {
		word string
		sep  byte
	}{{"年", 'y'}, {"月", 'm'}, {"日", 'd'}, {"号", 'd'}, {"號", 'd'}, {"——", '-'}, {"—", '-'}, {"–", '-'}, {"－", '-'}, {"／", '/'}, {"．", '.'}} {
		if hasPrefix(s[i:], w.word) {
			return w.sep, i + len(w.word)
		}
	}
	return 0, i
}

func numericDate(s string, i int) (dateHit, bool) {
	if i > 0 && (isNum(s[i-1]) || isLetter(s[i-1]) || s[i-1] == '.' || s[i-1] == '/') {
		if s[i-1] != '/' || i > 1 && (isLetter(s[i-2]) || isNum(s[i-2])) {
			return dateHit{}, false
		}
	}
	v, j := number(s, i, 5)
	switch j - i {
	case 4:
		return fromYear(s, i, v, j)
	case 1, 2:
		return fromMonth(s, i, v, j)
	}
	return dateHit{}, false
}

// fromYear reads what follows a year.
func fromYear(s string, i, year, j int) (dateHit, bool) {
	if year < 1949 || year > 2099 {
		return dateHit{}, false
	}
	sep, k := dateSep(s, skipBlank(s, j))
	if sep == 0 || sep == 'm' || sep == 'd' {
		return dateHit{}, false
	}
	k = skipBlank(s, k)
	month, l := number(s, k, 3)
	if l == k || l-k > 2 || month < 1 || month > 12 {
		return dateHit{}, false
	}
	h := dateHit{form: yearMonth, year: year, month: month, from: i, to: l}
	sep2, m := dateSep(s, skipBlank(s, l))
	if !sameSep(sep, sep2) {
		if sep2 == 'm' && sep == 'y' {
			h.to = m
		}
		return h, sep2 == 0 && sep != '.' && !digitAt(s, l)
	}
	m = skipBlank(s, m)
	day, n := number(s, m, 3)
	if n == m {
		if sep2 == 'm' {
			h.to = m
		}
		return h, sep2 == 'm'
	}
	if n-m > 2 || !realDay(year, month, day) {
		return dateHit{}, false
	}
	h.form, h.day, h.to = fullDate, day, n
	if sep3, o := dateSep(s, skipBlank(s, n)); sep == 'y' {
		if sep3 != 'd' {
			return dateHit{}, false
		}
		h.to = o
	} else if sep3 == sep2 && o < len(s) && isNum(s[o]) {
		return dateHit{}, false // 2021-01-02-3: a number, no date
	}
	h.clock, h.to = clockAfter(s, h.to)
	return h, true
}

func digitAt(s string, i int) bool { return i < len(s) && isNum(s[i]) }

func sameSep(a, b byte) bool {
	if a == 'y' {
		return b == 'm'
	}
	return a == b && a != 0
}

// fromMonth reads a date without a year: 07-12, 07/12, 7月12日.
func fromMonth(s string, i, month, j int) (dateHit, bool) {
	sep, k := dateSep(s, j)
	if sep != '-' && sep != '/' && sep != 'm' || month < 1 || month > 12 {
		return dateHit{}, false
	}
	day, l := number(s, k, 3)
	if l == k || l-k > 2 || !realDay(2020, month, day) {
		return dateHit{}, false
	}
	sep2, m := dateSep(s, l)
	if sep == 'm' {
		if sep2 != 'd' {
			return dateHit{}, false
		}
		l = m
	} else if sep2 != 0 || l < len(s) && isLetter(s[l]) {
		return dateHit{}, false
	}
	return dateHit{form: monthDay, month: month, day: day, from: i, to: l}, true
}

// clockAfter reads a time of day behind a date: " 10:53", "T10:53:00", " 10时53分".
func clockAfter(s string, at int) (string, int) {
	i := at
	for i < len(s) && (s[i] == ' ' || s[i] == 'T' || s[i] == '\t') {
		i++
	}
	h, j := number(s, i, 3)
	if j == i || j-i > 2 || h > 23 {
		return "", at
	}
	k, ok := clockSep(s, j, ":", "：", "时", "點", "点")
	if !ok {
		return "", at
	}
	m, l := number(s, k, 3)
	if l == k || l-k > 2 || m > 59 {
		return "", at
	}
	sec := 0
	if n, ok := clockSep(s, l, ":", "：", "分"); ok {
		if v, o := number(s, n, 2); o > n && v < 60 {
			sec, l = v, o
			if hasPrefix(s[l:], "秒") {
				l += len("秒")
			}
		} else if s[l] != ':' {
			l = n
		}
	}
	return fmt.Sprintf("%02d:%02d:%02d", h, m, sec), l
}

func clockSep(s string, i int, words ...string) (int, bool) {
	for _, w := range words {
		if hasPrefix(s[i:], w) {
			return i + len(w), true
		}
	}
	return i, false
}

// realDay says whether the calendar has the day.
func realDay(year, month, day int) bool {
	if day < 1 {
		return false
	}
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return day <= 29
		}
		return day <= 28
	case 4, 6, 9, 11:
		return day <= 30
	}
	return month >= 1 && month <= 12 && day <= 31
}

// compactDate reads 20210806 and 20210806103000.
func compactDate(s string) (dateHit, bool) {
	if len(s) != 8 && len(s) != 14 {
		return dateHit{}, false
	}
	for i := range len(s) {
		if !isNum(s[i]) {
			return dateHit{}, false
		}
	}
	y, _ := number(s, 0, 4)
	m, _ := number(s, 4, 2)
	d, _ := number(s, 6, 2)
	if y < 1949 || y > 2099 || !realDay(y, m, d) {
		return dateHit{}, false
	}
	h := dateHit{year: y, month: m, day: d, to: len(s)}
	if len(s) == 14 && s[8:10] < "24" && s[10:12] < "60" && s[12:] < "60" {
		h.clock = s[8:10] + ":" + s[10:12] + ":" + s[12:]
	}
	return h, true
}

// javaDate reads "Fri Aug 06 10:53:00 CST 2021", which templates print by mistake.
func javaDate(s string) (dateHit, bool) {
	f := strings.Fields(s)
	if len(f) != 6 || len(f[0]) != 3 || f[4] != "CST" && f[4] != "GMT+08:00" {
		return dateHit{}, false
	}
	m := strings.Index("JanFebMarAprMayJunJulAugSepOctNovDec", f[1])
	d, _ := number(f[2], 0, 2)
	y, _ := number(f[5], 0, 4)
	if len(f[1]) != 3 || m < 0 || m%3 != 0 || y < 1949 || y > 2099 || !realDay(y, m/3+1, d) {
		return dateHit{}, false
	}
	h := dateHit{year: y, month: m/3 + 1, day: d, to: len(s)}
	h.clock, _ = clockAfter(f[3], 0)
	return h, true
}
