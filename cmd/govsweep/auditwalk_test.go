package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// unaudited are the commands that leave no line in the audit log, each with
// the reason why none is owed.
var unaudited = map[string]string{
	"accounts checklist":     "prints",
	"accounts list":          "prints; --check reads feeds and keeps how they answered, which nobody decided",
	"accounts sync":          "prints",
	"alarm check":            "looks from outside; what it finds is in alarm history",
	"alarm history":          "prints",
	"alarm list":             "prints",
	"alarm test":             "sends a message that says it is a trial; no decision and no setting",
	"audit export":           "prints",
	"audit list":             "prints",
	"audit verify":           "prints",
	"backup create":          "reads the database and writes a file beside it; restoring it is in the log",
	"backup verify":          "needs no database",
	"check":                  "needs no database",
	"coverage":               "prints",
	"demo":                   "works in a directory of its own, by the commands below",
	"doctor":                 "prints",
	"evidence export":        "prints",
	"evidence list":          "prints",
	"evidence show":          "prints",
	"evidence verify":        "prints",
	"facts":                  "needs no database",
	"finding exemption list": "prints",
	"finding groups":         "prints",
	"finding show":           "prints",
	"findings":               "prints",
	"migrate":                "changes the form of the tables, not what is in them; every command does so by itself after an upgrade",
	"notice form lint":       "reads a file",
	"notice form list":       "prints",
	"notice form show":       "prints",
	"notice list":            "prints",
	"notice show":            "prints",
	"outcomes":               "prints",
	"probe census":           "prints",
	"probe ipv6":             "keeps what was measured; nobody decides in it",
	"probe run":              "keeps what was measured; nobody decides in it",
	"probe show":             "prints",
	"report annex":           "writes a file; nothing is decided",
	"report ledger":          "writes a file; nothing is decided",
	"report lookback":        "writes a file; nothing is decided",
	"report site":            "writes a file; nothing is decided",
	"report statistics":      "writes a file; nothing is decided",
	"report sweep":           "writes a file; nothing is decided",
	"rules lint":             "reads a file",
	"rules list":             "prints",
	"rules replay":           "prints; the rulebook a sweep is judged by is in the line of its start",
	"rules show":             "prints",
	"schedule explain":       "prints",
	"schedule list":          "prints",
	"schedule show":          "prints",
	"serve":                  "does what schedules say; who uses its pages is in the log",
	"sites hygiene":          "prints",
	"sites list":             "prints",
	"sweep list":             "prints",
	"sweep show":             "prints",
	"token list":             "prints",
	"user list":              "prints",
	"verdicts":               "prints",
	"version":                "prints",
	"work":                   "does what schedules say",
	"workplan export":        "writes a file; nothing is decided",
	"workplan list":          "prints",
	"workplan status":        "prints",
}

// clerk works at a desk; every command is held against the audit log.
type clerk struct {
	*official
	db   *storage.DB
	seen map[string]bool
}

// writes runs a command whose lines in the audit log begin with event.
func (c *clerk) writes(event, command string, args ...string) string {
	c.t.Helper()
	return c.typesAnd("", exitDone, event, command, args...)
}

func (c *clerk) typesAnd(keys string, code int, event, command string, args ...string) string {
	c.t.Helper()
	before, err := c.db.AuditHead(c.t.Context())
	must(c.t, err)
	out := c.types(keys, code, append(strings.Fields(command), args...)...)
	all, err := c.db.Audit(c.t.Context(), storage.AuditFilter{})
	must(c.t, err)
	c.seen[command] = true
	var events []string
	for _, l := range all {
		if l.Seq <= before.Lines {
			break
		}
		if strings.HasPrefix(l.Event, event) && l.By != "" && l.EventWord() != l.Event {
			return out
		}
		events = append(events, l.Event+" by "+l.By)
	}
	c.t.Errorf("govsweep %s left no line %s in the audit log: %q", command, event, events)
	return out
}

