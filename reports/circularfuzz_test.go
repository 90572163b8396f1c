package reports_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

// FuzzCircularFiles: what a bureau writes for its circular, the form and the
// figures of others, is read or refused with a sentence, whatever it holds.
func FuzzCircularFiles(f *testing.F) {
	for _, id := range reports.CircularForms() {
		form, err := os.ReadFile("forms/circular/" + id + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(form)
	}
	for _, s := range []string{
		"accounts: {source: 新媒体平台, platforms: [{name: 微信, checked: 3, qualified: 2, unqualified: 1}]}",
		"ipv6:\n  source: 某单位\n  rows:\n    - {name: 全市, sites: 9, home: 8, second: 99.5}\n", "a: &x [1]\nb: *x", "!!binary x", "? [", "- - -", "<<: {", "\x00", "\ufeffid: x",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if _, err := reports.ReadCircularForm(bytes.NewReader(src)); err != nil && govsweep.KindOf(err) != govsweep.Wrong {
			t.Errorf("form: %v", err)
		}
		if _, err := reports.LoadFigures(bytes.NewReader(src)); err != nil && govsweep.KindOf(err) != govsweep.Wrong {
			t.Errorf("figures: %v", err)
		}
	})
}
