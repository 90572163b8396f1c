package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
)

type noticeDraftCmd struct {
	Site     []string `help:"网站标识码，可重复。不写则为该次检查中所有有已确认问题的网站。" placeholder:"标识码"`
	Sweep    int64    `help:"检查编号。默认为该网站最近一次检查。" placeholder:"编号"`
	Finding  []string `help:"只写入这些问题（问题编号），可重复。默认为全部已确认、尚未通知的问题。" placeholder:"编号"`
	Kind     string   `help:"文书种类：notice（整改通知书）或 reminder（监管提示单）。" enum:"notice,reminder" default:"notice" placeholder:"种类"`
	Form     string   `help:"文书格式：名称或文件。默认为配置文件的 form，再为 general。" placeholder:"格式"`
	Override string   `help:"检查存疑时仍要拟稿的理由。" placeholder:"理由"`
	Out      string   `help:"写入草稿文件的目录。不写则只存入数据库。" placeholder:"目录" type:"path"`
	act
}

// Help shows how a notice begins.
func (c *noticeDraftCmd) Help() string {
	return `只有已确认的问题可以写入（见 govsweep finding review）。草稿可反复查看，下发前不编号。

示例：
  govsweep notice draft --site 1507830002 --by 张三 --out 草稿
  govsweep notice draft --sweep 12 --by 张三                  该次检查中每个有已确认问题的网站各一份
  govsweep notice draft --site 1507830002 --kind reminder --finding F0A1B2C3D4E5 --by 张三`
}

// Run drafts one paper a site.
func (c *noticeDraftCmd) Run(a *app) error {
	at, err := c.at()
	if err != nil {
		return err
	}
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	f, err := reports.LoadForm(firstOf(c.Form, a.settings.file.Form, "general"))
	if err != nil {
		return err
	}
	sites, err := c.sites(a, o)
	if err != nil {
		return err
	}
	for _, site := range sites {
		if err := c.draft(a, o, f, site, at); err != nil {
			return err
		}
	}
	return nil
}

// sites gives the sites to draft for: those named, else those of the sweep
// that have something confirmed.
func (c *noticeDraftCmd) sites(a *app, o *office) ([]govsweep.TargetID, error) {
	if len(c.Site) > 0 {
		var out []govsweep.TargetID
		for _, s := range c.Site {
			out = append(out, govsweep.TargetID(s))
		}
		return out, nil
	}
	s, err := ofSweep{c.Sweep}.find(a, o.db)
	if err != nil {
		return nil, err
	}
	targets, err := o.db.SweepTargets(a.ctx, s.ID)
	if err != nil {
		return nil, err
	}
	var out []govsweep.TargetID
	for _, t := range targets {
		found, err := c.confirmed(a, o, t.Target.ID)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			out = append(out, t.Target.ID)
		}
	}
	if len(out) == 0 {
		return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: fmt.Sprintf("第%d次检查的网站都没有已确认、尚未通知的问题，请先用 govsweep finding review 确认", s.ID)}
	}
	return out, nil
}

// confirmed gives what a person confirmed about a site and no notice has
// named yet, each as it was seen last.
func (c *noticeDraftCmd) confirmed(a *app, o *office, site govsweep.TargetID) ([]govsweep.Finding, error) {
	standings, err := o.db.Standings(a.ctx, site)
	if err != nil {
		return nil, err
	}
	var out []govsweep.Finding
	for _, s := range standings {
		named := slices.ContainsFunc(c.Finding, func(id string) bool { return id == s.ID })
		if len(c.Finding) > 0 && !named || len(c.Finding) == 0 && s.Status != govsweep.Confirmed {
			continue
		}
		f, err := o.db.Finding(a.ctx, s.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, *f)
	}
	return out, nil
}

