package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
)

// Exit codes of the contract.
const (
	exitDone     = 0
	exitFindings = 1 // findings at or above --fail-on
	exitWrong    = 2 // wrong use or configuration
	exitUnseen   = 3 // the target could not be inspected well enough for a verdict
	exitInternal = 4 // storage or internal failure
)

// commands is the command line: one field a command, in the order of help.
type commands struct {
	flags

	Inspect  inspectCmd  `cmd:"" help:"检查一个或几个网站：采集、判定、输出结果。"`
	Check    checkCmd    `cmd:"" help:"检查已保存的网页（HTML文件、文件夹、WARC文件），不联网、不用数据库。"`
	Facts    factsCmd    `cmd:"" help:"输出一个网页的事实（JSON）。"`
	Import   importCmd   `cmd:"" help:"导入名录：网站、栏目、单位、政务新媒体账号。"`
	Sites    sitesCmd    `cmd:"" help:"网站名录：名录核查。"`
	Accounts accountsCmd `cmd:"" help:"政务新媒体账号：列出名录，与网站信息比对。"`
	Sweep    sweepCmd    `cmd:"" help:"成批检查：运行、列出、查看、继续、取消。"`
	Schedule scheduleCmd `cmd:"" help:"计划：登记、列出、暂停、恢复、取消、导入，说明每个网站下次何时查看。"`
	Alarm    alarmCmd    `cmd:"" help:"报警：列出、试发、检查、查看记录。"`
	Probe    probeCmd    `cmd:"" help:"可用性监测：间隔访问网站首页，查看结果。"`
	Findings findingsCmd `cmd:"" help:"输出一次检查发现的问题。"`
	Outcomes outcomesCmd `cmd:"" help:"输出一次检查各项指标的结果。"`
	Verdicts verdictsCmd `cmd:"" help:"输出一次检查的判定。"`
	Coverage coverageCmd `cmd:"" help:"输出一次检查的覆盖情况。"`
	Finding  findingCmd  `cmd:"" help:"检查人员对问题的认定：复核、确认、排除、豁免、重开、撤回、复查。"`
	Notice   noticeCmd   `cmd:"" help:"整改通知书：拟稿、下发、签收、回复、异议、复查、催办、督办、销号。"`
	Report   reportCmd   `cmd:"" help:"生成报告。"`
	Workplan workplanCmd `cmd:"" help:"工作要点台账：导入、导出、查看落实情况。"`
	Evidence evidenceCmd `cmd:"" help:"查看和核验问题背后的原始证据。"`
	Rules    rulesCmd    `cmd:"" help:"指标和评分规则：列出、查看、校验、按规则重判。"`
	Serve    serveCmd    `cmd:"" help:"按计划自动运行：时间表、工作、运行状况和指标。"`
	Work     workCmd     `cmd:"" help:"在又一台机器上参加工作（PostgreSQL）。"`
	User     userCmd     `cmd:"" help:"用户：新增、列出、停用、变更角色、更换密码。"`
	Token    tokenCmd    `cmd:"" help:"接口的访问令牌：签发、列出、撤销。"`
	Audit    auditCmd    `cmd:"" help:"审计日志：列出、导出、核验。"`
	Backup   backupCmd   `cmd:"" help:"备份：写一份备份，核验备份文件。"`
	Restore  restoreCmd  `cmd:"" help:"把备份恢复到空的安装。"`
	Migrate  migrateCmd  `cmd:"" help:"建立或升级数据库结构。"`
	Doctor   doctorCmd   `cmd:"" help:"检查本机安装是否正常。"`
	Demo     demoCmd     `cmd:"" help:"演示：启动一个虚构的集约化平台，检查并出具报告。"`
	Version  versionCmd  `cmd:"" help:"输出版本。"`
}

// app is what every command may use.
type app struct {
	ctx            context.Context
	settings       settings
	env            func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
	log            *slog.Logger
	turns          *schedule.Turns // limits shared with other processes; nil before a database is open
}

// exit is an error that only carries an exit code: everything was said.
type exit int

// Error gives the code; it is shown to nobody.
func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// run is the whole program. It returns the exit code and never ends the process.
func run(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) int {
	return runWith(ctx, args, env, os.Stdin, stdout, stderr)
}

// runWith is run with the keys and the data of a script.
func runWith(ctx context.Context, args []string, env func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	var cli commands
	stopped := false
	parser, err := kong.New(&cli, kong.Name("govsweep"), kong.Writers(stdout, stderr),
		kong.Exit(func(int) { stopped = true }), kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true, WrapUpperBound: 100}),
		kong.Help(chineseHelp), kong.WithHyphenPrefixedParameters(true), kong.Description(description))
	if err != nil {
		fmt.Fprintln(stderr, "程序错误：", err)
		return exitInternal
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if stopped {
		return exitDone
	}
	if err != nil {
		fmt.Fprintf(stderr, "用法不正确：%s使用“%s --help”查看用法。\n", harmless(chineseUsage(err)), usedCommand(err))
		return exitWrong
	}
	if err := inertFlags(parsed); err != nil {
		fmt.Fprintln(stderr, harmless(said(err)))
		return exitWrong
	}
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: cli.level(), ReplaceAttr: shanghaiTime}))
	a := &app{ctx: asNamed(asOperator(ctx), parsed), env: env, stdin: stdin, stdout: stdout, stderr: stderr, log: log}
	if a.settings, err = cli.settings(env); err != nil {
		fmt.Fprintln(stderr, harmless(said(err)))
		return exitWrong
	}
	defer a.endTurns()
	return a.code(parsed.Run(a))
}

// code turns the error of a command into its exit code, and says it once.
func (a *app) code(err error) int {
	var e exit
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &e):
		return int(e)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.stderr, "已停止。已采集的内容已保存，可以继续。")
		return exitUnseen
	}
	a.log.Debug("command failed", "error", err)
	fmt.Fprintln(a.stderr, harmless(said(err)))
	return exitFor(err)
}

// exitFor gives the exit code of an error by whose fault it is.
func exitFor(err error) int {
	switch govsweep.KindOf(err) {
	case "":
		return exitDone
	case govsweep.Wrong, govsweep.NotFound, govsweep.Conflict:
		return exitWrong
	case govsweep.Uninspectable:
		return exitUnseen
	}
	return exitInternal
}

// said gives the sentence people read of an error. Causes and steps of the
// program go to the log, but for the two everybody can mend.
func said(err error) string { return govsweep.SayOf(err) }

// isTerminal says whether w shows to a person.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
