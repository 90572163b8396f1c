package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/access"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type userCmd struct {
	Add      userAddCmd      `cmd:"" help:"新增用户；密码在终端上输入，或从标准输入给出一行。"`
	List     userListCmd     `cmd:"" default:"withargs" help:"列出用户。"`
	Password userPasswordCmd `cmd:"" help:"更换密码；已登录的会话随即失效。"`
	Role     userRoleCmd     `cmd:"" help:"变更角色和主办单位。"`
	Disable  userDisableCmd  `cmd:"" help:"停用用户，其会话和令牌随即失效。"`
	Enable   userEnableCmd   `cmd:"" help:"重新启用用户。"`
}

// Help shows how it is used.
func (userCmd) Help() string {
	return `角色：bureau 监管单位、inspector 检查人员、owner 网站主办单位（只能看到本单位的网站）、auditor 审计人员。

示例：
  govsweep user add 王某 --role bureau
  govsweep user add 教育局 --role owner --unit 某市教育局
  govsweep user add 李某 --role inspector < 密码.txt
  govsweep user password 王某
  govsweep user disable 李某 --by 张某`
}

type userAddCmd struct {
	Name string   `arg:"" help:"用户名。"`
	Role string   `help:"角色：bureau、inspector、owner、auditor。" required:"" placeholder:"角色"`
	Unit []string `help:"owner 的主办单位，与名录中的写法相同，可重复。" sep:"none" placeholder:"单位"`
	byFlag
}

// Run adds a user.
func (c *userAddCmd) Run(a *app) error {
	u := &govsweep.User{Name: c.Name, Role: govsweep.UserRole(c.Role), Units: c.Unit, Created: time.Now().Truncate(time.Millisecond)}
	if err := access.CheckUser(u); err != nil {
		return err
	}
	if err := a.setPassword(u); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.AddUser(a.ctx, u); err != nil {
		return err
	}
	if err := a.warnUnits(db, u.Units); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "已新增用户“%s”，角色为%s。\n", u.Name, u.Role.Word())
	return err
}

// warnUnits says which units have neither a site nor an account: their user
// would see nothing.
func (a *app) warnUnits(db *storage.DB, units []string) error {
	if len(units) == 0 {
		return nil
	}
	sites, err := db.Sites(a.ctx, storage.SiteFilter{})
	if err != nil {
		return err
	}
	accounts, err := db.Accounts(a.ctx, storage.AccountFilter{})
	if err != nil {
		return err
	}
	for _, u := range units {
		if !slices.ContainsFunc(sites, func(s govsweep.Site) bool { return s.Host == u }) && !slices.ContainsFunc(accounts, func(c govsweep.Account) bool { return c.Host == u }) {
			fmt.Fprintf(a.stderr, "注意：名录中没有主办单位为“%s”的网站或账号，该用户目前看不到任何内容，请核对写法。\n", reports.Clean(u))
		}
	}
	return nil
}

func (a *app) setPassword(u *govsweep.User) error {
	word, err := a.password()
	if err != nil {
		return err
	}
	if err := access.CheckPassword(u.Name, word); err != nil {
		return err
	}
	u.Password = access.NewHasher().Hash(word)
	return nil
}

type userListCmd struct{}

// Run lists users.
func (c *userListCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := db.Users(a.ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(a.stderr, "还没有用户。新增：govsweep user add 用户名 --role bureau")
	}
	return a.grid(reports.UserGrid(all), func(w io.Writer) error { return reports.JSONLines(w, all) })
}

type userPasswordCmd struct {
	Name string `arg:"" help:"用户名。"`
	byFlag
}

// Run changes a password.
func (c *userPasswordCmd) Run(a *app) error {
	return c.change(a, c.Name, "user.password", "的密码已更换", a.setPassword)
}

type userRoleCmd struct {
	Name string   `arg:"" help:"用户名。"`
	Role string   `arg:"" help:"角色：bureau、inspector、owner、auditor。"`
	Unit []string `help:"owner 的主办单位，可重复。" sep:"none" placeholder:"单位"`
	byFlag
}

// Run changes the role.
func (c *userRoleCmd) Run(a *app) error {
	return c.change(a, c.Name, "user.role", "的角色已变更", func(u *govsweep.User) error {
		u.Role, u.Units = govsweep.UserRole(c.Role), c.Unit
		return access.CheckUser(u)
	})
}

type userDisableCmd struct {
	Name string `arg:"" help:"用户名。"`
	byFlag
}

// Run disables a user.
func (c *userDisableCmd) Run(a *app) error {
	return c.change(a, c.Name, "user.disable", "已停用", func(u *govsweep.User) error { u.Disabled = true; return nil })
}

type userEnableCmd struct {
	Name string `arg:"" help:"用户名。"`
	byFlag
}

// Run enables a user again.
func (c *userEnableCmd) Run(a *app) error {
	return c.change(a, c.Name, "user.enable", "已启用", func(u *govsweep.User) error { u.Disabled = false; return nil })
}

// change changes one user under an event of the audit log.
func (f byFlag) change(a *app, name, event, did string, change func(*govsweep.User) error) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	u, err := db.User(a.ctx, name)
	if err != nil {
		return err
	}
	if err := change(u); err != nil {
		return err
	}
	if err := db.SaveUser(a.ctx, u, event); err != nil {
		return err
	}
	if event == "user.role" {
		if err := a.warnUnits(db, u.Units); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(a.stdout, "用户“%s”%s。\n", reports.Clean(name), did)
	return err
}
