package facts

import (
	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/facts/platform"
)

// enterHead enters what the page says of itself in its head, its metadata
// block and its foot, and the system that made it.
func (d *Document) enterHead(f *govsweep.PageFacts) {
	f.HeadTags, f.RawTags = d.headTags()
	d.enterMetadata(f)
	f.Marks = d.marks()
	f.Platform = d.family()
}

// How many links and how much of a script are looked at for the family.
const (
	maxSignLinks = 120
	maxSignText  = 12_000
)

// family tells the CMS family by the signs of the page.
func (d *Document) family() govsweep.Platform {
	var s platform.Signs
	s.URL(d.URL)
	if own := TagValue(d.MetaContent("Url")); own != "" {
		s.Address(own)
	}
	s.Generator(d.MetaContent("generator"))
	for i := range d.Scripts {
		sc := &d.Scripts[i]
		if sc.Src != "" {
			s.Script(sc.Src)
		} else if len(sc.Text) > 12 {
			s.Inline(sc.Text[:min(len(sc.Text), maxSignText)])
		}
		if u := sc.Node.Attr("url"); u != "" {
			s.Unit(u)
		}
	}
	for _, n := range d.IDs {
		s.Mark(n.ID())
		if u := n.Attr("url"); u != "" {
			s.Unit(u)
		}
	}
	d.signClasses(&s)
	for i := range d.Comments {
		if c := d.Comments[i]; len(c) < 200 {
			s.Comment(c)
		}
	}
	d.signLinks(&s)
	return s.Family()
}

// signClasses shows the classes around the text of the page.
func (d *Document) signClasses(s *platform.Signs) {
	var last, above *Node
	for i := range d.Blocks {
		n := d.Blocks[i].Node
		if n == last {
			continue
		}
		last = n
		signNode(s, n)
		if n.Parent != nil && n.Parent != above {
			above = n.Parent
			signNode(s, above)
			if above.Parent != nil {
				signNode(s, above.Parent)
			}
		}
	}
}

func signNode(s *platform.Signs, n *Node) {
	if c := n.Class(); c != "" {
		s.Mark(c)
	}
	if n.Tag == 0 {
		s.Mark(n.Name)
	}
}

// signLinks shows the links to the own host.
func (d *Document) signLinks(s *platform.Signs) {
	own, looked := address.Host(d.URL), 0
	for i := range d.Links {
		a := &d.Links[i]
		if a.Href == "" || a.Href[0] == '#' || isScriptRef(a.Href) {
			continue
		}
		if looked++; looked > maxSignLinks {
			return
		}
		if i := schemeEnd(a.Href); i > 0 && own != "" && hostOf(a.Href) != own {
			continue
		}
		s.Link(platform.PathOf(a.Href))
	}
}

// schemeEnd gives the place of "://" in an absolute address, -1 in others.
func schemeEnd(href string) int {
	for i := 0; i+2 < len(href) && i < 8; i++ {
		if href[i] == ':' && href[i+1] == '/' && href[i+2] == '/' {
			return i
		}
	}
	return -1
}

// enterCalls enters where the list of a column comes from when scripts build
// it, and the further pages its script pager announces.
func (d *Document) enterCalls(f *govsweep.PageFacts) {
	family := platform.Of(f.Platform)
	if family == nil || f.Kind == govsweep.ArticlePage || f.Kind == govsweep.HomePage {
		return
	}
	p := d.platformPage()
	if family.Calls != nil {
		f.ListCalls = family.Calls(p)
	}
	if family.More != nil {
		for _, u := range family.More(p) {
			if !hasString(f.More, u) {
				f.More = append(f.More, u)
			}
		}
	}
}

func (d *Document) platformPage() *platform.Page {
	p := &platform.Page{URL: d.URL, Resolve: d.Resolve}
	for i := range d.Scripts {
		sc := &d.Scripts[i]
		if sc.Src == "" && len(sc.Text) < 1_000_000 {
			p.Inline = append(p.Inline, sc.Text)
		}
		addUnit(p, sc.Node)
	}
	for _, n := range d.IDs {
		if n.Name != "script" {
			addUnit(p, n)
		}
	}
	for i := range d.Links {
		if u, ok := d.Resolve(d.Links[i].Href); ok && len(p.Paths) < 500 && !d.isForeign(u) {
			p.Paths = append(p.Paths, address.Path(u))
		}
	}
	return p
}

func addUnit(p *platform.Page, n *Node) {
	if url, query := n.Attr("url"), n.Attr("querydata"); url != "" && query != "" {
		p.Units = append(p.Units, platform.Unit{URL: url, Query: query})
	}
}
