package storage

import (
	"cmp"
	"context"
	"slices"

	"github.com/govsweep/govsweep"
)

// states of a visit
const (
	queued = iota
	done
	skipped
)

type visitID struct {
	key  uint64
	look int
}

func idOf(v *govsweep.Visit) visitID { return visitID{v.Key, v.Look} }

// better says whether a should take the place of b while both are queued.
func better(a, b *govsweep.Visit) bool {
	return cmp.Or(cmp.Compare(a.Role.Rank(), b.Role.Rank()), cmp.Compare(a.URL, b.URL)) < 0
}

// best keeps one visit of every identity, in order of key: neighbours in the
// table are written together, and two writers never wait for each other.
func best(visits []govsweep.Visit) []*govsweep.Visit {
	at := make(map[visitID]int, len(visits))
	out := make([]*govsweep.Visit, 0, len(visits))
	for i := range visits {
		v := &visits[i]
		switch j, known := at[idOf(v)]; {
		case !known:
			at[idOf(v)] = len(out)
			out = append(out, v)
		case better(v, out[j]):
			out[j] = v
		}
	}
	slices.SortFunc(out, func(a, b *govsweep.Visit) int {
		return cmp.Or(cmp.Compare(int64(a.Key), int64(b.Key)), cmp.Compare(a.Look, b.Look))
	})
	return out
}

const visitColumns = `run, visit_key, look, url, form, role, rank, depth, via, column_url`

func visitValues(run int64, v *govsweep.Visit) []any {
	return []any{run, int64(v.Key), int64(v.Look), text(v.URL), text(v.Form), string(v.Role), int64(v.Role.Rank()),
		int64(v.Depth), text(v.Via), text(v.Column)}
}

type visitRow struct {
	Key    int64  `db:"visit_key"`
	Look   int    `db:"look"`
	URL    string `db:"url"`
	Form   string `db:"form"`
	Role   string `db:"role"`
	Depth  int    `db:"depth"`
	Via    string `db:"via"`
	Column string `db:"column_url"`
	Wave   int    `db:"wave"`
	State  int    `db:"state"`
}

func (r *visitRow) visit() govsweep.Visit {
	return govsweep.Visit{Key: uint64(r.Key), Look: r.Look, URL: r.URL, Form: r.Form, Role: govsweep.Role(r.Role),
		Depth: r.Depth, Via: r.Via, Column: r.Column, Wave: r.Wave}
}

// EachVisit tells every visit of the run that is known, in order of key. It
// reads page by page and holds no connection while fn works.
func (db *DB) EachVisit(ctx context.Context, of govsweep.Run, fn func(v govsweep.Visit, done bool) error) error {
	const page = `
SELECT visit_key, look, url, form, role, depth, via, column_url, coalesce(wave, 0) AS wave, state
FROM visits
WHERE run = $1 AND (visit_key, look) > ($2, $3)
ORDER BY visit_key, look
LIMIT 1000`
	n, err := run(ctx, db.r, of)
	if err != nil {
		return db.explain("读取抓取清单", err)
	}
	key, look := int64(-1<<63), -1
	for {
		var rows []visitRow
		if err := db.r.SelectContext(ctx, &rows, page, n, key, look); err != nil {
			return db.explain("读取抓取清单", err)
		}
		for i := range rows {
			if err := fn(rows[i].visit(), rows[i].State != queued); err != nil {
				return err
			}
		}
		if len(rows) < 1000 {
			return nil
		}
		key, look = rows[len(rows)-1].Key, rows[len(rows)-1].Look
	}
}

// CountVisits counts by state, and the skipped ones by reason.
func (db *DB) CountVisits(ctx context.Context, of govsweep.Run) (govsweep.VisitCounts, map[string]int, error) {
	const count = `
SELECT state, reason, count(*) AS n
FROM visits
WHERE run = $1
GROUP BY state, reason`
	var c govsweep.VisitCounts
	n, err := run(ctx, db.r, of)
	if err != nil {
		return c, nil, db.explain("统计抓取清单", err)
	}
	var rows []struct {
		State  int
		Reason string
		N      int
	}
	if err := db.r.SelectContext(ctx, &rows, count, n); err != nil {
		return c, nil, db.explain("统计抓取清单", err)
	}
	reasons := map[string]int{}
	for _, r := range rows {
		switch r.State {
		case queued:
			c.Queued += r.N
		case done:
			c.Done += r.N
		case skipped:
			c.Skipped += r.N
			reasons[r.Reason] += r.N
		}
	}
	return c, reasons, nil
}
