package main

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/storage"
)

type importPostsCmd struct {
	File    string `arg:"" help:"平台导出的信息清单或人工记录（CSV、XLSX），或保存的 RSS、Atom、JSON 订阅文件（文件名为账号ID），或保存的微信、微博、今日头条、抖音信息网页（HTML），或存放订阅文件、网页的目录。"`
	Account string `help:"文件属于哪个账号（账号代码，见 govsweep accounts）。文件中已有平台和账号列的不需要。" placeholder:"代码"`
	Through string `help:"文件反映到哪一天（截取或导出日期）。不注明的，只能证明发布过信息，不能证明未更新。" placeholder:"日期"`
	Since   string `name:"from" help:"文件从哪一天起完整。默认为最早一条信息的日期。" placeholder:"日期"`
	Manual  bool   `help:"文件是人工查看账号的记录。"`
	DryRun  bool   `help:"只显示读出的内容，不写入。"`

	SkipRefused bool `help:"跳过有误的行、网页和归属不明的文件，导入其余的。默认有一处有误则全部不导入。"`

	speaks register.FileDays
	byFlag
}

// Run imports posts.
func (c *importPostsCmd) Run(a *app) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := db.Accounts(a.ctx, storage.AccountFilter{})
	if err != nil {
		return err
	}
	if c.speaks, err = c.days(a.asOf()); err != nil {
		return err
	}
	found, err := c.read(a, all)
	if err != nil {
		return err
	}
	if !c.DryRun {
		if err := keepFiles(a, db, found); err != nil {
			return err
		}
	}
	total := 0
	for i := range found {
		f := &found[i]
		total += len(f.Posts)
		fmt.Fprintln(a.stdout, told(f))
		if c.DryRun {
			continue
		}
		if err := db.SaveReading(a.ctx, f.Account.ID, &f.Reading, f.Posts); err != nil {
			return err
		}
	}
	if c.DryRun {
		fmt.Fprintln(a.stderr, "以上为预览，未写入。")
		return nil
	}
	fmt.Fprintf(a.stderr, "已导入%d个账号的信息%d条。\n", len(found), total)
	return nil
}

// keepFiles puts the files that readings rest on into the evidence store, as
// they are: findings cite them, and a re-test can prove something by them.
func keepFiles(a *app, db *storage.DB, found []register.AccountPosts) error {
	store, err := a.evidenceOf(db)
	if err != nil {
		return err
	}
	kept := map[string]string{}
	for i := range found {
		f := &found[i]
		if kept[f.File] == "" {
			body, err := readFile(f.File)
			if err != nil {
				return err
			}
			d, err := store.Put(body)
			if err != nil {
				return fmt.Errorf("keep the imported file: %w", err)
			}
			kept[f.File] = d.String()
		}
		f.Reading.Digest = kept[f.File]
	}
	return nil
}

// told says in one line what a file showed of an account.
func told(f *register.AccountPosts) string {
	line := fmt.Sprintf("%s（%s）：", f.Account.Name, f.Account.ID)
	if f.Reading.Health != govsweep.SourceWorking {
		return line + f.Reading.Why
	}
	line += fmt.Sprintf("信息%d条，最新一条发布于%s", len(f.Posts), govsweep.ChineseDate(f.Reading.Newest))
	if f.Reading.Source.Kind == govsweep.PageSource {
		return line + "；保存的网页只能证明发布过信息，不能证明此后未更新。"
	}
	if f.Reading.Through.IsZero() {
		return line + "；未注明截取日期，不能证明此后未更新。"
	}
	return line + "，反映到" + govsweep.ChineseDate(f.Reading.Through) + "。"
}

// Help shows how it is used.
func (importPostsCmd) Help() string {
	return `表格可读取的列：` + strings.Join(register.PostColumns(), "、") + `。必须有标题、发布时间两列；没有平台和账号ID列的，用 --account 指定账号。

示例：
  govsweep import posts 微信导出.xlsx --account wechat:gh_1234567890ab --through 2026-03-25
  govsweep import posts 人工记录.csv --manual --through 2026-03-25
  govsweep import posts 订阅文件目录 --dry-run`
}
