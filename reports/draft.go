package reports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// Case is what was confirmed about one site, for one paper.
type Case struct {
	Site     govsweep.Site
	Sweep    govsweep.Sweep
	Verdict  govsweep.Verdict
	Book     govsweep.BookTitle
	Findings []govsweep.Finding                // confirmed ones alone
	Titles   map[govsweep.IndicatorCode]string // names of indicators, as the rulebook words them
	Repeats  map[string]int                    // fingerprint → quarters in a row
	Causes   map[string]string                 // fingerprint → key of its root cause; findings without one stand alone
	Kind     govsweep.NoticeKind               // "" = RectificationNotice
	By       string                            // who drafts
	At       time.Time
	Override *govsweep.Override
}

// Draft writes a 整改通知书 or 监管提示单 from what a person confirmed: one
// item a finding, vetoes first, those of one root cause behind the weightiest
// of them. It copies all that will be printed, and the
// form with it, so that nothing later changes the paper. The same case and
// form give the same notice. It refuses a case with a finding that is not
// confirmed, with a gap in the register or with an indicator that has no
// remedy, and names each.
func Draft(c Case, f *Form) (*govsweep.Notice, error) {
	if c.Kind == "" {
		c.Kind = govsweep.RectificationNotice
	}
	f, err := f.of(c.Site.Target())
	if err != nil {
		return nil, err
	}
	if err := c.refusal(f); err != nil {
		return nil, err
	}
	n := &govsweep.Notice{
		Kind: c.Kind, State: govsweep.NoticeDraft, Bureau: f.Bureau, Form: f.ID, Words: f.text,
		Target: c.Site.Target(), Host: c.Site.Host, Supervisor: c.Site.Supervisor, Addressee: c.Site.Host,
		Sweep: c.Sweep.ID, AsOf: c.Sweep.AsOf, Rulebook: c.Book.ID, Citation: c.Book.Citation, BookTitle: c.Book.Title, Grade: c.Verdict.Grade,
		Drafted: c.At, DraftedBy: c.By, Override: c.Override,
	}
	findings := c.ordered()
	for i := range findings {
		n.Items = append(n.Items, c.item(i+1, &findings[i], f))
	}
	return n, nil
}

// ordered gives the findings as the notice lists them: each cause where its
// weightiest finding stands, its findings together.
func (c *Case) ordered() []govsweep.Finding {
	findings := slices.Clone(c.Findings)
	slices.SortStableFunc(findings, func(a, b govsweep.Finding) int { return compareFindings(&a, &b) })
	place := map[string]int{}
	for i := range findings {
		if key := c.cause(&findings[i]); key != "" {
			if _, ok := place[key]; !ok {
				place[key] = i
			}
		}
	}
	at := make(map[string]int, len(findings))
	for i := range findings {
		at[findings[i].ID] = i
		if p, ok := place[c.cause(&findings[i])]; ok {
			at[findings[i].ID] = p
		}
	}
	slices.SortStableFunc(findings, func(a, b govsweep.Finding) int { return at[a.ID] - at[b.ID] })
	return findings
}

// cause is the root cause of a finding; a secrecy finding shares none.
func (c *Case) cause(x *govsweep.Finding) string {
	if secret(x.Indicator) {
		return ""
	}
	return c.Causes[x.Fingerprint]
}

// compareFindings orders as a notice lists: class, book id, column, address.
func compareFindings(a, b *govsweep.Finding) int {
	if d := slices.Index(classOrder, knownClass(a.Class)) - slices.Index(classOrder, knownClass(b.Class)); d != 0 {
		return d
	}
	for _, p := range [][2]string{{a.BookID, b.BookID}, {columnPath(a.Column), columnPath(b.Column)}, {a.URL, b.URL}, {a.Fingerprint, b.Fingerprint}} {
		if d := strings.Compare(p[0], p[1]); d != 0 {
			return d
		}
	}
	return strings.Compare(a.ID, b.ID)
}

func (c *Case) item(no int, x *govsweep.Finding, f *Form) govsweep.NoticeItem {
	it := govsweep.NoticeItem{
		No: no, Finding: x.ID, Fingerprint: x.Fingerprint, Indicator: x.Indicator, BookID: x.BookID, Class: x.Class,
		Title: c.title(x), Column: x.Column, URL: x.URL, Pages: slices.Clone(x.Pages), Summary: x.Summary, Detail: slices.Clone(x.Detail),
		Clause: x.Clause, Remedy: x.Remedy, InspectedAt: x.LastSeen, Evidence: slices.Clone(x.Evidence),
		Repeat: c.Repeats[x.Fingerprint], Status: x.Status, Cause: c.cause(x),
	}
	if len(it.Pages) == 0 && it.URL != "" {
		it.Pages = []string{it.URL}
	}
	if secret(x.Indicator) {
		withhold(&it)
	}
	if demand := f.Demands[x.Indicator]; demand != "" {
		it.Remedy = fill(demand, map[string]string{
			"site": c.Site.Name, "column": place(it.Column), "url": it.URL, "pages": number(len(it.Pages)), "indicator": it.Title,
		})
	}
	return it
}

func (c *Case) title(x *govsweep.Finding) string {
	if t := c.Titles[x.Indicator]; t != "" {
		return t
	}
	return x.BookID
}

// secret says whether findings of an indicator are about state secrets: of
// those nothing is kept but the address and the time.
func secret(code govsweep.IndicatorCode) bool {
	return strings.HasPrefix(string(code), "secret-leak-")
}

