package govsweep

import "math/bits"

// TextSketch is what is kept of a text so that it can be compared with
// another: 64 bits that are alike for texts that are alike. The text itself
// cannot be had back. The zero value means that there was no text, or too
// little to compare.
type TextSketch struct {
	Bits  uint64 `json:"bits"`
	Runes int    `json:"runes"` // letters and digits of the text
}

// Known says whether there was text enough to compare.
func (s TextSketch) Known() bool { return s.Runes > 0 }

// Distance counts the bits in which two sketches differ: 0 to 3 for one text,
// about 9 for texts that share half, 32 for texts that share nothing. It
// means nothing unless both are known.
func (s TextSketch) Distance(t TextSketch) int { return bits.OnesCount64(s.Bits ^ t.Bits) }
