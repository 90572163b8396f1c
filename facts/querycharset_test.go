package facts

import (
	"testing"

	"github.com/govsweep/govsweep"
)

// TestQueriesAreSentInThePagesCharset: a browser writes the query of a link
// in the encoding of its page, the path always in UTF-8.
func TestQueriesAreSentInThePagesCharset(t *testing.T) {
	const page = `<html><body><h1>甲</h1><a href="/list.asp?lm=通知公告&amp;page=1#a">通知公告</a><a href="/公告/1.htm">公告</a></body></html>`
	for charset, want := range map[string]string{
		"gb18030": "http://www.example.gov.cn/list.asp?lm=%CD%A8%D6%AA%B9%AB%B8%E6&page=1",
		"utf-8":   "http://www.example.gov.cn/list.asp?lm=%E9%80%9A%E7%9F%A5%E5%85%AC%E5%91%8A&page=1",
		"big5":    "http://www.example.gov.cn/list.asp?lm=%B3q%AA%BE%A4%BD%A7i&page=1",
	} {
		body := page
		p := &govsweep.Page{Status: 200, FinalURL: "http://www.example.gov.cn/"}
		p.Visit.URL = p.FinalURL
		f := Extract(p, []byte(body), charset, nil)
		if len(f.Links) != 2 || f.Links[0].URL != want || f.Links[1].URL != "http://www.example.gov.cn/%E5%85%AC%E5%91%8A/1.htm" {
			t.Errorf("%s: %+v, want %s", charset, f.Links, want)
		}
	}
}
