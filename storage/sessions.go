package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Sessions keeps sessions of the web pages. Its methods are those a session
// manager asks of its store: it names the three without an end too, and calls
// those with one. Tokens come to it hashed.
type Sessions struct{ DB *DB }

// FindCtx gives the data of a session that has not ended.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	const find = `SELECT data FROM web_sessions WHERE token = $1 AND expiry_ms > $2`
	var data []byte
	err := s.DB.r.GetContext(ctx, &data, find, text(token), time.Now().UnixMilli())
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, s.DB.explain("读取会话", err)
}

// CommitCtx keeps a session, and forgets those that have ended.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	const save = `
INSERT INTO web_sessions (token, data, expiry_ms)
VALUES ($1, $2, $3)
ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry_ms = excluded.expiry_ms`
	return s.DB.write(ctx, "保存会话", func(t tx) error {
		if _, err := t.ExecContext(ctx, save, text(token), data, expiry.UnixMilli()); err != nil {
			return err
		}
		_, err := t.ExecContext(ctx, `DELETE FROM web_sessions WHERE expiry_ms <= $1`, time.Now().UnixMilli())
		return err
	})
}

// DeleteCtx ends a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.DB.write(ctx, "结束会话", func(t tx) error {
		_, err := t.ExecContext(ctx, `DELETE FROM web_sessions WHERE token = $1`, text(token))
		return err
	})
}

// Find is FindCtx without an end.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without an end.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without an end.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
