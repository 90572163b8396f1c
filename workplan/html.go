package workplan

import (
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlLines reads the text of a web page, a block a line. It reads tokens and
// builds no tree, so the depth of the page costs nothing.
func htmlLines(name, text string) ([]line, error) {
	r := &htmlReader{}
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(maxText)
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, wrong(err, "网页“%s”中有过长的标签，无法读取", name)
			}
			r.flush(false)
			return r.lines, nil
		case html.TextToken:
			if r.skip == 0 {
				r.b.WriteString(folded(string(z.Text())))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tag, _ := z.TagName()
			r.open(atom.Lookup(tag))
		case html.EndTagToken:
			tag, _ := z.TagName()
			r.close(atom.Lookup(tag))
		}
		if len(r.lines) > maxLines {
			return r.lines, nil // refused by the caller
		}
	}
}

type htmlReader struct {
	lines []line
	b     strings.Builder
	skip  atom.Atom // inside this element nothing is text of the page
}

func (r *htmlReader) open(a atom.Atom) {
	switch {
	case r.skip != 0:
	case a == atom.Script || a == atom.Style || a == atom.Title || a == atom.Textarea || a == atom.Noscript || a == atom.Select || a == atom.Nav:
		r.skip = a
	case a == atom.Td || a == atom.Th:
		r.b.WriteByte('\t')
	case blocks[a]:
		r.flush(false)
	}
}

func (r *htmlReader) close(a atom.Atom) {
	if r.skip != 0 {
		if r.skip == a {
			r.skip = 0
		}
		return
	}
	if blocks[a] {
		r.flush(false)
	}
}

func (r *htmlReader) flush(soft bool) {
	if s := r.b.String(); strings.TrimSpace(s) != "" {
		r.lines = append(r.lines, line{text: s, soft: soft})
	}
	r.b.Reset()
}

// folded makes the white space of HTML one blank.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' || r == '\f' {
			return ' '
		}
		return r
	}, s)
}

// blocks are the elements that begin a line of their own.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Tr: true, atom.Table: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Hr: true, atom.Body: true, atom.Head: true,
	atom.Section: true, atom.Article: true, atom.Header: true, atom.Footer: true, atom.Blockquote: true, atom.Pre: true, atom.Dd: true, atom.Dt: true,
}
