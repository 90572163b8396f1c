package facts

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// A missing sign would silence an extractor: every character of the list must
// show, alone and among others.
func TestSignsAreNeverMissing(t *testing.T) {
	for want, chars := range signed {
		for _, r := range chars {
			for _, text := range []string{string(r), "甲a" + string(r) + "乙", "\xe4\xb8" + string(r)} {
				var m summary
				if m.add([]byte(text)); m.signs&want != want {
					t.Errorf("%q does not show the sign %b of %q", text, want, r)
				}
			}
		}
	}
	for old, r := range simplified {
		if r == 0 {
			continue
		}
		for want, chars := range signed {
			var m summary
			if m.add([]byte(string(rune(old)))); strings.ContainsRune(chars, rune(r)) && m.signs&want == 0 {
				t.Errorf("%c lacks the sign %b of %c", rune(old), want, rune(r))
			}
		}
	}
	var m summary
	if m.add([]byte("ipv6：2024")); m.signs&(ipSign|digitSign|colonSign) != ipSign|digitSign|colonSign {
		t.Errorf("signs %b of ASCII text", m.signs)
	}
}

// Every word an extractor looks for behind a sign has the sign.
func TestWordsCarryTheirSigns(t *testing.T) {
	var labels []string
	for i := range dateLabels {
		labels = append(labels, dateLabels[i].word)
	}
	for want, words := range map[signs][]string{
		timeSign: labels, crumbSign: crumbLabels[:], sourceSign: sourceLabels[:], footSign: footWords[:4],
		openSign: disclosureNotes[:], thisSign: disclosureNotes[:], phoneSign: {"电话", "热线", "電話", "熱線"}, markSign: {"标识码", "主办单位"},
	} {
		for _, w := range words {
			var m summary
			if m.add([]byte(w)); m.signs&want == 0 {
				t.Errorf("%q lacks the sign %b", w, want)
			}
		}
	}
}

// The digest of a page does not depend on where its blocks part.
func TestDigestOfTextCarriesOn(t *testing.T) {
	const text = "某某市2024年《政府工作报告》a𠀀b，\xff\xe4甲。"
	var whole summary
	whole.add([]byte(text))
	for i, r := range text {
		if r == utf8.RuneError {
			continue
		}
		var parts summary
		parts.add([]byte(text[:i]))
		runes := parts.runes
		parts.add([]byte(text[i:]))
		parts.runes, parts.signs = parts.runes+runes, whole.signs
		if diff := cmp.Diff(whole, parts, cmp.AllowUnexported(summary{})); diff != "" {
			t.Fatalf("parted at %d (-whole +parted):\n%s", i, diff)
		}
	}
}
