package reports

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/govsweep/govsweep"
)

// Summary prints one inspection for a terminal of width columns: verdict,
// vetoes, findings by indicator and what was seen. 0 or less does not wrap.
func Summary(w io.Writer, in *govsweep.Inspection, width int) error {
	out := bufio.NewWriter(w)
	site := siteName(in)
	if in.Site.Code != "" {
		site += "（" + clean(in.Site.Code) + "）"
	}
	say(out, width, "网站", site)
	say(out, width, "首页网址", clean(in.Site.URL))
	say(out, width, "监测时间点", orUnknown(asOf(in)))
	say(out, width, "检查依据", bookLine(in.Book))
	say(out, width, "结论", gradeWord(in.Verdict.Grade)+"　得分 "+scoreCell(&in.Verdict).Text)
	say(out, width, "理由", clean(in.Verdict.Reason))
	for _, v := range vetoLines(in) {
		say(out, width, "单项否决", fmt.Sprintf("%s %s（%d个问题）", v.ID, v.Title, v.Findings))
	}
	for _, o := range openLines(in) {
		say(out, width, "待核", strings.TrimSpace(o.ID+" "+o.Title+"："+o.Why))
	}
	say(out, width, "问题", tally(in))
	say(out, width, "检查范围", CoverageLine(&in.Coverage))
	for _, r := range reasons(in.Coverage.Reasons) {
		say(out, width, "", fmt.Sprintf("%s：%d页", r.Why, r.Pages))
	}
	say(out, width, "访问承诺", clean(in.Coverage.Promise))
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	if len(in.Findings) == 0 {
		return nil
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	return Table(w, indicatorGrid(in), width)
}

// tally counts findings by class, in words.
func tally(in *govsweep.Inspection) string {
	if len(in.Findings) == 0 {
		return "0个（只对已读网页成立）"
	}
	var parts []string
	for _, g := range groupFindings(in) {
		parts = append(parts, fmt.Sprintf("%s%d个", g.Class, g.Count))
	}
	return fmt.Sprintf("%d个：%s", len(in.Findings), strings.Join(parts, "，"))
}

func indicatorGrid(in *govsweep.Inspection) Grid {
	g := Grid{Name: "各指标问题", Cols: []Col{{Title: "类别"}, {Title: "指标"}, {Title: "名称"}, {Title: "问题数", Right: true}, {Title: "须复核", Right: true}}}
	for _, class := range groupFindings(in) {
		for _, i := range class.Indicators {
			review := 0
			for _, f := range i.Findings {
				if f.NeedsReview {
					review++
				}
			}
			g.Rows = append(g.Rows, []Cell{text(class.Class), text(i.ID), text(i.Title), count(len(i.Findings)), count(review)})
		}
	}
	return g
}

// labelWidth holds the longest label, 监测时间点, and a gap.
const labelWidth = 12

// say prints a label and its sentence, wrapped under itself.
func say(out *bufio.Writer, width int, label, sentence string) {
	if sentence == "" {
		return
	}
	for i, line := range wrap(sentence, width-labelWidth) {
		if i > 0 {
			label = ""
		}
		out.WriteString(label + strings.Repeat(" ", max(labelWidth-uniseg.StringWidth(label), 1)) + line + "\n")
	}
}

// Wrap breaks s into lines of at most n columns of a terminal, a Chinese
// character taking two; below 20 columns it stays as it is.
func Wrap(s string, n int) []string { return wrap(s, n) }

// Columns counts the columns s takes in a terminal.
func Columns(s string) int { return uniseg.StringWidth(s) }

// wrap breaks s into lines of n columns of a terminal.
func wrap(s string, n int) []string {
	if n < 20 {
		return []string{s}
	}
	return folded(s, n)
}

// folded breaks s into lines of n columns, however few.
func folded(s string, n int) []string {
	var lines []string
	line, used, state := "", 0, -1
	for s != "" {
		var cluster string
		var w int
		cluster, s, w, state = uniseg.FirstGraphemeClusterInString(s, state)
		if used+w > n {
			keep := ""
			if strings.Contains("，。；：、！？）》」』”’", cluster) { // never begins a line
				line, keep = lastOff(line)
			} else if latin(cluster) { // a number or a word of Latin letters stays whole
				line, keep = wordOff(line, n)
			}
			lines, line, used = append(lines, strings.TrimRight(line, " ")), keep, uniseg.StringWidth(keep)
			if line == "" && cluster == " " {
				continue // no line begins with the space between two words
			}
		}
		line, used = line+cluster, used+w
	}
	return append(lines, line)
}

// wordOff takes the Latin word off the end of a line of n columns; one that
// is a third of the line and more is broken like anything else.
func wordOff(line string, n int) (rest, word string) {
	at := len(line)
	for at > 0 && latin(line[at-1:at]) {
		at--
	}
	if at == 0 || len(line)-at > n/3 {
		return line, ""
	}
	return line[:at], line[at:]
}

func latin(s string) bool {
	c := s[0]
	return len(s) == 1 && (c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_' || c == '.')
}

// lastOff takes the last character off a line.
func lastOff(line string) (rest, last string) {
	_, n := utf8.DecodeLastRuneInString(line)
	return line[:len(line)-n], line[len(line)-n:]
}
