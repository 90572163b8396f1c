package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/alarm"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type alarmCmd struct {
	List    alarmListCmd    `cmd:"" help:"列出尚未恢复的报警。"`
	Test    alarmTestCmd    `cmd:"" help:"向各通知渠道试发一条消息。"`
	Check   alarmCheckCmd   `cmd:"" help:"现在检查一次并发送应发的消息，供定时任务（cron）从外部调用。"`
	History alarmHistoryCmd `cmd:"" help:"列出发出的、等待发送的和放弃的消息。"`
}

// Help shows how it is used.
func (alarmCmd) Help() string {
	return `serve 和 work 运行时每30秒检查一次；另外用定时任务调用 alarm check，程序全部停止时也能报警。
通知渠道写在配置文件 govsweep.yaml 的 alarm 下。此外总有名为“文件”的渠道，消息写入数据目录的 alarms 目录；配置了同名渠道的，以配置的为准。

示例：
  govsweep alarm list --format table
  govsweep alarm test --channel 值班邮箱
  */5 * * * * govsweep alarm check --data /var/lib/govsweep    （crontab）
  govsweep alarm history --most 20`
}

// openBefore opens the database as it stands: one that is not there, or is of
// another version, is not made or changed, and why says so.
func (a *app) openBefore() (db *storage.DB, why string) {
	if empty, err := a.emptyDatabase(); err == nil && empty != "" {
		if lost := a.mayBegin(); lost != nil {
			return nil, said(lost)
		}
		return nil, empty
	}
	db, err := storage.Open(a.ctx, a.settings.db, storage.Options{NoMigrate: true})
	if err != nil {
		return nil, said(err)
	}
	other, err := a.notThisOne(db)
	if err == nil && other == "" {
		return db, ""
	}
	if err = errors.Join(err, db.Close()); err != nil {
		other = said(err)
	}
	return nil, other
}

// alarmBooks gives every book: that of this machine from its file, the others
// from the database, as far as it answers.
func (a *app) alarmBooks(db *storage.DB) []govsweep.AlarmBook {
	var out []govsweep.AlarmBook
	local, err := a.localAlarms().Read()
	if err != nil {
		a.log.Warn("alarms of this machine", "error", err)
	}
	if db != nil {
		if out, err = db.AlarmBooks(a.ctx); err != nil {
			a.log.Warn("alarms of the database", "error", err)
		}
		out = slices.DeleteFunc(out, func(b govsweep.AlarmBook) bool { return b.Name == local.Name && b.Name != "" })
	}
	return append(out, *local)
}

// alarmsStanding lists the alarms that stand over all machines, the oldest first.
func (a *app) alarmsStanding(db *storage.DB) []govsweep.Alarm {
	var out []govsweep.Alarm
	for _, b := range a.alarmBooks(db) {
		for _, x := range b.Alarms {
			if x.Standing() {
				out = append(out, x)
			}
		}
	}
	slices.SortFunc(out, func(x, y govsweep.Alarm) int { return x.Raised.Compare(y.Raised) })
	return out
}

type alarmListCmd struct{}

// Run lists what stands.
func (c *alarmListCmd) Run(a *app) error {
	db, why := a.openBefore()
	if db != nil {
		defer db.Close()
	} else {
		fmt.Fprintf(a.stderr, "%s，只列出本机的报警。\n", strings.TrimRight(why, "。"))
	}
	return a.showAlarms(a.alarmsStanding(db))
}

func (a *app) showAlarms(list []govsweep.Alarm) error {
	if len(list) == 0 {
		fmt.Fprintln(a.stderr, "没有尚未恢复的报警。")
	}
	return a.grid(reports.AlarmGrid(list), func(w io.Writer) error { return reports.JSONLines(w, list) })
}

type alarmHistoryCmd struct {
	Most int `help:"最多列出几条。" default:"100" placeholder:"数"`
}

// Run lists messages, the newest first.
func (c *alarmHistoryCmd) Run(a *app) error {
	db, _ := a.openBefore()
	if db != nil {
		defer db.Close()
	}
	var all []govsweep.AlarmMessage
	for _, b := range a.alarmBooks(db) {
		all = append(append(all, b.History...), b.Outbox...)
	}
	slices.SortStableFunc(all, func(x, y govsweep.AlarmMessage) int { return y.At.Compare(x.At) })
	all = all[:min(len(all), max(c.Most, 1))]
	if len(all) == 0 {
		fmt.Fprintln(a.stderr, "还没有发过消息。")
	}
	return a.grid(reports.AlarmMessageGrid(all), func(w io.Writer) error { return reports.JSONLines(w, all) })
}

