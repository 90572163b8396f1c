package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/access"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type auditCmd struct {
	List   auditListCmd   `cmd:"" default:"withargs" help:"列出审计日志，新的在前。"`
	Export auditExportCmd `cmd:"" help:"按顺序导出全部审计日志（每行一个 JSON 对象），并输出锚点。"`
	Verify auditVerifyCmd `cmd:"" help:"核验审计日志是否完整，指出第一处被改动的行。"`
}

// Help shows how it is used.
func (auditCmd) Help() string {
	return `每行记有上一行的摘要：改动、删除、插入任何一行都会被发现。能够同时改写其后全部各行和头部记录的人，
只有另行保存的锚点（行数和末行摘要）才能发现，请定期把 verify 输出的锚点保存到本机以外。

示例：
  govsweep audit list --event login --limit 50 --format table
  govsweep audit export --out 审计日志.jsonl
  govsweep audit verify
  govsweep audit verify --anchor 1200:9f2c…
  govsweep audit verify --file 审计日志.jsonl`
}

type auditListCmd struct {
	Event  string `help:"只列出该事项，或以其开头的事项，如 login、user.、finding.confirm。" placeholder:"事项"`
	Person string `help:"只列出该人员的。" placeholder:"姓名"`
	Limit  int    `help:"最多列出的行数，0为全部。" default:"100" placeholder:"数"`
}

// Run lists lines.
func (c *auditListCmd) Run(a *app) error {
	if c.Limit < 0 {
		return wrongUse("--limit 不能为负")
	}
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := db.Audit(a.ctx, storage.AuditFilter{Event: c.Event, By: c.Person, Limit: c.Limit})
	if err != nil {
		return err
	}
	return a.grid(reports.AuditGrid(inWords(all)), func(w io.Writer) error { return reports.JSONLines(w, all) })
}

// inWords gives lines as a person reads them; the log itself is never reworded.
func inWords(all []govsweep.AuditLine) []govsweep.AuditLine {
	out := slices.Clone(all)
	for i := range out {
		out[i].Detail, out[i].Subject = access.Words(all[i]), access.SubjectWords(all[i])
	}
	return out
}

type auditExportCmd struct {
	Out string `help:"写入的文件；不写则写到标准输出。" placeholder:"文件"`
}

// Run exports every line in order.
func (c *auditExportCmd) Run(a *app) (err error) {
	if folder := filepath.Dir(c.Out); c.Out != "" && !exists(folder) {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "文件“" + c.Out + "”无法写入：没有目录“" + folder + "”"}
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	out := a.stdout
	if c.Out != "" {
		f, ferr := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(ferr, os.ErrExist) { // an earlier export may be what a later one is held against
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "文件“" + c.Out + "”已经存在，没有覆盖；请换一个文件名"}
		}
		if ferr != nil {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "文件“" + c.Out + "”无法写入", Err: ferr}
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		out = f
	}
	w := bufio.NewWriter(out)
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	var head govsweep.AuditHead
	if err := db.EachAudit(a.ctx, func(l govsweep.AuditLine) error {
		head = govsweep.AuditHead{Lines: l.Seq, Digest: l.Digest}
		return lines.Encode(l)
	}); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write the audit log: %w", err)
	}
	fmt.Fprintf(a.stderr, "已导出%d行。锚点：%s\n", head.Lines, anchorText(head))
	return nil
}

type auditVerifyCmd struct {
	Anchor []string `help:"另行保存的锚点（行数:摘要），可重复。" placeholder:"锚点"`
	File   string   `help:"核验导出的文件，不用数据库。" placeholder:"文件"`
}

// Run says whether the log is whole; exit code 1 when it is not.
func (c *auditVerifyCmd) Run(a *app) error {
	chain := &access.Chain{}
	for _, s := range c.Anchor {
		h, err := parseAnchor(s)
		if err != nil {
			return err
		}
		chain.Anchors = append(chain.Anchors, h)
	}
	follow := c.database
	if c.File != "" {
		follow = c.file
	}
	why, err := follow(a, chain)
	if err != nil {
		return err
	}
	if why != "" {
		fmt.Fprintf(a.stdout, "审计日志不完整：%s\n", why)
		return exit(exitFindings)
	}
	fmt.Fprintf(a.stdout, "审计日志完整，共%d行。锚点：%s\n", chain.Head().Lines, anchorText(chain.Head()))
	if len(chain.Anchors) == 0 {
		fmt.Fprintln(a.stdout, "没有给出另行保存的锚点：能够改写整个数据库的人同时重写全部各行的，本次不能发现。请把上面的锚点保存到本机以外，下次以 --anchor 给出。")
	}
	return nil
}

func (c *auditVerifyCmd) database(a *app, chain *access.Chain) (string, error) {
	db, err := a.openDB()
	if err != nil {
		return "", err
	}
	defer db.Close()
	before, err := db.AuditHead(a.ctx)
	if err != nil {
		return "", err
	}
	if err := db.EachAudit(a.ctx, func(l govsweep.AuditLine) error { chain.Add(&l); return nil }); err != nil {
		return "", err
	}
	after, err := db.AuditHead(a.ctx)
	return chain.End(before, after), err
}

func (c *auditVerifyCmd) file(_ *app, chain *access.Chain) (string, error) {
	f, err := namedfile.Open("审计日志文件（--file）", c.File)
	if err != nil {
		return "", err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 4<<20)
	n := 1
	for ; in.Scan(); n++ {
		var l govsweep.AuditLine
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			return fmt.Sprintf("文件第%d行不是审计日志的一行。", n), nil
		}
		chain.Add(&l)
	}
	if err := in.Err(); errors.Is(err, bufio.ErrTooLong) {
		return fmt.Sprintf("文件第%d行过长，不是审计日志的一行。", n), nil
	} else if err != nil {
		return "", &govsweep.Error{Kind: govsweep.Wrong, Say: "文件“" + c.File + "”无法读取", Err: err}
	}
	if n == 1 {
		return "文件“" + c.File + "”是空的，没有审计日志。", nil
	}
	return chain.End(chain.Head(), chain.Head()), nil
}

func anchorText(h govsweep.AuditHead) string { return fmt.Sprintf("%d:%s", h.Lines, h.Digest) }

func parseAnchor(s string) (govsweep.AuditHead, error) {
	lines, digest, ok := strings.Cut(s, ":")
	n, err := strconv.ParseInt(lines, 10, 64)
	if !ok || err != nil || n < 0 || n > 0 && len(digest) != 64 {
		return govsweep.AuditHead{}, wrongUse("锚点“%s”不正确，应为 audit verify 输出的 行数:摘要", s)
	}
	return govsweep.AuditHead{Lines: n, Digest: digest}, nil
}
