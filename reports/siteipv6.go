package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/govsweep/govsweep"
)

// ipv6View is what the report of a site says of IPv6.
type ipv6View struct {
	Line     string
	Caution  bool // our own IPv6 was not proven
	Label    string
	Measures []measureView
	Diff     *diffView
	Levels   []levelView
	Gaps     *gapsView
}

type measureView struct{ Name, State, V4, V6, Ratio, Why string }

type diffView struct {
	Line  string
	Rows  []diffRow
	More  string
	Proof []evidenceView
}

type diffRow struct{ Word, Place, V4, V6 string }

type levelView struct {
	Title, Line string
	Faults      []govsweep.LinkFault
	More        int
}

type gapsView struct {
	Line string
	Rows []gapRow
	More int
}

type gapRow struct{ Host, State, Kinds, Pages, Why, Example string }

// What of the lists of a look is printed; the rest is counted.
const (
	printedDiffs  = 60
	printedFaults = 20
	printedGaps   = 40
)

// ipv6ViewOf gives nil for a site that was not measured.
func ipv6ViewOf(in *govsweep.Inspection) *ipv6View {
	r := in.IPv6
	if r == nil {
		return nil
	}
	v := &ipv6View{Line: fmt.Sprintf("%s测量，IPv4和IPv6分别访问首页，逐项并列。", govsweep.ChineseDate(r.At)), Label: labelLine(in, r)}
	if !r.Own.Proven() {
		v.Line, v.Caution = v.Line+"测量时"+clean(r.Own.Why)+"，需要IPv6的各项未测，不作为网站的问题。", true
	}
	for _, row := range IPv6Grid(ipv6LinesOf(in.Site.Target(), r)).Rows {
		v.Measures = append(v.Measures, measureView{row[2].Text, row[3].Text, row[4].Text, row[5].Text, row[6].Text, row[7].Text})
	}
	if p := r.Pages; p != nil {
		if r.Own.Proven() {
			v.Diff = diffOf(p.Home, r)
			v.Levels = levelsOf(p.Second, p.Third)
		}
		v.Gaps = gapsOf(p)
	}
	return v
}

func ipv6LinesOf(t govsweep.Target, r *govsweep.IPv6Report) []IPv6Line {
	var out []IPv6Line
	for _, list := range [][]govsweep.IPv6Measure{r.Told(), IPv6PageMeasures(r)} {
		for _, m := range list {
			out = append(out, IPv6Line{Target: t, IPv6Measure: m})
		}
	}
	return out
}

// labelLine holds the label in the foot against what was measured. A site
// that works without a label gets a hint, no fault.
func labelLine(in *govsweep.Inspection, r *govsweep.IPv6Report) string {
	switch m := r.Measure(govsweep.MeasureHome); {
	case in.IPv6Label && !r.Own.Proven() && noAAAA(r):
		return "网站页面标注了支持IPv6的标识；域名服务器答复该域名没有可用的AAAA记录，标识是否属实须用有IPv6的监测端复核。"
	case in.IPv6Label && m.State == govsweep.MeasureFailed && noAAAA(r):
		return "网站页面标注了支持IPv6的标识，域名没有可用的AAAA记录，与测量结果不符。"
	case in.IPv6Label && m.State == govsweep.MeasureFailed:
		return "网站页面标注了支持IPv6的标识，与测量结果不符。"
	case in.IPv6Label && m.State == govsweep.MeasurePassed:
		return "网站页面标注了支持IPv6的标识，与测量结果相符。"
	case in.IPv6Label:
		return "网站页面标注了支持IPv6的标识，本次未能核实。"
	case m.State == govsweep.MeasurePassed:
		return "提示：首页可以通过IPv6打开，页面没有读到支持IPv6的标识，可予标注。这不是问题。"
	}
	return ""
}

// noAAAA says that the name servers answered that the name has no usable record.
func noAAAA(r *govsweep.IPv6Report) bool {
	if len(r.Names) == 0 {
		return false
	}
	n := &r.Names[0]
	return n.AAAA.Outcome.Settled() && len(n.Usable()) == 0 && n.Unnamed() == "" && !n.Gone()
}

