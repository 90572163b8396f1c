package farm

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// Register writes sites.csv and columns.csv into dir, of a wider farm accounts.csv as well, in the layout bureaus use.
func (f *Farm) Register(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("register folder: %w", err)
	}
	sites := [][]string{{"网站标识码", "网站名称", "首页网址", "主办单位", "主管单位", "层级", "行政区划", "类型", "所属平台", "是否有对外服务职能", "标签", "状态", "适用范围"}}
	columns := [][]string{{"网站标识码", "栏目名称", "栏目路径", "栏目网址", "栏目级别"}}
	for _, s := range slices.Concat(f.sites, f.extra) {
		kind := map[govsweep.SiteKind]string{govsweep.Portal: "门户", govsweep.DepartmentSite: "部门"}[s.kind]
		r := s.registered()
		sites = append(sites, []string{s.code, r.Name, r.URL, r.Host, s.supervisor, s.level, s.region, kind, r.Platform, "是", strings.Join(r.Tags, "、"), map[govsweep.SiteState]string{govsweep.Running: "正常", govsweep.Closed: "关停"}[r.State], map[bool]string{true: "县级以上"}[s.portal()]})
		for _, c := range s.columns {
			columns = append(columns, []string{s.code, c.name, strings.Join(c.trail(), ">"), s.at(c.path()), fmt.Sprint(c.level)})
		}
	}
	if err := writeCSV(filepath.Join(dir, "sites.csv"), sites); err != nil {
		return err
	}
	if len(f.accounts) > 0 {
		if err := writeCSV(filepath.Join(dir, "accounts.csv"), f.accountRows()); err != nil {
			return err
		}
	}
	return writeCSV(filepath.Join(dir, "columns.csv"), columns)
}

// trail is the column's path from 首页.
func (c *column) trail() []string {
	if c.parent == nil {
		return []string{"首页", c.name}
	}
	return append(c.parent.trail(), c.name)
}

func writeCSV(name string, rows [][]string) error {
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("register: %w", err)
	}
	defer file.Close()
	w := csv.NewWriter(file)
	if err := w.WriteAll(rows); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return file.Close()
}
