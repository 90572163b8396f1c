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

// disclosureNote finds the note under a document, in simplified characters;
// "" when there is none.
func (d *Document) disclosureNote() string {
	if d.sum.signs&(openSign|thisSign) != openSign|thisSign {
		return ""
	}
	for i := range d.Blocks {
		blk := &d.Blocks[i]
		if !blk.has(openSign|thisSign) || len(blk.Text) > 4000 || blk.Region == FootRegion || blk.Hiding != 0 || !strings.Contains(blk.Text, "公开") && !strings.Contains(blk.Text, "公開") {
			continue
		}
		text := Simplified(blk.Text)
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
