package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/term"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

// format gives the format to print in: as asked, else a table on a terminal
// and one JSON object a line elsewhere.
func (a *app) format() string {
	if a.settings.format != "" {
		return a.settings.format
	}
	if isTerminal(a.stdout) {
		return "table"
	}
	return "jsonl"
}

// only refuses every format but those named: better before the work than
// after it, or in silence.
func (a *app) only(formats ...string) error {
	if slices.Contains(formats, a.format()) {
		return nil
	}
	return &govsweep.Error{Kind: govsweep.Wrong, Say: "该命令不支持输出格式“" + a.format() + "”，可用 " + strings.Join(formats, "、")}
}

// width is the width to wrap sentences at: that of the terminal, 100 where
// there is none.
func (a *app) width() int {
	if w := a.terminal(); w > 0 {
		return w
	}
	return 100
}

// terminal is the width of the terminal; 0 where the output is no terminal:
// a table that is piped or kept is not cut.
func (a *app) terminal() int { return terminalWidth(a.stdout) }

func terminalWidth(out io.Writer) int {
	if f, ok := out.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 20 {
			return w
		}
	}
	return 0
}

// grid prints rows in the format asked for; lines writes them as JSON lines.
func (a *app) grid(g reports.Grid, lines func(io.Writer) error) error {
	switch a.format() {
	case "table":
		return reports.Table(a.stdout, g, a.terminal())
	case "csv":
		return reports.CSV(a.stdout, g)
	case "xlsx":
		return reports.XLSX(a.stdout, g)
	case "jsonl":
		return lines(a.stdout)
	}
	return a.only("table", "jsonl", "csv", "xlsx")
}

// print shows what a run found.
func (j *job) print(s *govsweep.Sweep) error {
	if j.app.format() != "table" {
		return j.lineResults()
	}
	out := j.app.stdout
	for _, in := range j.results {
		if err := reports.Summary(out, in, j.app.width()); err != nil {
			return err
		}
	}
	if s.ID == 0 {
		return nil // saved material: no database, no number
	}
	doubt, err := j.doubt(s)
	if err != nil {
		return err
	}
	if j.kind == "inspect" {
		_, err := fmt.Fprintf(out, "本次检查编号为%d%s。查看全部问题：govsweep findings --sweep %d\n", s.ID, doubt, s.ID)
		return err
	}
	counts := map[govsweep.Grade]int{}
	for _, l := range j.lines {
		counts[l.Verdict.Grade]++
	}
	_, err = fmt.Fprintf(out, "第%d次检查完成%s：%s%d个，合格%d个，不合格%d个，待核%d个，未能检查%d个。查看判定：govsweep verdicts --sweep %d\n",
		s.ID, doubt, j.what(), len(j.lines)+len(j.failed), counts[govsweep.Qualified], counts[govsweep.Unqualified], counts[govsweep.Undecided], len(j.failed), s.ID)
	return err
}

// what is the word for one target of the run.
func (j *job) what() string {
	if j.kind == govsweep.AccountSweep {
		return "账号"
	}
	return "网站"
}

// lineResults writes verdicts, findings and coverage, one JSON object a line.
func (j *job) lineResults() error {
	for _, in := range j.results {
		if err := reports.VerdictLines(j.app.stdout, []govsweep.Verdict{in.Verdict}); err != nil {
			return err
		}
		if err := reports.FindingLines(j.app.stdout, in.Findings); err != nil {
			return err
		}
		if err := reports.CoverageLines(j.app.stdout, []govsweep.Coverage{in.Coverage}); err != nil {
			return err
		}
	}
	if j.kind == "inspect" {
		return nil
	}
	for _, l := range j.lines {
		if err := reports.VerdictLines(j.app.stdout, []govsweep.Verdict{*l.Verdict}); err != nil {
			return err
		}
	}
	return nil
}

var gradeWords = map[govsweep.Grade]string{govsweep.Qualified: "合格", govsweep.Unqualified: "不合格", govsweep.Undecided: "待核"}

// wrote says which files were written; of many only how many and where.
func (a *app) wrote(files []string) {
	if len(files) > 8 {
		fmt.Fprintf(a.stderr, "已写入%d个文件，目录为 %s\n", len(files), filepath.Dir(files[0]))
		files = files[len(files)-1:]
	}
	for _, f := range files {
		fmt.Fprintf(a.stderr, "已写入 %s\n", f)
	}
}
