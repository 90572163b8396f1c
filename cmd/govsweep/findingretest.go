package main

import (
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type retestCmd struct {
	ID       []string `arg:"" name:"id" help:"问题编号，可写多个。"`
	Rate     float64  `help:"对同一主机每秒的请求数，-1为不限。默认与发现该问题的检查相同。" placeholder:"数"`
	Parallel int      `help:"对同一主机同时进行的请求数。默认与发现该问题的检查相同。" placeholder:"数"`
	MaxPages int      `help:"须检查整个网站时最多读取的页面数，-1为不限。默认与发现该问题的检查相同。" placeholder:"数"`
	hubFlag
}

// Run looks again at findings at once and prints what each look showed.
func (c *retestCmd) Run(a *app) error {
	if err := a.only("table", "jsonl"); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	bySite, order, err := c.standings(a, db)
	if err != nil {
		return err
	}
	code := exitDone
	for _, site := range order {
		r, err := a.lookAgain(db, site, bySite[site], crawlFlags{Rate: c.Rate, Parallel: c.Parallel, MaxPages: c.MaxPages, Hub: c.RSSHub})
		if err != nil {
			return err
		}
		moves := r.moves()
		if err := db.Move(a.ctx, moves); err != nil {
			return err
		}
		if err := a.tellRetest(r, moves); err != nil {
			return err
		}
		code = worse(code, r)
	}
	if code != exitDone {
		return exit(code)
	}
	return nil
}

// standings finds where the findings named stand, by site in the order named.
func (c *retestCmd) standings(a *app, db *storage.DB) (map[govsweep.TargetID][]govsweep.Standing, []govsweep.TargetID, error) {
	bySite, order := map[govsweep.TargetID][]govsweep.Standing{}, []govsweep.TargetID{}
	for _, id := range c.ID {
		s, err := db.StandingOf(a.ctx, id)
		if err != nil {
			return nil, nil, err
		}
		if bySite[s.Target] == nil {
			order = append(order, s.Target)
		}
		if !slices.ContainsFunc(bySite[s.Target], func(o govsweep.Standing) bool { return o.Fingerprint == s.Fingerprint }) {
			bySite[s.Target] = append(bySite[s.Target], *s)
		}
	}
	return bySite, order, nil
}

// worse gives the exit code of a re-test: a fault that is still there counts
// before one that could not be judged.
func worse(code int, r *retested) int {
	for _, result := range r.results {
		switch {
		case result.Result == govsweep.RetestFailed:
			return exitFindings
		case result.Result == govsweep.RetestUnknown && code == exitDone:
			code = exitUnseen
		}
	}
	return code
}

var retestWords = map[govsweep.RetestWord]string{
	govsweep.RetestPassed: "复查通过", govsweep.RetestFailed: "复查未通过", govsweep.RetestUnknown: "未能得出结果",
}

// tellRetest prints the result of every finding with its proof.
func (a *app) tellRetest(r *retested, moves []govsweep.Transition) error {
	for _, s := range r.about {
		now := s.Status
		for _, m := range moves {
			if m.Fingerprint == s.Fingerprint {
				now = m.To
			}
		}
		result := r.results[s.Fingerprint]
		if a.format() == "jsonl" {
			line := struct {
				Finding string                 `json:"finding"`
				Status  govsweep.FindingStatus `json:"status"`
				govsweep.Retest
			}{s.ID, now, result}
			if err := reports.JSON(a.stdout, line, false); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(a.stdout, "问题%s：%s。%s\n", s.ID, retestWords[result.Result], reports.Clean(result.Why))
		fmt.Fprintf(a.stdout, "  状态：%s\n", statusLine(s.Status, now))
		for _, e := range result.Proof {
			fmt.Fprintf(a.stdout, "  证据：%s %s\n", e.Digest, reports.Clean(e.URL))
		}
	}
	return nil
}

// statusLine says what became of the status of a finding.
func statusLine(before, now govsweep.FindingStatus) string {
	switch {
	case before != now:
		return reports.StatusName(before) + "，现改为" + reports.StatusName(now)
	case before == govsweep.Noticed, before == govsweep.Answered, before == govsweep.Disputed:
		return reports.StatusName(before) + "（已列入整改通知，由该通知的复查变更）"
	}
	return reports.StatusName(before) + "（未变）"
}
