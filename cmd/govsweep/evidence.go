package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type evidenceCmd struct {
	List   evidenceListCmd   `cmd:"" help:"列出一次检查留存的证据。"`
	Show   evidenceShowCmd   `cmd:"" help:"输出一份证据的原始内容。"`
	Verify evidenceVerifyCmd `cmd:"" help:"逐份核验证据与其编号是否一致。"`
}

type evidenceListCmd struct {
	ofSweep
	Site string `help:"只列出该网站的证据（标识码）。" placeholder:"标识码"`
}

// Run lists captures with the address and the time they were taken.
func (c *evidenceListCmd) Run(a *app) error {
	db, s, err := c.open(a)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Captures(a.ctx, storage.CaptureFilter{Sweep: s.ID, Target: govsweep.TargetID(c.Site)})
	if err != nil {
		return err
	}
	g := reports.CaptureGrid(rows)
	return a.grid(g, func(w io.Writer) error { return reports.CaptureLines(w, rows) })
}

type evidenceShowCmd struct {
	Digest string `arg:"" help:"证据编号（sha256:…）。"`
}

// Run writes the captured bytes as they were received.
func (c *evidenceShowCmd) Run(a *app) error {
	d, err := govsweep.ParseDigest(c.Digest)
	if err != nil {
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
	if isTerminal(a.stdout) {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("证据是网站发来的原始内容（%d字节），不在终端上直接显示；请写入文件，如 govsweep evidence show %s > 证据.html", len(body), c.Digest)}
	}
	_, err = a.stdout.Write(body)
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

type evidenceVerifyCmd struct{}

// Run digests every capture again, and names those findings rest on that are gone.
func (c *evidenceVerifyCmd) Run(a *app) error {
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
