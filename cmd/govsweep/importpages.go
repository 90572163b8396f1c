package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/media"
	"github.com/govsweep/govsweep/register"
)

// isSavedPage says whether a file is a page for people: a saved post.
func isSavedPage(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".html" || ext == ".htm"
}

// pages gathers what saved pages say, account by account.
type pages struct {
	all     []govsweep.Account // whose pages they may be; one alone takes them all
	days    register.FileDays
	refused []string
	found   []register.AccountPosts
}

// add reads one saved page. What no account can be told of is refused.
func (p *pages) add(path string) error {
	body, err := readFile(path)
	if err != nil {
		return err
	}
	page := media.ReadPage(body)
	of := p.owner(&page)
	why := ""
	switch {
	case of < 0:
		why = page.Why
		if page.Health == govsweep.SourceWorking {
			why = fmt.Sprintf("网页是账号“%s”的信息，名录中没有这个账号；请先导入名录，或用 --account 指定。", page.Name)
		}
	case page.Health == govsweep.SourceWorking:
		why = p.days.Early(nil, page.Post.At)
	case page.Health != govsweep.SourceClosed: // that an account was closed is told by such a page
		why = page.Why
	}
	if why != "" {
		p.refused = append(p.refused, filepath.Base(path)+"："+why)
		return nil
	}
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("folder of %s: %w", path, err)
	}
	p.put(&p.all[of], filepath.Base(folder), path, &page)
	return nil
}

// owner finds the account of a page: by its number, else by platform and name.
func (p *pages) owner(page *media.SavedPage) int {
	if len(p.all) == 1 {
		return 0
	}
	if page.Health != govsweep.SourceWorking {
		return -1
	}
	same := func(a *govsweep.Account) bool { return a.Media == page.Media }
	byNumber := slices.IndexFunc(p.all, func(a govsweep.Account) bool {
		return same(&a) && a.Number != "" && slices.ContainsFunc(page.Numbers, func(n string) bool { return strings.TrimRight(n, "=") == strings.TrimRight(a.Number, "=") })
	})
	if byNumber >= 0 {
		return byNumber
	}
	return slices.IndexFunc(p.all, func(a govsweep.Account) bool { return same(&a) && page.Name != "" && a.Calls(page.Name) })
}

func (p *pages) put(a *govsweep.Account, folder, path string, page *media.SavedPage) {
	at := slices.IndexFunc(p.found, func(in register.AccountPosts) bool { return in.Account.ID == a.ID })
	if at < 0 {
		at = len(p.found)
		p.found = append(p.found, register.AccountPosts{Account: *a, File: path, Reading: govsweep.Reading{Source: govsweep.MediaSource{Kind: govsweep.PageSource, Address: folder}}})
	}
	in := &p.found[at]
	rd := &in.Reading
	health, why := page.Health, page.Why
	if health == govsweep.SourceWorking && (page.Media != a.Media || page.Name != "" && !a.Calls(page.Name) && !a.OfUnit(page.Name)) {
		health, why = govsweep.SourceRenamed, fmt.Sprintf("网页是“%s”的信息，与登记的“%s”不符，账号可能已更名，或网页属于另一账号。", page.Name, a.Name)
		rd.Name = page.Name
	}
	rd.Items++
	if health != govsweep.SourceWorking {
		if rd.Health == "" {
			rd.Health, rd.Why = health, why
		}
		return
	}
	post := page.Post
	post.Source = rd.Source.Key()
	in.Posts = append(in.Posts, post)
	rd.Health, rd.Why = govsweep.SourceWorking, ""
	if post.At.After(rd.Newest) {
		rd.Newest, rd.Name, in.File = post.At, page.Name, path
	}
	rd.At, rd.Alive = rd.Newest, rd.Newest
}

// savedPages reads one saved page, or all of a folder.
func (c *importPostsCmd) savedPages(a *app, all []govsweep.Account, paths []string) ([]register.AccountPosts, error) {
	p := &pages{all: all, days: c.speaks}
	for _, path := range paths {
		if err := p.add(path); err != nil {
			return nil, err
		}
	}
	for i := range p.found { // a page nobody knows the day of was looked at now
		if rd := &p.found[i].Reading; rd.At.IsZero() {
			rd.At = a.asOf()
		}
	}
	for _, r := range p.refused {
		fmt.Fprintln(a.stderr, r)
	}
	if len(p.refused) > 0 && !c.SkipRefused {
		return nil, wrongUse("有%d个网页不能导入，全部未导入；请核对，或用 --skip-refused 跳过", len(p.refused))
	}
	return p.found, nil
}

// filesOf lists the feeds and the pages of a folder.
func filesOf(folder string) (feeds, found []string, err error) {
	names, err := os.ReadDir(folder)
	if err != nil {
		return nil, nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "目录“" + folder + "”无法读取", Err: err}
	}
	for _, n := range names {
		path := filepath.Join(folder, n.Name())
		switch ext := strings.ToLower(filepath.Ext(n.Name())); {
		case n.IsDir():
		case isSavedPage(n.Name()):
			found = append(found, path)
		case ext == ".xml" || ext == ".rss" || ext == ".atom" || ext == ".json":
			feeds = append(feeds, path)
		}
	}
	return feeds, found, nil
}
