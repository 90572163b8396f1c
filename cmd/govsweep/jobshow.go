package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/sweep"
)

// take keeps what is needed of one result and writes its report.
func (j *job) take(r sweep.Result) error {
	if r.Err != nil {
		j.app.log.Info("target failed", "sweep", r.Target.Sweep, "target", r.Target.Target.ID, "error", r.Err)
		j.failed = append(j.failed, r)
		j.code = max(j.code, exitInternal)
		return nil
	}
	in := r.Inspection
	p := in.Coverage.Pages
	j.pages += p.Read + p.Blocked + p.Unread + p.Truncated
	j.app.log.Info("target judged", "sweep", in.Sweep.ID, "target", in.Site.ID, "grade", in.Verdict.Grade, "pages", p.Read, "findings", len(in.Findings))
	j.code = max(j.code, exitOf(in, j.flags.FailOn))
	j.lines = append(j.lines, reports.LineOf(in))
	if j.kind == "inspect" {
		j.results = append(j.results, in)
	}
	if j.flags.Out == "" {
		return nil
	}
	if j.db != nil { // saved material has no visits
		if err := j.app.forReport(j.db, in); err != nil {
			return err
		}
	}
	files, err := reports.WriteSite(j.flags.Out, in)
	j.files = append(j.files, files...)
	return err
}

// show prints the results, writes the overview and gives the exit code.
func (j *job) show(s *govsweep.Sweep) error {
	slices.SortFunc(j.lines, func(a, b reports.Line) int { return strings.Compare(string(a.Target.ID), string(b.Target.ID)) })
	slices.SortFunc(j.results, func(a, b *govsweep.Inspection) int { return strings.Compare(string(a.Site.ID), string(b.Site.ID)) })
	if err := j.print(s); err != nil {
		return err
	}
	if err := j.tellControls(s); err != nil {
		return err
	}
	if j.flags.Out != "" && j.kind != "inspect" {
		book, _, err := j.app.loadBook(j.flags.Rulebook)
		if err != nil {
			return err
		}
		name, err := j.app.writeOverview(j.db, &reports.Overview{Sweep: *s, Book: book.BookTitle()}, j.flags.Out, j.lineOf(s))
		if err != nil {
			return err
		}
		j.files = append(j.files, name)
	}
	j.app.wrote(j.files)
	for _, in := range j.results {
		if unseen(in) {
			fmt.Fprintf(j.app.stderr, "“%s”未能充分检查，不能作出判定：%s。\n", reports.Clean(in.Site.Name), reports.Clean(whyUnseen(in)))
		}
	}
	for _, f := range j.failed {
		fmt.Fprintf(j.app.stderr, "“%s”未能完成检查：%s\n", reports.Clean(f.Target.Target.Name), reports.Clean(said(f.Err)))
	}
	if len(j.failed) > 0 {
		fmt.Fprintf(j.app.stderr, "排除故障后运行“govsweep sweep resume %d”可以继续未完成的%s。\n", s.ID, j.what())
	}
	if j.code == exitDone {
		return nil
	}
	return exit(j.code)
}
