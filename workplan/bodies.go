package workplan

import "strings"

// splitBodies gives the bodies of a printed list one by one. 等 stays with
// the body it follows, and so does what stands in brackets: a list within
// brackets belongs to the body in front of it.
func splitBodies(s string) []string {
	var out []string
	depth := 0
	var b strings.Builder
	flush := func() {
		name := strings.Trim(b.String(), " 。.：:")
		for _, role := range roles {
			name = strings.TrimPrefix(strings.TrimPrefix(name, role+"："), role+":")
		}
		if name != "" && len(out) < 400 {
			out = append(out, name)
		}
		b.Reset()
	}
	for _, r := range s {
		switch r {
		case '(', '（':
			depth++
		case ')', '）':
			depth--
		case '、', ',', '，', ';', '；', '\n', '\t':
			if depth <= 0 {
				flush()
				continue
			}
		}
		b.WriteRune(r)
	}
	flush()
	return out
}

// roles are words in front of bodies within a list; they stay in the text.
var roles = strings.Split(bodyLabels, "|")
