package main

import (
	"fmt"
	"io/fs"
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
	groups, err := c.pages()
	if err != nil {
		return err
	}
	j := job{app: a, kind: "inspect", flags: crawlFlags{Rulebook: c.Rulebook, FailOn: c.FailOn, Out: c.Out}}
	hosts := make([]string, 0, len(groups))
	for h := range groups {
		hosts = append(hosts, h)
	}
	slices.Sort(hosts)
	for _, h := range hosts {
		pages := groups[h]
		site := govsweep.Site{ID: govsweep.SiteKey("", h), Name: h, URL: homeOf(pages[0].URL)}
		if c.URL != "" {
			if site.URL, err = homeAddress(c.URL); err != nil {
				return err
			}
		}
		if err := j.take(sweep.Result{Inspection: sweep.Check(site, pages, a.asOf(), b, all)}); err != nil {
			return err
		}
	}
	return j.show(&govsweep.Sweep{Kind: "inspect"})
}

// pages reads every path, grouped by host.
func (c *checkCmd) pages() (map[string][]sweep.Saved, error) {
	groups := map[string][]sweep.Saved{}
	add := func(s sweep.Saved) { groups[address.Host(s.URL)] = append(groups[address.Host(s.URL)], s) }
	for _, root := range c.Path {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if isWARC(path) {
				return readWARC(path, add)
			}
			if !isPage(path) && path != root {
				return nil
			}
			s, err := c.saved(root, path)
			if err == nil {
				add(s)
			}
			return err
		})
		if err != nil {
			return nil, wrongPath(root, err)
		}
	}
	if len(groups) == 0 {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "没有找到网页：请给出HTML文件、含有HTML文件的文件夹或WARC文件"}
	}
	return groups, nil
}

func wrongPath(path string, err error) error {
	if govsweep.KindOf(err) == govsweep.Wrong {
		return err
	}
	return &govsweep.Error{Kind: govsweep.Wrong, Say: "“" + path + "”无法读取", Err: err}
}

// saved reads one file. Its address is its place below the folder given, on
// the host given or, without one, on a host that cannot exist.
func (c *checkCmd) saved(root, path string) (sweep.Saved, error) {
	body, err := readPage(path)
	if err != nil {
		return sweep.Saved{}, err
	}
	base := firstOf(c.URL, "http://saved.invalid/")
	home, err := homeAddress(base)
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
