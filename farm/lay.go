package farm

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
)

// layColumn connects the list pages of a column.
func (s *site) layColumn(c *column) {
	first := strings.TrimSuffix(c.path(), "index.html")
	switch {
	case strings.HasSuffix(c.path(), "/"):
		s.paths[c.path()+"index.html"] = func(p *reply) { p.columnPage(c, 0) }
	case first != c.path():
		s.paths[first] = func(p *reply) { p.columnPage(c, pageOf(p)) }
	}
	s.paths[c.path()] = func(p *reply) { p.columnPage(c, pageOf(p)) }
	for n := 1; n < c.pageCount(); n++ {
		if to := c.pagePath(n); !strings.Contains(to, "?") {
			s.paths[to] = func(p *reply) { p.columnPage(c, n) }
		}
	}
	if c.mode == frameList {
		s.paths[c.framePath()] = func(p *reply) { p.framePage(c) }
	}
	if s.family == govsweep.GKMLPT && c.mode == callList {
		s.paths[fmt.Sprintf("%s/api/all/%d", path.Dir(c.path()), c.no)] = func(p *reply) { p.catalogue(c) }
	}
}

// pageOf reads the number of the list page from the query, counted from 0.
func pageOf(p *reply) int {
	q := p.req.URL.Query()
	for _, k := range []string{"pageNum", "pageIndex"} {
		if n, err := strconv.Atoi(q.Get(k)); err == nil && n > 1 {
			return n - 1
		}
	}
	return 0
}

// file connects an address with bytes of a type.
func (s *site) file(path, mediaType string, body []byte) {
	s.paths[path] = func(p *reply) { p.raw, p.ctype = body, mediaType }
}

// paper connects an address with a page of its own that is no article.
func (s *site) paper(path string, write func(p *reply)) { s.paths[path] = write }
