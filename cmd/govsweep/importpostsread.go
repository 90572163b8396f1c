package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/media"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/register"
)

func (c *importPostsCmd) read(a *app, all []govsweep.Account) ([]register.AccountPosts, error) {
	if c.Account != "" {
		one, err := register.FindAccount(all, c.Account)
		if err != nil {
			return nil, err
		}
		all = []govsweep.Account{one}
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "文件“" + c.File + "”无法读取", Err: err}
	}
	if info.IsDir() {
		return c.folder(a, all)
	}
	if isSavedPage(c.File) {
		return c.savedPages(a, all, []string{c.File})
	}
	body, err := readFile(c.File)
	if err != nil {
		return nil, err
	}
	if head := bytes.TrimLeft(body, "\xef\xbb\xbf \r\n\t"); len(head) > 0 && (head[0] == '<' || head[0] == '{') {
		one, err := savedFeed(all, c.File, body, c.speaks.Through)
		return []register.AccountPosts{one}, err
	}
	return c.table(a, all, body)
}

// maxPostFile bounds a file of posts.
const maxPostFile = 48 << 20

func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err == nil && info.Mode().IsRegular() && info.Size() > maxPostFile {
		return nil, wrongUse("文件“%s”超过%dMB，请拆分后再导入", name, maxPostFile>>20)
	}
	return namedfile.ReadMost("文件", name, maxPostFile)
}

// folder reads every saved feed and page of a folder.
func (c *importPostsCmd) folder(a *app, all []govsweep.Account) ([]register.AccountPosts, error) {
	feeds, found, err := filesOf(c.File)
	if err != nil {
		return nil, err
	}
	if len(feeds)+len(found) == 0 {
		return nil, wrongUse("目录“%s”中没有 .xml、.rss、.atom、.json 订阅文件，也没有 .html 网页", c.File)
	}
	out, err := c.savedPages(a, all, found)
	if err != nil {
		return nil, err
	}
	unknown := 0
	for _, path := range feeds {
		body, err := readFile(path)
		if err != nil {
			return nil, err
		}
		one, err := savedFeed(all, path, body, c.speaks.Through)
		if err != nil {
			fmt.Fprintln(a.stderr, said(err))
			unknown++
			continue
		}
		out = append(out, one)
	}
	if unknown > 0 && !c.SkipRefused {
		return nil, wrongUse("有%d个文件不能导入，全部未导入；请核对，或用 --skip-refused 跳过", unknown)
	}
	if len(out) == 0 {
		return nil, wrongUse("目录“%s”中没有可以导入的文件", c.File)
	}
	return out, nil
}

// savedFeed reads one saved feed: of the account named, or of the one whose
// number the file is called by.
func savedFeed(all []govsweep.Account, path string, body []byte, through time.Time) (register.AccountPosts, error) {
	base := filepath.Base(path)
	stem := strings.TrimSuffix(base, filepath.Ext(base))
	of := slices.IndexFunc(all, func(a govsweep.Account) bool {
		return len(all) == 1 || a.Number != "" && strings.TrimRight(a.Number, "=") == strings.TrimRight(stem, "=")
	})
	if of < 0 {
		return register.AccountPosts{}, wrongUse("文件“%s”属于哪个账号不明：请用 --account 指定，或以账号ID为文件名", base)
	}
	in := register.AccountPosts{Account: all[of], File: path}
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return in, fmt.Errorf("folder of %s: %w", path, err)
	}
	// Feeds of one folder come of one service; see facts.ServiceOf.
	in.Reading, in.Posts = media.ReadSaved(&in.Account, filepath.Base(folder)+"/"+base, body, through)
	return in, nil
}

// table reads a file of a platform, or a manual log.
func (c *importPostsCmd) table(a *app, all []govsweep.Account, body []byte) ([]register.AccountPosts, error) {
	rows, refused, err := register.ReadPosts(bytes.NewReader(body), c.File)
	if err != nil {
		return nil, err
	}
	if c.Account == "" && !slices.ContainsFunc(rows, register.NamesAccount) && len(rows) > 0 {
		return nil, wrongUse("文件“%s”没有写明信息属于哪个账号：请加上平台和账号ID两列，或用 --account 指定", c.File)
	}
	t := register.TakePosts(rows, all, &register.PostFile{Name: c.File, One: c.Account != "", Manual: c.Manual, Days: c.speaks})
	refused = append(refused, t.Refused...)
	said := append(slices.Clone(refused), t.Strangers...)
	register.SortRefusals(said)
	for _, r := range said {
		fmt.Fprintln(a.stderr, r)
	}
	n := len(refused) + t.Unknown
	if n > 0 && !c.SkipRefused {
		return nil, wrongUse("有%d处不能导入，全部未导入；改正后重试，或用 --skip-refused 跳过有误的行", n)
	}
	if len(t.Found) == 0 {
		return nil, wrongUse("文件“%s”中没有可以导入的信息", c.File)
	}
	for i := range t.Found {
		if in := &t.Found[i]; in.Reading.Undated > 0 {
			fmt.Fprintf(a.stderr, "%s：有%d条信息晚于 --through 注明的%s，未导入，不能据此证明未更新；请核对截取日期。\n", in.Account.Name, in.Reading.Undated, govsweep.ChineseDate(c.speaks.Through))
		}
	}
	return t.Found, nil
}

// firstPlatform is the year before which no account was opened.
const firstPlatform = 2009

// days reads --from and --through. A day that is still to come, or that no
// account can speak of, is refused: a mistyped year would prove silence.
func (c *importPostsCmd) days(now time.Time) (d register.FileDays, err error) {
	d.Now = govsweep.EndOfDay(now)
	if d.Through, err = c.day(c.Through, "--through", d.Now); err != nil {
		return d, err
	}
	if d.From, err = c.day(c.Since, "--from", d.Now); err != nil {
		return d, err
	}
	if !d.Through.IsZero() && d.From.After(d.Through) {
		return d, wrongUse("--from（%s）在 --through（%s）之后，请核对", govsweep.ChineseDate(d.From), govsweep.ChineseDate(d.Through))
	}
	return d, nil
}

func (c *importPostsCmd) day(s, flag string, now time.Time) (time.Time, error) {
	t, err := dayEnd(s, flag)
	switch {
	case err != nil || s == "":
		return t, err
	case t.After(now):
		return t, wrongUse("%s “%s”在%s之后，请核对年份：文件不能反映尚未到来的日子", flag, s, govsweep.ChineseDate(now))
	case t.Year() < firstPlatform:
		return t, wrongUse("%s “%s”早于%d年，当时还没有政务新媒体，请核对年份", flag, s, firstPlatform)
	}
	return t, nil
}
