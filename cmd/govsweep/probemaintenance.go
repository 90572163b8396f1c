package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type probeMaintenanceCmd struct {
	File string `arg:"" optional:"" help:"维护公告（YAML文件），每条写明 site、from、to、announced、source。不写则列出已登记的。" type:"path"`
}

// windowEntry is one announcement as the file holds it.
type windowEntry struct {
	Site      string `yaml:"site"`
	From      string `yaml:"from"`
	To        string `yaml:"to"`
	Announced string `yaml:"announced"`
	Source    string `yaml:"source"`
}

// Run registers the windows of a file, or lists what is registered.
func (c *probeMaintenanceCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	if c.File != "" {
		if err := c.enter(a, db); err != nil {
			return err
		}
	}
	list, err := db.Maintenance(a.ctx, "")
	if err != nil {
		return err
	}
	return a.grid(reports.MaintenanceGrid(list), func(w io.Writer) error { return reports.MaintenanceLines(w, list) })
}

const maxWindowFile = 1 << 20

func (c *probeMaintenanceCmd) enter(a *app, db *storage.DB) error {
	f, err := os.Open(c.File)
	if err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "维护公告文件“" + c.File + "”无法读取", Err: err}
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxWindowFile+1))
	if err != nil || len(raw) > maxWindowFile {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "维护公告文件“" + c.File + "”无法读取，或超过1MB", Err: err}
	}
	known, err := db.Sites(a.ctx, storage.SiteFilter{})
	if err != nil {
		return err
	}
	windows, err := parseWindows(raw, known)
	if err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "维护公告文件“" + c.File + "”有误，未登记任何一条：" + err.Error()}
	}
	return db.SaveMaintenance(a.ctx, windows)
}

// parseWindows reads announcements; an unknown key, site or time fails the
// whole file and names the entry.
func parseWindows(raw []byte, known []govsweep.Site) ([]govsweep.Maintenance, error) {
	var entries []windowEntry
	if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(&entries); err != nil {
		return nil, fmt.Errorf("不是正确的公告列表，%s", reports.YAMLSays(err))
	}
	var out []govsweep.Maintenance
	for i, e := range entries {
		s, ok := findSite(known, e.Site)
		if !ok {
			return nil, fmt.Errorf("第%d条：名录中没有“%s”", i+1, e.Site)
		}
		w := govsweep.Maintenance{Target: s.ID, Source: e.Source}
		for _, t := range []struct {
			name, value string
			to          *time.Time
		}{{"from", e.From, &w.From}, {"to", e.To, &w.To}, {"announced", e.Announced, &w.Announced}} {
			var err error
			if *t.to, err = parseMinute(t.value); err != nil {
				return nil, fmt.Errorf("第%d条：%s“%s”不正确，应如 2026-03-02 22:00（北京时间）", i+1, t.name, t.value)
			}
		}
		out = append(out, w)
	}
	return out, nil
}

func parseMinute(s string) (time.Time, error) {
	if t, err := time.ParseInLocation("2006-01-02 15:04", s, govsweep.Shanghai); err == nil {
		return t, nil
	}
	return govsweep.ParseDate(s)
}

// Help shows how it is used.
func (probeMaintenanceCmd) Help() string {
	return `示例：
  govsweep probe maintenance 公告.yaml
  govsweep probe maintenance                                 列出已登记的

公告.yaml 的每条写明五项，时间为北京时间：
  - site: "1507830002"
    from: 2026-03-02 22:00
    to: 2026-03-03 06:00
    announced: 2026-03-01 09:00
    source: http://www.example.gov.cn/gg/1.html`
}
