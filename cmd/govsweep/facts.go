package main

import (
	"io"
	"net/http"
	"os"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/reports"
)

type factsCmd struct {
	File string `arg:"" help:"网页文件；- 为标准输入。"`
	URL  string `name:"url" required:"" help:"该网页的地址。" placeholder:"网址"`
}

// maxPage is the largest file that is read as one page.
const maxPage = 64 << 20

// Run prints the facts of one page as JSON.
func (c *factsCmd) Run(a *app) error {
	url, err := address.Canonical(c.URL)
	if err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "网址“" + c.URL + "”不正确", Err: err}
	}
	body, err := readPage(c.File)
	if err != nil {
		return err
	}
	p := &govsweep.Page{Visit: govsweep.Visit{Key: address.Key(url, ""), URL: url}, FinalURL: url, Status: http.StatusOK, Header: http.Header{}, Body: body}
	f := extract(p, &facts.Site{Home: homeOf(url), Hosts: []string{address.Host(url)}})
	return reports.JSON(a.stdout, f, a.format() == "table")
}

// extract decodes and reads one page.
func extract(p *govsweep.Page, site *facts.Site) *govsweep.PageFacts {
	body, charset := crawler.Decode(p.Body, p.Header.Get("Content-Type"))
	return facts.Extract(p, body, charset, site)
}

// homeOf gives the home page of the host of url.
func homeOf(url string) string {
	base, err := address.NewBase(url)
	if err != nil {
		return url
	}
	home, _ := base.Resolve("/")
	return home
}

func readPage(name string) ([]byte, error) {
	in := os.Stdin
	if name != "-" {
		f, err := namedfile.Open("文件", name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	body, err := io.ReadAll(io.LimitReader(in, maxPage+1))
	if err != nil {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "文件“" + name + "”无法读取", Err: err}
	}
	if len(body) > maxPage {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "文件“" + name + "”超过64兆字节，不能作为一个网页读取"}
	}
	return body, nil
}
