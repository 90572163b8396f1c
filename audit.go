package govsweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// Actor 操作人 is who does something, as the audit log names him.
type Actor struct {
	Name string // of the user
	Via  string // where from: a network address, or 命令行
}

type actorKey struct{}

// WithActor says in whose name everything under ctx is done.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorOf gives in whose name something is done; the zero Actor is the program itself.
func ActorOf(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor) // none is the zero Actor
	return a
}

// AuditLine is one line of the audit log 审计日志. Each carries the digest of
// the line before, so that none can be changed or left out unseen.
type AuditLine struct {
	Seq     int64     `json:"seq"` // counted from 1 without gaps
	At      time.Time `json:"at"`  // to the millisecond
	By      string    `json:"by"`  // "" = the program itself
	Via     string    `json:"via,omitempty"`
	Event   string    `json:"event"` // login, user.add, schedule.save, finding.confirm, notice.issue …
	Subject string    `json:"subject,omitempty"`
	Detail  string    `json:"detail,omitempty"`
	Prev    string    `json:"prev"` // digest of the line before; "" for the first
	Digest  string    `json:"digest"`
}

// Sum computes the digest of the line, over all fields but Digest itself.
func (l *AuditLine) Sum() string {
	h := sha256.New()
	for _, s := range []string{l.Prev, l.By, l.Via, l.Event, l.Subject, l.Detail} {
		fmt.Fprintf(h, "%d:%s", len(s), s) // a hash takes everything
	}
	fmt.Fprintf(h, "%d:%d", l.Seq, l.At.UnixMilli())
	return hex.EncodeToString(h.Sum(nil))
}

// AuditHead is how far the audit log has come: the number of its lines and the
// digest of the last. Kept elsewhere, it anchors every line up to it.
type AuditHead struct {
	Lines  int64  `json:"lines"`
	Digest string `json:"digest"`
}

// EventWord is the event as people call it; one without a word is given as it is.
func (l *AuditLine) EventWord() string {
	if w := auditWords[l.Event]; w != "" {
		return w
	}
	return l.Event
}

var auditWords = map[string]string{
	"login": "登录", "login.failed": "登录失败", "login.locked": "登录被限制", "logout": "退出",
	"user.add": "新增用户", "user.disable": "停用用户", "user.enable": "启用用户", "user.role": "变更角色", "user.password": "变更密码",
	"token.add": "签发令牌", "token.revoke": "撤销令牌",
	"schedule.save": "保存计划", "schedule.remove": "删除计划", "schedule.run": "立即执行计划", "schedule.cancel": "取消执行", "schedule.pause": "暂停计划", "schedule.resume": "恢复计划",
	"sites.save": "保存网站名录", "columns.save": "保存栏目名录", "accounts.save": "保存账号名录", "orgs.save": "保存单位名录", "reprints.save": "保存稿源名单",
	"checks.save": "保存人工检查记录", "posts.import": "导入账号信息", "maintenance.save": "保存维护公告", "plan.save": "保存工作要点",
	"sweep.start": "开始检查", "sweep.resume": "继续检查", "evidence.adopt": "更换证据库", "database.restore": "恢复备份", "circular.override": "存疑检查仍作通报",
	"hours.save": "保存采集时段", "hours.remove": "删除采集时段", "sweep.cancel": "取消检查",
	"finding.endorse": "问题初核", "finding.confirm": "问题确认", "finding.reject": "问题排除", "finding.exempt": "问题豁免", "finding.expire": "豁免到期",
	"finding.reopen": "问题重开", "finding.undo": "撤回认定", "finding.notify": "列入通知", "finding.release": "移出通知", "finding.reply": "整改回复",
	"finding.object": "提出异议", "finding.uphold": "异议不成立", "finding.overturn": "异议成立", "finding.pass": "复查通过", "finding.fail": "复查未通过",
	"exemption.add": "新增豁免", "exemption.revoke": "撤销豁免",
	"notice.draft": "文书拟稿", "notice.issue": "文书下发", "notice.receive": "文书签收", "notice.answer": "文书回复", "notice.dispute": "文书异议", "notice.decide": "异议裁定",
	"notice.retest": "文书复查", "notice.close": "文书销号", "notice.remind": "文书催办", "notice.overdue": "认定逾期", "notice.escalate": "文书督办", "notice.name": "通报点名",
	"notice.amend": "文书更正", "notice.withdraw": "文书撤销",
}
