package rules

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// card is the score card of one target while it is added up. What an item
// costs is known exactly, or only between two bounds while points or caps are
// 待录入 or answers are open.
type card struct {
	rows     []row
	unpriced []govsweep.IndicatorCode
	open     []govsweep.IndicatorCode
	bonus    govsweep.Points
}

// row is one item of the scoring table.
type row struct {
	item    *Item
	sum     govsweep.Points // of the proven findings with points
	single  govsweep.Points // the dearest of them: the item costs at least that
	free    bool            // proven findings without points
	may     govsweep.Points // what unproven findings with points would add
	mayFree bool            // an open answer whose cost has no bound but the cap
	places  int
}

// tally adds up the deductions, each fault once.
func (b *Rulebook) tally(outcomes []govsweep.Outcome) card {
	c := card{rows: make([]row, len(b.Scoring.Items))}
	for i := range b.Scoring.Items {
		c.rows[i].item = &b.Scoring.Items[i]
	}
	entries := make(map[govsweep.IndicatorCode]*Entry, len(b.Entries))
	for i := range b.Entries {
		entries[b.Entries[i].Code] = &b.Entries[i]
	}
	owners, scored := owners(outcomes, entries), map[string]bool{}
	for i := range outcomes {
		o := &outcomes[i]
		e := entries[o.Indicator]
		switch {
		case e == nil:
		case e.Class == govsweep.Bonus && e.Points != nil:
			c.bonus += *e.Points * govsweep.Points(proven(o))
		case e.Class == govsweep.Deduction && e.item >= 0:
			c.add(e, o, func(key string) bool {
				mine := owners[key] == o.Indicator && !scored[key]
				scored[key] = scored[key] || mine
				return mine
			})
		}
	}
	return c
}

// owners says which deduction scores a fault that several found: the first
// that has it proven, else the first that has it.
func owners(outcomes []govsweep.Outcome, entries map[govsweep.IndicatorCode]*Entry) map[string]govsweep.IndicatorCode {
	out := map[string]govsweep.IndicatorCode{}
	for _, unproven := range []bool{false, true} {
		for i := range outcomes {
			o := &outcomes[i]
			if e := entries[o.Indicator]; e == nil || e.Class != govsweep.Deduction || e.item < 0 {
				continue
			}
			for j := range o.Findings {
				key := faultKey(&o.Findings[j])
				if _, taken := out[key]; !taken && o.Findings[j].Unproven == unproven {
					out[key] = o.Indicator
				}
			}
		}
	}
	return out
}

func (c *card) add(e *Entry, o *govsweep.Outcome, mine func(key string) bool) {
	r := &c.rows[e.item]
	sure, doubtful := 0, 0
	for i := range o.Findings {
		f := &o.Findings[i]
		if key := faultKey(f); key != "" && !mine(key) {
			continue
		}
		if n := max(1, f.Scores); f.Unproven {
			doubtful += n
		} else {
			sure += n
		}
	}
	r.places += sure
	switch {
	case e.Points == nil && sure > 0:
		r.free = true
		c.unpriced = append(c.unpriced, o.Indicator)
	case e.Points != nil:
		cost := capped(*e.Points*govsweep.Points(sure), e.Cap)
		r.sum += cost
		if sure > 0 {
			r.single = max(r.single, min(cost, *e.Points))
		}
		r.may += capped(*e.Points*govsweep.Points(sure+doubtful), e.Cap) - cost
	}
	if o.Open() {
		r.mayFree = true
		c.open = append(c.open, o.Indicator)
	} else if e.Points != nil && doubtful > 0 {
		c.open = append(c.open, o.Indicator)
	}
}

// faultKey names a fault across indicators, so that a column or link scored
// by one item is not scored again by another; "" for what has no such name.
func faultKey(f *govsweep.Finding) string {
	switch {
	case f.Column != nil:
		return f.Column.URL
	case strings.Contains(f.Locator, "://"):
		return f.Locator
	}
	return ""
}

func capped(p govsweep.Points, limit *govsweep.Points) govsweep.Points {
	if limit != nil && *limit < p {
		return *limit
	}
	return p
}

// low is what the item costs at least.
func (r *row) low() govsweep.Points {
	if r.item.Points == nil {
		return r.single
	}
	return capped(r.sum, r.item.Points)
}

// exact says that low is all it costs, as far as it was found.
func (r *row) exact() bool {
	if r.item.Points == nil {
		return !r.free && r.sum == r.single
	}
	return !r.free || r.sum >= *r.item.Points
}

// high is what the item may cost at most; known is false when nothing bounds it.
func (r *row) high(open bool) (p govsweep.Points, known bool) {
	p, free := r.sum, r.free
	if open {
		p, free = p+r.may, free || r.mayFree
	}
	switch {
	case free && r.item.Points == nil:
		return 0, false
	case free:
		return *r.item.Points, true
	}
	return capped(p, r.item.Points), true
}

func (c *card) least() (p govsweep.Points) {
	for i := range c.rows {
		p += c.rows[i].low()
	}
	return p
}

// most bounds the deductions when all that is open turns out badly.
func (c *card) most() (govsweep.Points, bool) { return c.bound(true) }

// mostFound bounds what the proven findings cost.
func (c *card) mostFound() (govsweep.Points, bool) { return c.bound(false) }

func (c *card) bound(open bool) (sum govsweep.Points, known bool) {
	for i := range c.rows {
		p, ok := c.rows[i].high(open)
		if !ok {
			return 0, false
		}
		sum += p
	}
	return sum, true
}

// exact says that the score can be printed: every proven finding is priced.
func (c *card) exact() bool {
	for i := range c.rows {
		if !c.rows[i].exact() {
			return false
		}
	}
	return true
}

// items gives one row for each item with anything to say.
func (c *card) items() []govsweep.ScoreItem {
	var out []govsweep.ScoreItem
	for i := range c.rows {
		r := &c.rows[i]
		if r.places == 0 {
			continue
		}
		it := govsweep.ScoreItem{ID: r.item.ID, Group: r.item.Group, Name: r.item.Name, Places: r.places}
		if r.exact() {
			p := r.low()
			it.Deducted = &p
		}
		out = append(out, it)
	}
	return out
}
