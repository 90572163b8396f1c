package storage

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"slices"

	"github.com/lib/pq"

	"github.com/govsweep/govsweep"
)

// BeginWave gives the queued visits of rank maxRank or better that have no
// wave yet the number wave, at most limit of them (limit < 0: all), in order
// of rank and URL. A wave begins once: called again it gives the same number
// and changes nothing.
func (db *DB) BeginWave(ctx context.Context, of govsweep.Run, wave, maxRank, limit int) (int, error) {
	const begun = `
SELECT visits
FROM waves
WHERE run = $1 AND wave = $2`
	const take = `
UPDATE visits
SET wave = $2, place = chosen.place
FROM (
    SELECT visit_key, look, row_number() OVER (ORDER BY rank, url, form, look, visit_key) AS place
    FROM visits
    WHERE run = $1 AND state = 0 AND wave IS NULL AND rank <= $3
    ORDER BY place
    LIMIT $4
) AS chosen
WHERE visits.run = $1 AND visits.visit_key = chosen.visit_key AND visits.look = chosen.look`
	const note = `
INSERT INTO waves (run, wave, visits)
VALUES ($1, $2, $3)`
	most := int64(limit)
	if limit < 0 {
		most = math.MaxInt64
	}
	var count int64
	err := db.write(ctx, "开始新一轮抓取", func(t tx) error {
		n, err := t.lockRun(ctx, of)
		if err != nil {
			return err
		}
		if err = t.GetContext(ctx, &count, begun, n, wave); !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		result, err := t.ExecContext(ctx, take, n, wave, maxRank, most)
		if err != nil {
			return err
		}
		if count, err = result.RowsAffected(); err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, note, n, wave, count)
		return err
	})
	return int(count), err
}

// lockRun gives the number of a run and keeps other writers of the run away
// until the transaction ends; on SQLite there are none. A run that is fenced
// must be the last one claimed.
func (t tx) lockRun(ctx context.Context, of govsweep.Run) (int64, error) {
	const lock = `
SELECT run, fence
FROM runs
WHERE sweep = $1 AND target = $2`
	var row struct{ Run, Fence int64 }
	err := t.GetContext(ctx, &row, t.db.pick(lock, lock+`
FOR UPDATE`), of.Sweep, text(string(of.Target)))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return 0, missingRun(of)
	case err == nil && of.Fence != 0 && of.Fence != row.Fence:
		return 0, leaseLost(of)
	}
	return row.Run, err
}

// NextVisits gives up to n unfinished visits of wave in order of rank and
// URL, beginning behind after (nil: from the start). The order of a wave is
// settled when it begins, so a cursor misses nothing.
func (db *DB) NextVisits(ctx context.Context, of govsweep.Run, wave int, after *govsweep.Visit, n int) ([]govsweep.Visit, error) {
	const next = `
SELECT visit_key, look, url, form, role, depth, via, column_url, wave, state
FROM visits
WHERE run = $1 AND wave = $2 AND place > $3 AND state = 0 AND wave IS NOT NULL
ORDER BY place
LIMIT $4`
	number, err := run(ctx, db.r, of)
	if err != nil {
		return nil, db.explain("读取抓取清单", err)
	}
	place, err := db.placeOf(ctx, number, wave, after)
	if err != nil {
		return nil, db.explain("读取抓取清单", err)
	}
	var rows []visitRow
	if err := db.r.SelectContext(ctx, &rows, next, number, wave, place, n); err != nil {
		return nil, db.explain("读取抓取清单", err)
	}
	visits := make([]govsweep.Visit, len(rows))
	for i := range rows {
		visits[i] = rows[i].visit()
	}
	return visits, nil
}

func (db *DB) placeOf(ctx context.Context, number int64, wave int, after *govsweep.Visit) (int64, error) {
	const known = `
SELECT place
FROM visits
WHERE run = $1 AND visit_key = $2 AND look = $3 AND wave = $4`
	const before = `
SELECT coalesce(max(place), 0)
FROM visits
WHERE run = $1 AND wave = $2 AND (rank, url) <= ($3, $4)`
	if after == nil {
		return 0, nil
	}
	var place int64
	err := db.r.GetContext(ctx, &place, known, number, int64(after.Key), after.Look, wave)
	if errors.Is(err, sql.ErrNoRows) { // a visit that is not of this wave
		err = db.r.GetContext(ctx, &place, before, number, wave, after.Role.Rank(), text(after.URL))
	}
	return place, err
}

// SkipVisits ends the queued visits that have no wave and whose key is
// listed, with a Chinese reason.
func (db *DB) SkipVisits(ctx context.Context, of govsweep.Run, keys []uint64, reason string) error {
	const skip = `
UPDATE visits
SET state = 2, reason = $2
WHERE run = $1 AND state = 0 AND wave IS NULL`
	const listed = skip + ` AND visit_key = ANY ($3)`
	const one = skip + ` AND visit_key = $3`
	ids := make([]int64, len(keys))
	for i, k := range keys {
		ids[i] = int64(k)
	}
	slices.Sort(ids)
	return db.write(ctx, "更新抓取清单", func(t tx) error {
		n, err := t.lockRun(ctx, of)
		if err != nil {
			return err
		}
		if db.postgres {
			_, err = t.ExecContext(ctx, listed, n, text(reason), pq.Array(ids))
			return err
		}
		s, err := t.PrepareContext(ctx, one)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if _, err := s.ExecContext(ctx, n, text(reason), id); err != nil {
				return err
			}
		}
		return nil
	})
}

// SkipQueued ends every queued visit of rank maxRank or better that has no wave.
func (db *DB) SkipQueued(ctx context.Context, of govsweep.Run, maxRank int, reason string) error {
	const skip = `
UPDATE visits
SET state = 2, reason = $2
WHERE run = $1 AND state = 0 AND wave IS NULL AND rank <= $3`
	return db.write(ctx, "更新抓取清单", func(t tx) error {
		n, err := t.lockRun(ctx, of)
		if err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, skip, n, text(reason), maxRank)
		return err
	})
}
