package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// bundles checks every bundle, with no database and no data directory. It
// ends with 0 when all are whole, 1 when one was read and does not hold or is
// no bundle, and
// 2 when all that were read hold but one could not be read.
func (c *evidenceVerifyCmd) bundles(a *app) error {
	var want *govsweep.Digest
	if c.Manifest != "" {
		d, err := govsweep.ParseDigest(c.Manifest)
		if err != nil {
			return err
		}
		if want = &d; len(c.Bundle) > 1 {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "--manifest 只能与一个证据包文件一起使用"}
		}
	}
	broken, unread := false, false
	for _, path := range c.Bundle {
		got, err := a.checkBundle(path)
		if a.ctx.Err() != nil {
			return a.ctx.Err()
		}
		if err != nil {
			fmt.Fprintln(a.stderr, said(err))
			unread = true
			continue
		}
		if want != nil && got.Manifest != nil && got.Digest != *want {
			got.Faults = append(got.Faults, evidence.BundleFault{Place: "清单校验值", Why: "与所给的 " + want.String() + " 不一致，不是同一份证据包"})
		}
		if err := a.verdictOf(path, got); err != nil {
			return err
		}
		broken = broken || len(got.Faults) > 0
	}
	switch {
	case broken:
		return exit(exitFindings)
	case unread:
		return exit(exitWrong)
	}
	return nil
}

func (a *app) checkBundle(path string) (*evidence.Checked, error) {
	f, err := namedfile.Open("证据包", path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return evidence.CheckBundle(a.ctx, f)
}

// mostFaults is how many faults are printed; the others are counted.
const mostFaults = 50

// verdictOf says in a few lines what a bundle is worth.
func (a *app) verdictOf(path string, c *evidence.Checked) error {
	if a.settings.format == "jsonl" {
		faults := []string{}
		for _, f := range c.Faults {
			faults = append(faults, f.String())
		}
		line := map[string]any{"file": path, "holds": len(faults) == 0, "faults": faults, "captures": c.Records, "bytes": c.Size}
		if c.Manifest != nil {
			line["manifest"], line["title"], line["missing"] = c.Digest.String(), c.Manifest.Title, len(c.Manifest.Missing)
		}
		return reports.JSON(a.stdout, line, false)
	}
	if len(c.Faults) > 0 {
		fmt.Fprintf(a.stdout, "核验不通过：%s\n", path)
		for i, f := range c.Faults {
			if i == mostFaults {
				fmt.Fprintf(a.stdout, "  其余%d处不再列出。\n", len(c.Faults)-i)
				break
			}
			fmt.Fprintf(a.stdout, "  %s\n", reports.Clean(f.String()))
		}
		return nil
	}
	m := c.Manifest
	fmt.Fprintf(a.stdout, "核验通过：%s\n  %s。问题%d项，证据%d份，文书文件%d个，逐字节与清单一致。\n", path, reports.Clean(m.Title), len(m.Items), c.Records, len(m.Documents))
	sayMissing(a.stdout, m)
	_, err := fmt.Fprintf(a.stdout, "  清单校验值 %s，请与来函所写核对；一致的，才是来函所说的证据包。\n", c.Digest)
	return err
}

// noticeBundle writes the bundle of an issued paper beside its documents.
// Where captures are gone it says so and writes none: the documents stand.
func (a *app) noticeBundle(db *storage.DB, n *govsweep.Notice, dir string) error {
	b := evidence.NewGatherer(indexOf{db})
	if err := b.Notice(a.ctx, n); err != nil {
		return err
	}
	if len(b.Captures) == 0 {
		return nil
	}
	store, err := a.openEvidence()
	if err != nil {
		return err
	}
	path := filepath.Join(dir, reports.NoticeFileName(n)+".zip")
	x, err := store.Export(a.ctx, path, &b.Bundle, false)
	var lost *evidence.MissingError
	if errors.As(err, &lost) {
		fmt.Fprintf(a.stderr, "未生成证据包：%s。查明后可用 govsweep evidence export --notice %s --partial 导出现有的部分。\n", reports.Clean(lost.Error()), n.ID)
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "已写入 %s（证据包，清单校验值 %s，可写入来函供对方核对）\n", path, x.Digest)
	return nil
}
