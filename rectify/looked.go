package rectify

import (
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
)

// mostPages is how many addresses of one finding are asked about. The product
// lists no more of one finding; where the list is full, others may exist.
const mostPages = 10_000

// linkIndicators are about where a link leads. That the page was read does not
// tell whether the link was tried: nothing may have been left out.
var linkIndicators = LinkIndicators()

// LinkIndicators are those whose fault is an address that does not open: its
// place is the address itself.
func LinkIndicators() []govsweep.IndicatorCode {
	return []govsweep.IndicatorCode{"home-link-broken", "inner-link-broken", "attachment-broken", "image-broken"}
}

// notLooked says in one Chinese sentence why a finding that was not seen may
// still be there; "" when its place was looked at and it is gone. All must hold:
//
//   - the indicator was measured, with outcome passed or found;
//   - a column's own verdict is one of a column that was read; where the site no
//     longer lists it, its address answered;
//   - else every address of the finding was read, as page or as column;
//   - a veto, and a fault of the site as a whole, passed, with nothing left for a person;
//   - a dead link: nothing was left out of the crawl;
//   - of an account only that the indicator was measured, and a veto passed.
func (v *view) notLooked(s *govsweep.Standing) string {
	if why := v.notMeasured(s); why != "" {
		return why
	}
	if v.ofAccount() {
		return "" // its place is what its sources say, and they spoke
	}
	if s.Column != nil && s.Column.URL != "" {
		if !v.wasRead(s.Column.URL) {
			return fmt.Sprintf("栏目“%s”本次未能读取。", clip(s.Column.Name, 60))
		}
		return ""
	}
	pages := s.Pages
	if s.URL != "" && !slices.Contains(pages, s.URL) {
		pages = append([]string{s.URL}, pages...)
	}
	if len(pages) == 0 {
		return "该问题没有记录所在的页面，须人工核查。"
	}
	for _, url := range pages[:min(len(pages), mostPages)] {
		if !v.wasRead(url) {
			return fmt.Sprintf("页面%s本次未能读取。", clip(url, 200))
		}
	}
	if len(pages) >= mostPages && !v.o.Inspection.Coverage.Complete {
		return "该问题涉及的页面过多，本次未读取全部页面。"
	}
	return ""
}

// notMeasured looks at the outcomes of the finding's indicator.
func (v *view) notMeasured(s *govsweep.Standing) string {
	in := v.o.Inspection
	link := slices.Contains(linkIndicators, s.Indicator)
	whole := s.Class == govsweep.Veto || s.Column == nil && s.URL == v.o.Site.URL && len(s.Pages) <= 1
	measured := false
	for i := range in.Outcomes {
		o := &in.Outcomes[i]
		switch {
		case o.Indicator != s.Indicator:
			continue
		case o.Status != govsweep.Passed && o.Status != govsweep.Found:
			return "本次检查没有得出该指标的结果。"
		case whole && !link && (o.Status != govsweep.Passed || o.Review != ""):
			return "该指标本次没有完全通过，尚有事项待人工核查。"
		}
		measured = true
	}
	switch {
	case !measured:
		return "本次检查不包括该指标。"
	case link && in.Coverage.Pages.Skipped > 0:
		return "本次检查有未访问的链接，不能确认失效链接已经处理。"
	}
	return ""
}

// wasRead says whether an address was read: as a column with a verdict that
// only reading gives, or as a page.
func (v *view) wasRead(url string) bool {
	if c := v.columns[url]; c != nil {
		switch c.Verdict {
		case govsweep.ColumnFresh, govsweep.ColumnStale, govsweep.ColumnBlank:
			return true
		case govsweep.ColumnNoRule:
			return c.Unread == "" && c.State != govsweep.UnreadList
		}
		return false // unread; or excused in the register, which shows nothing
	}
	return v.o.Read != nil && v.o.Read(url)
}

// proof gathers what was captured of the places of a finding.
func (v *view) proof(s *govsweep.Standing) []govsweep.Evidence {
	if v.o.Proof == nil {
		return nil
	}
	if v.ofAccount() {
		out := v.o.Proof(s.URL) // the answers of all its sources, with an address of its own or without
		return out[:min(len(out), mostProof)]
	}
	urls := []string{}
	if s.Column != nil {
		urls = append(urls, s.Column.URL)
		if c := v.columns[s.Column.URL]; c != nil {
			urls = append(urls, c.PageURL)
		}
	}
	urls = append(append(urls, s.URL), s.Pages...)
	var out []govsweep.Evidence
	asked := map[string]bool{"": true}
	for _, url := range urls {
		if len(out) >= mostProof {
			break
		}
		if !asked[url] {
			asked[url] = true
			out = append(out, v.o.Proof(url)...)
		}
	}
	return out[:min(len(out), mostProof)]
}

// ofAccount says that the target is an account 政务新媒体.
func (v *view) ofAccount() bool { return v.o.Site.Target().Kind == govsweep.AccountTarget }
