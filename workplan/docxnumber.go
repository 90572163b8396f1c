package workplan

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
)

// numbering writes out the numbers a word processor counts by itself: 一、（一）1.
// Only numbering set on the paragraph is read, not that of styles.
type numbering struct {
	levels map[string]map[string]level // number → level → form
	counts map[string]map[string]int   // the same, how far it has counted
}

type level struct {
	format, text string
	start        int
}

const maxNumbering = 4 << 20

// numberingOf reads numbering.xml; a file without one, or with a broken one,
// counts nothing.
func numberingOf(zr *zip.Reader) *numbering {
	n := &numbering{levels: map[string]map[string]level{}, counts: map[string]map[string]int{}}
	for _, f := range zr.File {
		if f.Name != "word/numbering.xml" || f.UncompressedSize64 > maxNumbering {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return n
		}
		n.read(io.LimitReader(r, maxNumbering))
		_ = r.Close() // nothing was written
		return n
	}
	return n
}

func (n *numbering) read(r io.Reader) {
	forms := map[string]map[string]level{}
	dec := xml.NewDecoder(r)
	var form, lvl, num string
	for {
		t, err := dec.RawToken()
		if err != nil {
			return
		}
		s, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch s.Name.Local {
		case "abstractNum":
			form = attribute(s, "abstractNumId")
			forms[form] = map[string]level{}
		case "lvl":
			lvl = attribute(s, "ilvl")
		case "start", "numFmt", "lvlText":
			if forms[form] != nil && num == "" {
				forms[form][lvl] = forms[form][lvl].with(s.Name.Local, attribute(s, "val"))
			}
		case "num":
			num = attribute(s, "numId")
		case "abstractNumId":
			n.levels[num] = forms[attribute(s, "val")]
		}
		if len(forms)+len(n.levels) > 5000 {
			return
		}
	}
}

func (l level) with(part, value string) level {
	switch part {
	case "start":
		l.start, _ = strconv.Atoi(value) // what is no number counts from 1
	case "numFmt":
		l.format = value
	case "lvlText":
		l.text = value
	}
	return l
}

func attribute(s xml.StartElement, local string) string {
	for _, a := range s.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// next counts one on and gives the mark in front of the paragraph. A level
// that counts on begins the levels below it anew.
func (n *numbering) next(num, lvl string) string {
	form, ok := n.levels[num][lvl]
	if !ok || !strings.Contains(form.text, "%") || len(form.text) > 60 {
		return ""
	}
	if n.counts[num] == nil {
		n.counts[num] = map[string]int{}
	}
	c := n.counts[num]
	if c[lvl] == 0 {
		c[lvl] = max(form.start, 1) - 1
	}
	c[lvl]++
	for below := range c {
		if below > lvl {
			delete(c, below)
		}
	}
	mark := form.text
	for i := 1; i <= 9; i++ {
		at := strconv.Itoa(i - 1)
		mark = strings.ReplaceAll(mark, "%"+strconv.Itoa(i), written(max(c[at], 1), n.levels[num][at].format))
	}
	return mark
}

// written gives a number in the form of a level.
func written(n int, format string) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand", "ideographDigital":
		return inChinese(n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n <= 20 {
			return string('①' + rune(n-1))
		}
	case "bullet", "none":
		return ""
	}
	return strconv.Itoa(n)
}

func inChinese(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 1 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	}
	return digits[n/10] + "十" + digits[n%10]
}
