package facts

import "strings"

// writers are the ways a script puts HTML on the page.
var writers = [...]string{"document.write(", "document.writeln(", ".innerHTML", ".insertAdjacentHTML(", ".append(", ".html("}

// maxScripted bounds how much of a script is read for what it writes.
const maxScripted = 1 << 20

// written is what the scripts of the main area write: HTML they hold in
// full, and whether they also put rows together from data.
type written struct {
	html string
	made bool
}

// writtenHTML reads what the scripts of the main area write where they stand.
func (d *Document) writtenHTML() written {
	var w written
	var b strings.Builder
	for i := range d.Scripts {
		s := &d.Scripts[i]
		if s.Src != "" || s.Node.Region == FootRegion || s.Node.Region == NavRegion || s.Node.Hiding&(ByTemplate|ByNoscript) != 0 || d.inHead(s.Node) || b.Len() > maxScripted {
			continue
		}
		w.made = readWrites(s.Text, &b) || w.made
	}
	w.html = b.String()
	return w
}

// readWrites adds the HTML a script writes in full to b, and says whether it
// makes rows from data.
func readWrites(s string, b *strings.Builder) (made bool) {
	if len(s) > maxScripted {
		s = s[:maxScripted]
	}
	if !strings.Contains(s, "<") {
		return false
	}
	for {
		at, skip := -1, 0
		for _, word := range writers {
			if i := strings.Index(s, word); i >= 0 && (at < 0 || i < at) {
				at, skip = i, len(word)
			}
		}
		if at < 0 {
			return made
		}
		s = s[at+skip:]
		html, whole, rest := statement(s)
		s = rest
		switch {
		case whole:
			b.WriteString(html)
		case isRowHTML(html):
			made = true
		}
	}
}

// statement reads the strings of one statement; whole says that nothing but
// strings is put together.
func statement(s string) (html string, whole bool, rest string) {
	var b strings.Builder
	whole = true
	depth := 0
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '"' || c == '\'' || c == '`':
			v, next := literal(s, i)
			whole = whole && !(c == '`' && has(v, "${"))
			b.WriteString(v)
			i = next
			continue
		case c == ';' || c == '\n' && depth <= 0 && b.Len() > 0 && !strings.HasSuffix(strings.TrimRight(s[:i], " \t\r"), "+"):
			return b.String(), whole, s[i:]
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth < 0 {
				return b.String(), whole, s[i:]
			}
		case isLetter(c) || c == '_' || c == '$' || c == '[':
			whole = false
		}
		i++
	}
	return b.String(), whole, ""
}

// isRowHTML says whether pieces of HTML are those of a row with a link.
func isRowHTML(s string) bool {
	s = lower(s)
	return has(s, "<a ") && has(s, "href")
}

// writtenRows reads the list a script writes in full.
func (d *Document) writtenRows() []listRow {
	w := d.writtenHTML()
	if !isRowHTML(w.html) {
		return nil
	}
	p := Read(nil, []byte(w.html), nil)
	p.URL = d.Base
	p.setBase("")
	rows := p.fragmentRows()
	own := rows[:0]
	for i := range rows {
		if u := rows[i].URL; rows[i].Date != "" || u != "" && !d.isForeign(u) && !isColumnURL(u) {
			own = append(own, rows[i])
		}
	}
	return own
}