func (c *noticeDraftCmd) draft(a *app, o *office, f *reports.Form, site govsweep.TargetID, at time.Time) error {
	kase, gate, err := c.caseOf(a, o, site, at)
	if err != nil {
		return err
	}
	n, err := o.desk.Draft(a.ctx, *kase, f, *gate)
	if err != nil {
		return err
	}
	if gate.Suspect {
		fmt.Fprintf(a.stderr, "注意：该次检查存疑，由%s说明理由后拟稿，理由已留存。\n", reports.Clean(c.By))
	}
	if c.Out != "" {
		if _, err := a.writeNotice(c.Out, n); err != nil {
			return err
		}
	}
	return a.say(n, fmt.Sprintf("已拟稿%s：%s，%s，%s。下发：govsweep notice issue %s --by 签发人", n.ID, reports.Clean(n.Target.Name), f.Paper(n.Kind).Name, reports.HowMany(n), n.ID))
}

// caseOf gathers what a notice about a site rests on.
func (c *noticeDraftCmd) caseOf(a *app, o *office, site govsweep.TargetID, at time.Time) (*reports.Case, *rectify.GateResult, error) {
	s, err := o.db.LastJudged(a.ctx, site)
	if c.Sweep != 0 {
		s, err = o.db.Sweep(a.ctx, c.Sweep)
	}
	if err != nil {
		return nil, nil, err
	}
	in, err := o.db.Inspection(a.ctx, govsweep.Run{Sweep: s.ID, Target: site})
	if err != nil {
		return nil, nil, err
	}
	registered, err := a.registered(o.db, site)
	if err != nil {
		return nil, nil, err
	}
	findings, err := c.confirmed(a, o, site)
	if err != nil {
		return nil, nil, err
	}
	if len(c.Finding) == 0 {
		if findings, err = c.fit(a, o, site, findings); err != nil {
			return nil, nil, err
		}
	}
	if len(c.Finding) > len(findings) {
		return nil, nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "有的问题编号不属于网站“" + string(site) + "”，请核对 --finding"}
	}
	kase := &reports.Case{Site: *registered, Sweep: *s, Verdict: in.Verdict, Book: in.Book, Findings: findings,
		Titles: titles(in), Kind: govsweep.NoticeKind(c.Kind), By: c.By, At: at}
	if kase.Repeats, err = casework.Repeats(a.ctx, papersOf{o.db}, in, findings); err != nil {
		return nil, nil, err
	}
	if c.Override != "" {
		kase.Override = &govsweep.Override{By: c.By, Reason: c.Override, At: at}
	}
	gate, err := casework.Gate(a.ctx, o.db, s)
	return kase, gate, err
}

// fit leaves out, and says so, what stands in another draft and what may not
// be issued yet; where nothing is left the draft itself refuses and says why.
func (c *noticeDraftCmd) fit(a *app, o *office, site govsweep.TargetID, all []govsweep.Finding) ([]govsweep.Finding, error) {
	free, held, err := o.desk.Undrafted(a.ctx, site, all)
	if err != nil {
		return nil, err
	}
	free = slices.DeleteFunc(free, func(f govsweep.Finding) bool { return reports.Unready(&f) != "" })
	if len(free) == 0 {
		return all, nil
	}
	for i := range all {
		if draft := held[all[i].ID]; draft != "" {
			fmt.Fprintf(a.stderr, "问题%s已列入草稿%s，本次不列入。\n", reports.Clean(all[i].ID), draft)
		} else if why := reports.Unready(&all[i]); why != "" {
			fmt.Fprintf(a.stderr, "问题%s本次不列入：%s。\n", reports.Clean(all[i].ID), why)
		}
	}
	return free, nil
}

// titles names the indicators of an inspection.
func titles(in *govsweep.Inspection) map[govsweep.IndicatorCode]string {
	out := make(map[govsweep.IndicatorCode]string, len(in.Outcomes))
	for i := range in.Outcomes {
		out[in.Outcomes[i].Indicator] = in.Outcomes[i].Title
	}
	return out
}
