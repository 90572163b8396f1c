package storage_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// copied is a whole copy of a database in memory.
type copied struct {
	version int64
	names   []string
	columns map[string][]string
	rows    map[string][][]any
}

func copyOf(t *testing.T, db *storage.DB) *copied {
	t.Helper()
	c := &copied{columns: map[string][]string{}, rows: map[string][][]any{}}
	var err error
	c.version, err = db.Dump(t.Context(), func(name string, columns []string) error {
		c.names, c.columns[name] = append(c.names, name), columns
		return nil
	}, func(values []any) error {
		row := slices.Clone(values)
		for i, v := range row {
			if b, ok := v.([]byte); ok {
				row[i] = slices.Clone(b)
			}
		}
		name := c.names[len(c.names)-1]
		c.rows[name] = append(c.rows[name], row)
		return nil
	})
	must(t, err)
	return c
}

func (c *copied) into(ctx context.Context, db *storage.DB) error {
	n := 0
	return db.Restore(ctx, c.version, func() (string, []string, storage.Row, error) {
		if n == len(c.names) {
			return "", nil, nil, nil
		}
		name, i := c.names[n], 0
		n++
		return name, c.columns[name], func() ([]any, error) {
			if i == len(c.rows[name]) {
				return nil, nil
			}
			i++
			return c.rows[name][i-1], nil
		}, nil
	})
}

// empty opens a database without building its schema.
func empty(t *testing.T, dsn string) *storage.DB {
	t.Helper()
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		must(t, touch(path))
	}
	db, err := storage.Open(t.Context(), dsn, storage.Options{NoMigrate: true, AnyVersion: true})
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

// someRows fills a database with values of every kind, also awkward ones.
const someRows = `
INSERT INTO sweeps (id, kind, scope, rulebook, as_of, started, ended, state, options)
VALUES (7, 'sweep', '县级 "引号" <b>', 'gov-2019-19', 1000, 1000, 0, 'running', '{}');
INSERT INTO runs (run, sweep, target, kind, code, name, url, state, note, wave, began, ended)
VALUES (2, 7, 'B', 'site', '', '乙', 'https://b.gov.cn/', 'running', '', 2, 1000, 0),
       (1, 7, 'a', 'site', '', '甲', 'https://a.gov.cn/', 'done', '', 3, 1000, 2000);
INSERT INTO visits (run, visit_key, look, url, form, role, rank, depth, via, column_url, wave, place, state, reason)
VALUES (2, -9223372036854775808, 0, 'https://b.gov.cn/x', '', 'article', 5, 1, '', '', NULL, NULL, 0, ''),
       (2, 9223372036854775807, 0, 'https://b.gov.cn/y', '', 'article', 5, 1, '', '', 2, 1, 0, '');
INSERT INTO beats (name, at_ms) VALUES ('é', 3), ('z', 2), ('Z', 1);
UPDATE counters SET value = 7 WHERE name = 'sweep';`

func TestACopyGoesFromEitherEngineIntoEither(t *testing.T) {
	onBoth(t, func(t *testing.T, from string) {
		source := open(t, from)
		_, err := raw(t, from).Exec(someRows)
		must(t, err)
		must(t, source.SaveColumns(t.Context(), []govsweep.Column{{Site: "a", URL: "https://a.gov.cn/", Name: "要闻", Confidence: 1}, {Site: "a", URL: "https://a.gov.cn/2", Confidence: 0.125}}))
		want := copyOf(t, source)
		if len(want.rows["visits"]) != 2 || len(want.rows["site_columns"]) != 2 || slices.Contains(want.names, "govsweep_version") || slices.Contains(want.names, "host_turns") {
			t.Fatalf("copied %v", want.names)
		}
		onBoth(t, func(t *testing.T, to string) {
			db := empty(t, to)
			must(t, want.into(t.Context(), db))
			got := copyOf(t, db)
			if d := cmp.Diff(want, got, cmp.AllowUnexported(copied{})); d != "" {
				t.Error(d)
			}
			if err := want.into(t.Context(), db); govsweep.KindOf(err) != govsweep.Conflict || !strings.Contains(err.Error(), "已有数据") {
				t.Errorf("a second time: %v", err)
			}
		})
	})
}

func TestACopyThatDoesNotFitLeavesTheDatabaseVacant(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		good := copyOf(t, open(t, sqliteDSN(t)))
		for name, spoil := range map[string]func(c *copied){
			"a table the schema does not know": func(c *copied) { c.names = append(c.names, "users; DROP TABLE sweeps") },
			"a table is missing":               func(c *copied) { c.names = c.names[1:] },
			"another column":                   func(c *copied) { c.columns["beats"] = []string{"name", "evil"} },
			"a value of another kind":          func(c *copied) { c.rows["beats"] = [][]any{{"a", "b"}} },
			"too few values":                   func(c *copied) { c.rows["beats"] = [][]any{{"a"}} },
			"a row that breaks a rule":         func(c *copied) { c.rows["orgs"] = [][]any{{nil, "", "", "", "", "", "", ""}} },
			"the schema of a later program":    func(c *copied) { c.version = 9999 },
		} {
			bad := &copied{version: good.version, names: slices.Clone(good.names), columns: map[string][]string{}, rows: map[string][][]any{"beats": {{"a", int64(1)}}}}
			for n, c := range good.columns {
				bad.columns[n] = c
			}
			spoil(bad)
			db := empty(t, dsn)
			if err := bad.into(t.Context(), db); govsweep.KindOf(err) == "" {
				t.Errorf("%s was taken", name)
			}
			if vacant, err := db.Vacant(t.Context()); err != nil || !vacant {
				t.Errorf("%s: vacant %v %v", name, vacant, err)
			}
			must(t, db.Close())
		}
	})
}

func TestACopyOfAnOlderSchemaIsRestoredAsItWasAndThenUpgraded(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		old := empty(t, sqliteDSN(t))
		must(t, old.MigrateTo(t.Context(), 14))
		want := copyOf(t, old)
		if want.version != 14 || slices.Contains(want.names, "schedules") {
			t.Fatalf("version %d", want.version)
		}
		db := empty(t, dsn)
		must(t, want.into(t.Context(), db))
		must(t, db.Migrate(t.Context()))
		if v, err := db.Version(t.Context()); err != nil || v != storage.Latest() {
			t.Error(v, err)
		}
	})
}
