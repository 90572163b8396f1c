package facts

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// marksUnread says whether a mark the page lacks may be drawn by a script
// that was not run, or may stand behind the place where the page was cut.
func (d *Document) marksUnread(m *govsweep.Marks) bool {
	if m.SiteIDCode != "" && m.ICP != "" && m.Police != "" && m.Conac != "" && m.ErrorReport != "" {
		return false
	}
	if d.Cut || d.Page != nil && d.Page.Truncated {
		return true
	}
	footed := m.SiteIDCode != "" || m.ICP != ""
	if !footed && !d.Ended {
		return true
	}
	return d.drawsFoot(footed) || d.drawsMark()
}

// drawsFoot says whether a script, a frame or an unresolved include brings
// the foot. A page whose foot is there is held to it, unless the script
// stands in the foot itself.
func (d *Document) drawsFoot(footed bool) bool {
	for i := range d.Scripts {
		s := &d.Scripts[i]
		if s.Node.Hiding&(ByTemplate|ByNoscript) != 0 || d.inHead(s.Node) && footed {
			continue
		}
		if s.Src != "" {
			if namesFoot(s.Src) && (!footed || s.Node.Region == FootRegion) || !footed && d.isFragment(s) {
				return true
			}
		} else if (!footed || s.Node.Region == FootRegion) && (writesFoot(s.Text) || !footed && loadsPiece(s.Text)) {
			return true
		}
	}
	if footed {
		return false
	}
	for _, f := range d.Frames {
		if namesFoot(f.Attr("src")) {
			return true
		}
	}
	for _, c := range d.Comments {
		if strings.HasPrefix(c, "#include") && namesFoot(strings.Trim(c[len("#include"):], "\" ")) {
			return true
		}
	}
	return d.emptyFoot()
}

func (d *Document) inHead(n *Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Name == "head" {
			return true
		}
	}
	return false
}

// namesFoot says whether the file of an address is named after the foot.
func namesFoot(src string) bool {
	if i := strings.IndexAny(src, "?#"); i >= 0 {
		src = src[:i]
	}
	file := lower(src[strings.LastIndexByte(src, '/')+1:])
	for _, word := range [...]string{"foot", "bottom", "copyright", "dibu", "yejiao", "weibu", "banquan", "beian", "wzbs"} {
		if strings.Contains(file, word) {
			return true
		}
	}
	return strings.Contains(lower(src), "/foot")
}

// isFragment says whether a script in the body is a piece of page some
// systems store under a number: 840397482ca5….js, 1901171025027514.js.
func (d *Document) isFragment(s *Script) bool {
	if d.inHead(s.Node) {
		return false
	}
	file := s.Src[strings.LastIndexByte(s.Src, '/')+1:]
	if i := strings.IndexByte(file, '?'); i >= 0 {
		file = file[:i]
	}
	stem, ok := strings.CutSuffix(file, ".js")
	if !ok || len(stem) < 8 || len(stem) > 40 {
		return false
	}
	number := true
	for i := 0; i < len(stem); i++ {
		c := stem[i]
		if c < '0' || c > '9' {
			number = false
			if c < 'a' || c > 'f' {
				return false
			}
		}
	}
	return number || len(stem) == 32
}

// writesFoot says whether an inline script writes or loads the foot.
func writesFoot(text string) bool {
	if len(text) > 200_000 {
		text = text[:200_000]
	}
	writes := strings.Contains(text, "document.write") || strings.Contains(text, ".innerHTML") || strings.Contains(text, ".html(") || strings.Contains(text, ".append(")
	if writes && (strings.Contains(text, "标识码") || strings.Contains(text, "ICP") || strings.Contains(text, "网安备") || strings.Contains(text, "主办单位")) {
		return true
	}
	loads := strings.Contains(text, ".load(") || strings.Contains(text, "$.get(") || strings.Contains(text, "fetch(") || strings.Contains(text, "$.ajax(") || strings.Contains(text, "XMLHttpRequest") || writes
	if !loads {
		return false
	}
	low := strings.ToLower(text)
	return strings.Contains(low, "foot") || strings.Contains(low, "bottom.") || strings.Contains(low, "copyright") || strings.Contains(low, "dibu")
}

// loadsPiece says whether an inline script loads a piece of page.
func loadsPiece(text string) bool {
	return strings.Contains(text, ".load('") || strings.Contains(text, `.load("`)
}

// emptyFoot says whether a foot is there with nothing in it, waiting for a script.
func (d *Document) emptyFoot() bool {
	for _, n := range d.IDs {
		if n.Region == FootRegion && d.Text(n) == "" && n.First == nil && len(d.Scripts) > 0 && n.Tag != 0 && isBox(n.Tag) {
			return true
		}
	}
	return false
}

// drawsMark says whether an empty container waits for a mark.
func (d *Document) drawsMark() bool {
	for n := d.Root.Last; n != nil; n = n.Last {
		for c := n.Last; c != nil; c = c.Prev {
			if c.Region == FootRegion && waits(c, 0) {
				return true
			}
		}
	}
	return false
}

func waits(n *Node, depth int) bool {
	if n.First == nil {
		if n.Tag == 0 || !isBox(n.Tag) {
			return false
		}
		w := lower(n.Class() + " " + n.ID())
		return strings.Contains(w, "jiucuo") || strings.Contains(w, "j-gov") || strings.Contains(w, "conac") && n.HasAttr("data-setting")
	}
	if depth > 12 {
		return false
	}
	for c := n.First; c != nil; c = c.Next {
		if waits(c, depth+1) {
			return true
		}
	}
	return false
}
