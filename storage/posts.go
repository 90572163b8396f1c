package storage

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// SaveReading keeps one look at one source of an account with the posts it
// showed, in one transaction. A post that is known already stays one post; the
// same look again replaces the first.
func (db *DB) SaveReading(ctx context.Context, account govsweep.TargetID, rd *govsweep.Reading, posts []govsweep.Post) error {
	savePost := insert{
		head: `INSERT INTO account_posts (account, digest, at, body)`, values: 4,
		tail: `ON CONFLICT (account, digest) DO UPDATE SET at = excluded.at, body = excluded.body`,
	}
	const saveReading = `
INSERT INTO account_readings (account, source, read_at, health, body)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (account, source, read_at) DO UPDATE SET health = excluded.health, body = excluded.body`
	var rows [][]any
	for _, p := range lastOf(posts, func(p *govsweep.Post) string { d := postDigest(p); return string(d[:]) }) {
		body, err := jsonText(p)
		if err != nil {
			return db.explain("保存账号信息", err)
		}
		d := postDigest(p)
		rows = append(rows, []any{text(string(account)), d[:], ms(p.At), text(body)})
	}
	body, err := jsonText(rd)
	if err != nil {
		return db.explain("保存账号信息", err)
	}
	return db.write(ctx, "保存账号信息", func(t tx) error {
		if err := t.bulk(ctx, savePost, rows); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, saveReading, text(string(account)), text(rd.Source.Key()), ms(rd.At), string(rd.Health), text(body)); err != nil {
			return err
		}
		if rd.URL != "" || rd.Digest == "" { // no file that a person brought in
			return nil
		}
		return t.audit(ctx, govsweep.AuditLine{Event: "posts.import", Subject: string(account), Detail: fmt.Sprintf("%d条，文件%s", len(rows), rd.Digest)})
	})
}

func postDigest(p *govsweep.Post) [sha256.Size]byte {
	if p.URL != "" {
		return sha256.Sum256([]byte(text(p.URL)))
	}
	return sha256.Sum256([]byte(text(p.Title) + "\x00" + p.At.In(govsweep.Shanghai).Format("2006-01-02")))
}

// Posts gives the posts of an account from since on, the oldest first.
func (db *DB) Posts(ctx context.Context, account govsweep.TargetID, since time.Time) ([]govsweep.Post, error) {
	const list = `
SELECT body
FROM account_posts
WHERE account = $1 AND at >= $2
ORDER BY at, digest`
	return bodies[govsweep.Post](ctx, db, list, text(string(account)), ms(since))
}

// Readings gives the looks at the sources of an account from since on, the
// oldest first.
func (db *DB) Readings(ctx context.Context, account govsweep.TargetID, since time.Time) ([]govsweep.Reading, error) {
	const list = `
SELECT body
FROM account_readings
WHERE account = $1 AND read_at >= $2
ORDER BY read_at, source`
	return bodies[govsweep.Reading](ctx, db, list, text(string(account)), ms(since))
}

// LastReading gives the newest look at one source; nil when there is none.
func (db *DB) LastReading(ctx context.Context, account govsweep.TargetID, s govsweep.MediaSource) (*govsweep.Reading, error) {
	const last = `
SELECT body
FROM account_readings
WHERE account = $1 AND source = $2
ORDER BY read_at DESC
LIMIT 1`
	all, err := bodies[govsweep.Reading](ctx, db, last, text(string(account)), text(s.Key()))
	if len(all) == 0 {
		return nil, err
	}
	return &all[0], err
}

// bodies reads rows of one JSON column. Times come back in Shanghai's.
func bodies[T any](ctx context.Context, db *DB, statement string, values ...any) ([]T, error) {
	var raw [][]byte
	if err := db.r.SelectContext(ctx, &raw, statement, values...); err != nil {
		return nil, db.explain("读取账号信息", err)
	}
	out := make([]T, len(raw))
	for i, body := range raw {
		if err := json.Unmarshal(body, &out[i]); err != nil {
			return nil, db.explain("读取账号信息", err)
		}
	}
	return slices.Clip(out), nil
}
