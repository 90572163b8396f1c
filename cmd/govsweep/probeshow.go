package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// The line of SV-02 as the shipped rulebook has it: what a list shows while a
// series runs. The verdict itself is the rulebook's.
var (
	probeWeek    = facts.WeekRule{Days: 7, PerDay: 20, Spacing: 15 * time.Minute, Within: 14}
	probePercent = 5
)

type probeShowCmd struct {
	Site   string `arg:"" optional:"" help:"网站的标识码或首页地址。默认列出全部监测过的网站。"`
	Days   int    `help:"查看最近的天数。" default:"14" placeholder:"数"`
	Visits bool   `help:"列出一个网站的每次访问。"`
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
	if c.Site != "" {
		return c.one(a, db)
	}
	to := a.asOf().Add(time.Second)
	ids, err := db.ProbedTargets(a.ctx, to.AddDate(0, 0, -c.Days), to)
	if err != nil {
		return err
	}
	var list []reports.ProbeLine
	for _, id := range ids {
		l, _, err := c.line(a, db, id)
		if err != nil {
			return err
		}
		if l != nil {
			list = append(list, *l)
		}
	}
	if len(list) == 0 {
		fmt.Fprintf(a.stderr, "最近%d日没有访问记录，请先运行 govsweep probe run\n", c.Days)
	}
	return a.grid(reports.ProbeGrid(list), func(w io.Writer) error { return reports.JSONLines(w, list) })
}

func (c *probeShowCmd) one(a *app, db *storage.DB) error {
	known, err := db.Sites(a.ctx, storage.SiteFilter{})
	if err != nil {
		return err
	}
	s, ok := findSite(known, c.Site)
	if !ok {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: "名录中没有“" + c.Site + "”"}
	}
	l, visits, err := c.line(a, db, s.ID)
	if err != nil {
		return err
	}
	if l == nil {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: fmt.Sprintf("“%s”最近%d日没有访问记录，请先运行 govsweep probe run --site %s", s.Name, c.Days, c.Site)}
	}
	if c.Visits {
		return a.grid(reports.ProbeVisitGrid(visits), func(w io.Writer) error { return reports.ProbeVisitLines(w, visits) })
	}
	windows, err := db.Maintenance(a.ctx, s.ID)
	if err != nil {
		return err
	}
	strips := stripsOf(facts.NewProbeLog(visits, windows))
	if err := a.grid(reports.ProbeStripGrid(strips), func(w io.Writer) error { return reports.JSONLines(w, strips) }); err != nil {
		return err
	}
	if a.format() != "table" {
		return nil
	}
	times := ""
	if l.Opened > 0 {
		times = fmt.Sprintf("打开的耗时：中位%.2f秒，90%%在%.2f秒以内，99%%在%.2f秒以内。", l.P50, l.P90, l.P99)
	}
	_, err = fmt.Fprintf(a.stdout, "%s\n%s至%s共%d次，未打开%d次，公告维护%d次，存疑%d次；不计入的有未测%d次、间隔过短%d次。%s\n%s。%s\n",
		reports.ProbeSigns, l.From, l.To, l.Visits, l.Failed, l.Excused, l.Doubtful, l.Unmeasured, l.TooClose, times, l.State, reports.Clean(l.CertNote))
	return err
}

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

// line folds the visits of a site; nil when it has none for availability.
func (c *probeShowCmd) line(a *app, db *storage.DB, id govsweep.TargetID) (*reports.ProbeLine, []govsweep.ProbeVisit, error) {
	asOf := a.asOf()
	visits, err := db.Probed(a.ctx, id, asOf.AddDate(0, 0, -c.Days), asOf.Add(time.Second))
	if err != nil {
		return nil, nil, err
	}
	visits = slices.DeleteFunc(visits, func(v govsweep.ProbeVisit) bool { return v.Series != govsweep.Availability })
	windows, err := db.Maintenance(a.ctx, id)
	log := facts.NewProbeLog(visits, windows)
	if err != nil || log == nil {
		return nil, nil, err
	}
	target := govsweep.Target{ID: id, Kind: govsweep.SiteTarget, Name: string(id)}
	if s, err := db.Site(a.ctx, id); err == nil {
		target = s.Target()
	}
	w := log.Weeks(asOf, probeWeek)[0]
	l := &reports.ProbeLine{Target: target, From: w.Days[0].Day, To: w.Days[len(w.Days)-1].Day, Enough: w.Enough, State: stateOf(w)}
	sum, shown := w.ProbeCount, w.Days
	if !w.Complete { // a series under way: everything that is there, today too
		sum, shown = facts.ProbeCount{}, log.Daily(probeWeek.Spacing)
		for _, d := range shown {
			sum.Add(d.ProbeCount)
		}
		l.From, l.To = shown[0].Day, shown[len(shown)-1].Day
	}
	l.Visits, l.Opened, l.Failed, l.Excused, l.Doubtful = sum.Visits, sum.Opened, sum.Failed, sum.Excused, sum.Doubtful
	l.Unmeasured, l.TooClose = sum.Unmeasured, sum.TooClose
	times := opened(shown)
	l.P50, l.P90, l.P99 = facts.Percentile(times, 50), facts.Percentile(times, 90), facts.Percentile(times, 99)
	for _, v := range slices.Backward(visits) {
		if v.Cert != nil {
			l.Cert, l.CertNote = v.Cert, reports.CertNote(v.Cert, asOf)
			break
		}
	}
	return l, visits, nil
}

// stateOf says what a week says so far.
func stateOf(w facts.ProbeWeek) string {
	switch {
	case !w.Complete:
		return fmt.Sprintf("监测不足：%d日中有%d日达到%d次", probeWeek.Days, w.Enough, probeWeek.PerDay)
	case facts.Reaches(w.Failed, w.Visits, probePercent):
		return fmt.Sprintf("打不开达到%d%%", probePercent)
	case facts.Reaches(w.Failed+w.Doubtful, w.Visits, probePercent):
		return "须人工核对"
	}
	return fmt.Sprintf("未达到%d%%", probePercent)
}

// opened gives the seconds of the visits that opened, in order of length.
func opened(days []facts.ProbeDay) []float64 {
	var out []float64
	for _, d := range days {
		for _, m := range d.Marks {
			if m.Result == govsweep.ProbeOpened {
				out = append(out, m.Seconds)
			}
		}
	}
	slices.Sort(out)
	return out
}

func stripsOf(log *facts.ProbeLog) []reports.ProbeStrip {
	var out []reports.ProbeStrip
	for _, d := range log.Daily(probeWeek.Spacing) {
		s := reports.ProbeStrip{Day: d.Day, Visits: d.Visits, Failed: d.Failed}
		for _, m := range d.Marks {
			s.Signs += reports.ProbeSign(m.Result, m.Seconds, log.Excused(m))
		}
		if times := opened([]facts.ProbeDay{d}); len(times) > 0 {
			s.P50, s.P90, s.Worst = facts.Percentile(times, 50), facts.Percentile(times, 90), times[len(times)-1]
		}
		out = append(out, s)
	}
	return out
}
