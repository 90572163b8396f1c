package reports

import (
	"io"
	"time"

	"github.com/govsweep/govsweep"
)

// ExemptionGrid lays standing exemptions out, one a row.
func ExemptionGrid(all []govsweep.Exemption, now time.Time) Grid {
	g := Grid{Name: "长期豁免", Cols: []Col{
		{Title: "编号", Width: 6}, {Title: "范围", Width: 6}, {Title: "对象", Width: 40, Tell: true}, {Title: "指标", Width: 24}, {Title: "理由", Width: 40, Tell: true},
		{Title: "决定人", Width: 10}, {Title: "至", Width: 12}, {Title: "状态", Width: 8},
	}}
	for i := range all {
		e := &all[i]
		of := e.Unit
		switch e.Scope {
		case govsweep.ColumnScope:
			of = e.Column
		case govsweep.SiteScope:
			of = string(e.Target)
		}
		g.Rows = append(g.Rows, []Cell{text(e.ID), text(scopeWord(e.Scope)), text(of), text(string(e.Indicator)), text(e.Reason),
			text(e.By), text(e.Until), text(exemptionState(e, now))})
	}
	return g
}

func scopeWord(s govsweep.ExemptionScope) string {
	return wordOf(string(s), map[string]string{"column": "栏目", "site": "网站", "unit": "单位"})
}

func exemptionState(e *govsweep.Exemption, now time.Time) string {
	switch {
	case !e.RevokedAt.IsZero():
		return "已撤销"
	case e.Until < govsweep.DateOf(now):
		return "已到期"
	}
	return "有效"
}

// ExemptionLines writes standing exemptions as JSON, one a line.
func ExemptionLines(w io.Writer, all []govsweep.Exemption) error {
	return lines(w, all, func(e govsweep.Exemption) any { return e })
}
