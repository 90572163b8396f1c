package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/rules/availability"
	"github.com/govsweep/govsweep/storage"
)

// weekLine is what a rulebook makes of a series.
type weekLine struct {
	week    facts.WeekRule
	percent int
}

// lineOf gives the line of a rulebook; that of the national one where the
// rulebook does not judge the availability of sites.
func (a *app) lineOf(rulebook string) (weekLine, error) {
	for _, name := range []string{rulebook, "gov-2019-19"} {
		b, _, err := a.loadBook(name)
		if err != nil {
			return weekLine{}, err
		}
		if week, percent, ok := availability.Line(b); ok {
			return weekLine{week, percent}, nil
		}
	}
	return weekLine{}, errors.New("the national rulebook has no line for series of visits")
}

type probeShowCmd struct {
	Site     string `arg:"" optional:"" help:"网站的标识码或首页地址。默认列出全部监测过的网站。"`
	Days     int    `help:"查看最近的天数。" default:"14" placeholder:"数"`
	Visits   bool   `help:"列出一个网站的每次访问。"`
	IPv6     bool   `name:"ipv6" help:"查看IPv6测量结果：每个网站一行，或一个网站的八项测量。"`
	Rulebook string `help:"按该评分规则的天数、次数、比例认定：规则名称或文件。默认为配置文件所定。" placeholder:"规则"`
}

// Run prints series: one line a site, or one site day by day.
func (c *probeShowCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	if c.Days < 1 || c.Days > 366 || c.Visits && c.Site == "" {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "天数（--days）应在1至366之间；--visits 须写明网站"}
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	if c.IPv6 {
		return c.six(a, db)
	}
	line, err := a.lineOf(c.Rulebook)
	if err != nil {
		return err
	}
	if c.Site != "" {
		return c.one(a, db, line)
	}
	to := a.asOf().Add(time.Second)
	ids, err := db.ProbedTargets(a.ctx, to.AddDate(0, 0, -c.Days), to)
	if err != nil {
		return err
	}
	var list []reports.ProbeLine
	for _, id := range ids {
		series, err := a.series(db, id, c.Days, line)
		if err != nil {
			return err
		}
		for i := range series {
			list = append(list, reports.LineOfSeries(a.targetOf(db, id), &series[i], a.asOf()))
		}
	}
	if len(list) == 0 {
		fmt.Fprintf(a.stderr, "最近%d日没有访问记录，请先运行 govsweep probe run\n", c.Days)
	}
	return a.grid(reports.ProbeGrid(list), func(w io.Writer) error { return reports.JSONLines(w, list) })
}

func (c *probeShowCmd) one(a *app, db *storage.DB, line weekLine) error {
	known, err := db.Sites(a.ctx, storage.SiteFilter{})
	if err != nil {
		return err
	}
	s, ok := findSite(known, c.Site)
	if !ok {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: "名录中没有“" + c.Site + "”"}
	}
	series, err := a.series(db, s.ID, c.Days, line)
	if err != nil {
		return err
	}
	if len(series) == 0 {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: fmt.Sprintf("“%s”最近%d日没有访问记录，请先运行 govsweep probe run --site %s", s.Name, c.Days, c.Site)}
	}
	if c.Visits {
		visits, err := a.visitsOf(db, s.ID, c.Days)
		if err != nil {
			return err
		}
		return a.grid(reports.ProbeVisitGrid(visits), func(w io.Writer) error { return reports.ProbeVisitLines(w, visits) })
	}
	var strips []reports.ProbeStrip
	for i := range series {
		strips = append(strips, reports.ProbeStrips(&series[i])...)
	}
	if err := a.grid(reports.ProbeStripGrid(strips), func(w io.Writer) error { return reports.JSONLines(w, strips) }); err != nil {
		return err
	}
	if a.format() != "table" {
		return nil
	}
	return reports.SeriesWords(a.stdout, series, a.asOf())
}

// visitsOf gives the availability visits of the last days.
func (a *app) visitsOf(db *storage.DB, id govsweep.TargetID, days int) ([]govsweep.ProbeVisit, error) {
	visits, err := db.Probed(a.ctx, id, a.asOf().AddDate(0, 0, -days), a.asOf().Add(time.Second))
	return slices.DeleteFunc(visits, func(v govsweep.ProbeVisit) bool { return v.Series != govsweep.Availability }), err
}

// series lays out the visits of the last days; none when there are none.
func (a *app) series(db *storage.DB, id govsweep.TargetID, days int, line weekLine) ([]govsweep.Series, error) {
	visits, err := a.visitsOf(db, id, days)
	if err != nil || len(visits) == 0 {
		return nil, err
	}
	windows, err := db.Maintenance(a.ctx, id)
	return facts.NewSeries(visits, windows, a.asOf(), line.week, line.percent), err
}

// targetOf names a target, as far as the register knows it.
func (a *app) targetOf(db *storage.DB, id govsweep.TargetID) govsweep.Target {
	if s, err := db.Site(a.ctx, id); err == nil {
		return s.Target()
	}
	return govsweep.Target{ID: id, Kind: govsweep.SiteTarget, Name: string(id)}
}

// withSeries puts the visits beside an inspection, for its report: what was
// seen until the time of inspection, judged by the rulebook of the sweep.
func (a *app) withSeries(db *storage.DB, in *govsweep.Inspection) error {
	var begun kept
	_ = json.Unmarshal([]byte(in.Sweep.Options), &begun) // a sweep of accounts keeps others
	line, err := a.lineOf(firstOf(begun.Rulebook, in.Book.ID))
	if err != nil { // a rulebook's file may be gone since
		if line, err = a.lineOf(""); err != nil {
			return err
		}
	}
	then := *a
	then.settings.asOf = in.Sweep.AsOf
	if in.Series, err = then.series(db, in.Site.ID, reportDays, line); err != nil {
		return err
	}
	return a.withIPv6(db, in)
}

// withIPv6 puts the newest look over IPv6 beside an inspection: the one its
// outcomes rest on.
func (a *app) withIPv6(db *storage.DB, in *govsweep.Inspection) error {
	raw, err := db.Dossier(a.ctx, govsweep.Run{Sweep: in.Sweep.ID, Target: in.Site.ID})
	if govsweep.KindOf(err) == govsweep.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	var d struct {
		IPv6  *facts.IPv6Facts
		Marks struct {
			Label bool `json:"ipv6_label"`
		}
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return fmt.Errorf("read the dossier of %s: %w", in.Site.ID, err)
	}
	if in.IPv6Label = d.Marks.Label; d.IPv6 != nil {
		in.IPv6 = d.IPv6.Report
	}
	return nil
}

// reportDays is how far back a report looks: as far as the rules do.
const reportDays = 22

func findSite(known []govsweep.Site, word string) (govsweep.Site, bool) {
	if i := slices.IndexFunc(known, func(s govsweep.Site) bool { return string(s.ID) == word || s.Code != "" && s.Code == word }); i >= 0 {
		return known[i], true
	}
	home, err := homeAddress(word)
	if err != nil {
		return govsweep.Site{}, false
	}
	return siteOf(known, home)
}

// Help shows how it is used.
func (probeShowCmd) Help() string {
	return `示例：
  govsweep probe show                                        每个网站一行
  govsweep probe show https://www.example.gov.cn             一个网站逐日的情况
  govsweep probe show https://www.example.gov.cn --visits    列出每次访问
  govsweep probe show --ipv6`
}
