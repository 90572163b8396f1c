package facts

import (
	"testing"

	"github.com/govsweep/govsweep"
)

func TestThePublishTimeIsKeptAsPrinted(t *testing.T) {
	cases := map[string]string{
		`<h1>关于开展工作的通知</h1><div class="info">发布时间：2021年8月6日 10:20　来源：市政府办公室</div>`:            "2021年8月6日 10:20",
		`<h1>关于开展工作的通知</h1><div class="info">发布时间：2021-08-06 10:20</div>`:                     "2021-08-06 10:20",
		`<h1>关于开展工作的通知</h1><div class="info"><span>2021/08/06</span><span>来源：本网</span></div>`: "2021/08/06",
	}
	for html, want := range cases {
		body := `<html><head><title>关于开展工作的通知</title></head><body>` + html + `<div id="zoom"><p>各县区人民政府，市直各部门，现将有关事项通知如下，请认真贯彻执行，抓好落实。</p></div></body></html>`
		p := &govsweep.Page{Visit: govsweep.Visit{URL: "https://www.x.gov.cn/art/2021/8/6/art_1_2.html", Role: govsweep.ArticleRole}, Status: 200}
		if f := Extract(p, []byte(body), "utf-8", nil); f.PrintedDate != want {
			t.Errorf("printed %q (visible %q), want %q", f.PrintedDate, f.VisibleDate, want)
		}
	}
}
