package sweep

import (
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
)

// TestPagersOfDoubtfulPages: the numbered days of a calendar look like a
// pager; they are taken a few at a time like the calendar itself.
func TestPagersOfDoubtfulPages(t *testing.T) {
	const home = "http://www.x.gov.cn/"
	r := &roles{scope: crawler.NewScope(home, nil)}
	for _, c := range []struct {
		from govsweep.Role
		url  string
		want govsweep.Role
	}{
		{govsweep.ColumnRole, home + "list.jsp?id=3&page=2", govsweep.ListRole},
		{govsweep.ListRole, home + "list.jsp?id=3&page=3", govsweep.ListRole},
		{govsweep.DoubtfulRole, home + "rili/index.html?y=2026&m=1&d=2", govsweep.DoubtfulRole},
		{govsweep.DoubtfulRole, home + "xwzx/index_1.html", govsweep.ListRole},
	} {
		from := &govsweep.Visit{URL: home + "from", Role: c.from}
		v, ok := r.visit(from, home+"from", lead{key: address.Key(c.url, ""), url: c.url, as: asPager})
		if !ok || v.Role != c.want {
			t.Errorf("%s from a %s page: %s, want %s", c.url, c.from, v.Role, c.want)
		}
	}
}
