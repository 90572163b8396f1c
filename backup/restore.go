package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
)

// Target is a database that a backup is brought back into.
type Target interface {
	Source
	// Vacant says that it holds nothing yet.
	Vacant(ctx context.Context) (bool, error)
	// Restore puts all rows of a copy in, or none.
	Restore(ctx context.Context, version int64, next func() (name string, columns []string, rows func() ([]any, error), err error)) error
}

// unfinished is the file that stands in the data directory while a restore is
// under way; it lets the same restore be repeated after a kill.
const unfinished = "restore.unfinished"

// Restoration is what a restore needs.
type Restoration struct {
	Data     string // the data directory: evidence is brought into it
	DB       Target
	Store    *evidence.Store
	Latest   int64 // the newest schema the program knows
	Progress func(what string, n int64)
}

// Restore brings a backup back onto an empty installation. Before it touches
// anything it verifies the backup, with those it continues. Evidence comes
// first and the database last, in one transaction: a restore that was cut
// short leaves an empty database and may be repeated. Then the database is
// read again and held against the digests of the backup.
func (r *Restoration) Restore(ctx context.Context, path string) (*Manifest, error) {
	m, err := Verify(ctx, path, r.Progress)
	if err != nil {
		return nil, err
	}
	if m.Schema > r.Latest {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("备份的数据库结构为第%d版，高于本程序支持的第%d版，请使用更新版本的程序（备份由%s版写成）恢复，未作任何改动。", m.Schema, r.Latest, m.Program)}
	}
	if err := r.vacant(ctx, m); err != nil {
		return nil, err
	}
	mark := filepath.Join(r.Data, unfinished)
	if err := os.WriteFile(mark, []byte(m.digest.String()+"\n"), 0o600); err != nil {
		return nil, explain("写入数据目录", err)
	}
	if err := r.bring(ctx, path, m); err != nil {
		if empty, unknown := r.Store.Empty(); unknown == nil && empty {
			err = errors.Join(err, os.Remove(mark)) // nothing was brought in yet
		}
		return nil, err
	}
	return m, explain("写入数据目录", os.Remove(mark))
}

// bring writes everything and reads it again.
func (r *Restoration) bring(ctx context.Context, path string, m *Manifest) error {
	if err := r.bodies(ctx, path); err != nil {
		return err
	}
	if err := r.rows(ctx, path, m); err != nil {
		return err
	}
	return r.compare(ctx, m)
}

// Unfinished gives the file that tells of a restore into a data directory that
// was cut short; "" when there is none.
func Unfinished(data string) string {
	mark := filepath.Join(data, unfinished)
	if _, err := os.Stat(mark); err != nil {
		return ""
	}
	return mark
}

// vacant refuses an installation that holds something.
func (r *Restoration) vacant(ctx context.Context, m *Manifest) error {
	free, err := r.DB.Vacant(ctx)
	if err != nil {
		return err
	}
	if !free {
		return &govsweep.Error{Kind: govsweep.Conflict, Say: "数据库中已有数据，只能恢复到空的数据库，未作任何改动。"}
	}
	mark, err := os.ReadFile(filepath.Join(r.Data, unfinished))
	if err == nil && strings.TrimSpace(string(mark)) == m.digest.String() {
		return nil // the same restore, cut short
	}
	if free, err = r.Store.Empty(); err != nil {
		return err
	}
	switch {
	case free:
	case mark != nil:
		return &govsweep.Error{Kind: govsweep.Conflict, Say: "数据目录“" + r.Data + "”中有另一个备份没有完成的恢复，未作任何改动。请用原来的备份（清单校验值 " + strings.TrimSpace(string(mark)) +
			"）接着恢复，或先删除“" + filepath.Join(r.Data, "evidence") + "”和“" + filepath.Join(r.Data, unfinished) + "”再恢复这个备份。"}
	default:
		return &govsweep.Error{Kind: govsweep.Conflict, Say: "数据目录“" + r.Data + "”中已有证据，只能恢复到空的数据目录，未作任何改动。"}
	}
	return nil
}

