package storage

import (
	"context"
	"strconv"
	"strings"
)

// insert is a statement that writes many rows: what stands before and behind
// the VALUES, and how many values a row has.
type insert struct {
	head   string
	values int
	tail   string
}

// maxParameters is what the protocol of PostgreSQL can carry.
const maxParameters = 65535

// bulk writes rows: a few at a time through a prepared statement on SQLite,
// many in one statement on PostgreSQL. There no two rows of a call may have
// the same key, so callers drop doubles first.
func (t tx) bulk(ctx context.Context, in insert, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	if !t.db.postgres {
		return t.prepared(ctx, in, rows)
	}
	for size := min(len(rows), maxParameters/in.values, 1000); len(rows) > 0; rows = rows[min(size, len(rows)):] {
		part := rows[:min(size, len(rows))]
		all := make([]any, 0, len(part)*in.values)
		for _, r := range part {
			all = append(all, r...)
		}
		if _, err := t.ExecContext(ctx, in.text(len(part), true), all...); err != nil {
			return err
		}
	}
	return nil
}

// together is how many rows one prepared statement of SQLite writes: more
// make the statement dearer, fewer make more statements.
const together = 16

func (t tx) prepared(ctx context.Context, in insert, rows [][]any) error {
	// A context that can end costs the driver a goroutine a statement; so it
	// is looked at between the statements instead.
	quiet := context.WithoutCancel(ctx)
	values := make([]any, 0, together*in.values)
	for _, size := range []int{together, 1} {
		if len(rows) < size {
			continue
		}
		s, err := t.PrepareContext(quiet, in.text(size, false))
		if err != nil {
			return err
		}
		for ; len(rows) >= size; rows = rows[size:] {
			if err := ctx.Err(); err != nil {
				return err
			}
			values = values[:0]
			for _, r := range rows[:size] {
				values = append(values, r...)
			}
			if _, err := s.ExecContext(quiet, values...); err != nil {
				return err
			}
		}
		if err := s.Close(); err != nil {
			return err
		}
	}
	return nil
}

func (in insert) text(rows int, numbered bool) string {
	var b strings.Builder
	b.WriteString(in.head)
	b.WriteString("\nVALUES ")
	for p := range rows * in.values {
		switch {
		case p == 0:
			b.WriteByte('(')
		case p%in.values == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		if numbered {
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(p + 1))
		} else {
			b.WriteByte('?')
		}
	}
	b.WriteString(")\n")
	b.WriteString(in.tail)
	return b.String()
}
