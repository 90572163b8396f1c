package facts

import (
	"strconv"
	"strings"
)

// literal reads a quoted string of a script that begins at i: its value and
// the offset behind it. Strings that run over a line end are cut there.
func literal(s string, i int) (value string, next int) {
	quote := s[i]
	plain := i + 1
	var b strings.Builder
	for k := plain; k < len(s); k++ {
		switch c := s[k]; {
		case c == quote:
			if b.Len() == 0 {
				return s[plain:k], k + 1
			}
			b.WriteString(s[plain:k])
			return b.String(), k + 1
		case c == '\\' && k+1 < len(s):
			b.WriteString(s[plain:k])
			k++
			switch s[k] {
			case 'n', 'r', 't', '\n', '\r':
				b.WriteByte(' ')
			case 'u':
				r, n := hexRune(s[k+1:])
				b.WriteString(r)
				k += n
			default:
				b.WriteByte(s[k])
			}
			plain = k + 1
		case c == '\n' && quote != '`':
			return s[i+1 : k], k
		}
	}
	return s[i+1:], len(s)
}

// hexRune reads the four digits of \uXXXX.
func hexRune(s string) (string, int) {
	if len(s) < 4 {
		return "", 0
	}
	v, err := strconv.ParseUint(s[:4], 16, 16)
	if err != nil {
		return "", 0
	}
	return string(rune(v)), 4
}

// asJSON writes an array of a script as JSON: names without quotes, strings
// in single quotes and commas before a closing bracket are allowed there.
// ok is false when it holds anything but data.
func asJSON(s string) (json string, ok bool) {
	var b strings.Builder
	depth := 0
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case isSpace(c):
			i++
		case c == '[' || c == '{':
			depth++
			b.WriteByte(c)
			i++
		case c == ']' || c == '}':
			depth--
			b.WriteByte(c)
			if i++; depth <= 0 {
				return b.String(), depth == 0
			}
		case c == ',':
			i = afterBlank(s, i+1)
			if i < len(s) && s[i] != ']' && s[i] != '}' {
				b.WriteByte(',')
			}
		case c == ':' || c == '-' || c == '.' || isNum(c):
			b.WriteByte(c)
			i++
		case c == '"' || c == '\'' || c == '`':
			v, next := literal(s, i)
			writeQuoted(&b, v)
			i = next
		case isLetter(c) || c == '_' || c == '$':
			k := i
			for k < len(s) && (isLetter(s[k]) || isNum(s[k]) || s[k] == '_' || s[k] == '$') {
				k++
			}
			word, after := s[i:k], afterBlank(s, k)
			switch {
			case after < len(s) && s[after] == ':':
				writeQuoted(&b, word)
			case word == "true" || word == "false" || word == "null":
				b.WriteString(word)
			default:
				return "", false
			}
			i = k
		default:
			return "", false
		}
	}
	return "", false
}

func afterBlank(s string, i int) int {
	for i < len(s) && isSpace(s[i]) {
		i++
	}
	return i
}

func writeQuoted(b *strings.Builder, s string) {
	b.WriteByte('"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < 0x20:
			b.WriteByte(' ')
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
}
