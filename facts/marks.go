package facts

import (
	"regexp"
	"strings"

	"github.com/govsweep/govsweep"
)

// marks reads the identity marks of the page; nil when it shows none, has no
// foot and hides none behind a script.
func (d *Document) marks() *govsweep.Marks {
	m := &govsweep.Marks{}
	foot := d.footText()
	registrations(m, foot)
	d.footWords(m, foot)
	m.FooterPresent = m.SiteIDCode != "" || m.ICP != "" || m.Police != "" || m.Host != "" || hasFootWord(foot)
	m.IPv6Label = d.ipv6Label()
	for i := range d.Links {
		d.markLink(m, &d.Links[i])
	}
	for i := range d.Scripts {
		markScript(m, &d.Scripts[i])
	}
	d.markElements(m)
	m.MarksUnread = d.marksUnread(m)
	if *m == (govsweep.Marks{}) {
		return nil
	}
	return m
}

// footText gives the words of the foot in simplified characters, one block a
// line, a space where an element ends. Where no element is known as the foot,
// the last lines of the page stand in for it when they carry a mark.
func (d *Document) footText() string {
	var b strings.Builder
	for i := range d.Blocks {
		if blk := &d.Blocks[i]; blk.Region == FootRegion && blk.Hiding&ByTemplate == 0 && b.Len() < 20_000 {
			footLine(&b, blk)
		}
	}
	if b.Len() > 0 {
		return b.String()
	}
	for i := max(0, len(d.Blocks)-25); i < len(d.Blocks); i++ {
		if blk := &d.Blocks[i]; len(blk.Text) < 900 && blk.Hiding == 0 && blk.signs&(footSign|markSign) != 0 && (isFootText(blk.Text) || strings.Contains(blk.Text, "标识码") || strings.Contains(blk.Text, "主办单位")) {
			footLine(&b, blk)
		}
	}
	return b.String()
}

func footLine(b *strings.Builder, blk *Block) {
	cut := 0
	for i, r := range blk.Text {
		if cut < len(blk.Cuts) && i >= int(blk.Cuts[cut]) {
			b.WriteByte(' ')
			cut++
		}
		if p := plainRune(r); p != 0 {
			b.WriteRune(p)
		} else if r == ' ' {
			b.WriteByte(' ')
		}
	}
	b.WriteByte('\n')
}

func (d *Document) markLink(m *govsweep.Marks, a *Anchor) {
	if d.sitemapLink(a) {
		m.Sitemap = true
	}
	href := a.Href
	if len(href) < 16 || !strings.Contains(href, "//") {
		return
	}
	if !strings.Contains(href, "beian") && !strings.Contains(href, "conac") && !strings.Contains(href, "jiucuo") {
		return
	}
	switch low := lower(href); {
	case icpLink(low):
		if m.ICPLink == "" {
			m.ICPLink = d.absolute(href)
		}
	case strings.Contains(low, "beian.gov.cn"), strings.Contains(low, "beian.mps.gov.cn"):
		if m.PoliceLink == "" {
			m.PoliceLink = d.absolute(href)
		}
	case strings.Contains(low, "conac.cn/"):
		d.conac(m, a.Node)
	case strings.Contains(low, "/exposure/jiucuo"):
		report(m, low, siteCodeIn(href))
	}
}

func (d *Document) absolute(href string) string {
	if u, ok := d.Resolve(href); ok {
		return u
	}
	return href
}

// sitemapLink says whether a link offers the map of the site, in words or as
// the title of a picture.
func (d *Document) sitemapLink(a *Anchor) bool {
	if a.Hiding&ByTemplate != 0 || !a.HasHref {
		return false
	}
	for _, words := range [...]string{a.Text, a.Title} {
		if len(words) >= 12 && len(words) < 90 && (strings.Contains(words, "地") || strings.Contains(words, "导航图")) {
			if w := Simplified(words); w == "网站地图" || w == "站点地图" || w == "网站导航图" || strings.HasPrefix(w, "网站地图") || strings.HasPrefix(w, "站点地图") {
				return true
			}
		}
	}
	return a.Text == "" && a.Node.First != nil && strings.Contains(a.Node.First.Attr("alt"), "地图") && strings.Contains(a.Node.First.Attr("alt"), "站")
}

// conac reads the colour of the mark off the picture in its link.
func (d *Document) conac(m *govsweep.Marks, n *Node) {
	colour := "red"
	for c := n.First; c != nil; c = c.Next {
		if c.Name == "img" {
			colour = conacColour(c.Attr("src"))
		}
	}
	if m.Conac == "" || colour == "error" {
		m.Conac = colour
	}
}

func conacColour(src string) string {
	file := lower(src[strings.LastIndexByte(src, '/')+1:])
	switch {
	case strings.Contains(file, "error"):
		return "error"
	case strings.Contains(file, "blue"):
		return "blue"
	}
	return "red"
}

// report enters the 找错 entry. The current address wins over an old one.
func report(m *govsweep.Marks, address, code string) {
	state := "current"
	if strings.Contains(address, "kaipuyun.cn") || strings.Contains(address, "121.43.68.40") {
		state = "outdated"
	}
	if m.ErrorReport != "current" {
		m.ErrorReport = state
	}
	if code != "" && m.ReportCode == "" {
		m.ReportCode = code
	}
}

var siteCodeParam = regexp.MustCompile(`(?i)site_?code['"]?\s*[=:]\s*['"]?([0-9A-Za-z]{6,20})`)

func siteCodeIn(s string) string {
	if m := siteCodeParam.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// markScript reads marks that are scripts themselves: the script tag is the
// mark, whatever it draws.
func markScript(m *govsweep.Marks, s *Script) {
	if src := lower(s.Src); src != "" {
		if strings.Contains(src, "conac.cn/") && m.Conac == "" {
			m.Conac = "red"
		}
		if strings.Contains(src, "jiucuo") && (strings.Contains(src, "/exposure/") || s.Node.ID() == "_jiucuo_" || s.Node.HasAttr("sitecode")) {
			report(m, src, strings.TrimSpace(s.Node.Attr("sitecode")))
		}
		return
	}
	if m.Conac == "" && strings.Contains(s.Text, "conac.cn/js/") {
		m.Conac = "red"
	}
	if m.ErrorReport == "" && strings.Contains(s.Text, "/exposure/jiucuo") {
		report(m, s.Text, siteCodeIn(s.Text))
	}
}

// markElements reads the containers and pictures of the marks.
func (d *Document) markElements(m *govsweep.Marks) {
	for _, n := range d.IDs {
		if n.ID() == "_ideConac" && m.Conac == "" {
			m.Conac = "red"
		}
	}
	for _, img := range d.Images {
		src := img.Attr("src")
		if strings.Contains(src, "conac.cn/image/") || img.ID() == "imgConac" {
			if c := conacColour(src); m.Conac == "" || c != "red" {
				m.Conac = c
			}
		}
	}
}
