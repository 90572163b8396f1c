package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// AccountFilter picks accounts. Empty fields do not restrict.
type AccountFilter struct {
	Media  govsweep.MediaKind
	Region string // 行政区划, or a part of it
	Level  string
	Host   string // 主办单位, whole
	Tag    string
	IDs    []govsweep.TargetID
	After  govsweep.TargetID // the last account of the page before
	Limit  int               // 0 = all; tags and IDs are looked at behind it
}

var saveAccount = insert{
	head: `INSERT INTO accounts (id, media, name, host, level, region, state, body)`, values: 8,
	tail: `ON CONFLICT (id) DO UPDATE
SET media = excluded.media, name = excluded.name, host = excluded.host, level = excluded.level,
    region = excluded.region, state = excluded.state, body = excluded.body`,
}

// SaveAccounts adds and replaces accounts; of two with one id the last counts.
func (db *DB) SaveAccounts(ctx context.Context, accounts []govsweep.Account) error {
	var rows [][]any
	for _, a := range lastOf(accounts, func(a *govsweep.Account) string { return text(string(a.ID)) }) {
		body, err := jsonText(a)
		if err != nil {
			return db.explain("保存账号名录", err)
		}
		rows = append(rows, []any{text(string(a.ID)), text(string(a.Media)), text(a.Name), text(a.Host), text(a.Level),
			text(a.Region), string(a.State), text(body)})
	}
	return db.write(ctx, "保存账号名录", func(t tx) error {
		if err := t.bulk(ctx, saveAccount, rows); err != nil {
			return err
		}
		return t.auditRows(ctx, "accounts.save", "", rows, first)
	})
}

// Account gives one account of the register.
func (db *DB) Account(ctx context.Context, id govsweep.TargetID) (*govsweep.Account, error) {
	const find = `SELECT body FROM accounts WHERE id = $1`
	var body []byte
	switch err := db.r.GetContext(ctx, &body, find, text(string(id))); {
	case errors.Is(err, sql.ErrNoRows):
		return nil, missing("账号名录中没有“" + string(id) + "”。")
	case err != nil:
		return nil, db.explain("读取账号名录", err)
	}
	var a govsweep.Account
	return &a, db.explain("读取账号名录", json.Unmarshal(body, &a))
}

// Accounts gives the accounts a scope names, in order of id.
func (db *DB) Accounts(ctx context.Context, f AccountFilter) ([]govsweep.Account, error) {
	const list = `
SELECT body
FROM accounts
WHERE ($1 = '' OR media = $1)
  AND ($2 = '' OR region LIKE $3 ESCAPE '\')
  AND ($4 = '' OR level = $4)
  AND ($5 = '' OR host = $5)
  AND id > $6
ORDER BY id
LIMIT $7`
	part := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text(f.Region)) + "%"
	most := f.Limit
	if most <= 0 {
		most = math.MaxInt32
	}
	var bodies [][]byte
	if err := db.r.SelectContext(ctx, &bodies, list, text(string(f.Media)), text(f.Region), part, text(f.Level), text(f.Host), text(string(f.After)), most); err != nil {
		return nil, db.explain("读取账号名录", err)
	}
	out := make([]govsweep.Account, 0, len(bodies))
	for _, body := range bodies {
		var a govsweep.Account
		if err := json.Unmarshal(body, &a); err != nil {
			return nil, db.explain("读取账号名录", fmt.Errorf("account: %w", err))
		}
		if (f.Tag == "" || slices.Contains(a.Tags, f.Tag)) && (len(f.IDs) == 0 || slices.Contains(f.IDs, a.ID)) {
			out = append(out, a)
		}
	}
	return out, nil
}

// AllAccounts gives the whole register, in order of id.
func (db *DB) AllAccounts(ctx context.Context) ([]govsweep.Account, error) {
	return db.Accounts(ctx, AccountFilter{})
}
