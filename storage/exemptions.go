package storage

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// SaveExemption keeps a new standing exemption and sets e.ID. It must name a
// scope and what that needs, an indicator, a reason, a person, a time and a
// last day.
func (db *DB) SaveExemption(ctx context.Context, e *govsweep.Exemption) error {
	const add = `
INSERT INTO exemptions (no, scope, target, column_url, unit, indicator, reason, given_by, at_ms, until_day, revoked_by, revoked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', 0)`
	if err := checkExemption(e); err != nil {
		return err
	}
	return db.write(ctx, "保存豁免", func(t tx) error {
		no, err := t.next(ctx, "exemption", 1)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, add, no, string(e.Scope), text(string(e.Target)), text(e.Column), text(e.Unit),
			text(string(e.Indicator)), text(e.Reason), text(e.By), ms(e.At), e.Until); err != nil {
			return err
		}
		e.ID = "E" + itoa(no)
		return t.audit(ctx, govsweep.AuditLine{By: e.By, Event: "exemption.add", Subject: e.ID,
			Detail: strings.Join([]string{string(e.Indicator), string(e.Target), e.Column, e.Unit, "至 " + e.Until}, " ") + because(e.Reason)})
	})
}

func checkExemption(e *govsweep.Exemption) error {
	wrong := func(say string) error { return &govsweep.Error{Kind: govsweep.Wrong, Say: say} }
	switch e.Scope {
	case govsweep.ColumnScope, govsweep.SiteScope, govsweep.UnitScope:
	default:
		return wrong("豁免的范围只能是栏目、网站或单位。")
	}
	if _, err := time.Parse("2006-01-02", e.Until); err != nil {
		return wrong("豁免的最后一日“" + e.Until + "”不正确，应写作 2021-08-27。")
	}
	for _, need := range []struct {
		missing bool
		word    string
	}{{e.ID != "", "已有编号的豁免不能再次新增。"}, {e.Indicator == "", "豁免缺少指标。"}, {e.Reason == "", "豁免必须说明理由。"},
		{e.By == "", "豁免缺少作出决定的人员。"}, {e.At.IsZero(), "豁免缺少时间。"},
		{(e.Target != "") != (e.Scope != govsweep.UnitScope), "网站或栏目的豁免应写明网站，单位的豁免不写网站。"},
		{(e.Column != "") != (e.Scope == govsweep.ColumnScope), "栏目的豁免应写明栏目地址，其他豁免不写栏目。"},
		{(e.Unit != "") != (e.Scope == govsweep.UnitScope), "单位的豁免应写明主办单位，其他豁免不写单位。"}} {
		if need.missing {
			return wrong(need.word)
		}
	}
	return nil
}

// RevokeExemption ends a standing exemption before its last day. The same
// revocation again does nothing; another one is a Conflict.
func (db *DB) RevokeExemption(ctx context.Context, id, by string, at time.Time) error {
	const set = `
UPDATE exemptions
SET revoked_by = $2, revoked_at = $3
WHERE no = $1 AND revoked_at = 0`
	const same = `SELECT count(*) FROM exemptions WHERE no = $1 AND revoked_by = $2 AND revoked_at = $3`
	no, err := numberOf(id, "E", "豁免")
	if err != nil {
		return err
	}
	if by == "" || at.IsZero() {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "撤销豁免需写明人员和时间。"}
	}
	return db.write(ctx, "撤销豁免", func(t tx) error {
		result, err := t.ExecContext(ctx, set, no, text(by), ms(at))
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 1 {
			return errors.Join(err, t.audit(ctx, govsweep.AuditLine{By: by, Event: "exemption.revoke", Subject: id}))
		}
		var again int
		if err := t.GetContext(ctx, &again, same, no, text(by), ms(at)); err != nil || again == 1 {
			return err
		}
		var who string
		switch err := t.GetContext(ctx, &who, `SELECT revoked_by FROM exemptions WHERE no = $1`, no); {
		case errors.Is(err, sql.ErrNoRows):
			return missing("没有编号为“" + id + "”的豁免。")
		case err != nil:
			return err
		}
		return &govsweep.Error{Kind: govsweep.Conflict, Say: "豁免“" + id + "”已由" + who + "撤销。"}
	})
}

// Exemptions gives all standing exemptions, also those that are over or
// revoked, in the order they were given.
func (db *DB) Exemptions(ctx context.Context) ([]govsweep.Exemption, error) {
	const list = `
SELECT no, scope, target, column_url, unit, indicator, reason, given_by, at_ms, until_day, revoked_by, revoked_at
FROM exemptions
ORDER BY no`
	var rows []struct {
		No        int64
		Scope     string
		Target    string
		Column    string `db:"column_url"`
		Unit      string
		Indicator string
		Reason    string
		By        string `db:"given_by"`
		At        int64  `db:"at_ms"`
		Until     string `db:"until_day"`
		RevokedBy string `db:"revoked_by"`
		RevokedAt int64  `db:"revoked_at"`
	}
	if err := db.r.SelectContext(ctx, &rows, list); err != nil {
		return nil, db.explain("读取豁免", err)
	}
	out := make([]govsweep.Exemption, len(rows))
	for i, r := range rows {
		out[i] = govsweep.Exemption{ID: "E" + itoa(r.No), Scope: govsweep.ExemptionScope(r.Scope), Target: govsweep.TargetID(r.Target),
			Column: r.Column, Unit: r.Unit, Indicator: govsweep.IndicatorCode(r.Indicator), Reason: r.Reason, By: r.By, At: fromMS(r.At),
			Until: r.Until, RevokedBy: r.RevokedBy, RevokedAt: fromMS(r.RevokedAt)}
	}
	return out, nil
}

// numberOf reads an id like "E12": its letter, and a number from 1.
func numberOf(id, letter, what string) (int64, error) {
	digits, ok := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(id)), letter)
	no, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || no < 1 {
		return 0, &govsweep.Error{Kind: govsweep.Wrong, Say: what + "编号“" + id + "”不正确，应为字母 " + letter + " 加数字，如 " + letter + "12。"}
	}
	return no, nil
}
