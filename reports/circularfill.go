package reports

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// circularWords are all words a form may put in braces.
var circularWords = []string{"bureau", "period", "area", "asof", "rulebook", "deadline", "contact", "phone"}

// words fills the placeholders of a text of the form, once.
func (c *Circular) words(text string) string {
	f := c.form
	values := map[string]string{
		"bureau": f.Bureau, "period": c.Period.Label, "area": f.Area, "asof": c.asOf(), "rulebook": bookLine(c.Book.BookTitle),
		"deadline": f.Deadline, "contact": f.Contact, "phone": f.Phone,
	}
	for k, v := range values {
		values[k] = clean(orUnknown(v))
	}
	return fill(cleanLines(strings.TrimSpace(text)), values)
}

// closing is the last line, without the parts whose contact or phone nobody
// entered; "" when nothing is left to say.
func (c *Circular) closing() string {
	words := strings.TrimSpace(c.form.Closing)
	var kept []string
	for part := range strings.SplitSeq(strings.TrimSuffix(words, "。"), "；") {
		if strings.Contains(part, "{contact}") && clean(c.form.Contact) == "" || strings.Contains(part, "{phone}") && clean(c.form.Phone) == "" {
			continue
		}
		kept = append(kept, part)
	}
	out := strings.Join(kept, "；")
	if out != "" && strings.HasSuffix(words, "。") {
		out += "。"
	}
	return c.words(out)
}

// asOf names the check points 监测时间点 of the sweeps.
func (c *Circular) asOf() string {
	var first, last govsweep.Sweep
	for i, s := range c.Sweeps {
		if i == 0 || s.AsOf.Before(first.AsOf) {
			first = s
		}
		if i == 0 || s.AsOf.After(last.AsOf) {
			last = s
		}
	}
	if first.AsOf.IsZero() {
		return unknown
	}
	a, b := govsweep.ChineseDate(first.AsOf), govsweep.ChineseDate(last.AsOf)
	if a == b {
		return a
	}
	return a + "至" + b
}
