package facts

import (
	"strings"
	"unicode/utf8"
)

// hanDigits are the digits of 二〇二六年 in their printed variants.
var hanDigits = map[rune]int{'〇': 0, '○': 0, '零': 0, 'Ｏ': 0, 'O': 0, '0': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5,
	'六': 6, '七': 7, '八': 8, '九': 9}

// chineseDate reads 二〇二六年一月五日 at i.
func chineseDate(s string, i int) (dateHit, bool) {
	year, j, n := 0, i, 0
	for n < 4 && j < len(s) {
		r, w := utf8.DecodeRuneInString(s[j:])
		v, ok := hanDigits[r]
		if !ok {
			return dateHit{}, false
		}
		year, j, n = year*10+v, j+w, n+1
	}
	if !hasPrefix(s[j:], "年") || year < 1949 || year > 2099 {
		return dateHit{}, false
	}
	j += len("年")
	month, j, ok := hanNumber(s, j, "月")
	if !ok {
		return dateHit{}, false
	}
	day, j, ok := hanNumber(s, j, "日")
	if !ok || !realDay(year, month, day) {
		return dateHit{}, false
	}
	return dateHit{year: year, month: month, day: day, from: i, to: j}, true
}

// hanNumber reads 一 to 三十一 up to unit.
func hanNumber(s string, i int, unit string) (v, next int, ok bool) {
	end := strings.Index(s[i:], unit)
	if end <= 0 || end > 12 {
		return 0, i, false
	}
	tens, seen := 0, false
	for _, r := range s[i : i+end] {
		switch {
		case r == '十':
			if v == 0 {
				v = 1
			}
			tens, v, seen = v*10, 0, true
		case r == ' ':
		default:
			d, known := hanDigits[r]
			if !known || v > 0 {
				return 0, i, false
			}
			v, seen = d, true
		}
	}
	return tens + v, i + end + len(unit), seen
}
