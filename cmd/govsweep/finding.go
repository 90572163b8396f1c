package main

import (
	"fmt"
	"io"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type findingCmd struct {
	Review    reviewCmd        `cmd:"" help:"逐个复核待确认的问题：显示证据，一键一个决定。"`
	Confirm   confirmCmd       `cmd:"" help:"确认问题属实。单项否决问题须两人先后确认。"`
	Reject    rejectCmd        `cmd:"" help:"排除：问题不属实。"`
	Exempt    exemptCmd        `cmd:"" help:"豁免：问题属实但有正当理由；也可豁免整个栏目、网站、单位的同类问题。"`
	Reopen    reopenCmd        `cmd:"" help:"重新打开已作处理的问题。"`
	Retest    retestCmd        `cmd:"" help:"立即复查：只看问题所在的页面。"`
	Undo      undoCmd          `cmd:"" help:"撤回人员最近一次的决定。"`
	Show      showFindingCmd   `cmd:"" help:"查看一个问题的全部内容和处理过程。"`
	Groups    findingGroupsCmd `cmd:"" help:"按根本原因归并一次检查的问题。"`
	Exemption exemptionCmd     `cmd:"" help:"长期豁免：列出、撤销。"`
}

type showFindingCmd struct {
	ID string `arg:"" name:"id" help:"问题编号。"`
}

// Run prints one finding, as a card or as JSON, and its history for people.
func (c *showFindingCmd) Run(a *app) error {
	if err := a.only("table", "jsonl"); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	f, err := db.Finding(a.ctx, c.ID)
	if err != nil {
		return err
	}
	if err := a.showFinding(db, f); err != nil {
		return err
	}
	history, err := db.Transitions(a.ctx, f.ID)
	if err != nil {
		return err
	}
	for i := range history {
		fmt.Fprintln(a.stderr, historyLine(&history[i]))
	}
	papers, err := db.Naming(a.ctx, f.Target.ID, f.Fingerprint)
	if err != nil {
		return err
	}
	for _, n := range papers {
		fmt.Fprintf(a.stderr, "列入%s（%s），%s。\n", reports.Clean(firstOf(n.Number, n.ID)), n.ID, rectify.StateWord(n.State))
	}
	return nil
}

// showFinding prints a finding: a card for people, else its JSON.
func (a *app) showFinding(db *storage.DB, f *govsweep.Finding) error {
	if a.format() == "jsonl" {
		return reports.FindingLines(a.stdout, []govsweep.Finding{*f})
	}
	outcomes, err := db.Outcomes(a.ctx, f.Sweep)
	if err != nil {
		return err
	}
	title := ""
	for i := range outcomes {
		if outcomes[i].Indicator == f.Indicator {
			title = outcomes[i].Title
		}
	}
	return findingCard(a.stdout, f, title)
}

// historyLine is one line of the history of a finding, for people.
func historyLine(h *govsweep.Transition) string {
	s := fmt.Sprintf("%s　%s　%s", h.At.In(govsweep.Shanghai).Format("2006-01-02 15:04"), reports.Clean(firstOf(h.By, "系统")), rectify.EventWord(h.Event))
	if h.From != h.To {
		s += fmt.Sprintf("（%s→%s）", rectify.StatusWord(h.From), rectify.StatusWord(h.To))
	}
	for _, more := range []struct{ label, value string }{
		{"豁免至", h.Until}, {"理由：", h.Reason}, {"依据长期豁免", h.Exemption}, {"文书", h.Notice},
	} {
		if more.value != "" {
			s += "　" + more.label + reports.Clean(more.value)
		}
	}
	if h.Sweep > 0 {
		s += fmt.Sprintf("　第%d次检查", h.Sweep)
	}
	if len(h.Proof) > 0 {
		s += "　证据" + h.Proof[0].Digest
	}
	return s
}

type findingGroupsCmd struct {
	ofSweep
	Site string `help:"只列出该网站的（标识码）。" placeholder:"标识码"`
}

// Run prints the root causes of a sweep's findings.
func (c *findingGroupsCmd) Run(a *app) error {
	db, s, err := c.openAbout(a, c.Site)
	if err != nil {
		return err
	}
	defer db.Close()
	found, err := pick{site: c.Site}.from(a, db, s.ID)
	if err != nil {
		return err
	}
	rows := causes(rectify.Groups(found))
	return a.grid(reports.CauseGrid(rows), func(w io.Writer) error { return reports.CauseLines(w, rows) })
}

func causes(groups []rectify.Group) []reports.CauseRow {
	var out []reports.CauseRow
	for _, g := range groups {
		out = append(out, reports.CauseRow{Key: g.Key, Title: g.Title, Findings: g.Members, Pages: g.Pages, Counts: g.Counts})
	}
	return out
}
