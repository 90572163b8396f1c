package main

import (
	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/rules"
)

// ruleRow is one entry of a rulebook as it is printed.
type ruleRow struct {
	Code     govsweep.IndicatorCode `json:"code"`
	BookID   string                 `json:"book_id"`
	Class    govsweep.Class         `json:"class"`
	Group    string                 `json:"group"`
	Name     string                 `json:"name"`
	Points   *govsweep.Points       `json:"points"` // null = 待录入
	Severity govsweep.Severity      `json:"severity,omitempty"`
	OnlyIf   []string               `json:"only_if,omitempty"`
	Clause   string                 `json:"clause"`
	Remedy   string                 `json:"remedy"`
	Doc      string                 `json:"doc,omitempty"`
}

func rowOf(e *rules.Entry) ruleRow {
	return ruleRow{Code: e.Code, BookID: e.ID, Class: e.Class, Group: e.Group, Name: e.Name, Points: e.Points,
		Severity: e.Severity, OnlyIf: e.OnlyIf, Clause: e.Clause, Remedy: e.Remedy}
}

var classWords = map[govsweep.Class]string{govsweep.Veto: "单项否决", govsweep.Deduction: "扣分", govsweep.Bonus: "加分", govsweep.Norm: "规范要求"}

// ruleRows prints entries in the format asked for.
func (a *app) ruleRows(rows []ruleRow) error {
	if a.format() == "jsonl" {
		for _, r := range rows {
			if err := reports.JSON(a.stdout, r, false); err != nil {
				return err
			}
		}
		return nil
	}
	g := reports.TextGrid("评分规则", "编号", "代码", "类别", "名称", "分值", "依据")
	for _, r := range rows {
		points := "—"
		if r.Class == govsweep.Deduction || r.Class == govsweep.Bonus {
			points = "待录入"
			if r.Points != nil {
				points = r.Points.String()
			}
		}
		g.AddText(r.BookID, string(r.Code), classWords[r.Class], r.Name, points, r.Clause)
	}
	return a.grid(g, nil)
}
