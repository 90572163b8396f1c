package reports

import (
	"io"
	"slices"
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

// CauseGrid lays root causes out, one a row. A terminal shows the first
// finding's id, by which all of the cause are decided (--same), and the site
// only where there are several; files hold every id.
func CauseGrid(rows []CauseRow) Grid {
	g := Grid{Name: "问题原因", Cols: []Col{
		{Title: "问题编号", Width: 15}, {Title: "网站名称", Width: 24, Wide: oneSite(rows)}, {Title: "原因", Width: 60, Tell: true}, {Title: "指标", Width: 24, Wide: !oneSite(rows)},
		{Title: "问题数", Width: 8, Right: true}, {Title: "网页数", Width: 8, Right: true}, {Title: "状态", Width: 10}, {Title: "全部问题编号", Width: 40, Wide: true},
	}}
	for i := range rows {
		r := &rows[i]
		var ids, books, states []string
		for j := range r.Findings {
			f := &r.Findings[j]
			ids, books = append(ids, f.ID), append(books, f.BookID)
			if s := findingStatusWord(f.Status); !slices.Contains(states, s) {
				states = append(states, s)
			}
		}
		g.Rows = append(g.Rows, []Cell{
			text(ids[0]), text(r.Findings[0].Target.Name), text(r.Title), text(strings.Join(slices.Compact(books), "、")), count(len(r.Findings)), count(r.Pages),
			text(strings.Join(states, "、")), text(strings.Join(ids, " ")),
		})
	}
	return g
}

func oneSite(rows []CauseRow) bool {
	for i := range rows {
		if rows[i].Findings[0].Target != rows[0].Findings[0].Target {
			return false
		}
	}
	return true
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
