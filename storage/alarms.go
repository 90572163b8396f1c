package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/govsweep/govsweep"
)

const keepAlarms = "保存报警"

// UpdateAlarms reads the book of a name ("" for that of all machines), lets
// change change it, and keeps it, as one step over all processes. When change
// says false nothing is kept.
func (db *DB) UpdateAlarms(ctx context.Context, name string, change func(*govsweep.AlarmBook) bool) error {
	const begin = `INSERT INTO alarm_books (name, body) VALUES ($1, '{}') ON CONFLICT (name) DO NOTHING`
	const read = `SELECT body FROM alarm_books WHERE name = $1`
	const save = `UPDATE alarm_books SET body = $2 WHERE name = $1`
	return db.write(ctx, keepAlarms, func(t tx) error {
		var body string
		err := t.GetContext(ctx, &body, read+t.db.pick("", " FOR UPDATE"), text(name))
		if errors.Is(err, sql.ErrNoRows) {
			if _, err = t.ExecContext(ctx, begin, text(name)); err == nil {
				err = t.GetContext(ctx, &body, read+t.db.pick("", " FOR UPDATE"), text(name))
			}
		}
		if err != nil {
			return err
		}
		book := govsweep.AlarmBook{}
		if err := json.Unmarshal([]byte(body), &book); err != nil {
			return fmt.Errorf("alarm book %q: %w", name, err)
		}
		book.Name = name
		if !change(&book) {
			return nil
		}
		if body, err = jsonText(&book); err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, save, text(name), text(body))
		return err
	})
}

// AlarmBooks gives every book, that of all machines first.
func (db *DB) AlarmBooks(ctx context.Context) ([]govsweep.AlarmBook, error) {
	const all = `SELECT body FROM alarm_books ORDER BY name`
	return jsonRows[govsweep.AlarmBook](ctx, db, "读取报警", all)
}

// Alarms gives the alarms that stand, over all machines.
func (db *DB) Alarms(ctx context.Context) ([]govsweep.Alarm, error) {
	books, err := db.AlarmBooks(ctx)
	var out []govsweep.Alarm
	for _, b := range books {
		for _, a := range b.Alarms {
			if a.Standing() {
				out = append(out, a)
			}
		}
	}
	return out, err
}
