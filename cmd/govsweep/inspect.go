package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type inspectCmd struct {
	URL      []string `arg:"" name:"url" help:"网站首页地址，如 https://www.example.gov.cn 。"`
	SiteKind string   `name:"site-kind" help:"未登记的网站按此登记：portal（政府门户网站）或 department（部门网站）。扣分指标只用于门户网站。" enum:",portal,department" default:"" placeholder:"类型"`
	crawlFlags
}

// Run inspects the sites behind the addresses and prints what was found.
func (c *inspectCmd) Run(a *app) error {
	if err := a.only("table", "jsonl"); err != nil {
		return err
	}
	var err error
	if c.Control, err = a.controls(c.Control); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	sites, err := c.register(a, db)
	if err != nil {
		return err
	}
	targets := make([]govsweep.Target, len(sites))
	for i := range sites {
		targets[i] = sites[i].Target()
	}
	job := job{app: a, db: db, flags: c.crawlFlags, kind: "inspect", scope: strings.Join(c.URL, " "), sites: min(len(targets), 4)}
	return job.start(targets)
}

// register finds the sites behind the addresses and registers new ones.
func (c *inspectCmd) register(a *app, db *storage.DB) ([]govsweep.Site, error) {
	known, err := db.Sites(a.ctx, storage.SiteFilter{})
	if err != nil {
		return nil, err
	}
	var out, fresh []govsweep.Site
	for _, raw := range c.URL {
		home, err := homeAddress(raw)
		if err != nil {
			return nil, err
		}
		s, ok := siteOf(known, home)
		if !ok {
			s = govsweep.Site{ID: govsweep.SiteKey("", address.Host(home)), Name: address.Host(home), URL: home, Kind: govsweep.SiteKind(c.SiteKind)}
			fresh = append(fresh, s)
		} else if c.SiteKind != "" && s.Kind == govsweep.UnknownSite {
			s.Kind = govsweep.SiteKind(c.SiteKind)
			fresh = append(fresh, s)
		}
		if strings.Contains(raw, "://") && secure(home) != secure(s.URL) {
			if s.Registered() {
				fmt.Fprintf(a.stderr, "“%s”在名录中的首页为%s，按名录检查；应为%s的，请先改正名录。\n", reports.Clean(s.Name), reports.Clean(s.URL), reports.Clean(home))
			} else {
				s.URL = home // what was written last is all that is known of it
				fresh = append(slices.DeleteFunc(fresh, func(f govsweep.Site) bool { return f.ID == s.ID }), s)
			}
		}
		if !slices.ContainsFunc(out, func(o govsweep.Site) bool { return o.ID == s.ID }) {
			out = append(out, s)
		}
	}
	if len(fresh) == 0 {
		return out, nil
	}
	return out, db.SaveSites(a.ctx, fresh)
}

// homeAddress reads the address of a home page; without a scheme https is
// meant, and then a name needs a dot: a word alone is no site.
func homeAddress(raw string) (string, error) {
	home, err := address.Canonical(raw)
	if err != nil && !strings.Contains(raw, ":") {
		home, err = address.Canonical("https://" + raw)
		if err == nil && !strings.Contains(address.Hostname(home), ".") {
			return "", &govsweep.Error{Kind: govsweep.Wrong, Say: "“" + raw + "”没有点，不是完整的域名，请写完整的首页地址，如 https://www.example.gov.cn；内网的主机名请连同 http:// 一起写"}
		}
	}
	if err != nil {
		return "", &govsweep.Error{Kind: govsweep.Wrong, Say: "网址“" + raw + "”不正确，应如 https://www.example.gov.cn", Err: err}
	}
	return home, nil
}

// siteOf finds the registered site whose home page home is: the one of the
// register, where the address was inspected before it was registered.
func siteOf(known []govsweep.Site, home string) (found govsweep.Site, ok bool) {
	for _, s := range known {
		if address.Key(s.URL, "") == address.Key(home, "") && (!ok || found.Code == "" && s.Code != "") {
			found, ok = s, true
		}
	}
	return found, ok
}
