package reports

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports/paper"
)

// CircularPaper words a circular as the official paper a bureau publishes:
// 总体情况, 存在的主要问题, 下一步工作要求, and its lists as annexes.
func CircularPaper(c *Circular, form *CircularForm) *paper.Paper {
	p := &paper.Paper{
		Title: c.words(form.Title), Head: clean(form.Head), Number: c.Number, To: c.words(form.To), Author: clean(form.Bureau),
		Date: c.Date, CopyTo: clean(form.CopyTo), Draft: c.Draft,
	}
	if !c.Date.IsZero() && clean(form.Printer) != "" {
		p.Printer, p.Printed = clean(form.Printer), c.Date
	}
	w := &circularWriter{Circular: c, marks: form.Marks}
	w.text(paper.Text, c.words(form.Basis))
	for _, n := range c.Notes {
		w.text(paper.Text, n)
	}
	w.overall()
	w.problems()
	w.demands()
	p.Body = w.body
	p.Appended = c.annexes()
	for _, a := range p.Appended {
		p.Annexes = append(p.Annexes, strings.TrimSpace(a.Title))
	}
	return p
}

// circularWriter collects the paragraphs of the body.
type circularWriter struct {
	*Circular
	marks bool
	body  []paper.Block
}

func (w *circularWriter) text(level paper.Level, words string) {
	w.body = append(w.body, paper.Para{Level: level, Text: words})
}

func (w *circularWriter) add(t *circularText) { w.addAt(paper.Text, t) }

func (w *circularWriter) addAt(level paper.Level, t *circularText) {
	if t.words.Len() > 0 {
		w.body = append(w.body, t.para(level, w.marks))
	}
}

// n gives a number by key; a circular always has those the text asks for.
func (w *circularWriter) n(key string) *Number { return w.byKey[key] }

// zero says that a number is known and nothing was counted.
func (w *circularWriter) zero(key string) bool {
	n := w.byKey[key]
	return n == nil || n.Known() && n.Value == 0
}

func (w *circularWriter) overall() {
	w.text(paper.First, "一、总体情况")
	w.text(paper.Second, "（一）政府网站")
	w.sites()
	w.sample()
	w.trends()
	w.parts()
	w.scores()
	w.add(new(circularText).confirmed(w).say("，涉及网站%s个，其中单项否决问题%s个；尚未经人工确认的问题%s个，未列入本通报。",
		w.n("findings.sites"), w.n("findings.vetoes"), w.n("findings.proposed")))
	w.columns()
	w.text(paper.Second, "（二）政务新媒体")
	w.accounts()
	w.text(paper.Second, "（三）上期问题整改和通知办理")
	w.recheck()
	w.notices()
	w.text(paper.Second, "（四）IPv6改造、政策解读和网民找错留言")
	w.ipv6()
	w.readings()
	w.messages()
}

// confirmed counts problems as a notice does: one a root cause, and beside it
// the findings, one an indicator, where both are known and differ.
func (t *circularText) confirmed(w *circularWriter) *circularText {
	n, all := w.n("findings.causes"), w.n("findings.confirmed")
	if n == nil || n.Value == all.Value {
		return t.say("检查人员共确认问题%s个", all)
	}
	return t.say("检查人员共确认问题%s个（同一原因的合并为一个，按检查指标逐项计为%s项）", n, all)
}

func (w *circularWriter) sites() {
	t := new(circularText)
	if w.tables.frame != nil {
		t.say("%s在册政府网站%s个，其中正常运行%s个。", w.form.Area, w.n("frame.registered"), w.n("frame.running"))
	} else {
		t.say("本期未提供在册网站名录，不计算检查比例。")
	}
	t.say("本期列入检查%s个，完成检查%s个，未能检查%s个", w.n("sites.targets"), w.n("sites.checked"), w.n("sites.failed"))
	if w.tables.frame != nil {
		t.say("；完成检查的占正常运行网站的%s，另有正常运行的%s个未列入本期检查", w.n("frame.share"), w.n("frame.out"))
	}
	t.say("。完成检查的网站中，合格%s个，不合格%s个，待核%s个", w.n("sites.qualified"), w.n("sites.unqualified"), w.n("sites.undecided"))
	if !w.zero("sites.awaiting") {
		t.say("（其中%s个的检查结果尚须经检查人员确认）", w.n("sites.awaiting"))
	}
	t.say("。")
	if rate := w.n("sites.rate"); rate.Known() {
		t.say("按已作出合格、不合格结论的%s个网站计算，合格率为%s；待核网站不计入合格率，也不作为不合格网站通报。", w.n("sites.decided"), rate)
	} else {
		t.say("已作出合格、不合格结论的网站为%s个，暂不能计算合格率（%s）。", w.n("sites.decided"), rate)
	}
	w.add(t)
}

