package main

import (
	"regexp"
	"strings"

	"github.com/govsweep/govsweep/reports"
)

// helpWidth is the widest line of a help text, in columns of a terminal.
const helpWidth = 100

// mostName is how wide the column of names and flags may become.
const mostName = 32

var (
	helpItem    = regexp.MustCompile(`^( {2,6})(\S(?:.*?\S)??)(?: {2,}(\S.*))?$`)
	helpSection = regexp.MustCompile(`^(?:选项|命令|参数)：$`)
	hanBreak    = regexp.MustCompile(`([\p{Han}，；。、：）”]) +([\p{Han}（“])`)
)

// foldHelp lays a help text out again: the library counts characters, not
// columns, so it breaks Chinese too late and does not align what stands behind
// a Chinese word.
func foldHelp(s string, width int) string {
	width = max(min(width, helpWidth), 40)
	var out []string
	lines := strings.Split(s, "\n")
	for i := 0; i < len(lines); {
		out = append(out, foldLine(lines[i], width)...)
		i++
		if !helpSection.MatchString(lines[i-1]) {
			continue
		}
		from := i
		for i < len(lines) && (lines[i] == "" || strings.HasPrefix(lines[i], "  ")) {
			i++
		}
		out = append(out, foldItems(lines[from:i], width)...)
	}
	return strings.Join(out, "\n")
}

// helpEntry is a flag, command or argument with what is said of it.
type helpEntry struct{ indent, name, says string }

// foldItems lays out a section; lines deeper than a name go on with what was
// said before.
func foldItems(lines []string, width int) []string {
	var items []helpEntry
	widest := 0
	for _, line := range lines {
		m := helpItem.FindStringSubmatch(line)
		switch {
		case line == "":
			items = append(items, helpEntry{})
		case m != nil:
			items = append(items, helpEntry{m[1], m[2], m[3]})
			if n := reports.Columns(m[1] + m[2]); n <= mostName {
				widest = max(widest, n)
			}
		case len(items) > 0:
			last := &items[len(items)-1]
			last.says = hanBreak.ReplaceAllString(strings.TrimSpace(last.says+" "+strings.TrimSpace(line)), "$1$2")
		}
	}
	var out []string
	at := strings.Repeat(" ", widest+2)
	for _, it := range items {
		head := it.indent + it.name
		if it.says == "" {
			out = append(out, head)
			continue
		}
		if n := reports.Columns(head); n <= widest {
			head += at[n:]
		} else {
			out, head = append(out, head), at
		}
		for _, part := range reports.Wrap(it.says, width-len(at)) {
			out, head = append(out, head+part), at
		}
	}
	return out
}

// foldLine breaks one line of the text above the sections. A command of an
// example goes on with a stroke, so that it can be copied.
func foldLine(line string, width int) []string {
	text := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(text)]
	if strings.HasPrefix(text, "govsweep ") {
		return foldCommand(indent, text, width)
	}
	text = hanBreak.ReplaceAllString(text, "$1$2")
	var out []string
	for _, part := range reports.Wrap(text, width-len(indent)) {
		out = append(out, strings.TrimRight(indent+part, " "))
	}
	return out
}

func foldCommand(indent, text string, width int) []string {
	var out []string
	for reports.Columns(indent+text) > width {
		cut := -1
		for i := range len(text) {
			if text[i] == ' ' && reports.Columns(indent+text[:i]) <= width-2 {
				cut = i
			}
		}
		if cut < 1 {
			break
		}
		out = append(out, indent+text[:cut]+` \`)
		if text = strings.TrimLeft(text[cut:], " "); len(out) == 1 {
			indent += "  "
		}
	}
	return append(out, indent+text)
}