// bodies brings back the evidence, that of earlier backups too.
func (r *Restoration) bodies(ctx context.Context, path string) error {
	chain, err := chainOf(path)
	if err != nil {
		return err
	}
	w := newBodyWriters(r.Store)
	n := int64(0)
	for _, file := range chain {
		err = eachBody(file, func(d govsweep.Digest, in *reader) error {
			packed, err := io.ReadAll(in.tar)
			if err != nil {
				return explain("读取备份文件", err)
			}
			if n++; n%100 == 0 && r.Progress != nil {
				r.Progress("恢复证据", n)
			}
			return errors.Join(ctx.Err(), w.put(d, packed))
		})
		if err != nil {
			break
		}
	}
	if failed := w.end(); err == nil {
		err = failed
	}
	if err != nil {
		return err
	}
	return r.others(path)
}

// others brings back the captures of runs under way and the name of the store.
func (r *Restoration) others(path string) error {
	in, err := openBackup(path)
	if err != nil {
		return err
	}
	defer in.close()
	for {
		m, err := in.next()
		switch {
		case err != nil:
			return named(path, err)
		case m.kind == nameMember:
			err = r.Store.PutName(in.tar)
		case m.kind == spoolMember:
			err = r.Store.PutSpool(m.part, in.tar)
		case m.kind > spoolMember:
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// rows brings back the database.
func (r *Restoration) rows(ctx context.Context, path string, m *Manifest) error {
	in, err := openBackup(path)
	if err != nil {
		return err
	}
	defer in.close()
	t := &tableReader{in: in, progress: r.Progress}
	n := 0
	return r.DB.Restore(ctx, m.Schema, func() (string, []string, func() ([]any, error), error) {
		if n == len(m.Tables) {
			return "", nil, nil, nil
		}
		table := &m.Tables[n]
		n++
		return table.Name, table.Columns, func() ([]any, error) { return t.row(ctx, table.Name) }, nil
	})
}

// tableReader gives rows one after the other over the parts of tables.
type tableReader struct {
	in       *reader
	ahead    *member // read, and not of the table in hand
	lines    *json.Decoder
	end      func()
	total    int64
	progress func(string, int64)
}

// row gives the next row of a table, nil at its end.
func (t *tableReader) row(ctx context.Context, table string) ([]any, error) {
	for {
		if t.lines == nil {
			if more, err := t.part(table); err != nil || !more {
				return nil, err
			}
		}
		row := []any{}
		err := t.lines.Decode(&row)
		if errors.Is(err, io.EOF) {
			t.end()
			t.lines = nil
			continue
		}
		if err != nil {
			return nil, broken("数据表“"+table+"”的内容无法解析", err)
		}
		if t.total++; t.total%1000 == 0 {
			if t.progress != nil {
				t.progress("恢复数据", t.total)
			}
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		values, err := valuesOf(row)
		if err != nil {
			return nil, broken("数据表“"+table+"”的内容无法解析", err)
		}
		return values, nil
	}
}

// part opens the next part of a table; false when there is none.
func (t *tableReader) part(table string) (bool, error) {
	for t.ahead == nil || t.ahead.kind < tableMember {
		m, err := t.in.next()
		if err != nil {
			return false, err
		}
		t.ahead = &m
	}
	if t.ahead.kind != tableMember || t.ahead.part != table {
		return false, nil
	}
	t.ahead = nil
	lines, end, err := unpacked(t.in.tar)
	if err != nil {
		return false, broken("数据表“"+table+"”无法解压", err)
	}
	t.lines, t.end = json.NewDecoder(lines), end
	t.lines.UseNumber()
	return true, nil
}

// compare reads the restored database and holds it against the backup.
func (r *Restoration) compare(ctx context.Context, m *Manifest) error {
	got := []Table{}
	var sum hash.Hash
	var line []byte
	w := newRowWriter()
	end := func() {
		if n := len(got); n > 0 {
			got[n-1].Digest = "sha256:" + hex.EncodeToString(sum.Sum(nil))
		}
	}
	version, err := r.DB.Dump(ctx, func(name string, columns []string) error {
		end()
		got, sum = append(got, Table{Name: name, Columns: columns}), sha256.New()
		return nil
	}, func(values []any) (err error) {
		if line, err = w.line(line[:0], values); err == nil {
			sum.Write(line)
			got[len(got)-1].Rows++
		}
		return err
	})
	end()
	if err != nil {
		return err
	}
	same := slices.EqualFunc(got, m.Tables, func(a, b Table) bool {
		return a.Name == b.Name && a.Rows == b.Rows && a.Digest == b.Digest && slices.Equal(a.Columns, b.Columns)
	})
	if version != m.Schema || !same {
		return &govsweep.Error{Kind: govsweep.Internal, Say: "恢复后的数据库与备份不符，请换一个空的数据库重新恢复。"}
	}
	return nil
}
