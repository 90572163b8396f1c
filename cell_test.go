package govsweep_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/govsweep/govsweep"
)

func TestAGuardedCellIsNoFormulaAndComesBackUnchanged(t *testing.T) {
	for _, s := range []string{"", "甲", "=1+1", "  -2", "'=1", "''＝1", "\"@x", "甲\n+1\n'乙", "'甲", "\t=1", "-"} {
		g := govsweep.GuardCell(s)
		if back := govsweep.PlainCell(g); back != s {
			t.Errorf("%q came back as %q", s, back)
		}
		for line := range strings.SplitSeq(g, "\n") {
			if strings.ContainsRune("=+-@＝＋－＠\t\r", []rune(strings.TrimLeft(line, " ") + "甲")[0]) {
				t.Errorf("%q still begins a formula: %q", s, g)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.SampledFrom([]rune("'\"=+- \n\t甲")), 0, 12, -1).Draw(t, "s")
		if back := govsweep.PlainCell(govsweep.GuardCell(s)); back != s {
			t.Fatalf("%q came back as %q", s, back)
		}
	})
}
