package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/sweep"
)

type checkCmd struct {
	Path     []string `arg:"" help:"HTML文件、文件夹或WARC文件。"`
	URL      string   `name:"url" help:"网站首页地址。默认由文件夹名或保存的地址得出。" placeholder:"网址"`
	Rulebook string   `help:"评分规则的名称或文件。" placeholder:"规则"`
	FailOn   string   `help:"发现不低于该级别的问题时退出码为1。" default:"veto" enum:"veto,deduction,norm,none" placeholder:"级别"`
	Out      string   `help:"把报告写入该目录。" placeholder:"目录" type:"path"`
}

// Run judges saved pages, grouped by the host they came from.
func (c *checkCmd) Run(a *app) error {
	b, all, err := a.loadBook(c.Rulebook)
	if err != nil {
		return err
	}
	if err := a.only("table", "jsonl"); err != nil {
		return err
	}
	sites, err := c.sites()
	if err != nil {
		return err
	}
	j := job{app: a, kind: "inspect", flags: crawlFlags{Rulebook: c.Rulebook, FailOn: c.FailOn, Out: c.Out}}
	for _, h := range slices.Sorted(maps.Keys(sites)) {
		if err := j.take(sweep.Result{Inspection: sites[h].Judge(a.asOf(), b, all)}); err != nil {
			return err
		}
	}
	return j.show(&govsweep.Sweep{Kind: "inspect"})
}

// sites reads every page below the paths, by host. A page is read when it is
// met and let go, so that memory holds facts and no bodies.
func (c *checkCmd) sites() (map[string]*sweep.Checker, error) {
	sites := map[string]*sweep.Checker{}
	home, err := homeAddress(firstOf(c.URL, nowhere))
	if err != nil {
		return nil, err
	}
	add := func(s sweep.Saved) {
		h := address.Host(s.URL)
		if sites[h] == nil {
			site := govsweep.Site{ID: govsweep.SiteKey("", h), Name: h, URL: homeOf(s.URL)}
			if address.Host(home) == h {
				site.URL = home
			}
			sites[h] = sweep.NewChecker(site)
		}
		sites[h].Add(s)
	}
	for _, root := range c.Path {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if isWARC(path) {
				return readWARC(path, add)
			}
			if path != root && (!isPage(path) || !d.Type().IsRegular()) {
				return nil
			}
			s, err := saved(home, root, path)
			if err == nil {
				add(s)
			}
			return err
		})
		if err != nil {
			return nil, wrongPath(root, err)
		}
	}
	if len(sites) == 0 {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "没有找到网页：请给出HTML文件、含有HTML文件的文件夹或WARC文件"}
	}
	return sites, nil
}

func wrongPath(path string, err error) error {
	if govsweep.KindOf(err) == govsweep.Wrong {
		return err
	}
	return &govsweep.Error{Kind: govsweep.Wrong, Say: "“" + path + "”无法读取", Err: err}
}

// nowhere is the home page of files whose address nobody told: it cannot exist.
const nowhere = "http://saved.invalid/"

// saved reads one file. Its address is its place below the folder given.
func saved(home, root, path string) (sweep.Saved, error) {
	body, err := readPage(path)
	if err != nil {
		return sweep.Saved{}, err
	}
	rel, err := filepath.Rel(root, path)
	if err != nil || rel == "." {
		rel = filepath.Base(path)
	}
	url, err := address.Canonical(strings.TrimSuffix(home, "/") + "/" + filepath.ToSlash(rel))
	if err != nil {
		return sweep.Saved{}, fmt.Errorf("address of %s: %w", path, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return sweep.Saved{}, err
	}
	return sweep.Saved{URL: url, Body: body, At: info.ModTime()}, nil
}

func isPage(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".html", ".htm", ".shtml", ".xhtml", ".jsp", ".asp", ".aspx", ".php":
		return true
	}
	return false
}

func isWARC(path string) bool {
	p := strings.ToLower(path)
	return strings.HasSuffix(p, ".warc") || strings.HasSuffix(p, ".warc.gz")
}
