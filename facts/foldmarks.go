package facts

import (
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// marksFold keeps the marks of the home page and, beside it, those of the
// first page by address whose foot could be read.
type marksFold struct {
	home, other *footRead
	name, tag   string // of the home page
}

// footRead is the foot of one page.
type footRead struct {
	govsweep.Marks
	page PageRef
}

// fold takes one content page.
func (m *marksFold) fold(p *seenPage) {
	f := p.Facts
	home := p.Visit.Role == govsweep.HomeRole
	if home {
		m.tag = clip(strings.TrimSpace(f.HeadTags["SiteName"]), titleRunes)
		m.name = clip(firstOf(f.HeadTags["SiteName"], f.Title), titleRunes)
	}
	switch {
	case home && f.Marks == nil:
		m.home = &footRead{page: p.ref("")}
	case home:
		m.home = &footRead{*f.Marks, p.ref(footQuote(f.Marks))}
	case f.Marks == nil:
	case f.Marks.MarksUnread || !f.Marks.FooterPresent:
	case m.other == nil || p.url() < m.other.page.URL:
		m.other = &footRead{*f.Marks, p.ref(footQuote(f.Marks))}
	}
}

// footQuote is what the foot says, in a line.
func footQuote(m *govsweep.Marks) string {
	var parts []string
	add := func(label, value string) {
		if value != "" {
			parts = append(parts, label+value)
		}
	}
	add("主办单位：", m.Host)
	add("联系方式：", m.Contact)
	add("网站标识码：", m.SiteIDCode)
	add("", m.ICP)
	add("", m.Police)
	return strings.Join(parts, " ")
}

// result gives the foot that could be read: the home page's before others.
func (m *marksFold) result() MarkFacts {
	best := m.home
	if best == nil || best.MarksUnread || !best.FooterPresent && m.other != nil {
		if m.other != nil {
			best = m.other
		}
	}
	if best == nil {
		return MarkFacts{Name: m.name, TagName: m.tag}
	}
	return MarkFacts{Marks: best.Marks, Page: best.page, Name: m.name, TagName: m.tag}
}

// soft404Fold keeps what the site answers for an address that cannot exist.
type soft404Fold struct {
	Soft404Facts
	why string // why it could not be asked
}

func (s *soft404Fold) fold(r *govsweep.Record, homeKey uint64) {
	if s.Asked && (r.Visit.Look > 0 || r.Visit.URL > s.Page.URL) {
		return
	}
	if why := unanswered(r); why != "" {
		s.why = why
		return
	}
	s.Soft404Facts = Soft404Facts{
		Asked: true, Status: r.Status, Page: (&seenPage{Record: r}).ref(""),
		Body: r.Facts != nil && r.Facts.TextRunes >= 10,
		Home: r.FinalURL != "" && address.Key(r.FinalURL, "") == homeKey || r.Facts != nil && r.Facts.Response == govsweep.HomeRedirect,
	}
}

// unanswered says why nothing can be read off the answer to a probe.
func unanswered(r *govsweep.Record) string {
	switch {
	case r.Failure != "" || r.Status == 0:
		return firstOf(whyUnread(r), "没有收到服务器的应答")
	case r.Facts != nil && r.Facts.Response == govsweep.Challenge:
		return responseReasons[govsweep.Challenge]
	case refuses(r.Status):
		return statusReason(r.Status)
	}
	return ""
}

func (s *soft404Fold) result() Soft404Facts { return s.Soft404Facts }
