package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
)

type noticeIssueCmd struct {
	noticeID
	Out string `help:"写入正式文件的目录。默认 notices。" default:"notices" placeholder:"目录" type:"path"`
	act
}

// Run numbers a draft, writes its forms and keeps their bytes as evidence.
func (c *noticeIssueCmd) Run(a *app) error {
	at, err := c.at()
	if err != nil {
		return err
	}
	if err := writable(c.Out); err != nil {
		return err
	}
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	n, err := o.desk.Issue(a.ctx, c.ID, c.By, at)
	if err != nil {
		return err
	}
	if err := a.keepNotice(o, n, c.Out); err != nil {
		return err
	}
	if n.DeadlineNote != "" {
		fmt.Fprintln(a.stderr, "注意：", n.DeadlineNote)
	}
	return a.say(n, issued(n))
}

func issued(n *govsweep.Notice) string {
	s := fmt.Sprintf("已下发%s（%s），%s", reports.Clean(n.Number), n.ID, reports.Clean(n.Target.Name))
	if n.Deadline != "" {
		s += "，整改期限" + n.Deadline
	}
	return s + "。"
}

// writeNotice writes the forms of a paper into a folder, in the words it was
// drafted in, and says which could not be made.
func (a *app) writeNotice(dir string, n *govsweep.Notice) ([]string, error) {
	f, err := reports.FormOf(n)
	if err != nil {
		return nil, err
	}
	files, skipped, err := reports.WriteNotice(a.ctx, dir, n, f)
	a.wrote(files)
	for _, s := range skipped {
		fmt.Fprintln(a.stderr, s)
	}
	return files, err
}

// keepNotice writes the forms of an issued paper and keeps their bytes, so
// that both sides can show later what was sent.
func (a *app) keepNotice(o *office, n *govsweep.Notice, dir string) error {
	files, err := a.writeNotice(dir, n)
	if err != nil {
		return err
	}
	store, err := a.openEvidence()
	if err != nil {
		return err
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			return &govsweep.Error{Kind: govsweep.Internal, Say: "文件“" + name + "”无法读取", Err: err}
		}
		digest, err := store.Put(body)
		if err != nil {
			return err
		}
		n.Documents = append(n.Documents, govsweep.Document{Name: filepath.Base(name), Digest: digest.String(), Length: int64(len(body))})
	}
	if err := o.db.SaveNotice(a.ctx, n, len(n.Steps), nil); err != nil {
		return err
	}
	return a.noticeBundle(o.db, n, dir)
}

type noticeShowCmd struct {
	noticeID
	Out string `help:"把留存的文件（草稿则现时生成）写入该目录。" placeholder:"目录" type:"path"`
}

// Run prints a paper with its life, and gives its files out again.
func (c *noticeShowCmd) Run(a *app) error {
	if err := a.only("table", "jsonl"); err != nil {
		return err
	}
	o, err := a.office()
	if err != nil {
		return err
	}
	defer o.db.Close()
	n, err := o.db.Notice(a.ctx, c.ID)
	if err != nil {
		return err
	}
	if c.Out != "" {
		if err := a.giveOut(o, n, c.Out); err != nil {
			return err
		}
	}
	if a.format() == "jsonl" {
		return reports.NoticeLines(a.stdout, []govsweep.Notice{*n})
	}
	following, err := o.db.Following(a.ctx, n.ID)
	if err != nil {
		return err
	}
	_, pending, err := o.desk.Pending(a.ctx, n.ID)
	if err != nil {
		return err
	}
	var due []string
	for _, p := range pending {
		due = append(due, p.Why)
	}
	return reports.NoticeText(a.stdout, rectify.Amended(n, following), following, due, a.width())
}

// giveOut writes the kept files of a paper, byte for byte as they were sent.
// The bundle is made again beside them, with the manifest digest it had.
func (a *app) giveOut(o *office, n *govsweep.Notice, dir string) error {
	if len(n.Documents) == 0 && n.State != govsweep.NoticeDraft && !n.Issued.IsZero() {
		return a.keepNotice(o, n, dir) // a kill came between the number and the files
	}
	if len(n.Documents) == 0 {
		_, err := a.writeNotice(dir, n)
		return err
	}
	if err := writable(dir); err != nil {
		return err
	}
	store, err := a.openEvidence()
	if err != nil {
		return err
	}
	var files []string
	for _, d := range n.Documents {
		digest, err := govsweep.ParseDigest(d.Digest)
		if err != nil {
			return err
		}
		body, err := store.Get(digest)
		if err != nil {
			return err
		}
		name, err := reports.WriteBytes(dir, filepath.Base(d.Name), body)
		if err != nil {
			return err
		}
		files = append(files, name)
	}
	a.wrote(files)
	return a.noticeBundle(o.db, n, dir)
}

// Help shows how it is used.
func (noticeIssueCmd) Help() string {
	return `示例：
  govsweep notice issue N3 --by 王五 --out 下发`
}
