package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/backup"
	"github.com/govsweep/govsweep/storage"
)

type backupCmd struct {
	Create backupCreateCmd `cmd:"" default:"withargs" help:"写一份备份（默认）。"`
	Verify backupVerifyCmd `cmd:"" help:"核验备份文件，不联网、不用数据库。"`
}

type backupCreateCmd struct {
	To    string `arg:"" name:"文件或目录" help:"写入该文件；是目录的，在其中按时间取名。"`
	Since string `help:"增量备份：接续该备份（须在同一目录），其中已有的证据不再写入。" placeholder:"文件" type:"path"`
}

// Help shows how it is used.
func (backupCmd) Help() string {
	return `备份数据库、证据库和正在进行的检查的采集暂存，写成一个文件。检查进行当中也可以备份，不必停止 serve。
备份不含任务队列（恢复后由时间表重新生成）、网页登录会话和配置文件 govsweep.yaml。备份中有口令散列值和办案资料，请妥善保管。
SQLite 的备份可以恢复到 PostgreSQL，PostgreSQL 的也可以恢复到 SQLite。

示例：
  govsweep backup /backup/                              在目录中写一份，按时间取名
  govsweep backup /backup/周日.backup
  govsweep backup /backup/周一.backup --since /backup/周日.backup
  govsweep backup verify /backup/周日.backup
  govsweep restore /backup/周日.backup --data /var/lib/govsweep`
}

// Run writes a backup while others go on working.
func (c *backupCreateCmd) Run(a *app) error {
	path := c.path(time.Now())
	db, err := storage.Open(a.ctx, a.settings.db, storage.Options{NoMigrate: true, AnyVersion: true})
	if err != nil {
		return err
	}
	defer db.Close()
	if v, err := db.Version(a.ctx); err != nil || v == 0 {
		if err == nil {
			err = &govsweep.Error{Kind: govsweep.NotFound, Say: "数据库是空的，没有可以备份的内容"}
		}
		return err
	}
	store, err := a.openEvidence()
	if err != nil {
		return err
	}
	bar := a.stepBar()
	m, err := backup.Create(a.ctx, path, db, store, backup.Options{Program: version, Engine: engineOf(db), Now: time.Now(), Since: c.Since, Progress: bar.step})
	bar.end()
	if err != nil {
		return err
	}
	if err := a.tellBackup("已备份", path, m); err != nil {
		return err
	}
	if n := len(m.Damaged); n > 0 {
		fmt.Fprintf(a.stderr, "证据库中有%d份证据已损坏，未装入备份，第一份为%s；请运行 govsweep evidence verify 查看。\n", n, m.Damaged[0])
		return exit(exitInternal)
	}
	return nil
}

// path is the file to write: in a directory, one named for the time.
func (c *backupCreateCmd) path(now time.Time) string {
	info, err := os.Stat(c.To)
	if err == nil && info.IsDir() || strings.HasSuffix(c.To, "/") || strings.HasSuffix(c.To, string(filepath.Separator)) {
		return filepath.Join(c.To, "govsweep-"+now.In(govsweep.Shanghai).Format("20060102-150405")+".backup")
	}
	return c.To
}

func engineOf(db *storage.DB) string {
	if _, postgres := db.Lend(); postgres {
		return "postgres"
	}
	return "sqlite"
}

// tellBackup says what a backup holds.
func (a *app) tellBackup(done, path string, m *backup.Manifest) error {
	size := int64(0)
	if info, err := os.Stat(path); err == nil {
		size = info.Size()
	}
	earlier := ""
	if m.Base != nil {
		earlier = "，接续 " + m.Base.File
	}
	_, err := fmt.Fprintf(a.stdout, "%s：%s（%.1fMB），备份时间%s，数据表%d个、%d行（第%d版结构），证据%d份，采集暂存%d份%s。\n清单校验值 %s\n", done, path, float64(size)/(1<<20),
		m.Taken.In(govsweep.Shanghai).Format("2006年1月2日15:04"), len(m.Tables), m.Rows(), m.Schema, m.Bodies, m.Spools, earlier, m.Digest())
	return err
}

type backupVerifyCmd struct {
	File string `arg:"" name:"文件" help:"备份文件。" type:"path"`
}

// Run reads a backup through, with those it continues.
func (c *backupVerifyCmd) Run(a *app) error {
	bar := a.stepBar()
	m, err := backup.Verify(a.ctx, c.File, bar.step)
	bar.end()
	if err != nil {
		return err
	}
	return a.tellBackup("核验通过", c.File, m)
}

// stepBar shows what is done and how far it has come, when a person watches.
type stepBar struct{ shown *progressbar.ProgressBar }

func (a *app) stepBar() *stepBar {
	b := &stepBar{}
	if isTerminal(a.stderr) {
		b.shown = progressbar.NewOptions(-1, progressbar.OptionSetWriter(a.stderr), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
	}
	return b
}

func (b *stepBar) step(what string, n int64) {
	if b.shown != nil {
		b.shown.Describe(what)
		_ = b.shown.Set64(n) // only fails when the terminal is gone
	}
}

func (b *stepBar) end() {
	if b.shown != nil {
		_ = b.shown.Finish() // only fails when the terminal is gone
	}
}