func (w *circularWriter) sample() {
	if w.in.Sample == nil {
		return
	}
	t := new(circularText).say("本期为抽样检查，从%s个网站中抽取%s个（抽样方法和名单见附件）。", w.n("sample.frame"), w.n("sample.drawn"))
	if low := w.n("sample.low"); low.Known() {
		t.say("据此推断，抽样总体的网站合格率的95%%置信区间为%s至%s。", low, w.n("sample.top"))
	} else {
		t.say("尚无已作结论的网站，不能推断总体合格率。")
	}
	w.add(t)
}

// parts says how levels and platforms did, and how many regions are clean.
func (w *circularWriter) parts() {
	for _, d := range circularDimensions {
		t := new(circularText)
		if d.Key == "region" {
			if w.n("region.all").Value > 1 {
				t.say("检查涉及%s个地区，合格率为100%%的地区%s个，各地区情况见分类检查结果。", w.n("region.all"), w.n("region.full"))
			}
			w.add(t)
			continue
		}
		for _, g := range w.groups(d.of) {
			n := w.n(d.Key + "." + g.Name + ".targets")
			if n == nil {
				continue
			}
			if t.words.Len() > 0 {
				t.say("；")
			} else {
				t.say("按%s看，", d.By)
			}
			t.say("%s检查%s个，合格率%s", g.Name, n, w.n(d.Key+"."+g.Name+".rate"))
			if !w.zero(d.Key + "." + g.Name + ".undecided") {
				t.say("（另有待核和未能检查%s个）", w.n(d.Key+"."+g.Name+".undecided"))
			}
		}
		if t.words.Len() > 0 {
			t.say("。")
		}
		w.add(t)
	}
}

func (w *circularWriter) scores() {
	if w.tables.ranking == nil {
		return
	}
	t := new(circularText).say("参加得分排名的门户网站%s个", w.n("ranking.sites"))
	for i := range w.form.Bands {
		if key := fmt.Sprintf("band.%d", i+1); !w.zero(key) {
			t.say("，%s的%s个", w.form.Bands[i].Name, w.n(key))
		}
	}
	t.say("。因单项否决、待核、分值待录入或有问题尚待确认而未参加排名的%s个，原因见排名表。", w.n("ranking.none"))
	if p := w.last(); p != nil && p.Book != w.Book.ID {
		t.say("上期使用的检查规则与本期不同，名次不作比较。")
	}
	w.add(t)
}

func (w *circularWriter) columns() {
	t := new(circularText)
	if w.zero("columns.sites") {
		t.say("本期未统计栏目数量。")
	} else {
		t.say("在统计了栏目的%s个网站中，共检查栏目%s个，其中未能读取%s个，未能读取的栏目不作为空白或超期栏目通报。", w.n("columns.sites"), w.n("columns.total"), w.n("columns.unread"))
	}
	w.add(t)
}

func (w *circularWriter) accounts() {
	l := w.tables.accounts
	if l == nil {
		w.text(paper.Text, notedOr(w.in.AccountsWhy, "本期未检查政务新媒体。"))
		return
	}
	t := new(circularText).say("%s", judgedBy(w.in.Figures.Accounts)).say("%s%s在册政务新媒体%s个，检查%s个，合格%s个，不合格%s个，待核%s个，合格率%s（按已评定账号计算）。", supplied(l), w.form.Area,
		w.n("accounts.registered"), w.n("accounts.checked"), w.n("accounts.qualified"), w.n("accounts.unqualified"), w.n("accounts.undecided"), w.n("accounts.rate"))
	for i, p := range w.in.Figures.Accounts.Platforms {
		key := fmt.Sprintf("accounts.%d", i+1)
		t.say("%s%s检查%s个、合格率%s", map[bool]string{true: "其中，", false: "；"}[i == 0], notedOr(p.Name, "未注明平台"), w.n(key+".checked"), w.n(key+".rate"))
	}
	if len(w.in.Figures.Accounts.Platforms) > 0 {
		t.say("。")
	}
	w.add(t)
}

