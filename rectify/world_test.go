package rectify_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// noon is when everything in these tests begins: a Monday.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, govsweep.Shanghai)

func day(n int) time.Time { return noon.AddDate(0, 0, n) }

const home = "https://www.a.gov.cn/"

var site = govsweep.Site{ID: "9810000001", Code: "9810000001", Name: "甲县人民政府网", URL: home, Host: "甲县人民政府办公室"}

var captured = []govsweep.Evidence{{Digest: "sha256:00", Kind: "page", URL: home}}

// columnFault is a finding of one column.
func columnFault() govsweep.Finding {
	url := home + "tzgg/"
	return govsweep.Finding{
		ID: "FC", Fingerprint: "c", Target: site.Target(), Indicator: "column-stale", BookID: "XG-12", Class: govsweep.Norm,
		Column: &govsweep.ColumnRef{Name: "通知公告", Path: []string{"首页", "通知公告"}, URL: url}, URL: url, Pages: []string{url},
		Summary: "栏目“通知公告”超过6个月未更新。", Evidence: captured,
	}
}

// pageFault is a finding of two pages.
func pageFault() govsweep.Finding {
	return govsweep.Finding{
		ID: "FP", Fingerprint: "p", Target: site.Target(), Indicator: "tag-site-name", BookID: "TG-01", Class: govsweep.Norm,
		URL: home + "1.html", Pages: []string{home + "1.html", home + "2.html"}, Summary: "2个页面缺少SiteName标签。", Evidence: captured,
	}
}

// homeFault is a finding of the site as a whole.
func homeFault() govsweep.Finding {
	return govsweep.Finding{
		ID: "FH", Fingerprint: "h", Target: site.Target(), Indicator: "gazette-missing", BookID: "XG-17", Class: govsweep.Norm,
		URL: home, Pages: []string{home}, Summary: "网站没有开设政府公报栏目。", Evidence: captured,
	}
}

// vetoFault is a veto that counts columns.
func vetoFault() govsweep.Finding {
	return govsweep.Finding{
		ID: "FV", Fingerprint: "v", Target: site.Target(), Indicator: "column-blank-veto", BookID: "SV-04c", Class: govsweep.Veto,
		URL: home + "a/", Pages: []string{home + "a/", home + "b/"}, Summary: "空白栏目达到单项否决标准。", Evidence: captured,
	}
}

// linkFault is a dead link of the home page.
func linkFault() govsweep.Finding {
	f := homeFault()
	f.ID, f.Fingerprint, f.Indicator, f.BookID = "FL", "l", "home-link-broken", "DE-32a"
	return f
}

// standing is where f stands after it was seen on the first day by sweep 1.
func standing(f govsweep.Finding, status govsweep.FindingStatus) govsweep.Standing {
	return govsweep.Standing{
		Target: site.ID, Fingerprint: f.Fingerprint, ID: f.ID, Indicator: f.Indicator, BookID: f.BookID, Class: f.Class,
		Status: status, FirstSeen: noon, LastSeen: noon, LastSweep: 1, Column: f.Column, URL: f.URL, Pages: f.Pages,
	}
}

// look is one inspection: what it saw and what it read.
type look struct {
	sweep      int64
	at         time.Time
	found      []govsweep.Finding
	standings  []govsweep.Standing
	exemptions []govsweep.Exemption
	outcomes   map[govsweep.IndicatorCode]govsweep.Outcome // others passed
	columns    map[string]govsweep.ColumnState             // others are fresh
	unread     map[string]bool
	suspect    bool
	skipped    int
	noProof    bool
}

var allIndicators = []govsweep.IndicatorCode{"column-stale", "tag-site-name", "gazette-missing", "column-blank-veto", "home-link-broken"}

func (l look) observation() rectify.Observation {
	in := &govsweep.Inspection{
		Sweep: govsweep.Sweep{ID: l.sweep, AsOf: l.at}, Site: site, Findings: l.found,
		Coverage: govsweep.Coverage{Suspect: l.suspect, Pages: govsweep.PageCounts{Read: 100, Skipped: l.skipped}},
	}
	for _, code := range allIndicators {
		o, set := l.outcomes[code]
		if !set {
			o.Status = govsweep.Passed
			if slices.ContainsFunc(l.found, func(f govsweep.Finding) bool { return f.Indicator == code }) {
				o.Status = govsweep.Found
			}
		}
		o.Indicator = code
		in.Outcomes = append(in.Outcomes, o)
	}
	for _, url := range []string{home + "tzgg/", home + "a/", home + "b/"} {
		c := govsweep.ColumnVerdict{Verdict: govsweep.ColumnFresh}
		if v, set := l.columns[url]; set {
			c.Verdict = v
		}
		c.URL = url
		if c.Verdict != "" {
			in.Columns = append(in.Columns, c)
		}
	}
	o := rectify.Observation{
		Sweep: l.sweep, At: l.at, Site: site, Standings: l.standings, Inspection: in, Exemptions: l.exemptions,
		Read: func(url string) bool { return !l.unread[url] },
	}
	if !l.noProof {
		o.Proof = func(url string) []govsweep.Evidence {
			return []govsweep.Evidence{{Digest: "sha256:11", Kind: "page", URL: url}}
		}
	}
	return o
}

// told writes lines as a test wants them: “FC gone proposed→fixed”.
func told(ts []govsweep.Transition) []string {
	out := []string{}
	for _, t := range ts {
		out = append(out, fmt.Sprintf("%s %s %s→%s", t.Finding, t.Event, t.From, t.To))
	}
	return out
}

// kind fails unless err is of the kind and ends its sentence.
func kind(t *testing.T, err error, want govsweep.ErrorKind) string {
	t.Helper()
	if govsweep.KindOf(err) != want {
		t.Fatalf("got error %v, want one of kind %q", err, want)
	}
	if err == nil {
		return ""
	}
	return err.Error()
}
