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

// bulk writes rows. SQLite is fastest with one prepared row at a time,
// PostgreSQL with many rows in one statement; there no two rows may have the
// same key, so callers drop doubles first.
func (t tx) bulk(ctx context.Context, in insert, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	if !t.db.postgres {
		return t.oneByOne(ctx, in, rows)
	}
	for size := min(len(rows), maxParameters/in.values, 1000); len(rows) > 0; rows = rows[min(size, len(rows)):] {
		part := rows[:min(size, len(rows))]
		all := make([]any, 0, len(part)*in.values)
		for _, r := range part {
			all = append(all, r...)
		}
		if _, err := t.ExecContext(ctx, in.text(len(part)), all...); err != nil {
			return err
		}
	}
	return nil
}

func (t tx) oneByOne(ctx context.Context, in insert, rows [][]any) error {
	s, err := t.PrepareContext(ctx, in.text(1))
	if err != nil {
		return err
	}
	for _, r := range rows {
		if _, err := s.ExecContext(ctx, r...); err != nil {
			return err
		}
	}
	return nil
}

func (in insert) text(rows int) string {
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
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(p + 1))
	}
	b.WriteString(")\n")
	b.WriteString(in.tail)
	return b.String()
}
