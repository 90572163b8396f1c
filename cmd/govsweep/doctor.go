package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules/book"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/service"
	"github.com/govsweep/govsweep/storage"
)

type doctorCmd struct{}

// A doctorCheck is one line of what doctor says.
type doctorCheck struct {
	name string
	data bool // looks at what an installation has made
	run  func(*app) (string, error)
}

// Run checks this installation, one line a check. It makes nothing and
// upgrades nothing: a mistyped folder or address must not become an
// installation by being asked about. Where there is none yet it checks the
// machine alone.
func (c *doctorCmd) Run(a *app) error {
	why, lost := missingInstallation(a)
	if why != "" {
		fmt.Fprintln(a.stdout, why)
	}
	failed := 0
	if lost {
		failed++
	}
	for _, check := range []doctorCheck{
		{"数据目录", true, checkData}, {"数据库", true, checkDB}, {"证据库", true, checkEvidence}, {"评分规则", false, checkRules}, {"域名服务器", false, checkResolver},
		{"时钟", false, checkClock}, {"计划", true, checkSchedules}, {"通知渠道", false, checkChannels}, {"报警", true, checkAlarms},
	} {
		if check.data && why != "" {
			continue
		}
		told, err := check.run(a)
		if err != nil {
			failed++
			a.log.Debug("check failed", "check", check.name, "error", err)
			fmt.Fprintf(a.stdout, "✗ %s：%s\n", check.name, said(err))
			continue
		}
		fmt.Fprintf(a.stdout, "✓ %s：%s\n", check.name, told)
	}
	fmt.Fprintln(a.stdout, "— 浏览器：本版本不使用浏览器，需要浏览器的页面记为未读。")
	if failed > 0 {
		return exit(exitInternal)
	}
	return nil
}

// missingInstallation is the line that says what of the installation is not
// there yet, was lost or is to be upgraded first; "" when all is there.
func missingInstallation(a *app) (why string, lost bool) {
	if !exists(a.settings.data) && a.databaseFile() != "" {
		return "— 安装：数据目录“" + a.settings.data + "”尚未建立" + notYet, false
	}
	switch empty, err := a.emptyDatabase(); {
	case err != nil:
		return "✗ 数据库：" + said(err), true
	case empty != "" && a.mayBegin() != nil:
		return "✗ 数据库：" + said(a.mayBegin()), true
	case empty != "":
		return "— 安装：" + strings.Replace(empty, "不存在", "尚未建立", 1) + notYet, false
	}
	v, err := a.schemaVersion()
	switch {
	case err != nil:
		return "✗ 数据库：" + said(err), true
	case v < storage.Latest():
		return fmt.Sprintf("— 数据库：结构为旧版本（第%d版），将在 govsweep migrate 或下一个使用数据库的命令运行时升级到第%d版；与数据有关的其余各项升级后再检查。可先用 govsweep migrate --dry-run 查看。", v, storage.Latest()), false
	case !exists(a.settings.data):
		return "— 安装：数据目录“" + a.settings.data + "”尚未建立" + notYet, false
	}
	return "", false
}

const notYet = "，首次检查或运行 govsweep migrate 时建立。这里应当已有数据的，请核对 --data 和 --db。"

// schemaVersion gives the version of the schema as it stands.
func (a *app) schemaVersion() (int64, error) {
	db, err := storage.Open(a.ctx, a.settings.db, storage.Options{NoMigrate: true, AnyVersion: true})
	if err != nil {
		return 0, err
	}
	defer db.Close()
	return db.Version(a.ctx)
}

func checkData(a *app) (string, error) {
	bad := func(err error) (string, error) {
		return "", &govsweep.Error{Kind: govsweep.Wrong, Say: "数据目录“" + a.settings.data + "”无法写入", Err: err}
	}
	if err := os.MkdirAll(a.settings.data, 0o700); err != nil {
		return bad(err)
	}
	f, err := os.CreateTemp(a.settings.data, "doctor-*")
	if err != nil {
		return bad(err)
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		return bad(err)
	}
	abs, err := filepath.Abs(a.settings.data)
	if err != nil {
		return bad(err)
	}
	return abs + " 可写", nil
}

func checkDB(a *app) (string, error) {
	db, err := a.openDB()
	if err != nil {
		return "", err
	}
	defer db.Close()
	if path, lite := strings.CutPrefix(a.settings.db, "sqlite:"); lite && storage.Exposed(path) {
		return "", &govsweep.Error{Kind: govsweep.Wrong, Say: "数据库文件“" + path + "”本机所有用户都能读取，且不属于当前用户。请由文件所有者执行 chmod 600"}
	}
	if other, err := a.notThisOne(db); err != nil || other != "" {
		return "", errors.Join(err, otherEvidence(other))
	}
	v, err := db.Version(a.ctx)
	if err != nil {
		return "", err
	}
	last := "还没有检查记录"
	switch s, err := db.LastSweep(a.ctx); {
	case err == nil:
		last = fmt.Sprintf("最近一次检查编号%d，开始于%s", s.ID, s.Started.In(govsweep.Shanghai).Format("2006-01-02 15:04"))
	case govsweep.KindOf(err) != govsweep.NotFound:
		return "", err
	}
	return fmt.Sprintf("可用，结构为第%d版，%s", v, last), nil
}