type alarmTestCmd struct {
	Channel []string `help:"只试这些渠道，可重复。" placeholder:"名称"`
}

// Run sends one message over each channel.
func (c *alarmTestCmd) Run(a *app) error {
	channels, routes, _, err := a.channels(time.Now)
	if err != nil {
		return err
	}
	for _, name := range c.Channel {
		if channels[name] == nil {
			return wrongUse("没有名为“%s”的通知渠道", name)
		}
	}
	var faults []error
	for _, r := range routes {
		if len(c.Channel) > 0 && !slices.Contains(c.Channel, r.Name) {
			continue
		}
		m := alarm.Test(r.Name, hostName(), time.Now())
		if err := channels[r.Name].Send(a.ctx, &m); err != nil {
			a.log.Debug("channel failed", "channel", r.Name, "error", err)
			fmt.Fprintf(a.stdout, "✗ %s：%s\n", reports.Clean(r.Name), reports.Clean(said(err)))
			faults = append(faults, err)
			continue
		}
		fmt.Fprintf(a.stdout, "✓ %s：已发出%s\n", reports.Clean(r.Name), a.dropNote(r.Name))
	}
	if len(faults) > 0 {
		return exit(exitInternal)
	}
	return nil
}

// dropNote says where a channel that nobody configured puts its messages; ""
// for the others.
func (a *app) dropNote(channel string) string {
	named := func(c alarm.ChannelConfig) bool { return c.Name == channel }
	if channel != dropName || slices.ContainsFunc(a.settings.file.Alarm.Channels, named) {
		return ""
	}
	return "（不用配置、总有的渠道，写入目录“" + reports.Clean(a.dropDir()) + "”）"
}

type alarmCheckCmd struct {
	MinFree int `help:"数据目录所在磁盘的可用空间低于该值（MB）时报警。" default:"1024" placeholder:"数"`
}

// Run looks once and lists what stands; the exit code is 1 when something
// does, or a channel cannot be set up.
func (c *alarmCheckCmd) Run(a *app) error {
	if err := os.MkdirAll(a.settings.data, 0o700); err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "数据目录“" + a.settings.data + "”无法建立", Err: err}
	}
	db, closed := a.openBefore()
	if db != nil {
		defer db.Close()
	}
	eyes := a.eyes(db, closed, uint64(max(c.MinFree, 0))<<20)
	eyes.Lost = db == nil && a.lostDatabase()
	w, unset, err := a.watcher(eyes, db)
	if err != nil {
		return err
	}
	for _, fault := range unset {
		fmt.Fprintln(a.stderr, reports.Clean(said(fault))+"。其余渠道照常。")
	}
	err = w.Step(a.ctx)
	standing := a.alarmsStanding(db)
	if err := errors.Join(err, a.showAlarms(standing)); err != nil {
		return err
	}
	if len(standing)+len(unset) > 0 {
		return exit(exitFindings)
	}
	return nil
}

// checkChannels tells whether every channel can be set up.
func checkChannels(a *app) (string, error) {
	_, routes, unset, err := a.channels(time.Now)
	if err != nil {
		return "", err
	}
	if len(unset) > 0 {
		var words []error
		for _, fault := range unset {
			words = append(words, errors.New(said(fault)))
		}
		return "", wrongAll(words)
	}
	return fmt.Sprintf("%d个，可用 govsweep alarm test 试发", len(routes)), nil
}

// checkAlarms tells what stands.
func checkAlarms(a *app) (string, error) {
	db, _ := a.openBefore()
	if db != nil {
		defer db.Close()
	}
	list := a.alarmsStanding(db)
	if len(list) == 0 {
		return "没有尚未恢复的报警", nil
	}
	var words []string
	for _, x := range list {
		words = append(words, x.Kind.Word()+"："+strings.TrimRight(x.Say, "。"))
	}
	return "", &govsweep.Error{Kind: govsweep.Unavailable, Say: fmt.Sprintf("有%d项尚未恢复。%s", len(list), reports.Clean(strings.Join(words, "；")))}
}
