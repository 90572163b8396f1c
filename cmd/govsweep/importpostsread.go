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
)

func (c *importPostsCmd) read(a *app, all []govsweep.Account) ([]postsIn, error) {
	if c.Account != "" {
		one, err := oneAccount(all, c.Account)
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
		one, err := savedFeed(all, c.File, body, c.speaks.through)
		return []postsIn{one}, err
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
func (c *importPostsCmd) folder(a *app, all []govsweep.Account) ([]postsIn, error) {
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
		one, err := savedFeed(all, path, body, c.speaks.through)
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
func savedFeed(all []govsweep.Account, path string, body []byte, through time.Time) (postsIn, error) {
	base := filepath.Base(path)
	stem := strings.TrimSuffix(base, filepath.Ext(base))
	of := slices.IndexFunc(all, func(a govsweep.Account) bool {
		return len(all) == 1 || a.Number != "" && strings.TrimRight(a.Number, "=") == strings.TrimRight(stem, "=")
	})
	if of < 0 {
		return postsIn{}, wrongUse("文件“%s”属于哪个账号不明：请用 --account 指定，或以账号ID为文件名", base)
	}
	in := postsIn{account: all[of], file: path}
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return in, fmt.Errorf("folder of %s: %w", path, err)
	}
	// Feeds of one folder come of one service; see facts.ServiceOf.
	in.reading, in.posts = media.ReadSaved(&in.account, filepath.Base(folder)+"/"+base, body, through)
	return in, nil
}
