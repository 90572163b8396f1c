package main

import (
	"fmt"
	"io"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type noticeCmd struct {
	Draft    noticeDraftCmd    `cmd:"" help:"拟稿：把已确认的问题写成整改通知书或监管提示单。"`
	Issue    noticeIssueCmd    `cmd:"" help:"下发：编号、定期限，生成正式文件。"`
	List     noticeListCmd     `cmd:"" help:"列出文书及其办理状态。"`
	Show     noticeShowCmd     `cmd:"" help:"查看一份文书的内容和办理过程，可重新导出文件。"`
	Receive  noticeReceiveCmd  `cmd:"" help:"登记签收。"`
	Answer   noticeAnswerCmd   `cmd:"" help:"登记整改回复，随即自动复查。"`
	Dispute  noticeDisputeCmd  `cmd:"" help:"登记异议。"`
	Decide   noticeDecideCmd   `cmd:"" help:"裁定异议。"`
	Retest   noticeRetestCmd   `cmd:"" help:"复查全部或指定的问题。"`
	Close    noticeCloseCmd    `cmd:"" help:"销号：各项问题均已了结的通知书。"`
	Remind   noticeRemindCmd   `cmd:"" help:"下发催办通知。"`
	Escalate noticeEscalateCmd `cmd:"" help:"下发督办单。"`
	Amend    noticeAmendCmd    `cmd:"" help:"下发更正通知：移出或更正其中几项。"`
	Withdraw noticeWithdrawCmd `cmd:"" help:"撤销草稿，或对已下发的通知书下发撤销通知。"`
	Due      noticeDueCmd      `cmd:"" help:"办理到期事项：复查、催办、认定逾期、督办、通报点名。"`
	Form     noticeFormCmd     `cmd:"" help:"文书格式：列出、查看、校验。"`
}

// noticeID names one paper.
type noticeID struct {
	ID string `arg:"" name:"id" help:"文书编号（如 N3）或文号（如 网改〔2026〕3号）。"`
}

// act is who does something, and when it was done.
type act struct {
	By   string `required:"" help:"经办人员姓名。" placeholder:"姓名"`
	Date string `help:"办理日期，如 2026-11-20。默认为现在。" placeholder:"日期"`
}

// at gives the time of the act: noon of the day given, so that it stands in
// that day everywhere, but never later than now.
func (w act) at() (time.Time, error) {
	now := time.Now()
	if w.Date == "" || w.Date == govsweep.DateOf(now) {
		return now, nil
	}
	t, err := time.ParseInLocation("2006-01-02", w.Date, govsweep.Shanghai)
	if err != nil {
		return t, &govsweep.Error{Kind: govsweep.Wrong, Say: "日期“" + w.Date + "”不正确，应如 2026-11-20"}
	}
	if t.After(now) {
		return t, &govsweep.Error{Kind: govsweep.Wrong, Say: "日期“" + w.Date + "”在今天之后，请核对"}
	}
	return t.Add(12 * time.Hour), nil
}

// office is what a notice command works with.
type office struct {
	db   *storage.DB
	desk *casework.Desk
}

func (a *app) office() (*office, error) {
	db, err := a.openDB()
	if err != nil {
		return nil, err
	}
	desk, err := a.desk(db)
	if err != nil {
		db.Close()
		return nil, err
	}
	return &office{db, desk}, nil
}

// say prints where a notice stands: a sentence for people, else its JSON.
func (a *app) say(n *govsweep.Notice, sentence string) error {
	if a.format() == "jsonl" {
		return reports.NoticeLines(a.stdout, []govsweep.Notice{*n})
	}
	_, err := fmt.Fprintln(a.stdout, sentence)
	return err
}

type noticeListCmd struct {
	Open bool   `help:"只列出已下发、尚未销号的。"`
	Site string `help:"只列出该网站的（标识码）。" placeholder:"标识码"`
	Year int    `help:"只列出该年的。" placeholder:"年份"`
}

// Run lists papers, the oldest first.
func (c *noticeListCmd) Run(a *app) error {
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	all, err := o.db.Notices(a.ctx, storage.NoticeFilter{Open: c.Open, Target: govsweep.TargetID(c.Site), Year: c.Year})
	if err != nil {
		return err
	}
	return a.grid(reports.NoticeGrid(all, time.Now()), func(w io.Writer) error { return reports.NoticeLines(w, all) })
}
