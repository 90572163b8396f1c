package golden

import "testing"

func TestFirstDifference(t *testing.T) {
	for _, c := range []struct {
		name, want, got string
		line            int
		same            bool
	}{
		{"equal", "a\nb\n", "a\nb\n", 0, true},
		{"second line", "a\nb\n", "a\nc\n", 2, false},
		{"shorter", "a\nb", "a", 2, false},
		{"longer", "a", "a\nb", 2, false},
	} {
		line, _, _, same := firstDifference([]byte(c.want), []byte(c.got))
		if line != c.line || same != c.same {
			t.Errorf("%s: line %d same %v, want %d %v", c.name, line, same, c.line, c.same)
		}
	}
}
