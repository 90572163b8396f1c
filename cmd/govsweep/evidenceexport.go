package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type evidenceExportCmd struct {
	Notice  string   `help:"导出该文书的证据和电子文件（如 N3）。" placeholder:"编号"`
	Finding []string `help:"导出该问题的证据（问题编号），可重复。" placeholder:"编号"`
	Sweep   int64    `help:"导出该次检查的证据。" placeholder:"编号"`
	Site    string   `help:"与 --sweep 合用：只导出该网站的（标识码）。" placeholder:"标识码"`
	Out     string   `required:"" help:"证据包文件，如 证据包.zip。" placeholder:"文件" type:"path"`
	Partial bool     `help:"有证据缺失时，仍导出其余的，并在清单中列明缺失。"`
}

// one wants exactly one thing to export.
func (c *evidenceExportCmd) one() error {
	given := 0
	for _, is := range []bool{c.Notice != "", len(c.Finding) > 0, c.Sweep != 0} {
		if is {
			given++
		}
	}
	if given != 1 {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "请用 --notice、--finding、--sweep 中的一个指明范围"}
	}
	if c.Site != "" && c.Sweep == 0 {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "--site 须与 --sweep 一起使用"}
	}
	return nil
}

// Run writes a bundle. It fails when a capture is missing, unless --partial.
func (c *evidenceExportCmd) Run(a *app) error {
	if err := c.one(); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	b, err := c.gather(a, db)
	if err != nil {
		return err
	}
	if b.Withheld+b.LeftOut > 0 {
		fmt.Fprintf(a.stderr, "涉及保密的问题%d项、网页内容%d份按规定不导出。\n", b.Withheld, b.LeftOut)
	}
	store, err := a.openEvidence()
	if err != nil {
		return err
	}
	x, err := store.Export(a.ctx, c.Out, &b.Bundle, c.Partial)
	var lost *evidence.MissingError
	if errors.As(err, &lost) {
		return a.lost(lost)
	}
	if err != nil {
		return err
	}
	return a.exported(c.Out, x)
}

// lost names everything that is missing.
func (a *app) lost(m *evidence.MissingError) error {
	for _, c := range m.Captures {
		fmt.Fprintf(a.stderr, "缺少证据 %s（%s采集，%s）\n", c.Digest, inShanghai(c.At), reports.Clean(c.URL))
	}
	for _, d := range m.Documents {
		fmt.Fprintf(a.stderr, "缺少文书文件 %s（%s）\n", reports.Clean(d.Name), d.Digest)
	}
	fmt.Fprintf(a.stderr, "证据包没有导出：证据库中缺少或已损坏%d份证据、%d个文件。仍要导出其余的，请加 --partial。\n", len(m.Captures), len(m.Documents))
	return exit(exitInternal)
}

func (a *app) exported(path string, x *evidence.Exported) error {
	m := x.Manifest
	if a.settings.format == "jsonl" {
		return reports.JSON(a.stdout, map[string]any{"file": path, "manifest": x.Digest.String(), "bytes": x.Size,
			"items": len(m.Items), "captures": len(m.Captures), "missing": len(m.Missing), "documents": len(m.Documents), "withheld": m.Withheld}, false)
	}
	fmt.Fprintf(a.stdout, "已导出证据包 %s：问题%d项，证据%d份，文书文件%d个，共%d字节。\n", path, len(m.Items), len(m.Captures), len(m.Documents), x.Size)
	sayMissing(a.stdout, m)
	_, err := fmt.Fprintf(a.stdout, "清单校验值 %s，可写入来函供对方核对。\n", x.Digest)
	return err
}

// sayMissing lists what a partial bundle lacks.
func sayMissing(w io.Writer, m *evidence.Manifest) {
	if len(m.Missing) == 0 {
		return
	}
	fmt.Fprintf(w, "注意：证据包不完整，导出时已缺%d份证据：\n", len(m.Missing))
	for i := range m.Missing {
		fmt.Fprintf(w, "  %s　%s\n", m.Missing[i].Digest, reports.Clean(m.Missing[i].URL))
	}
}

// gather finds what is asked for.
func (c *evidenceExportCmd) gather(a *app, db *storage.DB) (*evidence.Gatherer, error) {
	b := evidence.NewGatherer(indexOf{db})
	switch {
	case c.Notice != "":
		n, err := db.Notice(a.ctx, c.Notice)
		if err != nil {
			return nil, err
		}
		return b, b.Notice(a.ctx, n)
	case len(c.Finding) > 0:
		return b, c.findings(a, db, b)
	}
	return b, c.sweep(a, db, b)
}

func (c *evidenceExportCmd) findings(a *app, db *storage.DB, b *evidence.Gatherer) error {
	b.Title = fmt.Sprintf("问题%d项", len(c.Finding))
	done := map[string]bool{}
	for _, id := range c.Finding {
		s, err := db.StandingOf(a.ctx, id)
		if err != nil {
			return err
		}
		if done[s.ID] {
			continue
		}
		done[s.ID] = true
		if evidence.Secret(s.Indicator) {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "问题“" + s.ID + "”涉及保密，只保留网址和时间，其证据不得列出、导出"}
		}
		f, err := db.Finding(a.ctx, s.ID)
		if err != nil {
			return err
		}
		if err := b.Finding(a.ctx, f); err != nil {
			return err
		}
	}
	return nil
}

func (c *evidenceExportCmd) sweep(a *app, db *storage.DB, b *evidence.Gatherer) error {
	s, err := db.Sweep(a.ctx, c.Sweep)
	if err != nil {
		return err
	}
	found, err := pick{site: c.Site}.from(a, db, s.ID)
	if err != nil {
		return err
	}
	b.Sweep, b.Title = s.ID, fmt.Sprintf("第%d次检查", s.ID)
	if c.Site != "" {
		b.Title += " " + c.Site
	}
	for i := range found {
		if err := b.Finding(a.ctx, &found[i]); err != nil {
			return err
		}
	}
	return nil
}

// inShanghai writes a time, "" for none.
func inShanghai(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(govsweep.Shanghai).Format(time.RFC3339)
}
