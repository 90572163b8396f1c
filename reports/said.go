package reports

import "strings"

// saidIn says that every piece of s, of three characters or more, stands in had:
// a second sentence about the same fault that adds nothing.
func saidIn(had, s string) bool {
	rest := []rune(s)
	for len(rest) > 0 {
		n := 0
		for n < len(rest) && strings.Contains(had, string(rest[:n+1])) {
			n++
		}
		if n < min(3, len(rest)) || n == 0 {
			return false
		}
		rest = rest[n:]
	}
	return true
}

// alike says that two demands differ in a word or two alone: four fifths of
// the pairs of characters of s stand in had. It is for what is to be done, not for facts.
func alike(had, s string) bool {
	r := []rune(s)
	if len(r) < 2 {
		return false
	}
	same := 0
	for i := range r[1:] {
		if strings.Contains(had, string(r[i:i+2])) {
			same++
		}
	}
	return same*5 >= (len(r)-1)*4
}