// file writes a file beside the data.
func (c *clerk) file(name, text string) string {
	c.t.Helper()
	path := filepath.Join(c.dir, name)
	must(c.t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

// Every command that changes what is kept by a person's will leaves a line in
// the audit log, or is named above with the reason why not.
func TestEveryCommandThatWritesStandsInTheAuditLog(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("GOVSWEEP_CHROMIUM", filepath.Join(dir, "none"))
	c := &clerk{official: &official{t: t, dir: dir, dsn: "sqlite:" + filepath.Join(dir, "govsweep.db")}, seen: map[string]bool{}}
	var err error
	c.db, err = storage.Open(t.Context(), c.dsn, storage.Options{})
	must(t, err)
	t.Cleanup(func() { c.db.Close() })
	c.registers()
	c.settings()
	c.people()
	c.cases()
	c.brings()

	var cli commands
	parser, err := kong.New(&cli, kong.Writers(io.Discard, io.Discard))
	must(t, err)
	known := map[string]bool{}
	for _, leaf := range parser.Model.Leaves(true) {
		words := strings.TrimSuffix(strings.Join(strings.Fields(leaf.FullPath())[1:], " "), " ")
		known[words] = true
		if c.seen[words] == (unaudited[words] != "") {
			t.Errorf("govsweep %s: must either be tried above or be named with a reason", words)
		}
	}
	for _, words := range slices.Sorted(maps.Keys(unaudited)) {
		if !known[words] {
			t.Errorf("there is no command %q", words)
		}
	}
	if out := c.does(exitDone, "audit", "verify"); !strings.Contains(out, "审计日志完整") {
		t.Error(out)
	}
	t.Logf("%d commands leave a line in the audit log, %d are named with a reason", len(c.seen), len(unaudited))
}

// registers brings in every register.
func (c *clerk) registers() {
	c.writes("sites.save", "import sites", c.file("网站.csv", "网站标识码,网站名称,首页网址,类型\n9900000003,某某县人民政府,http://127.0.0.1:9/,门户\n"))
	c.writes("columns.save", "import columns", c.file("栏目.csv", "网站标识码,栏目名称,栏目网址,栏目类别\n9900000003,通知公告,http://127.0.0.1:9/tzgg/,通知公告\n"))
	c.writes("orgs.save", "import orgs", c.file("单位.csv", "单位代码,单位名称,层级\n11150700,某某市人民政府办公室,市级\n"))
	c.writes("accounts.save", "import accounts", c.file("账号.csv", "平台,账号名称,账号ID,主办单位,层级,备案状态\n微信公众号,某某发布,gh_1,某某市政府办公室,市级,已备案\n"))
	c.writes("posts.import", "import posts", c.file("信息.csv", "平台,账号ID,标题,发布时间\n微信,gh_1,一,2026-03-10 09:00\n"), "--through", "2026-03-25")
	c.writes("checks.save", "import checklist", c.file("检查.csv", "账号代码,项目编号,检查结果,检查日期,检查人\nwechat:gh_1,MV-07,否,2026-03-02,张某\n"))
	c.writes("reprints.save", "import reprints", c.file("稿源.csv", "稿源单位,类别\n新华社,中央新闻单位\n"))
	c.writes("plan.save", "workplan import", c.file("要点.txt", "某县2026年政务公开工作要点\n2026年3月2日\n一、做好公开\n（一）办好公报。办好电子版政府公报（责任单位：县政府办；完成时限：2026年11月底）。\n"))
	c.writes("maintenance.save", "probe maintenance", c.file("维护.yaml", "- site: \"9900000003\"\n  from: 2026-03-02 22:00\n  to: 2026-03-03 06:00\n  announced: 2026-03-01 09:00\n  source: 公告第1号\n"))
}

// settings changes what the service does by itself.
func (c *clerk) settings() {
	c.writes("schedule.save", "schedule add", "每夜", "--kind", "full", "--when", "每日 02:00")
	c.writes("schedule.pause", "schedule pause", "每夜", "--why", "搬迁")
	c.writes("schedule.resume", "schedule resume", "每夜")
	c.writes("schedule.save", "schedule import", c.file("计划.yaml", "schedules:\n- {name: 到期, kind: notices, when: 每日 09:00}\n"))
	c.writes("hours.save", "schedule hours", "region=某某市", "--window", "22:00-06:00")
	_, err := c.db.AddScheduleRun(c.t.Context(), &govsweep.ScheduleRun{Schedule: "每夜", Due: time.Now(), State: govsweep.RunRunning, Started: time.Now()}, nil, nil)
	must(c.t, err)
	c.writes("schedule.cancel", "schedule cancel", "每夜")
	c.writes("schedule.remove", "schedule remove", "每夜")
	c.writes("evidence.adopt", "evidence adopt")
	s := &govsweep.Sweep{Kind: "sweep", AsOf: time.Now(), Started: time.Now(), State: govsweep.SweepRunning, Options: "{}"}
	must(c.t, c.db.CreateSweep(c.t.Context(), s, nil))
	c.writes("sweep.cancel", "sweep cancel", fmt.Sprint(s.ID))
}

// people gives and takes rights.
func (c *clerk) people() {
	const secret = "正确的马和电池订书钉\n"
	c.typesAnd(secret, exitDone, "user.add", "user add", "王某", "--role", "bureau")
	c.typesAnd(secret, exitDone, "user.password", "user password", "王某")
	c.writes("token.add", "token add", "王某", "--name", "大屏", "--scope", "read")
	keys, err := c.db.Tokens(c.t.Context())
	must(c.t, err)
	c.writes("token.revoke", "token revoke", keys[0].ID)
	c.writes("user.role", "user role", "王某", "auditor")
	c.writes("user.disable", "user disable", "王某")
	c.writes("user.enable", "user enable", "王某")
}

// cases takes findings and notices through their lives.
func (c *clerk) cases() {
	a, b := newTownSite(c.t, "9900000001", "云川市甲局网站", "云川市甲局", 300), newTownSite(c.t, "9900000002", "云川市乙局网站", "云川市乙局", 300)
	d := newTownSite(c.t, "9900000004", "云川市丁局网站", "云川市丁局", 300)
	c.does(exitDone, "import", "sites", writeRegister(c.t, c.dir, a, b, d))
	c.writes("sweep.start", "sweep run", "--scope", "level=市级", "--rate", "-1", "--fail-on", "none")
	begun, err := c.db.LastSweep(c.t.Context())
	must(c.t, err)
	c.writes("sweep.resume", "sweep resume", fmt.Sprint(begun.ID))
	id, other := c.finding(a, staleColumn).ID, c.finding(b, staleColumn).ID
	c.writes("finding.confirm", "finding confirm", id, "--by", "张三")
	c.writes("finding.undo", "finding undo", id, "--by", "张三", "--reason", "看错了")
	c.writes("finding.reject", "finding reject", id, "--by", "张三", "--reason", "不是问题")
	c.writes("finding.reopen", "finding reopen", id, "--by", "张三", "--reason", "又看了一次")
	c.typesAnd("", exitFindings, "sweep.start", "finding retest", id)
	c.writes("finding.exempt", "finding exempt", other, "--by", "张三", "--reason", "迁移", "--until", daysAgo(-30))
	c.writes("exemption.add", "finding exempt", other, "--by", "张三", "--reason", "迁移", "--until", daysAgo(-30), "--scope", "site")
	c.writes("exemption.revoke", "finding exemption revoke", "E1", "--by", "张三")
	c.typesAnd("y", exitDone, "finding.", "finding review", "--by", "张三", "--site", a.code, "--indicator", staleColumn)

	out := c.dir
	n := c.read(c.writes("notice.draft", "notice draft", "--site", a.code, "--by", "张三", "--format", "jsonl"))
	c.writes("notice.issue", "notice issue", n.ID, "--by", "王五", "--out", out)
	c.writes("notice.receive", "notice receive", n.ID, "--by", "赵六")
	c.writes("notice.dispute", "notice dispute", n.ID, "--item", "1", "--reason", "不属实", "--by", "赵六")
	c.writes("notice.decide", "notice decide", n.ID, "--uphold", "1", "--reason", "属实", "--by", "王五")
	c.writes("notice.remind", "notice remind", n.ID, "--by", "王五", "--out", out)
	c.writes("notice.answer", "notice answer", n.ID, "--by", "赵六", "--measures", "已改", "--no-retest")
	c.typesAnd("", exitFindings, "notice.retest", "notice retest", n.ID, "--by", "王五")
	c.writes("notice.escalate", "notice escalate", n.ID, "--by", "王五", "--out", out)
	c.writes("notice.answer", "import ledger", c.ledger(a), "--by", "赵六")
	c.writes("notice.amend", "notice amend", n.ID, "--correct", "1=该栏目长期未更新", "--reason", "更正", "--by", "王五", "--out", out)
	c.writes("sweep.start", "notice due", "--out", out) // what the machine does by itself is in the notice
	c.writes("notice.withdraw", "notice withdraw", n.ID, "--reason", "重拟", "--by", "王五", "--out", out)
	c.typesAnd("y", exitDone, "finding.confirm", "finding review", "--by", "张三", "--site", d.code, "--indicator", staleColumn)
	n = c.issues(c.drafts(d).ID)
	c.does(exitDone, "notice", "dispute", n.ID, "--item", "1", "--reason", "不属实", "--by", "赵六")
	c.does(exitDone, "notice", "decide", n.ID, "--overturn", "1", "--reason", "确有更新", "--by", "王五")
	c.writes("notice.close", "notice close", n.ID, "--by", "王五")
	c.writes("sweep.start", "inspect", d.home, "--rate", "-1", "--fail-on", "none")
	c.writes("circular.override", "report circular", "--by", "张三", "--override", "已核对", "--out", out)
}

// ledger is the ledger of a site with one answer in it.
func (c *clerk) ledger(s *townSite) string {
	c.t.Helper()
	c.does(exitDone, "report", "ledger", "--site", s.code, "--out", c.dir)
	path := filepath.Join(c.dir, "整改台账.xlsx")
	(&town{official: c.official}).fills(path, map[int]map[string]string{1: {govsweep.LedgerMeasures: "已经更新", govsweep.LedgerDone: daysAgo(0), govsweep.LedgerResponsible: "赵六"}})
	return path
}

// brings moves the installation to another machine.
func (c *clerk) brings() {
	file := filepath.Join(c.dir, "周日.backup")
	c.does(exitDone, "backup", file)
	other := *c.official
	other.dir = c.t.TempDir()
	other.dsn = "sqlite:" + filepath.Join(other.dir, "govsweep.db")
	other.does(exitDone, "restore", file)
	c.seen["restore"] = true
	if out := other.does(exitDone, "audit", "list", "--limit", "1", "--format", "jsonl"); !strings.Contains(out, `"database.restore"`) {
		c.t.Error(out)
	}
}
