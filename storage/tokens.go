package storage

import (
	"context"
	"time"

	"github.com/govsweep/govsweep"
)

type tokenRow struct {
	ID, Owner, Name, Scope    string
	Created, Expires, Revoked int64
	Hash                      string
}

const tokenColumns = `SELECT id, owner, name, scope, created, expires, revoked, hash FROM access_tokens`

// AddToken keeps a new token by its hash.
func (db *DB) AddToken(ctx context.Context, k *govsweep.AccessToken) error {
	const add = `
INSERT INTO access_tokens (id, owner, name, scope, created, expires, revoked, hash)
VALUES ($1, $2, $3, $4, $5, $6, 0, $7)`
	if _, err := db.User(ctx, k.User); err != nil {
		return err
	}
	return db.write(ctx, "保存访问令牌", func(t tx) error {
		if _, err := t.ExecContext(ctx, add, text(k.ID), text(k.User), text(k.Name), string(k.Scope), ms(k.Created), ms(k.Expires), k.Hash); err != nil {
			return err
		}
		return t.audit(ctx, govsweep.AuditLine{Event: "token.add", Subject: k.ID,
			Detail: "用户 " + k.User + "，范围 " + string(k.Scope) + "，用途 " + k.Name + "，有效期至 " + govsweep.ChineseDate(k.Expires)})
	})
}

// RevokeToken makes a token useless for ever.
func (db *DB) RevokeToken(ctx context.Context, id string, at time.Time) error {
	const revoke = `
UPDATE access_tokens
SET revoked = $2
WHERE id = $1 AND revoked = 0`
	return db.write(ctx, "撤销访问令牌", func(t tx) error {
		if err := t.one(ctx, "没有编号为“"+id+"”的有效令牌，可用 govsweep token list 查看。", revoke, text(id), ms(at)); err != nil {
			return err
		}
		return t.audit(ctx, govsweep.AuditLine{Event: "token.revoke", Subject: id})
	})
}

// Tokens gives all tokens, also those that ended, the oldest first.
func (db *DB) Tokens(ctx context.Context) ([]govsweep.AccessToken, error) {
	return db.tokens(ctx, tokenColumns+` ORDER BY created, id`)
}

// TokenByHash gives the token of a hash, whether it is still good or not.
func (db *DB) TokenByHash(ctx context.Context, hash string) (*govsweep.AccessToken, error) {
	found, err := db.tokens(ctx, tokenColumns+` WHERE hash = $1`, text(hash))
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, missing("没有这个访问令牌。")
	}
	return &found[0], nil
}

func (db *DB) tokens(ctx context.Context, query string, values ...any) ([]govsweep.AccessToken, error) {
	var rows []tokenRow
	if err := db.r.SelectContext(ctx, &rows, query, values...); err != nil {
		return nil, db.explain("读取访问令牌", err)
	}
	out := make([]govsweep.AccessToken, len(rows))
	for i, r := range rows {
		out[i] = govsweep.AccessToken{ID: r.ID, User: r.Owner, Name: r.Name, Scope: govsweep.TokenScope(r.Scope), Hash: r.Hash,
			Created: fromMS(r.Created), Expires: fromMS(r.Expires), Revoked: fromMS(r.Revoked)}
	}
	return out, nil
}
