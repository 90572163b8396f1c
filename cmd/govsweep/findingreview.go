package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/storage"
)

type reviewCmd struct {
	ofSweep
	By        string `required:"" help:"检查人员姓名。" placeholder:"姓名"`
	Site      string `help:"只复核该网站的问题（标识码）。" placeholder:"标识码"`
	Indicator string `help:"只复核该指标的问题，写代码（column-blank）或编号（XG-11），见 govsweep rules list。" placeholder:"指标"`
	Each      bool   `help:"逐个复核，不把同一原因的问题合在一起。"`
}

// Help shows how a review is done.
func (c *reviewCmd) Help() string {
	return `逐个显示待确认的问题及其证据，一键一个决定；同一原因的问题合在一起处理。决定即时保存，随时可以结束，下次从余下的接着来。

` + reviewHelp + `

示例：
  govsweep finding review --by 张三
  govsweep finding review --by 李四 --site 1507830002
  printf 'y y s n1 q' | govsweep finding review --by 张三      按键也可由程序给出`
}

// Run walks an inspector through what waits for a decision.
func (c *reviewCmd) Run(a *app) error {
	db, s, err := c.openAbout(a, c.Site)
	if err != nil {
		return err
	}
	defer db.Close()
	cases, waiting, err := c.cases(a, db, s.ID)
	if err != nil {
		return err
	}
	store, err := a.openEvidence()
	if err != nil {
		return err
	}
	desk, err := a.desk(db)
	if err != nil {
		return err
	}
	r := &reviewer{keys: newKeys(a.stdin), out: a.stdout,
		decide: func(ids []string, event govsweep.Event, reason, until string) ([]govsweep.Transition, error) {
			return desk.Decide(a.ctx, ids, rectify.Decision{Event: event, By: c.By, Reason: reason, Until: until, At: time.Now()})
		},
		undo: func(ids []string) error {
			_, err := desk.Undo(a.ctx, ids, c.By, "复核时撤回")
			return err
		},
		show: func(f *govsweep.Finding) []string { return excerpt(store, f) },
	}
	begun := time.Now()
	if err := r.run(cases); err != nil {
		return err
	}
	r.sum(len(cases), waiting, time.Since(begun))
	return nil
}

// cases gives what waits for this person, vetoes first; waiting counts the
// vetoes this person has endorsed, which wait for somebody else.
func (c *reviewCmd) cases(a *app, db *storage.DB, sweep int64) (cases []reviewCase, waiting int, err error) {
	found, err := pick{site: c.Site, indicator: c.Indicator}.from(a, db, sweep)
	if err != nil {
		return nil, 0, err
	}
	mine, err := endorsedBy(a, db, found, c.By)
	if err != nil {
		return nil, 0, err
	}
	all := len(found)
	found = slices.DeleteFunc(found, func(f govsweep.Finding) bool {
		if f.Status != govsweep.Proposed && f.Status != govsweep.Reopened {
			all--
			return true
		}
		return mine[f.ID]
	})
	outcomes, err := db.Outcomes(a.ctx, sweep)
	if err != nil {
		return nil, 0, err
	}
	titles := map[govsweep.IndicatorCode]string{}
	for i := range outcomes {
		titles[outcomes[i].Indicator] = outcomes[i].Title
	}
	for _, g := range rectify.Groups(found) {
		cases = append(cases, c.split(g, titles)...)
	}
	return cases, all - len(found), nil
}

// split gives the cases of one root cause: one, or one a finding.
func (c *reviewCmd) split(g rectify.Group, titles map[govsweep.IndicatorCode]string) []reviewCase {
	if !c.Each {
		return []reviewCase{{title: titles[g.Members[0].Indicator], titles: titles, findings: g.Members}}
	}
	var out []reviewCase
	for i := range g.Members {
		out = append(out, reviewCase{title: titles[g.Members[i].Indicator], findings: g.Members[i : i+1]})
	}
	return out
}

func endorsedBy(a *app, db *storage.DB, found []govsweep.Finding, by string) (map[string]bool, error) {
	mine, asked := map[string]bool{}, map[govsweep.TargetID]bool{}
	for i := range found {
		t := found[i].Target.ID
		if asked[t] {
			continue
		}
		asked[t] = true
		standings, err := db.Standings(a.ctx, t)
		if err != nil {
			return nil, err
		}
		for _, s := range standings {
			if _, err := rectify.Decide(s, rectify.Decision{Event: govsweep.Confirm, By: by, At: time.Now()}); s.Endorsed != "" && err != nil {
				mine[s.ID] = true
			}
		}
	}
	return mine, nil
}

// excerpt shows what the captured page says of itself: enough to see whether
// the finding is true without leaving the terminal.
func excerpt(store *evidence.Store, f *govsweep.Finding) []string {
	e := captureOf(f)
	if e == nil {
		return nil
	}
	d, err := govsweep.ParseDigest(e.Digest)
	if err != nil {
		return nil
	}
	raw, err := store.Get(d)
	if err != nil {
		return []string{"证据无法读取：" + said(err)}
	}
	body, charset := crawler.Decode(raw, "")
	p := facts.Extract(&govsweep.Page{Visit: govsweep.Visit{URL: firstOf(e.URL, f.URL)}}, body, charset, nil)
	out := []string{fmt.Sprintf("网页标题“%s”，正文%d字", p.Title, p.TextRunes)}
	if p.List != nil {
		out = append(out, fmt.Sprintf("列表%d条", len(p.List.Items)))
		for _, it := range first(p.List.Items, 3) {
			out = append(out, "· "+it.Title+"　"+firstOf(it.Date, "无日期"))
		}
	}
	return out
}

// captureOf picks the capture of the page a finding names; else its first.
func captureOf(f *govsweep.Finding) *govsweep.Evidence {
	for i := range f.Evidence {
		if f.Evidence[i].URL == f.URL {
			return &f.Evidence[i]
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return &f.Evidence[0]
}

func (r *reviewer) sum(cases, waiting int, took time.Duration) {
	var left []string
	if n := cases - len(r.done); n > 0 {
		left = append(left, fmt.Sprintf("还有%d项未处理", n))
	}
	if waiting > 0 {
		left = append(left, fmt.Sprintf("另有%d个单项否决问题您已初核，等待第二人复核", waiting))
	}
	n := r.count()
	fmt.Fprintf(r.out, "\n本次确认%d个、初核%d个、排除%d个、豁免%d个，跳过%d项，用时%s。", n[govsweep.Confirm], n[govsweep.Endorse], n[govsweep.Reject], n[govsweep.Exempt], r.skipped(), took.Round(time.Second))
	if len(left) > 0 {
		fmt.Fprint(r.out, strings.Join(left, "，"), "。")
	}
	fmt.Fprintln(r.out)
}
