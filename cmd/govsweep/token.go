package main

import (
	"fmt"
	"io"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/access"
	"github.com/govsweep/govsweep/reports"
)

type tokenCmd struct {
	Add    tokenAddCmd    `cmd:"" help:"签发一个访问令牌，只显示这一次。"`
	List   tokenListCmd   `cmd:"" default:"withargs" help:"列出访问令牌（不含令牌本身）。"`
	Revoke tokenRevokeCmd `cmd:"" help:"撤销一个访问令牌。"`
}

// Help shows how it is used.
func (tokenCmd) Help() string {
	return `访问令牌供其他系统调用接口（/api/v1），权限不超过其用户。

示例：
  govsweep token add 王某 --name 数据大屏 --scope read --days 90
  govsweep token list --format table
  govsweep token revoke T0a1b2c3d4e`
}

type tokenAddCmd struct {
	User  string `arg:"" help:"用户名。"`
	Name  string `help:"令牌的用途。" required:"" placeholder:"用途"`
	Scope string `help:"范围：read 只读，run 另可操作计划。" default:"read" placeholder:"范围"`
	Days  int    `help:"有效天数，1至730。" default:"90" placeholder:"天"`
	byFlag
}

// Run makes a token and shows it.
func (c *tokenAddCmd) Run(a *app) error {
	secret, k, err := access.NewToken(c.User, c.Name, govsweep.TokenScope(c.Scope), time.Now(), c.Days)
	if err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	u, err := db.User(a.ctx, c.User)
	if err != nil {
		return err
	}
	if err := access.CheckToken(u, k.Scope); err != nil {
		return err
	}
	if err := db.AddToken(a.ctx, &k); err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "访问令牌%s已签发，有效期至%s。令牌只显示这一次，请妥善保存：\n", k.ID, govsweep.ChineseDate(k.Expires.In(govsweep.Shanghai)))
	_, err = fmt.Fprintln(a.stdout, secret)
	return err
}

type tokenListCmd struct{}

// Run lists tokens.
func (c *tokenListCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := db.Tokens(a.ctx)
	if err != nil {
		return err
	}
	return a.grid(reports.TokenGrid(all, time.Now()), func(w io.Writer) error { return reports.JSONLines(w, all) })
}

type tokenRevokeCmd struct {
	ID string `arg:"" help:"令牌的编号。"`
	byFlag
}

// Run revokes a token.
func (c *tokenRevokeCmd) Run(a *app) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.RevokeToken(a.ctx, c.ID, time.Now()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "访问令牌%s已撤销。\n", reports.Clean(c.ID))
	return err
}
