package reports

import (
	"sort"
	"time"

	"github.com/govsweep/govsweep"
)

// shownPages is how many addresses of a finding are printed before the fold.
const shownPages = 20

// classGroup are the findings of one class, by indicator.
type classGroup struct {
	Class      string
	Kind       string
	Count      int
	Indicators []indicatorGroup
}

// indicatorGroup are the findings of one indicator: clause and remedy are
// printed once where all share them.
type indicatorGroup struct {
	ID, Title, Clause, Remedy string
	Kind                      string
	Findings                  []findingView
}

type findingView struct {
	ID, Severity, Status, Column, Summary string
	Detail                                []string
	Clause, Remedy                        string
	Pages, More                           []pageView
	PageCount                             int
	Evidence, MoreEvidence                []evidenceView
	FirstSeen                             string
	NeedsReview                           bool
}

// pageView is an address, with its capture beside it where there is one.
type pageView struct {
	URL string
	evidenceView
}

type evidenceView struct{ Kind, Digest, At string }

var classOrder = []govsweep.Class{govsweep.Veto, govsweep.Deduction, govsweep.Norm, govsweep.Bonus}

func groupFindings(in *govsweep.Inspection) []classGroup {
	titles := map[govsweep.IndicatorCode]string{}
	for _, o := range in.Outcomes {
		titles[o.Indicator] = o.Title
	}
	by := map[govsweep.Class]map[govsweep.IndicatorCode][]*govsweep.Finding{}
	for i := range in.Findings {
		f := &in.Findings[i]
		class := knownClass(f.Class)
		if by[class] == nil {
			by[class] = map[govsweep.IndicatorCode][]*govsweep.Finding{}
		}
		by[class][f.Indicator] = append(by[class][f.Indicator], f)
	}
	var out []classGroup
	for _, class := range classOrder {
		if len(by[class]) > 0 {
			out = append(out, newClassGroup(class, by[class], titles))
		}
	}
	return out
}

func knownClass(c govsweep.Class) govsweep.Class {
	for _, k := range classOrder {
		if c == k {
			return c
		}
	}
	return govsweep.Norm
}

func newClassGroup(class govsweep.Class, by map[govsweep.IndicatorCode][]*govsweep.Finding, titles map[govsweep.IndicatorCode]string) classGroup {
	g := classGroup{Class: classWord(class), Kind: string(class)}
	for code, fs := range by {
		g.Count += len(fs)
		g.Indicators = append(g.Indicators, newIndicatorGroup(class, orCode(titles[code], code), fs))
	}
	sort.Slice(g.Indicators, func(i, j int) bool {
		a, b := g.Indicators[i], g.Indicators[j]
		return a.ID < b.ID || (a.ID == b.ID && a.Title < b.Title)
	})
	return g
}

func newIndicatorGroup(class govsweep.Class, title string, fs []*govsweep.Finding) indicatorGroup {
	sort.SliceStable(fs, func(i, j int) bool { return fs[i].Fingerprint < fs[j].Fingerprint })
	sort.SliceStable(fs, func(i, j int) bool { return fs[i].URL < fs[j].URL })
	g := indicatorGroup{ID: clean(fs[0].BookID), Title: clean(title), Clause: clean(fs[0].Clause), Remedy: clean(fs[0].Remedy), Kind: string(class)}
	for _, f := range fs {
		g.Findings = append(g.Findings, findingOf(f, g.Clause, g.Remedy))
	}
	return g
}

func findingOf(f *govsweep.Finding, clause, remedy string) findingView {
	v := findingView{
		ID: clean(f.ID), Severity: severityWord(f.Severity), Status: findingStatusWord(f.Status), Column: clean(columnPath(f.Column)),
		Summary: clean(f.Summary), Detail: cleanAll(f.Detail), PageCount: max(f.GroupSize, len(f.Pages)),
		FirstSeen: stamp(f.FirstSeen), NeedsReview: f.NeedsReview,
	}
	if c := clean(f.Clause); c != clause {
		v.Clause = c
	}
	if r := clean(f.Remedy); r != remedy {
		v.Remedy = r
	}
	pages, rest := pagesOf(f)
	v.Pages = pages[:min(len(pages), shownPages)]
	v.More = pages[len(v.Pages):]
	v.Evidence = rest[:min(len(rest), shownPages)]
	v.MoreEvidence = rest[len(v.Evidence):]
	return v
}

// pagesOf puts captures beside the addresses they are of; rest are those of
// other addresses.
func pagesOf(f *govsweep.Finding) (pages []pageView, rest []evidenceView) {
	urls := f.Pages
	if len(urls) == 0 && f.URL != "" {
		urls = []string{f.URL}
	}
	at := map[string]int{}
	for i, u := range urls {
		at[u] = i
		pages = append(pages, pageView{URL: u})
	}
	for _, e := range f.Evidence {
		v := evidenceView{evidenceWord(e.Kind), clean(e.Digest), momentOf(e.At)}
		if i, ok := at[e.URL]; ok && pages[i].Digest == "" {
			pages[i].evidenceView = v
		} else {
			rest = append(rest, v)
		}
	}
	return pages, rest
}

// momentOf prints a time as evidence holds it; what is none stays as it is.
func momentOf(s string) string {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return stamp(t)
	}
	return clean(s)
}

func evidenceWord(kind string) string {
	switch kind {
	case "page":
		return "页面"
	case "response":
		return "响应"
	case "list-call":
		return "列表数据"
	case "screenshot":
		return "截图"
	case "probe":
		return "探测记录"
	case "dns-answers":
		return "域名答复"
	case "v6-visit":
		return "访问记录"
	case "home-v4":
		return "IPv4首页"
	case "home-v6":
		return "IPv6首页"
	}
	return clean(kind)
}

func classChart(in *govsweep.Inspection) chart {
	n := map[govsweep.Class]int{}
	for i := range in.Findings {
		n[knownClass(in.Findings[i].Class)]++
	}
	var bars []bar
	for _, c := range classOrder[:3] {
		bars = append(bars, bar{Label: classWord(c), Value: n[c], Kind: string(c)})
	}
	return barChart("各类问题数量", bars)
}

// itemChart shows the indicators with most findings.
func itemChart(groups []classGroup) chart {
	var bars []bar
	for _, g := range groups {
		for _, i := range g.Indicators {
			bars = append(bars, bar{Label: i.ID + " " + i.Title, Value: len(i.Findings), Kind: i.Kind})
		}
	}
	sort.SliceStable(bars, func(i, j int) bool { return bars[i].Value > bars[j].Value })
	return barChart("问题较多的指标", bars[:min(len(bars), 10)])
}