func diffOf(d *govsweep.HomeDiff, r *govsweep.IPv6Report) *diffView {
	if d == nil {
		return nil
	}
	v := &diffView{Line: homeMeasure(d).Why}
	for _, e := range append(r.Proof(govsweep.HomeV4Capture), r.Proof(govsweep.HomeV6Capture)...) {
		v.Proof = append(v.Proof, evidenceView{evidenceWord(e.Kind), clean(e.Digest), momentOf(e.At)})
	}
	if d.Volatile > 0 {
		v.Line += fmt.Sprintf("两次IPv4访问之间也在变化的内容%d项不计。", d.Volatile)
	}
	if d.Cut {
		v.Line += "页面过大，只比对了前一部分。"
	}
	row := func(word string, four, six *govsweep.DiffItem) {
		at := four
		if at == nil {
			at = six
		}
		v.Rows = append(v.Rows, diffRow{word, at.RegionChinese() + at.KindChinese(), itemShown(four), itemShown(six)})
	}
	for i := range d.OnlyV4 {
		row("仅IPv4有", &d.OnlyV4[i], nil)
	}
	for i := range d.OnlyV6 {
		row("仅IPv6有", nil, &d.OnlyV6[i])
	}
	for i := range d.Changed {
		row("内容不同", &d.Changed[i].V4, &d.Changed[i].V6)
	}
	left := d.MoreV4 + d.MoreV6 + d.MoreChanged
	if n := len(v.Rows) - printedDiffs; n > 0 {
		v.Rows, left = v.Rows[:printedDiffs], left+n
	}
	if left > 0 {
		v.More = fmt.Sprintf("另有%d项未列出。", left)
	}
	return v
}

// firstDiffs is how many differing items a terminal shows.
const firstDiffs = 10

// IPv6Differences writes the first items in which the home pages of a look
// differ; nothing where they were not compared or do not differ.
func IPv6Differences(w io.Writer, r *govsweep.IPv6Report) error {
	if !r.Own.Proven() || r.Pages == nil || r.Pages.Home == nil {
		return nil
	}
	rows := diffOf(r.Pages.Home, r).Rows
	if len(rows) == 0 {
		return nil
	}
	var out strings.Builder
	fmt.Fprintf(&out, "\n首页不同的内容（前%d项）：\n", min(len(rows), firstDiffs))
	for _, d := range rows[:min(len(rows), firstDiffs)] {
		fmt.Fprintf(&out, "  %s　%s　IPv4：%s　IPv6：%s\n", d.Word, d.Place, cut(d.V4, 60), cut(d.V6, 60))
	}
	if _, err := io.WriteString(w, out.String()); err != nil {
		return fmt.Errorf("write the differences of a home page: %w", err)
	}
	return nil
}

func itemShown(it *govsweep.DiffItem) string {
	if it == nil {
		return "—"
	}
	s := clean(it.Text)
	if it.URL != "" {
		s += " " + clean(it.URL)
	}
	if it.Count > 1 {
		s += fmt.Sprintf("（共%d处）", it.Count)
	}
	return s
}

func levelsOf(list ...*govsweep.LinkSupport) []levelView {
	var out []levelView
	for _, s := range list {
		if s == nil {
			continue
		}
		name := govsweep.LinkLevel(s.Level)
		v := levelView{Title: name + "链接", Line: levelMeasure("", s).Why}
		if s.Known > 0 {
			v.Line += fmt.Sprintf("链接取自第%d次检查，共%d条", s.Sweep, s.Known)
			if s.Seed != "" {
				v.Line += fmt.Sprintf("，抽取%d条，抽样种子为%s", s.Drawn, clean(s.Seed))
			}
			v.Line += "。"
			if s.Unknown > 0 {
				v.Line += fmt.Sprintf("另有%d条未能测量，不计入：%s", s.Unknown, clean(s.Why))
			}
		}
		for _, f := range s.Faults[:min(len(s.Faults), printedFaults)] {
			v.Faults = append(v.Faults, govsweep.LinkFault{URL: clean(f.URL), Why: clean(f.Why)})
		}
		v.More = s.Bad - len(v.Faults)
		out = append(out, v)
	}
	return out
}

func gapsOf(p *govsweep.IPv6Pages) *gapsView {
	m := gapMeasure(p)
	v := &gapsView{Line: m.Why}
	if p.Sweep > 0 {
		v.Line = fmt.Sprintf("第%d次检查的网页%s", p.Sweep, m.Why)
	}
	for i := range p.Gaps {
		if i == printedGaps {
			v.More = len(p.Gaps) - i
			break
		}
		g := &p.Gaps[i]
		r := gapRow{Host: clean(g.Host), State: hostWords[g.State], Kinds: g.Kinds.Chinese(), Pages: number(g.Pages), Why: clean(g.Why)}
		if g.OnHome {
			r.Pages += "（含首页）"
		}
		if len(g.Examples) > 0 {
			r.Example = clean(g.Examples[0])
		}
		v.Rows = append(v.Rows, r)
	}
	return v
}
