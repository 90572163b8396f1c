package storage

import (
	"context"
	"crypto/sha256"

	"github.com/govsweep/govsweep"
)

// CaptureFilter picks entries of the index of evidence. Empty fields do not restrict.
type CaptureFilter struct {
	Sweep  int64
	Target govsweep.TargetID
	URL    string
	After  *govsweep.Capture // the last capture of the page before
	Limit  int               // 0 = all
}

// SaveCaptures adds to the index of evidence. What is known stays as it is.
func (db *DB) SaveCaptures(ctx context.Context, captures []govsweep.Capture) error {
	return db.write(ctx, "保存证据目录", func(t tx) error { return t.saveCaptures(ctx, captures) })
}

// IndexCaptures is SaveCaptures for what one run captured, under its lease.
func (db *DB) IndexCaptures(ctx context.Context, of govsweep.Run, captures []govsweep.Capture) error {
	return db.write(ctx, "保存证据目录", func(t tx) error {
		if _, err := t.lockRun(ctx, of); err != nil {
			return err
		}
		return t.saveCaptures(ctx, captures)
	})
}

func (t tx) saveCaptures(ctx context.Context, captures []govsweep.Capture) error {
	save := insert{
		head:   `INSERT INTO captures (digest, sweep, target, url_digest, url, kind, at_ms, media_type, charset, header, length)`,
		values: 11,
		tail:   `ON CONFLICT (digest, sweep, target, url_digest) DO NOTHING`,
	}
	rows := make([][]any, len(captures))
	for i := range captures {
		c := &captures[i]
		url := text(c.URL)
		digest, header := sha256.Sum256([]byte(url)), c.Header
		if header == nil {
			header = []byte{}
		}
		rows[i] = []any{c.Digest[:], c.Sweep, text(string(c.Target)), digest[:], url, text(string(c.Kind)), ms(c.At),
			text(c.MediaType), text(c.Charset), header, c.Length}
	}
	return t.bulk(ctx, save, rows)
}

const captureColumns = `digest, sweep, target, url, kind, at_ms, media_type, charset, header, length`

type captureRow struct {
	Digest    []byte
	Sweep     int64
	Target    string
	URL       string
	Kind      string
	At        int64  `db:"at_ms"`
	MediaType string `db:"media_type"`
	Charset   string
	Header    []byte
	Length    int64
}

func (r *captureRow) capture() govsweep.Capture {
	c := govsweep.Capture{Kind: govsweep.CaptureKind(r.Kind), URL: r.URL, At: fromMS(r.At), MediaType: r.MediaType,
		Charset: r.Charset, Length: r.Length, Sweep: r.Sweep, Target: govsweep.TargetID(r.Target)}
	copy(c.Digest[:], r.Digest)
	if len(r.Header) > 0 {
		c.Header = r.Header
	}
	return c
}

// Capture gives the newest entry of a digest.
func (db *DB) Capture(ctx context.Context, d govsweep.Digest) (*govsweep.Capture, error) {
	all, err := db.capturesOf(ctx, d, 1)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, missing("证据目录中没有“" + d.String() + "”。")
	}
	return &all[0], nil
}

// CapturesOf gives every entry of a digest, the newest first; none is no error.
func (db *DB) CapturesOf(ctx context.Context, d govsweep.Digest) ([]govsweep.Capture, error) {
	return db.capturesOf(ctx, d, 1<<62)
}

func (db *DB) capturesOf(ctx context.Context, d govsweep.Digest, limit int64) ([]govsweep.Capture, error) {
	const find = `SELECT ` + captureColumns + `
FROM captures
WHERE digest = $1
ORDER BY at_ms DESC, sweep DESC, target, url
LIMIT $2`
	var rows []captureRow
	if err := db.r.SelectContext(ctx, &rows, find, d[:], limit); err != nil {
		return nil, db.explain("读取证据目录", err)
	}
	out := make([]govsweep.Capture, len(rows))
	for i := range rows {
		out[i] = rows[i].capture()
	}
	return out, nil
}

// Captures gives entries in order of sweep, target, digest and address.
func (db *DB) Captures(ctx context.Context, f CaptureFilter) ([]govsweep.Capture, error) {
	const list = `SELECT ` + captureColumns + `
FROM captures
WHERE (CAST($1 AS BIGINT) = 0 OR sweep = $1)
  AND ($2 = '' OR target = $2)
  AND ($3 = '' OR url = $3)
  AND (sweep, target, digest, url_digest) > ($4, $5, $6, $7)
ORDER BY sweep, target, digest, url_digest
LIMIT $8`
	after, from, limit := govsweep.Capture{Sweep: -1}, []byte{}, int64(1)<<62
	if f.After != nil {
		after = *f.After
		digest := sha256.Sum256([]byte(text(after.URL)))
		from = digest[:]
	}
	if f.Limit > 0 {
		limit = int64(f.Limit)
	}
	var rows []captureRow
	if err := db.r.SelectContext(ctx, &rows, list, f.Sweep, text(string(f.Target)), text(f.URL),
		after.Sweep, text(string(after.Target)), after.Digest[:], from, limit); err != nil {
		return nil, db.explain("读取证据目录", err)
	}
	out := make([]govsweep.Capture, len(rows))
	for i := range rows {
		out[i] = rows[i].capture()
	}
	return out, nil
}
