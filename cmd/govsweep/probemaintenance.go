package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/yamlwords"
)

type probeMaintenanceCmd struct {
	File string `arg:"" optional:"" help:"维护公告（YAML文件），每条写明 site、from、to、announced、source。不写则列出已登记的。" type:"path"`
	byFlag
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

func (c *probeMaintenanceCmd) enter(a *app, db *storage.DB) error {
	raw, err := namedfile.Read("维护公告文件", c.File)
	if err != nil {
		return err
	}
	known, err := db.Sites(a.ctx, storage.SiteFilter{})
	if err != nil {
		return err
	}
	windows, faults := parseWindows(raw, known)
	if len(faults) > 0 {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("维护公告文件“%s”有%d处错误，未登记任何一条：\n%s", c.File, len(faults), strings.Join(faults, "\n"))}
	}
	kept, err := db.Maintenance(a.ctx, "")
	if err != nil {
		return err
	}
	windows, said := withoutLate(windows, kept)
	for _, s := range append(said, longWindows(windows)...) {
		fmt.Fprintln(a.stderr, s)
	}
	return db.SaveMaintenance(a.ctx, windows)
}

// withoutLate leaves out announcements made after their start where one made
// in time stands, in the file or in the register; said names every late one.
func withoutLate(windows, kept []govsweep.Maintenance) (out []govsweep.Maintenance, said []string) {
	late := func(w *govsweep.Maintenance) bool { return w.Announced.After(w.From) }
	for i := range windows {
		w := &windows[i]
		if !late(w) {
			out = append(out, *w)
			continue
		}
		s := fmt.Sprintf("网站“%s”自%s起的维护，公告（%s）晚于开始时间，后公告的不予扣除", harmless(string(w.Target)), minute(w.From), minute(w.Announced))
		inTime := func(o govsweep.Maintenance) bool {
			return o.Target == w.Target && o.From.Equal(w.From) && o.To.Equal(w.To) && !late(&o)
		}
		if slices.ContainsFunc(windows, inTime) || slices.ContainsFunc(kept, inTime) {
			said = append(said, s+"；已登记的事先公告仍然有效，未作更改。")
			continue
		}
		out, said = append(out, *w), append(said, s+"。")
	}
	return out, said
}

// longestUsual is the length above which a window is said to be long: no
// paper limits it, but a mistyped year would excuse a site for all of it.
const longestUsual = 31 * 24 * time.Hour

// longWindows names every window that is longer than maintenance usually takes.
func longWindows(windows []govsweep.Maintenance) (said []string) {
	for i := range windows {
		w := &windows[i]
		if d := w.To.Sub(w.From); d > longestUsual {
			said = append(said, fmt.Sprintf("网站“%s”的维护自%s至%s，长达%d天，请核对年月；已按公告登记。", harmless(string(w.Target)), minute(w.From), minute(w.To), int(d.Hours())/24))
		}
	}
	return said
}

// minute is a moment as a sentence prints it.
func minute(t time.Time) string {
	return govsweep.ChineseDate(t) + t.In(govsweep.Shanghai).Format("15:04")
}

// parseWindows reads announcements; it names every fault with its line.
func parseWindows(raw []byte, known []govsweep.Site) ([]govsweep.Maintenance, []string) {
	file, fault := yamlwords.Parse(raw)
	if fault != "" {
		return nil, []string{"不是正确的公告列表，" + fault}
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil, []string{"文件中没有公告，每条以“- site: ”开头"}
	}
	r := &scheduleReader{}
	var out []govsweep.Maintenance
	r.each(file.Docs[0].Body, func(item ast.Node) { out = append(out, r.window(item, known)) })
	return out, r.faults
}

// window reads one announcement.
func (r *scheduleReader) window(item ast.Node, known []govsweep.Site) govsweep.Maintenance {
	var w govsweep.Maintenance
	var site, from, to, announced string
	if !r.fields(item, map[string]any{"site": &site, "from": &from, "to": &to, "announced": &announced, "source": &w.Source}) && site+from+to+announced == "" {
		return w // nothing of it was read
	}
	s, ok := findSite(known, site)
	if w.Target = s.ID; !ok {
		r.fault(entryOf(item, "site"), "名录中没有“%s”", site)
	}
	right := true
	for _, t := range []struct {
		name, value string
		to          *time.Time
	}{{"from", from, &w.From}, {"to", to, &w.To}, {"announced", announced, &w.Announced}} {
		var err error
		if *t.to, err = parseMinute(t.value); err != nil {
			right = false
			r.fault(entryOf(item, t.name), "%s“%s”不正确，应如 2026-03-02 22:00（北京时间）", t.name, t.value)
		}
	}
	if right && !w.To.After(w.From) {
		r.fault(entryOf(item, "to"), "止“%s”应晚于起“%s”", to, from)
	}
	if w.Source == "" {
		r.fault(entryOf(item, "source"), "没有写明 source（公告的网址或文号）")
	}
	return w
}

// entryOf gives the key of an item; the item itself where it has none.
func entryOf(item ast.Node, key string) ast.Node {
	values := []*ast.MappingValueNode{}
	switch m := item.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = append(values, m)
	}
	for _, kv := range values {
		if keyOf(kv) == key {
			return kv.Key
		}
	}
	return item
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
  # 公告.yaml
  - site: "1507830002"
    from: 2026-03-02 22:00
    to: 2026-03-03 06:00
    announced: 2026-03-01 09:00
    source: http://www.example.gov.cn/gg/1.html`
}
