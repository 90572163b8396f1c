package reports

import (
	"regexp"
	"slices"
	"strings"
)

// placeholder is what may be replaced in a form.
var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

// The closed lists of placeholders, by where they may stand.
var (
	numberWords = []string{"year", "serial"}
	demandWords = []string{"site", "column", "url", "pages", "indicator"}
	caseWords   = []string{"site", "code", "url", "host", "supervisor", "bureau", "asof", "rulebook", "grade", "kind", "number", "date",
		"count", "vetoes", "deductions", "norms", "items", "contact", "phone", "email", "address"}
	deadlineWords = []string{"deadline", "until", "deadline_rule"}
	parentWords   = []string{"parent_title", "parent_number", "parent_date", "parent_deadline"}
	reasonWords   = []string{"reason"}
)

// fill replaces the placeholders of a form's text, once and in one pass: what
// is put in is never looked at again, so a name that reads like a placeholder
// stays a name. A placeholder without a value stays as it is.
func fill(words string, values map[string]string) string {
	return placeholder.ReplaceAllStringFunc(words, func(p string) string {
		if v, ok := values[p[1:len(p)-1]]; ok {
			return v
		}
		return p
	})
}

func fillAll(words []string, values map[string]string) []string {
	var out []string
	for _, w := range words {
		out = append(out, fill(w, values))
	}
	return out
}

// strangers are the placeholders of words that are not in the lists, and
// braces that belong to none.
func strangers(words string, lists ...[]string) (unknown []string, loose bool) {
	may := slices.Concat(lists...)
	for _, p := range placeholder.FindAllString(words, -1) {
		if !slices.Contains(may, p[1:len(p)-1]) {
			unknown = append(unknown, p)
		}
	}
	return unknown, strings.ContainsAny(placeholder.ReplaceAllString(words, ""), "{}")
}

func braced(lists ...[]string) string {
	var out []string
	for _, w := range slices.Concat(lists...) {
		out = append(out, "{"+w+"}")
	}
	return strings.Join(out, "、")
}
