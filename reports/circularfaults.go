package reports

import (
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports/paper"
)

// problems writes what was found: kind by kind with named examples, or in
// the style of points site by site. Only confirmed findings are named.
func (w *circularWriter) problems() {
	w.text(paper.First, "二、存在的主要问题")
	w.text(paper.Second, "（一）政府网站")
	switch {
	case w.zero("findings.confirmed"):
		w.text(paper.Text, "截至本通报印发，没有经检查人员确认的问题可以通报。")
	case w.Style == ColumnStyle:
		w.bySite()
	default:
		w.byFamily()
	}
	w.named()
	w.text(paper.Second, "（二）政务新媒体")
	w.accountFaults()
	w.text(paper.Second, "（三）整改落实")
	w.overdue()
	w.repeats()
}

func (w *circularWriter) byFamily() {
	k := 0
	for i := range w.faults {
		fam := &w.faults[i]
		if len(fam.problems) == 0 {
			continue
		}
		k++
		t := new(circularText).say("%s.%s。涉及网站%s个、问题%s个。", number(k), w.form.familyName(i), fam.sites, fam.count)
		if ex := examples(fam.problems, w.form.Examples); len(ex) > 0 {
			t.say("如：%s。", strings.Join(ex, "；"))
		}
		w.addAt(paper.Third, t)
	}
}

// examples names places of one kind, each of another site while there are.
func examples(problems []circularProblem, most int) []string {
	var out []string
	sites := map[*siteResult]bool{}
	causes := map[string]bool{}
	for _, fresh := range []bool{true, false} {
		taken := map[int]bool{}
		for i := range problems {
			p := &problems[i]
			if len(out) == most {
				return out
			}
			if p.f.Status == govsweep.Disputed || sites[p.site] == fresh || taken[i] {
				continue
			}
			cause := string(p.site.Site.ID) + "\x00" + p.f.Cause
			if p.f.Cause != "" && causes[cause] {
				continue
			}
			sites[p.site], taken[i], causes[cause] = true, true, true
			if words := p.phrase(); !slices.Contains(out, words) {
				out = append(out, words)
			}
		}
	}
	return out
}

// phrase is one named place: the site, the way to the column, the fact.
func (p *circularProblem) phrase() string {
	fact := strings.TrimRight(clean(p.f.Summary), "。；;. ")
	out := siteTitle(&p.site.Site)
	if c := p.f.Column; c != nil {
		if rest, ok := strings.CutPrefix(fact, "栏目“"+clean(c.Name)+"”"); ok && c.Name != "" {
			fact = rest
		} else {
			fact = "：" + fact
		}
		out += columnWay(c)
	} else {
		out += "："
	}
	out += cut(fact, 200)
	if p.f.Status == govsweep.Fixed {
		out += "（已整改）"
	}
	return out
}

// columnWay is the path of a column in an official's words:
// 首页“政务公开”下“政府信息公开目录”下“政府文件”栏目.
func columnWay(c *govsweep.ColumnRef) string {
	path := c.Path
	if len(path) > 0 && strings.TrimSpace(path[0]) == "首页" {
		path = path[1:]
	}
	if len(path) == 0 {
		path = []string{c.Name}
	}
	var out strings.Builder
	out.WriteString("首页")
	for i, step := range path {
		if i > 0 {
			out.WriteString("下")
		}
		out.WriteString("“" + cut(clean(step), 40) + "”")
	}
	return out.String() + "栏目"
}

// bySite writes site by site what was found and what it costs.
func (w *circularWriter) bySite() {
	k := 0
	for i := range w.Circular.sites {
		s := &w.Circular.sites[i]
		facts := s.facts(w.form.Examples)
		if len(facts) == 0 {
			continue
		}
		k++
		t := new(circularText).say("%s.%s（%s）。%s。", number(k), siteTitle(&s.Site), notedOr(s.Site.Host, "主办单位未登记"), strings.Join(facts, "；"))
		if n := w.n("points." + string(s.Site.ID)); n != nil && n.Known() {
			t.say("共计扣分%s分。", n)
		} else if why := s.unscored(); s.portal() && why != "" {
			t.say("%s。", why)
		}
		w.addAt(paper.Third, t)
	}
}

