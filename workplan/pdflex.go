package workplan

import (
	"bytes"
	"strconv"
)

// operandKind tells the tokens of a content stream apart.
type operandKind int

const (
	isOperator operandKind = iota
	isNumber
	isString
	isName
	isList
	isDict
)

type operand struct {
	kind operandKind
	s    string
	n    float64
	list []operand
}

// lexer cuts a content stream, or a character map, into tokens.
type lexer struct {
	b  []byte
	at int
}

const lexDepth = 32

// next gives the next token; ok is false at the end.
func (l *lexer) next(depth int) (o operand, ok bool) {
	l.blank()
	if l.at >= len(l.b) {
		return operand{}, false
	}
	switch c := l.b[l.at]; {
	case c == '(':
		return operand{kind: isString, s: l.literal()}, true
	case c == '<' && l.at+1 < len(l.b) && l.b[l.at+1] == '<':
		l.at += 2
		return operand{kind: isDict, list: l.until(">>", depth)}, true
	case c == '<':
		return operand{kind: isString, s: l.hex()}, true
	case c == '[':
		l.at++
		return operand{kind: isList, list: l.until("]", depth)}, true
	case c == '/':
		l.at++
		return operand{kind: isName, s: unescape(l.word())}, true
	case c == ']' || c == '{' || c == '}' || c == ')':
		l.at++
		return operand{kind: isOperator, s: string(c)}, true
	case c == '>':
		l.at++
		if l.at < len(l.b) && l.b[l.at] == '>' {
			l.at++
		}
		return operand{kind: isOperator, s: ">>"}, true
	}
	w := l.word()
	if n, err := strconv.ParseFloat(w, 64); err == nil && w != "" && (w[0] < 'A') {
		return operand{kind: isNumber, n: n, s: w}, true
	}
	return operand{kind: isOperator, s: w}, true
}

func (l *lexer) until(end string, depth int) []operand {
	var list []operand
	if depth > lexDepth {
		return nil
	}
	for {
		o, ok := l.next(depth + 1)
		if !ok || o.kind == isOperator && o.s == end {
			return list
		}
		if len(list) < 100_000 {
			list = append(list, o)
		}
	}
}

func (l *lexer) blank() {
	for l.at < len(l.b) {
		switch c := l.b[l.at]; {
		case c == '%':
			for l.at < len(l.b) && l.b[l.at] != '\n' && l.b[l.at] != '\r' {
				l.at++
			}
		case c <= ' ':
			l.at++
		default:
			return
		}
	}
}

func (l *lexer) word() string {
	from := l.at
	for l.at < len(l.b) && l.b[l.at] > ' ' && !bytes.ContainsRune([]byte("()<>[]{}/%"), rune(l.b[l.at])) {
		l.at++
	}
	if l.at == from && l.at < len(l.b) {
		return "" // an empty name before a delimiter
	}
	return string(l.b[from:l.at])
}

func (l *lexer) literal() string {
	var out []byte
	depth := 0
	for l.at++; l.at < len(l.b); l.at++ {
		switch c := l.b[l.at]; c {
		case '(':
			depth++
			out = append(out, c)
		case ')':
			if depth == 0 {
				l.at++
				return string(out)
			}
			depth--
			out = append(out, c)
		case '\\':
			out = l.escape(out)
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// escape reads what stands behind a backslash; l.at ends on its last byte.
func (l *lexer) escape(out []byte) []byte {
	if l.at++; l.at >= len(l.b) {
		return out
	}
	c := l.b[l.at]
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	switch {
	case c == '\r':
		if l.at+1 < len(l.b) && l.b[l.at+1] == '\n' {
			l.at++
		}
		return out
	case c == '\n':
		return out
	case c < '0' || c > '7':
		return append(out, c)
	}
	n := int(c - '0')
	for i := 0; i < 2 && l.at+1 < len(l.b) && l.b[l.at+1] >= '0' && l.b[l.at+1] <= '7'; i++ {
		l.at++
		n = n*8 + int(l.b[l.at]-'0')
	}
	return append(out, byte(n))
}

func (l *lexer) hex() string {
	var out []byte
	var half, have byte
	for l.at++; l.at < len(l.b) && l.b[l.at] != '>'; l.at++ {
		v, ok := hexValue(l.b[l.at])
		if !ok {
			continue
		}
		if have == 0 {
			half, have = v<<4, 1
			continue
		}
		out, have = append(out, half|v), 0
	}
	l.at++
	if have == 1 {
		out = append(out, half)
	}
	return string(out)
}

func hexValue(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// unescape reads #xx in names.
func unescape(s string) string {
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && i+2 < len(s) {
			a, ok1 := hexValue(s[i+1])
			b, ok2 := hexValue(s[i+2])
			if ok1 && ok2 {
				out = append(out, a<<4|b)
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return string(out)
}

// skipImage passes over an inline image.
func (l *lexer) skipImage() {
	for _, end := range []string{"\nEI", " EI", "\rEI"} {
		if i := bytes.Index(l.b[l.at:], []byte(end)); i >= 0 {
			l.at += i + len(end)
			return
		}
	}
	l.at = len(l.b)
}
