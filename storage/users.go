package storage

import (
	"context"
	"errors"

	"github.com/govsweep/govsweep"
)

type userRow struct {
	Name, Role, Units string
	Disabled, Created int64
	Password          string
	Epoch             int64
}

func (r *userRow) user() (govsweep.User, error) {
	u := govsweep.User{Name: r.Name, Role: govsweep.UserRole(r.Role), Disabled: r.Disabled == 1, Created: fromMS(r.Created), Password: r.Password, Epoch: r.Epoch}
	return u, unlist(r.Units, &u.Units)
}

const userColumns = `SELECT name, role, units, disabled, created, password, epoch FROM users`

// AddUser keeps a new user. One of that name is a Conflict, also a disabled
// one: names in the audit log stay those of one person.
func (db *DB) AddUser(ctx context.Context, u *govsweep.User) error {
	const add = `
INSERT INTO users (name, role, units, disabled, created, password, epoch)
VALUES ($1, $2, $3, 0, $4, $5, 1)
ON CONFLICT (name) DO NOTHING`
	return db.write(ctx, "保存用户", func(t tx) error {
		units, err := jsonList(u.Units)
		if err != nil {
			return err
		}
		result, err := t.ExecContext(ctx, add, text(u.Name), string(u.Role), units, ms(u.Created), u.Password)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, &govsweep.Error{Kind: govsweep.Conflict, Say: "已有名为“" + u.Name + "”的用户。"})
		}
		return t.audit(ctx, govsweep.AuditLine{Event: "user.add", Subject: u.Name, Detail: describe(u)})
	})
}

func describe(u *govsweep.User) string {
	s := "角色 " + u.Role.Word()
	for _, unit := range u.Units {
		s += "，单位 " + unit
	}
	if u.Disabled {
		s += "，已停用"
	}
	return s
}

// SaveUser keeps role, units, state and password of a user, under the event
// that the audit log is to name. Sessions opened before end.
func (db *DB) SaveUser(ctx context.Context, u *govsweep.User, event string) error {
	const save = `
UPDATE users
SET role = $2, units = $3, disabled = $4, password = $5, epoch = epoch + 1
WHERE name = $1`
	return db.write(ctx, "保存用户", func(t tx) error {
		units, err := jsonList(u.Units)
		if err != nil {
			return err
		}
		if err := t.one(ctx, noUser(u.Name), save, text(u.Name), string(u.Role), units, flag(u.Disabled), u.Password); err != nil {
			return err
		}
		return t.audit(ctx, govsweep.AuditLine{Event: event, Subject: u.Name, Detail: describe(u)})
	})
}

func noUser(name string) string {
	return "没有名为“" + name + "”的用户，可用 govsweep user list 查看。"
}

// Users gives all users in order of name.
func (db *DB) Users(ctx context.Context) ([]govsweep.User, error) {
	return db.users(ctx, userColumns+` ORDER BY name`)
}

// User gives one user.
func (db *DB) User(ctx context.Context, name string) (*govsweep.User, error) {
	found, err := db.users(ctx, userColumns+` WHERE name = $1`, text(name))
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, missing(noUser(name))
	}
	return &found[0], nil
}

func (db *DB) users(ctx context.Context, query string, values ...any) ([]govsweep.User, error) {
	var rows []userRow
	if err := db.r.SelectContext(ctx, &rows, query, values...); err != nil {
		return nil, db.explain("读取用户", err)
	}
	out := make([]govsweep.User, len(rows))
	for i := range rows {
		var err error
		if out[i], err = rows[i].user(); err != nil {
			return nil, db.explain("读取用户", err)
		}
	}
	return out, nil
}
