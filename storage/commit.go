package storage

import (
	"context"

	"github.com/govsweep/govsweep"
)

// A visit already known keeps its result. While it is queued the better of
// two discoveries wins as a whole, so that their order does not matter.
var discoverVisit = insert{
	head:   `INSERT INTO visits (` + visitColumns + `, state, reason)`,
	values: 12,
	tail: `ON CONFLICT (run, visit_key, look) DO UPDATE
SET url = excluded.url, form = excluded.form, role = excluded.role, rank = excluded.rank,
    depth = excluded.depth, via = excluded.via, column_url = excluded.column_url
WHERE visits.state = 0 AND (excluded.rank, excluded.url) < (visits.rank, visits.url)`,
}

var finishVisit = insert{
	head:   `INSERT INTO visits (` + visitColumns + `, state, reason)`,
	values: 12,
	tail: `ON CONFLICT (run, visit_key, look) DO UPDATE
SET state = 1, reason = '', url = excluded.url, form = excluded.form`,
}

var keepRecord = insert{
	head:   `INSERT INTO records (run, visit_key, look, link_keys, body)`,
	values: 5,
	tail: `ON CONFLICT (run, visit_key, look) DO UPDATE
SET link_keys = excluded.link_keys, body = excluded.body`,
}

// Commit writes a batch in one transaction: first what was discovered, then
// what was finished. Of two records of one visit in a batch the last counts.
func (db *DB) Commit(ctx context.Context, of govsweep.Run, b govsweep.Batch) error {
	visits := best(b.Visits)
	records, order, err := encodeAll(b.Records)
	if err != nil {
		return db.explain("保存抓取结果", err)
	}
	return db.write(ctx, "保存抓取结果", func(t tx) error {
		n, err := t.lockRun(ctx, of)
		if err != nil {
			return err
		}
		discovered := make([][]any, len(visits))
		for i, v := range visits {
			discovered[i] = append(visitValues(n, v), int64(queued), "")
		}
		finished, kept := make([][]any, len(order)), make([][]any, len(order))
		for i, v := range order {
			r := records[idOf(v)]
			finished[i] = append(visitValues(n, v), int64(done), "")
			kept[i] = []any{n, int64(v.Key), int64(v.Look), r.links, r.body}
		}
		for _, step := range []struct {
			in   insert
			rows [][]any
		}{{discoverVisit, discovered}, {finishVisit, finished}, {keepRecord, kept}} {
			if err := t.bulk(ctx, step.in, step.rows); err != nil {
				return err
			}
		}
		return nil
	})
}
