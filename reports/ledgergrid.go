package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/govsweep/govsweep"
)

// LedgerGrid lays the ledger out for CSV and the terminal. It is for reading:
// only the workbook of Ledger comes back.
func LedgerGrid(rows []govsweep.LedgerRow) Grid {
	g := Grid{Name: ledgerSheet}
	for _, c := range govsweep.LedgerColumns {
		g.Cols = append(g.Cols, Col{Title: c.Title, Width: c.Width, Wide: !inTerminal(c.Title)})
	}
	for i := range rows {
		g.Rows = append(g.Rows, gridCells(&rows[i]))
	}
	return g
}

func gridCells(r *govsweep.LedgerRow) []Cell {
	var out []Cell
	for i := range govsweep.LedgerColumns {
		out = append(out, text(strings.Split(r.Value(&govsweep.LedgerColumns[i]), "\n")...))
	}
	return out
}

func inTerminal(title string) bool {
	return strings.Contains(" 编号 问题序号 网站（账号）名称 问题描述 整改时限 完成时间 状态 ", " "+title+" ")
}

// ledgerPage is the ledger as a document.
type ledgerPage struct {
	head
	Heading, Made string
	Total         int
	States        []facet
	Rows          []ledgerLine
}

type facet struct {
	Label string
	Value string
}

type ledgerLine struct {
	Place  [][2]string // label and value, beside the fault
	Fault  string
	Remedy string
	URL    string
	Answer [][2]string
	Result [][2]string
}

// LedgerHTML writes the ledger as one HTML file without script and without
// any outside resource, with the numbers by state above the rows.
func LedgerHTML(w io.Writer, h LedgerHead, rows []govsweep.LedgerRow) error {
	page := ledgerPage{Heading: first(clean(h.Title), "整改台账"), Total: len(rows), States: byState(rows)}
	var err error
	if page.head, err = newHead(page.Heading); err != nil {
		return err
	}
	if !h.Made.IsZero() {
		page.Made = govsweep.ChineseDate(h.Made)
	}
	for i := range rows {
		page.Rows = append(page.Rows, itemLine(&rows[i]))
	}
	if err := pages.ExecuteTemplate(w, "ledger.html", page); err != nil {
		return fmt.Errorf("render ledger: %w", err)
	}
	return nil
}

// byState counts the rows of each state, in order of first appearance.
func byState(rows []govsweep.LedgerRow) []facet {
	var order []string
	n := map[string]int{}
	for i := range rows {
		s := orUnknown(clean(rows[i].State))
		if n[s]++; n[s] == 1 {
			order = append(order, s)
		}
	}
	var out []facet
	for _, s := range order {
		out = append(out, facet{s, number(n[s])})
	}
	return out
}

func itemLine(r *govsweep.LedgerRow) ledgerLine {
	return ledgerLine{
		Place: given("通知", r.Number, "序号", r.No, "名称", r.SiteName, "标识码", r.SiteCode, "受检单位", r.Unit, "监测时间点", r.AsOf),
		Fault: clean(r.Summary), Remedy: clean(r.Remedy), URL: clean(r.URL),
		Answer: given("签收", strings.TrimSpace(r.Receiver+" "+r.Received), "措施", r.Measures, "完成时间", r.Done, "责任人", r.Responsible,
			"佐证", r.Proof, "异议", r.Dispute),
		Result: given("状态", r.State, "整改时限", r.Deadline, "复查", strings.TrimSpace(r.RetestResult+" "+r.RetestAt), "说明", r.RetestReason),
	}
}

// given pairs labels with their values and leaves out what is empty.
func given(pairs ...string) [][2]string {
	var out [][2]string
	for i := 0; i < len(pairs); i += 2 {
		if v := clean(pairs[i+1]); strings.TrimSpace(v) != "" {
			out = append(out, [2]string{pairs[i], v})
		}
	}
	return out
}
