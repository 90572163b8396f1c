package facts

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/raced"
)

// FuzzExtractors reads any bytes as a page: no panic, bounded lists, valid text.
func FuzzExtractors(f *testing.F) {
	f.Add(`<table><tr><td>索引号：<td>A<td>文号</table><div class=foot>网站标识码：1 粤ICP备1号`)
	f.Add(`<a href="javascript:;" style="left:-9e9px;position:absolute">x<script>document.write("<a href='http://x.y' style='opacity:0'")`)
	f.Add(`<p>【索引号】：】：：公网安备ICP标识码:bm</p><meta name=pubdate content="2024—"><marquee width=0><a href=//a.b>`)
	f.Add("<td>索\u200b引號：</td>\xff\xfe<td>{{a}}<ul><li>标题：<li>文号：")
	f.Fuzz(func(t *testing.T, page string) {
		d := readAt("http://www.a.gov.cn/x/", page, "www.a.gov.cn")
		var facts govsweep.PageFacts
		facts.Kind = govsweep.HomePage
		d.enterHead(&facts)
		d.enterCalls(&facts)
		d.enterLinks(&facts)
		if len(facts.EmptyLinks) > maxLinkSpots || len(facts.Links) > maxPageLinks || len(facts.More) > maxMore {
			t.Error("a list is not bounded")
		}
		for _, v := range facts.CoreMetadata {
			if utf8.ValidString(page) && !utf8.ValidString(v.Value+v.Label) {
				t.Errorf("broken text %q", v)
			}
		}
	})
}

func TestHostilePagesStayCheap(t *testing.T) {
	pages := map[string]string{
		"labels":      strings.Repeat("<tr><td>索引号：</td><td>文号：</td></tr>", raced.Less(20_000)),
		"cuts":        "<p>" + strings.Repeat("<b>索引号</b>", raced.Less(50_000)),
		"colons":      "<p>" + strings.Repeat("号：", raced.Less(200_000)),
		"deep links":  strings.Repeat("<div>", 900) + strings.Repeat(`<a href="http://x.example/">x</a>`, raced.Less(20_000)),
		"empty links": strings.Repeat(`<a href="#" class="a b c" id="z">某某</a>`, raced.Less(20_000)) + "<script>" + strings.Repeat("x", raced.Less(90_000)) + "</script>",
		"foot":        "<div class=foot>" + strings.Repeat("<p>网站标识码 主办单位 电话 ICP 公网安备</p>", raced.Less(50_000)),
		"hidden":      `<div style="display:none">` + strings.Repeat(`<a href="http://x.example/">x</a>`, raced.Less(20_000)) + "</div>",
	}
	for name, page := range pages {
		var facts govsweep.PageFacts
		d := readAt("http://www.a.gov.cn/x/", page, "www.a.gov.cn")
		d.enterHead(&facts)
		d.enterLinks(&facts)
		if len(facts.EmptyLinks) > maxLinkSpots || len(facts.HiddenLinks) > maxLinkSpots {
			t.Errorf("%s: %d empty, %d hidden links", name, len(facts.EmptyLinks), len(facts.HiddenLinks))
		}
	}
}
