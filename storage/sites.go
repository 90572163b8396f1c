package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/govsweep/govsweep"
)

// SiteFilter picks sites. Empty fields do not restrict.
type SiteFilter struct {
	Region   string // 行政区划, or a part of it
	Level    string
	Platform string
	Tag      string
	IDs      []govsweep.TargetID
	After    govsweep.TargetID // the last site of the page before
	Limit    int               // 0 = all
}

const siteColumns = `id, code, name, url, domains, kind, level, region, host, supervisor, operator, platform,
       tags, state, public_service, scopes`

var saveSite = insert{
	head: `INSERT INTO sites (` + siteColumns + `)`, values: 16,
	tail: `ON CONFLICT (id) DO UPDATE
SET code = excluded.code, name = excluded.name, url = excluded.url, domains = excluded.domains, kind = excluded.kind,
    level = excluded.level, region = excluded.region, host = excluded.host, supervisor = excluded.supervisor,
    operator = excluded.operator, platform = excluded.platform, tags = excluded.tags, state = excluded.state,
    public_service = excluded.public_service, scopes = excluded.scopes`,
}

var saveTag = insert{head: `INSERT INTO site_tags (site, tag)`, values: 2, tail: `ON CONFLICT (site, tag) DO NOTHING`}

// SaveSites adds and replaces sites; of two with one id the last counts.
func (db *DB) SaveSites(ctx context.Context, sites []govsweep.Site) error {
	var rows, tags [][]any
	var ids []string
	for _, s := range lastOf(sites, func(s *govsweep.Site) string { return text(string(s.ID)) }) {
		row, err := siteValues(s)
		if err != nil {
			return db.explain("保存网站名录", err)
		}
		rows = append(rows, row)
		ids = append(ids, text(string(s.ID)))
		for _, tag := range lastOf(s.Tags, func(t *string) string { return text(*t) }) {
			tags = append(tags, []any{text(string(s.ID)), text(*tag)})
		}
	}
	return db.write(ctx, "保存网站名录", func(t tx) error {
		if err := t.bulk(ctx, saveSite, rows); err != nil {
			return err
		}
		for _, id := range ids {
			if _, err := t.ExecContext(ctx, `DELETE FROM site_tags WHERE site = $1`, id); err != nil {
				return err
			}
		}
		if err := t.bulk(ctx, saveTag, tags); err != nil {
			return err
		}
		return t.auditRows(ctx, "sites.save", "", rows, first)
	})
}

// lastOf keeps the last element of every key, in order of first sight.
func lastOf[T any](all []T, key func(*T) string) []*T {
	at := make(map[string]int, len(all))
	var out []*T
	for i := range all {
		k := key(&all[i])
		if j, known := at[k]; known {
			out[j] = &all[i]
			continue
		}
		at[k] = len(out)
		out = append(out, &all[i])
	}
	return out
}

func siteValues(s *govsweep.Site) ([]any, error) {
	domains, err := jsonList(s.Domains)
	tags, err2 := jsonList(s.Tags)
	scopes, err3 := jsonList(s.Scopes)
	var service any
	if s.PublicService != nil {
		service = flag(*s.PublicService)
	}
	return []any{text(string(s.ID)), text(s.Code), text(s.Name), text(s.URL), domains, string(s.Kind), text(s.Level),
		text(s.Region), text(s.Host), text(s.Supervisor), text(s.Operator), text(s.Platform), tags, string(s.State),
		service, scopes}, errors.Join(err, err2, err3)
}

type siteRow struct {
	ID, Code, Name, URL, Domains, Kind, Level, Region, Host string
	Supervisor, Operator, Platform, Tags, State, Scopes     string
	PublicService                                           *int64 `db:"public_service"`
}

func (r *siteRow) site() (govsweep.Site, error) {
	s := govsweep.Site{ID: govsweep.TargetID(r.ID), Code: r.Code, Name: r.Name, URL: r.URL, Kind: govsweep.SiteKind(r.Kind),
		Level: r.Level, Region: r.Region, Host: r.Host, Supervisor: r.Supervisor, Operator: r.Operator,
		Platform: r.Platform, State: govsweep.SiteState(r.State)}
	if r.PublicService != nil {
		yes := *r.PublicService == 1
		s.PublicService = &yes
	}
	return s, errors.Join(unlist(r.Domains, &s.Domains), unlist(r.Tags, &s.Tags), unlist(r.Scopes, &s.Scopes))
}

// unlist reads a JSON list; an empty one is nil.
func unlist(body string, to *[]string) error {
	if body == "[]" {
		return nil
	}
	if err := json.Unmarshal([]byte(body), to); err != nil {
		return fmt.Errorf("list %q: %w", body, err)
	}
	return nil
}

// Site gives one site.
func (db *DB) Site(ctx context.Context, id govsweep.TargetID) (*govsweep.Site, error) {
	const find = `SELECT ` + siteColumns + ` FROM sites WHERE id = $1`
	var row siteRow
	switch err := db.r.GetContext(ctx, &row, find, text(string(id))); {
	case errors.Is(err, sql.ErrNoRows):
		return nil, missing("网站名录中没有“" + string(id) + "”。")
	case err != nil:
		return nil, db.explain("读取网站名录", err)
	}
	s, err := row.site()
	return &s, db.explain("读取网站名录", err)
}

// Sites gives the sites a scope names, in order of id.
func (db *DB) Sites(ctx context.Context, f SiteFilter) ([]govsweep.Site, error) {
	statement, values, err := siteQuery(f)
	if err != nil {
		return nil, db.explain("读取网站名录", err)
	}
	var rows []siteRow
	if err := db.r.SelectContext(ctx, &rows, statement, values...); err != nil {
		return nil, db.explain("读取网站名录", err)
	}
	out := make([]govsweep.Site, len(rows))
	for i := range rows {
		if out[i], err = rows[i].site(); err != nil {
			return nil, db.explain("读取网站名录", err)
		}
	}
	return out, nil
}

func siteQuery(f SiteFilter) (string, []any, error) {
	const list = `SELECT ` + siteColumns + `
FROM sites
WHERE id > ?
  AND (? = '' OR region LIKE ? ESCAPE '\')
  AND (? = '' OR level = ?)
  AND (? = '' OR platform = ?)
  AND (? = '' OR EXISTS (SELECT 1 FROM site_tags WHERE site_tags.site = sites.id AND site_tags.tag = ?))`
	part := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text(f.Region)) + "%"
	level, platform, tag := text(f.Level), text(f.Platform), text(f.Tag)
	statement := list
	values := []any{text(string(f.After)), text(f.Region), part, level, level, platform, platform, tag, tag}
	if len(f.IDs) > 0 {
		in, ids, err := sqlx.In(` AND id IN (?)`, f.IDs)
		if err != nil {
			return "", nil, err
		}
		statement, values = statement+in, append(values, ids...)
	}
	statement += ` ORDER BY id`
	if f.Limit > 0 {
		statement, values = statement+` LIMIT ?`, append(values, f.Limit)
	}
	return sqlx.Rebind(sqlx.DOLLAR, statement), values, nil
}
