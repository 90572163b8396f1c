// Package platform knows what the CMS families of the intensive platforms
// (集约化平台) look like: addresses of articles and columns, marks in the page,
// list calls of script-built lists, and paging. It is pure and reads nothing
// but what it is handed.
package platform

import "github.com/govsweep/govsweep"

// A Family is one CMS family: what it is told by, and where its lists come from.
type Family struct {
	Name govsweep.Platform
	// Article and Column say whether a path has the family's shape.
	Article func(path string) bool
	Column  func(path string) bool
	// Marks are ids, classes and tags of the family's templates, in lower case.
	Marks []Mark
	// Scripts are parts of script addresses, Inline parts of inline scripts,
	// Comments parts of HTML comments, Generators parts of the generator tag.
	Scripts, Inline, Comments, Generators []Mark
	// Calls gives the data addresses behind a script-built list.
	Calls func(p *Page) []govsweep.ListCall
	// More gives the addresses of further list pages, in order.
	More func(p *Page) []string
}

// A Mark is a fixed string and how much it says: 4 alone settles the family,
// 2 is enough where nothing speaks against it, 1 only supports.
type Mark struct {
	Text   string
	Weight int
}

// Page is what Calls and More look at.
type Page struct {
	URL     string   // canonical, after redirects
	Inline  []string // text of inline scripts
	Units   []Unit   // elements that name a data address
	Paths   []string // paths of links to the own host
	Resolve func(ref string) (url string, ok bool)
}

// Unit is an element with a url and a querydata attribute.
type Unit struct{ URL, Query string }

// All lists the families. The order breaks ties: the more special first.
var All = []*Family{gkmlpt, jpaas, jcms, ucap, vsb, longxun, trs}

// Of gives the family with a name; nil for unknown ones.
func Of(name govsweep.Platform) *Family {
	for _, f := range All {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// maxMore bounds the list pages one page may announce: a total is a number
// the server made up.
const maxMore = 300