// judgedBy names the sweep figures of accounts are from; "" for figures from elsewhere.
func judgedBy(f *AccountFigures) string {
	if f.Sweep == 0 {
		return ""
	}
	return fmt.Sprintf("政务新媒体数据取自第%d次检查（监测时间点%s）。", f.Sweep, govsweep.ChineseDate(f.AsOf))
}

func (w *circularWriter) recheck() {
	t := new(circularText)
	switch p := w.last(); {
	case p == nil:
		t.say("没有可供复查的上期检查结果。")
	case w.zero("recheck.all"):
		t.say("%s没有需要复查的已确认问题。", p.Label)
	default:
		t.say("对%s已确认的问题%s个进行复查，已整改%s个，仍存在%s个，未能复查%s个；按已复查到的问题计算，整改率为%s。", p.Label, w.n("recheck.all"),
			w.n("recheck.fixed"), w.n("recheck.still"), w.n("recheck.unknown"), w.n("recheck.rate"))
	}
	w.add(t)
}

func (w *circularWriter) notices() {
	t := new(circularText)
	switch {
	case w.tables.notices == nil:
		t.say("本期未统计整改通知办理情况。")
	case w.zero("notices.issued"):
		t.say("本期没有下发整改通知书和监管提示单。")
	default:
		t.say("本期下发整改通知书和监管提示单%s份，按期回复%s份，未按期回复%s份，未到期或期限不明%s份，按期回复率%s；已销号%s份。", w.n("notices.issued"),
			w.n("notices.intime"), w.n("notices.late"), w.n("notices.pending"), w.n("notices.rate"), w.n("notices.closed"))
		w.late(t, "曾逾期%s份", "notices.overdue")
		t.say("，")
		w.late(t, "曾督办%s份", "notices.escalated")
		t.say("。")
	}
	w.add(t)
}

// late counts notices that were late, and says how many are closed by now.
func (w *circularWriter) late(t *circularText, words, key string) {
	t.say(words, w.n(key))
	if !w.zero(key + ".closed") {
		t.say("（其中%s份现已整改销号）", w.n(key+".closed"))
	}
}

func (w *circularWriter) ipv6() {
	t := new(circularText)
	if l := w.tables.ipv6; l == nil {
		t.say("本期未检查IPv6改造情况。")
	} else {
		t.say("%sIPv6检测网站%s个，首页支持IPv6访问的%s个，首页支持率%s。", supplied(l), w.n("ipv6.sites"), w.n("ipv6.home"), w.n("ipv6.rate"))
	}
	w.add(t)
}

func (w *circularWriter) readings() {
	t := new(circularText)
	if l := w.tables.readings; l == nil {
		t.say("本期未检查政策解读情况。")
	} else {
		t.say("%s本期发布政策解读稿件%s篇，其中图解、音视频等非文字形式%s篇，占%s。", supplied(l), w.n("readings.items"), w.n("readings.nontext"), w.n("readings.share"))
	}
	w.add(t)
}

func (w *circularWriter) messages() {
	t := new(circularText)
	l := w.tables.messages
	if l == nil {
		w.add(t.say("本期未统计“我为政府网站找错”网民留言办理情况。"))
		return
	}
	span := notedOr(w.in.Figures.Messages.Span, "本期")
	w.add(t.say("%s%s收到“我为政府网站找错”网民留言%s件，按期办结%s件，按期办结率%s。", supplied(l), span, w.n("messages.received"), w.n("messages.intime"), w.n("messages.rate")))
}

func (w *circularWriter) demands() {
	w.text(paper.First, "三、下一步工作要求")
	for _, d := range w.form.Demands {
		w.text(paper.Text, w.words(d))
	}
	if words := w.closing(); words != "" {
		w.text(paper.Text, words)
	}
}

// siteTitle is a site as a text names it.
func siteTitle(s *govsweep.Site) string {
	return cut(notedOr(s.Name, notedOr(s.Code, string(s.ID))), 60)
}
