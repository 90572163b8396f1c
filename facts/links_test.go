package facts

import (
	"fmt"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

func readAt(url, html string, hosts ...string) *Document {
	p := &govsweep.Page{}
	p.Visit.URL = url
	return Read(p, []byte(html), &Site{Hosts: hosts})
}

func TestLinks(t *testing.T) {
	d := readAt("http://www.a.gov.cn/zw/index.html", `<body><div class="nav"><a href="/zw/tzgg/">通知公告</a><a href="/x/">甲</a></div>
	<ul><li><a href="./202601/t1.html"> 第一条 </a></li><li><a href="./202601/t1.html">又是</a></li><li><a href="f/a.PDF?v=1">附件</a></li>
	<li><a href="/module/download/downfile.jsp?classid=0&filename=1">下载</a></li><li><a href="http://b.example.com/x">外部</a></li><li><a href="http://www.a.gov.cn:80/y/"><img alt="图" src="/i/a.jpg"></a></li>
	<li><a href="mailto:a@b.cn">信</a><a href="#top">顶</a><a href="javascript:f()">动</a><a name=x>锚</a><a href="/x/">乙</a></li></ul>
	<a href="index_1.html">下一页</a><a href="index_2.html">3</a><template><a href="/t/">模板</a></template></body>`, "www.a.gov.cn")
	var f govsweep.PageFacts
	f.Kind = govsweep.HomePage
	d.enterLinks(&f)
	want := `nav http://www.a.gov.cn/zw/tzgg/ 通知公告
nav http://www.a.gov.cn/x/ 甲
internal http://www.a.gov.cn/zw/202601/t1.html 第一条
attachment http://www.a.gov.cn/zw/f/a.PDF?v=1 附件
attachment http://www.a.gov.cn/module/download/downfile.jsp?classid=0&filename=1 下载
external http://b.example.com/x 外部
internal http://www.a.gov.cn/y/ 图
pager http://www.a.gov.cn/zw/index_1.html 下一页
pager http://www.a.gov.cn/zw/index_2.html 3
image http://www.a.gov.cn/i/a.jpg 图`
	var got []string
	for _, l := range f.Links {
		got = append(got, fmt.Sprintf("%s %s %s", l.Class, l.URL, l.Text))
	}
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

func TestSameSite(t *testing.T) {
	d := readAt("http://a.gov.cn/jyj/", "", "a.gov.cn/jyj", "jyj.a.gov.cn")
	for u, want := range map[string]bool{"http://a.gov.cn/jyj/x": true, "http://a.gov.cn/jyj": true, "http://a.gov.cn/jyjx/": false, "http://a.gov.cn/": false,
		"https://jyj.a.gov.cn/": true, "http://b.gov.cn/": false} {
		if d.sameSite(u) != want {
			t.Errorf("%s: %v", u, !want)
		}
	}
}

func TestEmptyLinks(t *testing.T) {
	cases := []struct {
		html string
		want int
	}{
		{`<a href="#">某某公告</a>`, 1},
		{`<a href="">某某公告</a>`, 1},
		{`<a href="javascript:void(0);">办事指南</a>`, 1},
		{`<a href="javascript:;"><img src=a.jpg alt="专题"></a>`, 1},
		{`<div class="tab-title"><a href="#">更多</a></div>`, 1},
		{`<a href="#" onclick="f()">某某</a>`, 0},
		{`<a href="#" data-id="3">某某</a>`, 0},
		{`<a href="javascript:;" role="tab">要闻</a>`, 0},
		{`<li><a href="#">政务公开</a><ul><li><a href="/a/">甲</a></li></ul></li>`, 0},
		{`<li><div><a href="#">政务公开</a></div><ul><li><a href="/a/">甲</a></li></ul></li>`, 0},
		{`<div class="tab_hd"><a href="#">要闻</a></div>`, 0},
		{`<a href="#">返回顶部</a><a href="javascript:;">登录</a><a href="#">【打印】</a><a href="#">大</a><a href="javascript:void(0)">分享到微信</a><a href="#">1</a>`, 0},
		{`<a href="javascript:void(0)">上一篇：没有了</a>`, 0},
		{`<a name="top"></a><a id="x">某某</a>`, 0},
		{`<a href="javascript:;" id="go">某某</a><script>$("#go").click(f)</script>`, 0},
		{`<a href="javascript:;" class="openbox">某某</a><script>$(".openbox").on("click",f)</script>`, 0},
		{`<a href="javascript:doPrint()">某某</a>`, 0},
		{`<a href="#zhengwen">正文</a>`, 0},
		{`<div style="display:none"><a href="#">某某</a></div>`, 0},
		{`<a href="#">{{item.title}}</a>`, 0},
		{`<a href="#"></a>`, 0},
	}
	for _, c := range cases {
		if got := readAt("http://a.gov.cn/", "<body>"+c.html+"</body>").emptyLinks(); len(got) != c.want {
			t.Errorf("%s: %v, want %d", c.html, got, c.want)
		}
	}
}

func TestHiddenLinks(t *testing.T) {
	const bad = `<a href="http://casino.example.com/">x</a>`
	cases := []struct {
		html string
		want int
	}{
		{`<div style="display:none">` + bad + `</div>`, 1},
		{`<div style="visibility: hidden">` + bad + `</div>`, 1},
		{`<p style="font-size:0px">` + bad + `</p>`, 1},
		{`<p style="text-indent:-9999px">` + bad + `</p>`, 1},
		{`<div style="position:absolute; left:-3000px">` + bad + `</div>`, 1},
		{`<div style="POSITION: absolute;TOP: -999px">` + bad + `</div>`, 1},
		{`<div style="opacity:0">` + bad + `</div>`, 1},
		{`<div style="height:0;overflow:hidden"><ul><li>` + bad + `</li></ul></div>`, 1},
		{`<div style="width:1px;height:1px">` + bad + `</div>`, 1},
		{`<marquee width=1 height=1>` + bad + `</marquee>`, 1},
		{`<a style="display:none" href="http://casino.example.com/">x</a>`, 1},
		{`<script>document.write('<div style="display:none"><a href="http://casino.example.com/">x</a></div>')</script>`, 1},
		{bad, 0},
		{`<div style="font-size:0"><a href="http://casino.example.com/"><img src=a.png></a></div>`, 0},
		{`<div style="height:0">` + bad + `</div>`, 0},
		{`<p style="text-indent:-2em;opacity:.9;font-size:12px">` + bad + `</p>`, 0},
		{`<div style="display:none"><a href="/a/">a</a><a href="http://b.gov.cn/">b</a></div>`, 0},
		{`<div class="tab" style="display:none"><a href="/a/">a</a><a href="/b/">b</a>` + bad + `</div>`, 0},
		{`<h3>友情链接</h3><ul class="droplist" style="display:none">` + bad + `</ul>`, 0},
		{`<a style="display:none" href="http://121.43.68.40/exposure/jiucuo.html">x</a><a style="display:none" href="http://bszs.conac.cn/sitename">x</a>`, 0},
		{`<template><div style="display:none">` + bad + `</div></template>`, 0},
	}
	for _, c := range cases {
		if got := readAt("http://a.gov.cn/", "<body>"+c.html+"</body>", "a.gov.cn").hiddenLinks(); len(got) != c.want {
			t.Errorf("%s: %v, want %d", c.html, got, c.want)
		}
	}
}
