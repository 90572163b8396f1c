package sweep

import (
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/facts"
)

// judgedColumns gives the columns as they are judged: those not looked at
// count nowhere, and a column that was blank, is gone and linked no more is
// no blank column. A stale column that is gone stays unread: whether its
// duty went with it a person says.
func (l *Look) judgedColumns(d *facts.Dossier, where *places) []govsweep.ColumnActivity {
	was := map[uint64]govsweep.ListState{}
	if where.previous != nil {
		for i := range where.previous.Columns {
			c := &where.previous.Columns[i]
			was[address.Key(c.URL, "")] = c.State
		}
	}
	out := slices.Clone(d.Columns)
	for i := range out {
		c := &out[i]
		key := address.Key(c.URL, "")
		gone := was[key] == govsweep.BlankList && !c.HadContent && l.state(c.URL) == notThere && !l.linked(key)
		if gone {
			l.removed[key] = true
		}
		if gone || !where.whole && !l.columns[c.URL] {
			c.Unread, c.OutsideOnly = "", true
		}
	}
	return out
}

// judgeColumns keeps the verdicts over the columns looked at.
func (l *Look) judgeColumns(res *govsweep.Inspection) {
	for i := range res.Columns {
		c := &res.Columns[i]
		if l.columns[c.URL] {
			kept := *c
			l.states[address.Key(c.URL, "")] = &kept
			if c.PageURL != "" {
				l.states[address.Key(c.PageURL, "")] = &kept
			}
		}
	}
}

// linked says whether the home page points at an address.
func (l *Look) linked(key uint64) bool {
	for _, s := range l.seen[l.home] {
		if s.answer != contents || slices.Contains(s.links, key) {
			return true
		}
	}
	return len(l.seen[l.home]) == 0
}