// facts are what one site is named for, one for each root cause, at most so
// many; the last one says where the others stand.
func (s *siteResult) facts(most int) []string {
	var facts []string
	causes := map[string]bool{}
	for i := range s.Named {
		f := &s.Named[i]
		if f.Status == govsweep.Disputed || f.Cause != "" && causes[f.Cause] {
			continue
		}
		causes[f.Cause] = true
		words := strings.TrimPrefix((&circularProblem{site: s, f: f}).phrase(), siteTitle(&s.Site))
		if words = strings.TrimPrefix(words, "："); slices.Contains(facts, words) {
			continue
		}
		if len(facts) == most {
			return append(facts, "其余详见问题清单")
		}
		facts = append(facts, words)
	}
	return facts
}

// named says who is unqualified and who is not decided, or that nobody is.
func (w *circularWriter) named() {
	t := new(circularText)
	if w.zero("sites.unqualified") {
		t.say("本期没有判定为不合格的网站。")
	} else {
		t.say("不合格网站%s个，名单见附件。", w.n("sites.unqualified"))
	}
	if open := merged(w.where(resultIs(siteUndecided)), w.where(resultIs(siteUnchecked))); len(open) > 0 {
		t.say("待核网站%s个、未能检查网站%s个单列名单，待核实后另行告知。", w.n("sites.undecided"), w.n("sites.failed"))
	}
	w.add(t)
}

func (w *circularWriter) accountFaults() {
	l := w.tables.accountFaults
	switch {
	case l == nil:
		w.text(paper.Text, "本期未检查政务新媒体，没有可通报的问题。")
	case len(l.Grid.Rows) == 0:
		w.add(new(circularText).say("%s没有需要点名通报的政务新媒体问题。", supplied(l)))
	default:
		var facts []string
		for i, row := range l.Grid.Rows {
			if i == w.form.Examples*3 {
				break
			}
			facts = append(facts, row[3].Text+"“"+row[1].Text+"”（"+row[2].Text+"）："+strings.TrimRight(row[5].Text, "。；"))
		}
		w.add(new(circularText).say("%s存在问题的账号主要有：%s。", supplied(l), strings.Join(facts, "；")))
	}
}

// overdue names the units that did not answer in time or had to be urged.
func (w *circularWriter) overdue() {
	l := w.tables.notices
	if l == nil {
		w.text(paper.Text, "本期未统计整改通知办理情况。")
		return
	}
	t := new(circularText)
	w.unitsOf(t, "经催办仍未完成整改、已发督办单的%s份", "notices.escalated", l.matching("曾督办", "是"))
	w.unitsOf(t, "曾逾期未回复或未整改的%s份", "notices.overdue", l.matching("曾逾期", "是"))
	if t.words.Len() == 0 {
		t.say("没有逾期或已督办的整改通知。")
	}
	w.add(t)
}

// unitsOf names the units of some notices; who was late and has mended since
// is told so.
func (w *circularWriter) unitsOf(t *circularText, words, key string, rows []int) {
	if len(rows) == 0 {
		return
	}
	var units []string
	for _, r := range rows {
		row := w.tables.notices.Grid.Rows[r-1]
		unit := row[3].Text + "（" + row[1].Text + "，网站“" + row[4].Text + "”，期限" + chineseDay(row[6].Text)
		if row[len(row)-1].Text == "已销号" {
			unit += "，现已整改销号"
		}
		units = append(units, unit+"）")
	}
	w.late(t, words, key)
	t.say("：%s。", strings.Join(units, "；"))
}

// repeats names faults that came back period after period, as far as they
// were confirmed in this one.
func (w *circularWriter) repeats() {
	t := new(circularText)
	var names []string
	for _, r := range w.in.Repeats {
		if s := w.confirmedRepeat(&r); s != nil && r.Periods > 1 {
			names = append(names, notedOr(r.Unit, notedOr(s.Site.Host, siteTitle(&s.Site)))+"（“"+siteTitle(&s.Site)+"”连续"+number(r.Periods)+"期存在“"+clean(r.Title)+"”问题）")
		}
	}
	if len(names) > 0 {
		w.add(t.say("同类问题连续多期出现的有：%s。", strings.Join(names, "；")))
	}
}

func (w *circularWriter) confirmedRepeat(r *Repeat) *siteResult {
	for i := range w.Circular.sites {
		s := &w.Circular.sites[i]
		if r.Target != "" && r.Target != s.Site.ID || r.Target == "" && r.Unit != s.Site.Host {
			continue
		}
		for j := range s.Named {
			if f := &s.Named[j]; f.Status != govsweep.Disputed && f.Status != govsweep.Fixed && (r.BookID != "" && f.BookID == r.BookID || r.Indicator != "" && f.Indicator == r.Indicator) {
				return s
			}
		}
	}
	return nil
}
