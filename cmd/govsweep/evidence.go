package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type evidenceCmd struct {
	List   evidenceListCmd   `cmd:"" help:"列出一次检查、一个问题或一份文书的证据。"`
	Show   evidenceShowCmd   `cmd:"" help:"输出一份证据的原始内容。"`
	Export evidenceExportCmd `cmd:"" help:"导出证据包：一个文件，收发双方都能核验。"`
	Verify evidenceVerifyCmd `cmd:"" help:"核验证据包（不联网、不用数据库）；不写文件名时，逐份核验本机留存的证据。"`
	Adopt  evidenceAdoptCmd  `cmd:"" help:"确认数据目录中的证据库就是本数据库的证据库（更换或移动证据库以后）。"`
}

type evidenceListCmd struct {
	ofSweep
	Site    string   `help:"只列出该网站的证据（标识码）。" placeholder:"标识码"`
	Finding []string `help:"只列出该问题的证据（问题编号），可重复。" placeholder:"编号"`
	Notice  string   `help:"只列出该文书的证据（如 N3）。" placeholder:"编号"`
}

// Run lists captures with the address and the time they were taken.
func (c *evidenceListCmd) Run(a *app) error {
	rows, err := c.rows(a)
	if err != nil {
		return err
	}
	g := reports.CaptureGrid(rows)
	return a.grid(g, func(w io.Writer) error { return reports.CaptureLines(w, rows) })
}

func (c *evidenceListCmd) rows(a *app) ([]govsweep.Capture, error) {
	if len(c.Finding) > 0 || c.Notice != "" {
		e := evidenceExportCmd{Finding: c.Finding, Notice: c.Notice, Sweep: c.Sweep, Site: c.Site}
		if err := e.one(); err != nil {
			return nil, err
		}
		db, err := a.openDB()
		if err != nil {
			return nil, err
		}
		defer db.Close()
		b, err := e.gather(a, db)
		if err != nil {
			return nil, err
		}
		return b.Captures, nil
	}
	db, s, err := c.open(a)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	all, err := db.Captures(a.ctx, storage.CaptureFilter{Sweep: s.ID, Target: govsweep.TargetID(c.Site)})
	if err != nil {
		return nil, err
	}
	return a.unsecret(db, all)
}

// unsecret leaves out captures of pages that findings of secrecy 涉密 name,
// and says how many.
func (a *app) unsecret(db *storage.DB, all []govsweep.Capture) ([]govsweep.Capture, error) {
	open, err := evidence.NewGatherer(indexOf{db}).Open(a.ctx, all)
	if err != nil {
		return nil, err
	}
	if n := len(all) - len(open); n > 0 {
		fmt.Fprintf(a.stderr, "另有%d份证据涉及保密，按规定不列出。\n", n)
	}
	return open, nil
}

type evidenceShowCmd struct {
	Digest string `arg:"" help:"证据编号（sha256:…）。"`
	Out    string `help:"写入该文件。" placeholder:"文件" type:"path"`
}

// Run writes the captured bytes as they were received.
func (c *evidenceShowCmd) Run(a *app) error {
	d, err := govsweep.ParseDigest(c.Digest)
	if err != nil {
		return err
	}
	if err := a.mayShow(d); err != nil {
		return err
	}
	store, err := a.openEvidence()
	if err != nil {
		return err
	}
	body, err := store.Get(d)
	if err != nil {
		return err
	}
	if c.Out != "" {
		if err := os.WriteFile(c.Out, body, 0o644); err != nil {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "文件“" + c.Out + "”无法写入", Err: err}
		}
		a.wrote([]string{c.Out})
		return nil
	}
	if isTerminal(a.stdout) {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("证据是网站发来的原始内容（%d字节），不在终端上直接显示；请写入文件，如 govsweep evidence show %s --out 证据.html", len(body), c.Digest)}
	}
	_, err = a.stdout.Write(body)
	return err
}

// mayShow refuses bytes that were ever seen on a page a finding of secrecy
// 涉密 names: of such a page only address and time may be kept in view.
func (a *app) mayShow(d govsweep.Digest) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	secret, err := evidence.NewGatherer(indexOf{db}).Secret(a.ctx, d)
	if secret && err == nil {
		err = &govsweep.Error{Kind: govsweep.Wrong, Say: "证据“" + d.String() + "”涉及保密，只保留网址和时间，其内容不得输出"}
	}
	return err
}

// verify holds the evidence store against the index in the database.
func (a *app) verify() (*evidence.Report, error) {
	db, err := a.openDB()
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.Captures(a.ctx, storage.CaptureFilter{})
	if err != nil {
		return nil, err
	}
	needed := map[govsweep.Digest]bool{}
	for i := range rows {
		needed[rows[i].Digest] = true
	}
	store, err := a.openEvidence()
	if err != nil {
		return nil, err
	}
	return store.Verify(a.ctx, slices.SortedFunc(maps.Keys(needed), func(x, y govsweep.Digest) int { return bytes.Compare(x[:], y[:]) })...)
}

type evidenceVerifyCmd struct {
	Bundle   []string `arg:"" optional:"" help:"证据包文件，可有多个。" type:"path"`
	Manifest string   `help:"来函所写的清单校验值（sha256:…），须与证据包一致。" placeholder:"校验值"`
}

// Run checks bundles. Without one it digests every capture of the store
// again, and names those findings rest on that are gone.
func (c *evidenceVerifyCmd) Run(a *app) error {
	if len(c.Bundle) > 0 {
		return c.bundles(a)
	}
	if c.Manifest != "" {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "--manifest 须与证据包文件一起使用"}
	}
	rep, err := a.verify()
	if err != nil {
		return err
	}
	for _, bad := range rep.Faults {
		fmt.Fprintln(a.stdout, said(bad.Err))
	}
	fmt.Fprintf(a.stdout, "核验证据%d份，有问题的%d份。\n", rep.Read, len(rep.Faults))
	if len(rep.Faults) > 0 {
		return exit(exitInternal)
	}
	return nil
}
