package storage

import (
	"context"
	"fmt"

	"github.com/lib/pq"

	"github.com/govsweep/govsweep"
)

// chunk is how many records EachRecord holds at once.
const chunk = 128

// EachRecord streams the records of a run in order of visit URL, then form,
// then look. The database sorts addresses alone, and the bodies are fetched
// in chunks behind it: memory does not grow with their number.
func (db *DB) EachRecord(ctx context.Context, of govsweep.Run, fn func(*govsweep.Record) error) error {
	const inOrder = `
SELECT visit_key, look, url, form
FROM visits
WHERE run = $1 AND state = 1
ORDER BY url, form, look, visit_key`
	select { // two connections a stream: more streams than that would wait for each other for ever
	case db.streams <- struct{}{}:
		defer func() { <-db.streams }()
	case <-ctx.Done():
		return ctx.Err()
	}
	n, err := run(ctx, db.r, of)
	if err != nil {
		return db.explain("读取抓取结果", err)
	}
	rows, err := db.r.QueryxContext(ctx, inOrder, n)
	if err != nil {
		return db.explain("读取抓取结果", err)
	}
	defer rows.Close()
	part := make([]govsweep.Record, 0, chunk)
	for rows.Next() {
		var key int64
		var v govsweep.Visit
		if err := rows.Scan(&key, &v.Look, &v.URL, &v.Form); err != nil {
			return db.explain("读取抓取结果", err)
		}
		v.Key = uint64(key)
		part = append(part, govsweep.Record{Visit: v})
		if len(part) == chunk {
			if err := db.tell(ctx, n, part, fn); err != nil {
				return err
			}
			part = part[:0]
		}
	}
	if err := rows.Err(); err != nil {
		return db.explain("读取抓取结果", err)
	}
	return db.tell(ctx, n, part, fn)
}

type recordRow struct {
	Key   int64  `db:"visit_key"`
	Look  int    `db:"look"`
	Links []byte `db:"link_keys"`
	Body  []byte `db:"body"`
}

// tell fetches the bodies of part and hands the records to fn in order.
func (db *DB) tell(ctx context.Context, n int64, part []govsweep.Record, fn func(*govsweep.Record) error) error {
	if len(part) == 0 {
		return nil
	}
	bodies, err := db.bodies(ctx, n, part)
	if err != nil {
		return db.explain("读取抓取结果", err)
	}
	for i := range part {
		r := part[i] // fn may keep its record
		b, ok := bodies[idOf(&r.Visit)]
		if !ok {
			return db.explain("读取抓取结果", fmt.Errorf("visit %s is done without a record", r.Visit.URL))
		}
		if err := decodeRecord(&r, b.Body, b.Links); err != nil {
			return db.explain("读取抓取结果", err)
		}
		if err := fn(&r); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) bodies(ctx context.Context, n int64, part []govsweep.Record) (map[visitID]recordRow, error) {
	const sqlite = `
SELECT visit_key, look, link_keys, body
FROM records
WHERE run = $1 AND visit_key IN (SELECT value FROM json_each($2))`
	const postgres = `
SELECT visit_key, look, link_keys, body
FROM records
WHERE run = $1 AND visit_key = ANY ($2)`
	keys := make([]int64, len(part))
	for i := range part {
		keys[i] = int64(part[i].Visit.Key)
	}
	var list any = pq.Array(keys)
	if !db.postgres {
		s, err := jsonText(keys)
		if err != nil {
			return nil, err
		}
		list = s
	}
	var rows []recordRow
	if err := db.r.SelectContext(ctx, &rows, db.pick(sqlite, postgres), n, list); err != nil {
		return nil, err
	}
	out := make(map[visitID]recordRow, len(rows))
	for _, r := range rows {
		out[visitID{uint64(r.Key), r.Look}] = r
	}
	return out, nil
}
