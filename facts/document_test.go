package facts

import (
	"testing"

	"golang.org/x/net/html/atom"
)

func readHTML(s string) *Document { return Read(nil, []byte(s), nil) }

func TestReadBlocksLinksAndRegions(t *testing.T) {
	d := readHTML(`<!DOCTYPE html><html><head><meta name="ColumnName" content="通知&amp;公告"><title> 通知
	公告 </title><base href="http://a.example/x/"></head><body>
	<div class="header"><a href="/">首页</a></div>
	<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/tz/?a=1&reg=2">通知</a></div>
	<table><tr><td>索&nbsp;引　号：</td><td></td><td>甲<br>乙</td></table>
	<ul style="display: none"><li><a href=1.html title='一'>第<b>一</b>条</a><span>2021-08-06</span><li><a>空</a></ul>
	<div>版权所有：某市人民政府 主办单位：某办公室<p>京ICP备05001234号</div>
	<script>var a = "</div><a href=x>";</script></body></html>`)
	if d.TitleTag != "通知 公告" || d.MetaContent("columnname") != "通知&公告" {
		t.Errorf("title %q, column %q", d.TitleTag, d.MetaContent("columnname"))
	}
	var got []string
	for _, b := range d.Blocks {
		got = append(got, b.Text)
	}
	want := []string{"首页", "当前位置：首页 > 通知", "索 引 号：", "", "甲", "乙", "第一条2021-08-06", "空", "版权所有：某市人民政府 主办单位：某办公室", "京ICP备05001234号"}
	if len(got) != len(want) {
		t.Fatalf("blocks %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("block %d %q, want %q", i, got[i], want[i])
		}
	}
	if a := d.Links[2]; a.Region != CrumbRegion || a.Href != "/tz/?a=1&reg=2" {
		t.Errorf("crumb link %+v", a)
	}
	a := d.Links[3]
	if a.Text != "第一条" || a.Hiding != ByStyle || a.Title != "一" {
		t.Errorf("hidden link %+v", a)
	}
	if u, ok := d.Resolve(a.Href); !ok || u != "http://a.example/x/1.html" {
		t.Errorf("resolved %q %v", u, ok)
	}
	if r := d.Blocks[len(d.Blocks)-2].Region; r != FootRegion {
		t.Errorf("foot region %d", r)
	}
	ul := a.Node.Up(atom.Ul)
	if n := len(d.BlocksIn(ul)); n != 2 || len(d.LinksIn(ul)) != 2 {
		t.Errorf("%d blocks in the list", n)
	}
	if p := a.Node.Path(); p != "html > body > ul > li:nth-child(1) > a" {
		t.Errorf("path %s", p)
	}
}
