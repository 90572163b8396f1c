package facts

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// scanner cuts HTML into tags, text, comments and raw text. Strings it gives
// are parts of the page, not copies, unless an entity had to be resolved.
type scanner struct {
	s     string
	at    int
	attrs []Attr // arena all nodes share
	tok   token
}

type tokenKind uint8

const (
	endOfPage tokenKind = iota
	textToken
	startToken
	endToken
	commentToken
)

type token struct {
	kind  tokenKind
	name  string
	tag   atom.Atom
	attrs []Attr
	text  string // of text and comments, entities not resolved
}

// next reads the next token. It holds until the next call.
func (z *scanner) next() *token {
	for z.at < len(z.s) {
		rest := z.s[z.at:]
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			z.at = len(z.s)
			return z.textToken(rest)
		}
		if i+1 < len(rest) && isMarkup(rest[i+1]) {
			if i > 0 {
				z.at += i
				return z.textToken(rest[:i])
			}
			if z.tok = z.markup(rest); z.tok.kind != endOfPage {
				return &z.tok
			}
			continue
		}
		z.at += i + 1 // a lone < is text
		return z.textToken(rest[:i+1])
	}
	z.tok = token{}
	return &z.tok
}

func (z *scanner) textToken(text string) *token {
	z.tok = token{kind: textToken, text: text}
	return &z.tok
}

func isMarkup(c byte) bool { return isLetter(c) || c == '/' || c == '!' || c == '?' }
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isSpace(c byte) bool  { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// markup reads what begins with < at the place; kind endOfPage means it was nothing.
func (z *scanner) markup(rest string) token {
	switch {
	case strings.HasPrefix(rest, "<!--"):
		return z.comment(rest)
	case strings.HasPrefix(rest, "<![CDATA["):
		end := strings.Index(rest, "]]>")
		if end < 0 {
			z.skipTo('>')
			return token{}
		}
		z.at += end + 3
		return token{kind: commentToken, text: rest[2:end]}
	case rest[1] == '!' || rest[1] == '?':
		z.skipTo('>')
		return token{}
	case rest[1] == '/':
		if len(rest) < 3 || !isLetter(rest[2]) {
			z.skipTo('>')
			return token{}
		}
		z.at += 2
		name, tag := z.name()
		z.skipTo('>')
		return token{kind: endToken, name: name, tag: tag}
	}
	z.at++
	name, tag := z.name()
	return token{kind: startToken, name: name, tag: tag, attrs: z.readAttrs()}
}

func (z *scanner) comment(rest string) token {
	if strings.HasPrefix(rest, "<!-->") {
		z.at += 5
		return token{}
	}
	end := strings.Index(rest[4:], "-->")
	if end < 0 {
		// An open comment swallows the page; as browsers do.
		z.at = len(z.s)
		return token{kind: commentToken, text: rest[4:]}
	}
	z.at += 4 + end + 3
	return token{kind: commentToken, text: rest[4 : 4+end]}
}

func (z *scanner) skipTo(c byte) {
	if i := strings.IndexByte(z.s[z.at:], c); i >= 0 {
		z.at += i + 1
		return
	}
	z.at = len(z.s)
}

func (z *scanner) name() (string, atom.Atom) {
	from := z.at
	for z.at < len(z.s) && !isSpace(z.s[z.at]) && z.s[z.at] != '>' && z.s[z.at] != '/' {
		z.at++
	}
	name := lower(z.s[from:z.at])
	if len(name) > 16 {
		return name, 0
	}
	var buf [16]byte
	tag := atom.Lookup(buf[:copy(buf[:], name)])
	return name, tag
}

func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 'A' && s[i] <= 'Z' {
			return strings.ToLower(s)
		}
	}
	return s
}

// readAttrs reads attributes up to and with the closing >.
func (z *scanner) readAttrs() []Attr {
	from := len(z.attrs)
	s := z.s
	for {
		for z.at < len(s) && (isSpace(s[z.at]) || s[z.at] == '/') {
			z.at++
		}
		if z.at >= len(s) {
			break
		}
		if s[z.at] == '>' {
			z.at++
			break
		}
		z.readAttr()
	}
	return z.attrs[from:len(z.attrs):len(z.attrs)]
}

func (z *scanner) readAttr() {
	s, from := z.s, z.at
	for z.at++; z.at < len(s) && !isSpace(s[z.at]) && s[z.at] != '=' && s[z.at] != '>' && s[z.at] != '/'; z.at++ {
	}
	key := lower(s[from:z.at])
	at := z.at
	for at < len(s) && isSpace(s[at]) {
		at++
	}
	value := ""
	if at < len(s) && s[at] == '=' {
		z.at = at + 1
		value = z.attrValue()
	}
	z.attrs = append(z.attrs, Attr{key, value})
}

func (z *scanner) attrValue() string {
	s := z.s
	for z.at < len(s) && isSpace(s[z.at]) {
		z.at++
	}
	if z.at >= len(s) {
		return ""
	}
	from := z.at
	if q := s[z.at]; q == '"' || q == '\'' {
		from++
		end := strings.IndexByte(s[from:], q)
		if end < 0 {
			z.at = len(s)
			return attrText(s[from:])
		}
		z.at = from + end + 1
		return attrText(s[from : from+end])
	}
	for z.at < len(s) && !isSpace(s[z.at]) && s[z.at] != '>' {
		z.at++
	}
	return attrText(s[from:z.at])
}

// attrText resolves entities that end with a semicolon: in "?a=1&reg=2" there is none.
func attrText(s string) string {
	if strings.IndexByte(s, '&') < 0 || strings.IndexByte(s, ';') < 0 {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		end := 1
		for end < len(s) && end < 34 && (isLetter(s[end]) || s[end] >= '0' && s[end] <= '9' || s[end] == '#') {
			end++
		}
		if end < len(s) && s[end] == ';' {
			end++
			b.WriteString(html.UnescapeString(s[:end]))
		} else {
			b.WriteString(s[:end])
		}
		s = s[end:]
	}
}

// raw reads the text of <script>, <style> and the like up to its end tag.
func (z *scanner) raw(name string) string {
	s := z.s
	for from := z.at; ; {
		i := strings.Index(s[from:], "</")
		if i < 0 {
			text := s[z.at:]
			z.at = len(s)
			return text
		}
		i += from
		end := i + 2 + len(name)
		if end <= len(s) && strings.EqualFold(s[i+2:end], name) && (end == len(s) || isSpace(s[end]) || s[end] == '>' || s[end] == '/') {
			text := s[z.at:i]
			z.at = end
			z.skipTo('>')
			return text
		}
		from = i + 2
	}
}
