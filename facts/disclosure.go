package facts

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// disclosureNotes are what documents print as their attribute of disclosure.
var disclosureNotes = [...]string{
	"此件公开发布", "此件主动公开", "此件依申请公开", "此件删减后公开", "此件不公开", "此件不予公开", "此件公开",
	"此文件公开发布", "本文公开发布", "此文公开发布", "本件公开发布",
}

// disclosureNote finds the note under a document; "" when there is none.
func (d *Document) disclosureNote() string {
	if i := strings.Index(d.text, "公开"); i < 0 {
		return ""
	}
	for i := range d.Blocks {
		text := d.Blocks[i].Text
		if len(text) > 4000 || !strings.Contains(text, "件") && !strings.Contains(text, "文") || !strings.Contains(text, "公开") {
			continue
		}
		if d.Blocks[i].Region == FootRegion || d.Blocks[i].Hiding != 0 {
			continue
		}
		for _, note := range disclosureNotes {
			if strings.Contains(text, note) && standsAlone(text, note) {
				return note
			}
		}
	}
	return ""
}

// standsAlone says whether a note is a note and no part of a sentence: in
// brackets, or a line of its own.
func standsAlone(text, note string) bool {
	i := strings.Index(text, note)
	before, after := strings.TrimRight(text[:i], " "), strings.TrimLeft(text[i+len(note):], " ")
	if strings.HasSuffix(before, "（") || strings.HasSuffix(before, "(") || strings.HasSuffix(before, "〔") || strings.HasSuffix(before, "[") {
		return true
	}
	return before == "" && (after == "" || strings.HasPrefix(after, "）") || strings.HasPrefix(after, ")") || strings.HasPrefix(after, "。"))
}

// enterMetadata fills in what metadata reads.
func (d *Document) enterMetadata(f *govsweep.PageFacts) {
	m := d.metadata()
	f.CoreMetadata, f.Validity, f.Disclosure = m.core, m.validity, m.disclosure
}
