package facts

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"golang.org/x/net/html"
)

// madeUpArticle is a page of about 40 KB as an intensive platform sends it:
// menus, head tags, a metadata table, paragraphs, links and a foot.
func madeUpArticle() []byte {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>某某市人民政府办公室关于印发造林绿化工作方案的通知_某某市人民政府</title>
<meta name="SiteName" content="某某市人民政府"><meta name="SiteDomain" content="www.example.gov.cn"><meta name="SiteIDCode" content="1599000001">
<meta name="ColumnName" content="政策文件"><meta name="ArticleTitle" content="某某市人民政府办公室关于印发造林绿化工作方案的通知"><meta name="PubDate" content="2024-05-09 08:30"><meta name="ContentSource" content="市政府办公室">
<link rel="stylesheet" href="/css/a.css"><script src="/js/jquery.js"></script><script>var _a=1;function search(){window.location.href="/ss/s?q="+document.getElementById("q").value;}</script></head><body><div class="header"><ul class="nav">`)
	for i := range 60 {
		fmt.Fprintf(&b, `<li class="nav-item"><a href="/zwgk/l%d/" target="_blank" title="栏目名称%d">栏目名称%d</a></li>%s`, i, i, i, "\n")
	}
	b.WriteString(`</ul></div><div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/zwgk/zcwj/">政策文件</a></div><div class="main"><table class="xxgk"><tr><td>索 引 号：</td><td>000014349/2024-00110</td><td>主题分类：</td><td>农业、林业</td></tr><tr><td>发文机关：</td><td>某某市人民政府办公室</td><td>成文日期：</td><td>2024年05月06日</td></tr><tr><td>标　　题：</td><td>关于印发造林绿化工作方案的通知</td></tr><tr><td>发文字号：</td><td>某政办发〔2024〕12号</td><td>发布日期：</td><td>2024年05月09日</td></tr><tr><td>主 题 词：</td><td></td></tr></table>
<h1>某某市人民政府办公室关于印发造林绿化工作方案的通知</h1><div class="info">发布时间：2024-05-09 08:30 来源：市政府办公室 <span>【字体：大 中 小】</span></div><div class="TRS_Editor">`)
	for i := range 60 {
		fmt.Fprintf(&b, `<p style="text-indent:2em;line-height:1.75;text-align:justify"><span style="font-size:16pt;font-family:仿宋">%d．坚持因地制宜、科学绿化，统筹山水林田湖草沙系统治理，到2025年完成营造林任务%d万亩，各旗县区要压实责任，建立台账，定期调度，确保任务落实到位、取得实效。</span></p>%s`, i, i*3, "\n")
	}
	b.WriteString(`<p><a href="./P020240509.pdf">附件：造林绿化工作方案.pdf</a></p></div><div class="related"><h3>相关信息</h3><ul>`)
	for i := range 30 {
		fmt.Fprintf(&b, `<li><a href="../202404/t20240%d10_%d.html" target="_blank">关于开展第%d批生态修复项目申报工作的通知</a><span>2024-0%d-10</span></li>%s`, i%9+1, i, i, i%9+1, "\n")
	}
	b.WriteString(`</ul></div></div><div class="links">`)
	for i := range 80 {
		fmt.Fprintf(&b, `<a href="http://w%d.example.gov.cn/" target="_blank">某某县%d</a>%s`, i, i, "\n")
	}
	b.WriteString(`</div><div class="footer"><p>主办单位：某某市人民政府办公室 <a href="/wzdt/">网站地图</a></p><p>网站标识码：1599000001 <a href="https://beian.miit.gov.cn/">蒙ICP备05009999号</a></p></div></body></html>`)
	for b.Len() < 38_000 {
		b.WriteString("<!-- filler of a template -->\n<div class=\"clear\"></div>\n")
	}
	return []byte(b.String())
}

func BenchmarkExtract(b *testing.B) {
	body := madeUpArticle()
	p := &govsweep.Page{Status: 200, Visit: govsweep.Visit{URL: "http://www.example.gov.cn/zwgk/zcwj/202405/t20240509_1.html", Role: govsweep.ArticleRole}}
	site := &Site{Home: "http://www.example.gov.cn/", Hosts: []string{"www.example.gov.cn"}}
	b.Run("html.Parse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := html.Parse(bytes.NewReader(body)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Read(p, body, site)
		}
		b.ReportMetric(float64(len(body))/1000, "KB")
	})
	b.Run("Extract", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Extract(p, body, "utf-8", site)
		}
	})
	for _, name := range []string{"gzcity_1", "tangshan_1"} {
		b.Run("saved/"+name, func(b *testing.B) {
			for _, file := range sharedPages(b) {
				if strings.HasSuffix(file, name+".html") {
					body, err := os.ReadFile(file)
					if err != nil {
						b.Fatal(err)
					}
					for b.Loop() {
						Extract(p, body, "utf-8", site)
					}
				}
			}
		})
	}
}