// refusal lists what stands against a draft, all at once.
func (c *Case) refusal(f *Form) error {
	var faults []string
	if c.Kind != govsweep.RectificationNotice && c.Kind != govsweep.Reminder {
		faults = append(faults, fmt.Sprintf("“%s”须由已印发的通知书产生，不能直接拟稿", paperName(f, c.Kind)))
	}
	faults = append(faults, c.gaps()...)
	if len(c.Findings) == 0 {
		faults = append(faults, "没有已确认的问题，请先用 govsweep finding 确认问题")
	}
	seen := map[string]bool{}
	for i := range c.Findings {
		x := &c.Findings[i]
		faults = append(faults, c.against(x, f)...)
		if seen[x.ID] {
			faults = append(faults, fmt.Sprintf("问题%s重复", clean(x.ID)))
		}
		seen[x.ID] = true
	}
	if len(faults) == 0 {
		return nil
	}
	return &govsweep.Error{Kind: govsweep.Wrong, Say: "不能为“" + clean(cut(c.siteName(), 60)) + "”拟制" + paperName(f, c.Kind) + "：" + joinFaults(faults)}
}

func (c *Case) siteName() string {
	if c.Site.Name == "" {
		return c.Site.URL
	}
	return c.Site.Name
}

// gaps names the register fields a notice cannot do without.
func (c *Case) gaps() []string {
	var out []string
	type field struct{ value, name, why string }
	list, command := "网站名录", "govsweep import sites"
	needed := []field{{c.Site.Name, "网站名称", "无法称呼检查对象"}, {c.Site.Host, "主办单位", "无法确定主送单位"}, {c.Site.URL, "首页网址", "无法注明检查对象"}}
	if c.Site.Target().Kind == govsweep.AccountTarget { // name and platform say which it is; many accounts have no address
		list, command = "账号名录", "govsweep import accounts"
		needed = []field{{c.Site.Name, "账号名称", "无法称呼检查对象"}, {c.Site.Host, "主办单位", "无法确定主送单位"}}
	}
	for _, m := range needed {
		if strings.TrimSpace(clean(m.value)) == "" {
			out = append(out, fmt.Sprintf("登记信息缺少“%s”，%s，请在%s的“%s”一列补充后用 %s 导入", m.name, m.why, list, m.name, command))
		}
	}
	if c.Sweep.AsOf.IsZero() {
		out = append(out, "该次检查没有监测时间点，请重新检查")
	}
	if !c.At.IsZero() && govsweep.DateOf(c.At) < govsweep.DateOf(c.Sweep.AsOf) {
		out = append(out, fmt.Sprintf("拟稿日期%s早于监测时间点%s，请核对日期", govsweep.DateOf(c.At), govsweep.DateOf(c.Sweep.AsOf)))
	}
	if c.Book.Citation == "" {
		out = append(out, "该次检查没有注明评分规则的依据文件，请用带有 citation 的评分规则重新检查")
	}
	if strings.TrimSpace(c.By) == "" {
		out = append(out, "没有写明拟稿人，请用 --by 写明")
	}
	return out
}

func (c *Case) against(x *govsweep.Finding, f *Form) []string {
	var out []string
	id := clean(x.ID)
	if x.Status != govsweep.Confirmed {
		out = append(out, fmt.Sprintf("问题%s的状态为“%s”，只有已确认的问题可以写入文书", id, findingStatusWord(x.Status)))
	}
	if x.Target.ID != c.Site.ID && x.Target.URL != c.Site.URL {
		out = append(out, fmt.Sprintf("问题%s不属于该网站", id))
	}
	if x.Remedy == "" && f.Demands[x.Indicator] == "" {
		out = append(out, fmt.Sprintf("指标%s（%s）没有整改要求，请在文书格式“%s”的 demands 中增加，或在评分规则中写明 remedy", clean(x.BookID), clean(string(x.Indicator)), f.ID))
	}
	if why := Unready(x); why != "" {
		out = append(out, fmt.Sprintf("问题%s不能写入文书：%s", id, why))
	}
	if x.Summary == "" && !secret(x.Indicator) {
		out = append(out, fmt.Sprintf("问题%s没有事实描述", id))
	}
	return out
}

// Unready says why a confirmed finding may not stand in a paper yet; "" when
// it may. A link that did not answer costs points only after the tries the
// rule asks for, which no person's confirmation replaces; other doubts a
// person settles by confirming.
func Unready(x *govsweep.Finding) string {
	if !x.Unproven {
		return ""
	}
	for _, d := range x.Detail {
		if strings.Contains(d, "次访问均失败方可扣分") {
			return strings.TrimRight(clean(cut(d, maxQuote)), "。") + "，请补足访问次数（再次检查）后再列入"
		}
	}
	return ""
}

func paperName(f *Form, kind govsweep.NoticeKind) string {
	if p := f.Paper(kind); p != nil {
		return p.Name
	}
	return "文书"
}

// joinFaults lists up to twenty; the number says how many there are.
func joinFaults(faults []string) string {
	if len(faults) == 1 {
		return faults[0]
	}
	shown := faults[:min(len(faults), 20)]
	s := fmt.Sprintf("共%d处：\n  %s", len(faults), strings.Join(shown, "\n  "))
	if len(shown) < len(faults) {
		s += "\n  ……"
	}
	return s
}

// withhold leaves of a secrecy finding what may be written down.
func withhold(it *govsweep.NoticeItem) {
	it.Summary = "该网址发布的内容涉嫌泄露国家秘密。按保密要求，本文书只注明网址和时间，不引述内容，不附证据。"
	it.Column, it.Detail, it.Evidence = nil, nil, nil
}