func checkEvidence(a *app) (string, error) {
	if folder := filepath.Join(a.settings.data, "evidence"); !exists(folder) {
		return withoutEvidence(a, folder)
	}
	rep, err := a.verify()
	if err != nil {
		return "", err
	}
	if len(rep.Faults) > 0 {
		return "", &govsweep.Error{Kind: govsweep.Internal, Say: fmt.Sprintf("%d份证据已损坏或缺失，请运行 govsweep evidence verify 查看", len(rep.Faults))}
	}
	return fmt.Sprintf("%d份证据完好", rep.Read), nil
}

// withoutEvidence tells a store that was lost from one that nothing was put
// into yet.
func withoutEvidence(a *app, folder string) (string, error) {
	db, err := a.openDB()
	if err != nil {
		return "", err
	}
	defer db.Close()
	rows, err := db.Captures(a.ctx, storage.CaptureFilter{})
	if err == nil && len(rows) > 0 {
		err = &govsweep.Error{Kind: govsweep.Internal, Say: fmt.Sprintf("数据目录“%s”中没有证据库，数据库记录的%d份证据都不在。请检查 --data 和挂载情况，或从备份恢复", folder, len(rows))}
	}
	return "还没有证据", err
}

func checkRules(a *app) (string, error) {
	b, _, err := a.loadBook("")
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s，%d项指标（程序共有%d项检查）", b.ID, len(b.Entries), len(book.Indicators)), nil
}

func checkResolver(a *app) (string, error) {
	if a.settings.resolver == "" {
		return "使用本机的域名服务器", nil
	}
	ctx, cancel := context.WithTimeout(a.ctx, 3*time.Second)
	defer cancel()
	c, err := (&net.Dialer{}).DialContext(ctx, "udp", a.settings.resolver)
	if err != nil {
		return "", &govsweep.Error{Kind: govsweep.Wrong, Say: "域名服务器“" + a.settings.resolver + "”无法连接，应写成 主机:端口", Err: err}
	}
	return a.settings.resolver, c.Close()
}

func checkClock(*app) (string, error) {
	now := time.Now()
	if now.Year() < 2024 {
		return "", &govsweep.Error{Kind: govsweep.Wrong, Say: "本机时间为" + now.In(govsweep.Shanghai).Format("2006-01-02") + "，不正确，所有时限都会算错"}
	}
	return now.In(govsweep.Shanghai).Format("2006-01-02 15:04") + "（北京时间）", nil
}

// deadAfter is when a timetable that nobody looked at counts as dead.
const deadAfter = 15 * time.Minute

// checkSchedules tells how old the last success of every schedule is, and
// whether anybody keeps the timetable at all.
func checkSchedules(a *app) (string, error) {
	db, err := a.openDB()
	if err != nil {
		return "", err
	}
	defer db.Close()
	all, err := db.Schedules(a.ctx)
	if err != nil || len(all) == 0 {
		return "没有登记计划", err
	}
	beats, err := db.Beats(a.ctx)
	if err != nil {
		return "", err
	}
	done, err := db.LastDone(a.ctx)
	if err != nil {
		return "", err
	}
	told := fmt.Sprintf("共%d项", len(all))
	for _, s := range all {
		last := "还没有完成过"
		if i := slices.IndexFunc(done, func(r govsweep.ScheduleRun) bool { return r.Schedule == s.Name }); i >= 0 {
			last = fmt.Sprintf("最近一次完成于%s（%s前）", done[i].Ended.In(govsweep.Shanghai).Format("2006-01-02 15:04"), service.AgeWord(time.Since(done[i].Ended)))
		}
		told += fmt.Sprintf("；%s：%s", s.Name, last)
	}
	var broken []string
	for i := range all {
		if _, err := a.nextTime(&all[i], time.Now()); err != nil {
			broken = append(broken, "计划“"+all[i].Name+"”无法执行："+strings.TrimSuffix(said(err), "。"))
		}
	}
	if len(broken) > 0 {
		return "", &govsweep.Error{Kind: govsweep.Wrong, Say: strings.Join(broken, "；") + "。请用 govsweep schedule add 重新登记。" + told}
	}
	switch tick := beats[schedule.TickBeat]; {
	case tick.IsZero():
		return "", &govsweep.Error{Kind: govsweep.Wrong, Say: "已登记计划，但从未执行，请运行 govsweep serve。" + told}
	case time.Since(tick) > deadAfter:
		return "", &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("时间表已有%s没有运行，请检查 govsweep serve 是否在运行。%s", service.AgeWord(time.Since(tick)), told)}
	}
	return told, nil
}
