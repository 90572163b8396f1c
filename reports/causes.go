package reports

import (
	"io"
	"strings"

	"github.com/govsweep/govsweep"
)

// CauseRow is one root cause with the findings it explains.
type CauseRow struct {
	Key      string
	Title    string
	Findings []govsweep.Finding // the weightiest first
	Pages    int                // different addresses
	Counts   []string           // ids of vetoes that count what this cause explains
}

// CauseGrid lays root causes out, one a row.
func CauseGrid(rows []CauseRow) Grid {
	g := Grid{Name: "问题原因", Cols: []Col{
		{Title: "网站名称", Width: 24}, {Title: "原因", Width: 50}, {Title: "问题数", Width: 8, Right: true}, {Title: "网页数", Width: 8, Right: true},
		{Title: "指标", Width: 24}, {Title: "状态", Width: 10}, {Title: "问题编号", Width: 40},
	}}
	for i := range rows {
		r := &rows[i]
		var ids, books []string
		for j := range r.Findings {
			ids = append(ids, r.Findings[j].ID)
			books = append(books, r.Findings[j].BookID)
		}
		g.Rows = append(g.Rows, []Cell{
			text(r.Findings[0].Target.Name), text(r.Title), count(len(r.Findings)), count(r.Pages), text(strings.Join(books, "、")),
			text(findingStatusWord(r.Findings[0].Status)), text(strings.Join(ids, " ")),
		})
	}
	return g
}

// CauseLines writes root causes as JSON, one a line.
func CauseLines(w io.Writer, rows []CauseRow) error {
	return lines(w, rows, func(r CauseRow) any {
		ids := make([]string, len(r.Findings))
		for i := range r.Findings {
			ids[i] = r.Findings[i].ID
		}
		return struct {
			Cause    string          `json:"cause"`
			Title    string          `json:"title"`
			Target   govsweep.Target `json:"target"`
			Findings []string        `json:"findings"`
			Pages    int             `json:"pages"`
			Counts   []string        `json:"counted_by,omitempty"`
		}{r.Key, r.Title, r.Findings[0].Target, ids, r.Pages, r.Counts}
	})
}
