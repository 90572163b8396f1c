package facts

import "strings"

// urlDate reads the date in an address: t20251027_, /2025/6/13/, /2022/08-11/,
// /20200525/, /2023-05-04/. A year and month alone is no date.
func urlDate(u string) (dateHit, bool) {
	if i := strings.Index(u, "://"); i >= 0 {
		u = u[i+3:]
	}
	if i := strings.IndexAny(u, "?#"); i >= 0 {
		u = u[:i]
	}
	for i := 0; i+8 <= len(u); i++ {
		if u[i] != '1' && u[i] != '2' {
			continue
		}
		if h, ok := urlDateAt(u, i); ok {
			return h, true
		}
	}
	return dateHit{}, false
}

func urlDateAt(u string, i int) (dateHit, bool) {
	prev := byte('/')
	if i > 0 {
		prev = u[i-1]
	}
	if prev != '/' && prev != 't' && prev != '_' && prev != 'P' && prev != 'W' {
		return dateHit{}, false
	}
	end := i
	for end < len(u) && isNum(u[end]) {
		end++
	}
	if end-i == 8 && (prev == 't' || prev == '/') {
		return compactDate(u[i:end])
	}
	if end-i != 4 || prev != '/' || end >= len(u) || u[end] != '/' && u[end] != '-' {
		return dateHit{}, false
	}
	y, _ := number(u, i, 4)
	m, j := number(u, end+1, 3)
	if j == end+1 || j-end > 3 || j >= len(u) || u[j] != '/' && u[j] != '-' {
		return dateHit{}, false
	}
	day, k := number(u, j+1, 3)
	if k == j+1 || k-j > 3 || k < len(u) && u[k] != '/' && u[k] != '.' && u[k] != '_' {
		return dateHit{}, false
	}
	if y < 1990 || y > 2099 || !realDay(y, m, day) {
		return dateHit{}, false
	}
	return dateHit{year: y, month: m, day: day}, true
}
