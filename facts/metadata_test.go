package facts

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

// coreLine writes metadata on one line: key=label:value, in the order of the paper.
func coreLine(m metadata) string {
	var out []string
	for _, key := range govsweep.MetaKeys {
		if v, ok := m.core[key]; ok {
			out = append(out, fmt.Sprintf("%s=%s:%s", key, v.Label, v.Value))
		}
	}
	if m.validity != nil {
		out = append(out, "validity="+m.validity.Label+":"+m.validity.Value)
	}
	if m.disclosure != "" {
		out = append(out, "disclosure="+m.disclosure)
	}
	return strings.Join(out, " ")
}

func TestMetadata(t *testing.T) {
	const all = "index_number=索引号:A/2020-00001 topic_category=主题分类:财政 issuing_body=发文机关:甲局 written_date=成文日期:2020年5月1日 " +
		"title=标题:甲通知 document_number=发文字号:甲〔2020〕1号 pub_date=发布日期:2020-05-03 subject_terms=主题词:"
	cases := []struct{ name, html, want string }{
		{"table of four cells", `<table><tr><td>索 引 号：</td><td>A/2020-00001</td><td>主题分类：</td><td>财政</td></tr>
			<tr><td>发文机关：</td><td>甲局</td><td>成文日期：</td><td>2020年5月1日</td></tr>
			<tr><td>标　　题：</td><td colspan=3>甲通知</td></tr><tr><td>发文字号：</td><td>甲〔2020〕1号</td><td>发布日期：</td><td>2020-05-03</td></tr>
			<tr><td>主 题 词：</td><td colspan=3></td></tr></table>`, all},
		{"two rows of heads, each over its values", `<table><tr><th>索引号</th><th>主题分类</th><th>发文机关</th><th>成文日期</th></tr>
			<tr><td>A/2020-00001</td><td>财政</td><td>甲局</td><td>2020年5月1日</td></tr><tr><th>标题</th><th>发文字号</th><th>发布日期</th><th>主题词</th></tr>
			<tr><td>甲通知</td><td>甲〔2020〕1号</td><td>2020-05-03</td><td></td></tr></table>`, all},
		{"heads of rows without colon", `<table><tr><th>索引号</th><td>A/2020-00001</td><th>主题分类</th><td>财政</td></tr>
			<tr><th>发文机关</th><td>甲局</td><th>成文日期</th><td>2020年5月1日</td></tr><tr><th>标题</th><td>甲通知</td><th>发文字号</th><td>甲〔2020〕1号</td></tr>
			<tr><th>发布日期</th><td>2020-05-03</td><th>主题词</th><td></td></tr></table>`, all},
		{"label and value in one cell", `<table><tr><td>索引号：A/2020-00001</td><td>主题分类：财政</td></tr><tr><td>发文机关：甲局</td><td>成文日期：2020年5月1日</td></tr>
			<tr><td>标题：甲通知</td><td>发文字号：甲〔2020〕1号</td></tr><tr><td>发布日期：2020-05-03</td><td>主题词：</td></tr></table>`, all},
		{"terms", `<dl><dt>索引号</dt><dd>A/2020-00001</dd><dt>主题分类</dt><dd>财政</dd><dt>发文机关</dt><dd>甲局</dd><dt>成文日期</dt><dd>2020年5月1日</dd>
			<dt>标题</dt><dd>甲通知</dd><dt>发文字号</dt><dd>甲〔2020〕1号</dd><dt>发布日期</dt><dd>2020-05-03</dd><dt>主题词</dt><dd></dd></dl>`, all},
		{"list", `<ul><li><span>索引号：</span>A/2020-00001</li><li><span>主题分类：</span>财政</li><li><b>发文机关：</b>甲局</li><li>成文日期：<em>2020年5月1日</em></li>
			<li>标题：甲通知</li><li>发文字号：甲〔2020〕1号</li><li>发布日期：2020-05-03</li><li>主题词：</li></ul><p>正文。</p>`, all},
		{"bold label without colon", `<div><p><b>索引号</b>A/2020-00001</p><p><b>主题分类</b>财政</p><p><b>发文机关</b>甲局</p><p><b>成文日期</b>2020年5月1日</p>
			<p><b>标题</b>甲通知</p><p><b>发文字号</b>甲〔2020〕1号</p><p><b>发布日期</b>2020-05-03</p><p><b>主题词</b></p></div>`, all},
		{"one line of text", `<p>索引号：A/2020-00001 主题分类：财政 发文机关：甲局 成文日期：2020年5月1日 标题：甲通知 发文字号：甲〔2020〕1号 发布日期：2020-05-03 主题词：</p>`, all},
		{"no space between", `<p>索引号：A/2020-00001主题分类：财政发文机关：甲局成文日期：2020年5月1日<span>标题：甲通知</span>发文字号：甲〔2020〕1号发布日期：2020-05-03主题词：</p>`, all},
		{"lines", `<div>索引号：A/2020-00001<br>主题分类：财政<br>发文机关：甲局<br>成文日期：2020年5月1日<br>标题：甲通知<br>发文字号：甲〔2020〕1号<br>发布日期：2020-05-03<br>主题词：<br></div>`, all},
		{"pairs of divs", `<div class=m><div class=r><div class=k>索引号</div><div class=v>A/2020-00001</div></div><div class=r><div class=k>主题分类</div><div class=v>财政</div></div>
			<div class=r><div class=k>发文机关</div><div class=v>甲局</div></div><div class=r><div class=k>成文日期</div><div class=v>2020年5月1日</div></div><div class=r><div class=k>标题</div><div class=v>甲通知</div></div>
			<div class=r><div class=k>发文字号</div><div class=v>甲〔2020〕1号</div></div><div class=r><div class=k>发布日期</div><div class=v>2020-05-03</div></div><div class=r><div class=k>主题词</div><div class=v></div></div></div>`, all},
		{"alternating rows of a list", `<ul><li>索引号：</li><li>A/2020-00001</li><li>主题分类：</li><li>财政</li><li>发文机关：</li><li>甲局</li><li>成文日期：</li><li>2020年5月1日</li>
			<li>标题：</li><li>甲通知</li><li>发文字号：</li><li>甲〔2020〕1号</li><li>发布日期：</li><li>2020-05-03</li><li>主题词：</li></ul>`, all},
		{"brackets", `<p>【索引号】A/2020-00001【主题分类】财政【发文机关】甲局【成文日期】2020年5月1日【标题】甲通知【发文字号】甲〔2020〕1号【发布日期】2020-05-03【主题词】</p>`, all},
		{"head row over one row of values", `<table><tr><td>索引号</td><td>主题分类</td><td>发文机关</td><td>成文日期</td><td>标题</td><td>发文字号</td><td>发布日期</td><td>主题词</td></tr>
			<tr><td>A/2020-00001</td><td>财政</td><td>甲局</td><td>2020年5月1日</td><td>甲通知</td><td>甲〔2020〕1号</td><td>2020-05-03</td><td></td></tr></table>`, all},
		{"traditional characters", `<table><tr><td>索引號：</td><td>A/1</td><td>主題分類：</td><td>財政</td></tr><tr><td>發文機關：</td><td>甲局</td><td>文　號：</td><td>甲〔2020〕1號</td></tr></table>`,
			"index_number=索引號:A/1 topic_category=主題分類:財政 issuing_body=發文機關:甲局 document_number=文號:甲〔2020〕1號"},
		{"other words for them", `<table><tr><td>索取号</td><td>A1</td><td>文件编号</td><td>甲〔2020〕1号</td></tr><tr><td>发布机构</td><td>甲局</td><td>生成日期</td><td>2020-05-01</td></tr>
			<tr><td>名 称</td><td colspan=3>甲通知</td></tr><tr><td>有效性</td><td>有效</td><td>公开方式</td><td>主动公开</td></tr></table>`,
			"issuing_body=发布机构:甲局 written_date=生成日期:2020-05-01 title=名称:甲通知 index_number=索取号:A1 document_number=文件编号:甲〔2020〕1号 validity=有效性:有效 disclosure=主动公开"},
		{"department beside the issuing body", `<ul><li>索引号：A1</li><li>责任部门：乙科</li><li>发文机关：甲局</li><li>文号：甲〔2020〕1号</li></ul>`,
			"index_number=索引号:A1 issuing_body=发文机关:甲局 document_number=文号:甲〔2020〕1号"},
		{"department alone", `<ul><li>索引号：A1</li><li>责任部门：乙科</li><li>文号：甲〔2020〕1号</li></ul>`,
			"index_number=索引号:A1 issuing_body=责任部门:乙科 document_number=文号:甲〔2020〕1号"},
		{"source line outside the block is no issuing body", `<table><tr><td>索引号：</td><td>A1</td><td>文号：</td><td>甲〔2020〕1号</td></tr></table><div><h1>甲通知</h1><p>来源：甲网 发布时间：2020-05-03 10:00</p></div>`,
			"index_number=索引号:A1 document_number=文号:甲〔2020〕1号 pub_date=发布时间:2020-05-03 10:00"},
		{"the block goes before the line under the headline", `<h1>甲通知</h1><p>发布日期：2020-05-01 10:00 来源：甲网</p><table><tr><td>索引号：</td><td>A1</td><td>文号：</td><td>甲〔2020〕1号</td></tr><tr><td>公开日期：</td><td>2020-05-03</td></tr></table>`,
			"index_number=索引号:A1 document_number=文号:甲〔2020〕1号 pub_date=公开日期:2020-05-03"},
		{"news with an empty number", `<div class=info>发布时间：2020-05-03 来源：甲网 文件编号：</div><p>正文</p>`, "document_number=文件编号: pub_date=发布时间:2020-05-03"},
		{"prose", `<p>请在标题：栏填写名称。会议讨论了索引号的编制，来源：略。</p><p>索引号：由机关代码、年份和序号组成，用来查找。</p>`, ""},
		{"hidden template", `<div style="display:none"><p>索引号：{{no}}</p><p>发文机关：{{org}}</p></div><template><p>索引号：A1</p></template><script type="text/template"><p>索引号：A2</p></script>
			<textarea>文号：甲</textarea><ul style="display:none"><li>索引号：</li><li>文号：</li><li>发文机关：</li></ul>`, ""},
		{"search form", `<form><table><tr><td>索引号：</td><td><input name=a></td><td>文号：</td><td><input name=b></td></tr></table></form>`, ""},
		{"list of documents", strings.Repeat(`<li><table><tr><td>索引号</td><td>A1</td><td>文号</td><td></td></tr><tr><td>发布机构</td><td>甲</td><td>发布日期</td><td>2020-01-01</td></tr></table></li>`, 5), ""},
		{"head of a list of documents", `<table><tr><th>索引号</th><th>标题</th><th>发布日期</th></tr><tr><td>A1</td><td>甲</td><td>2020-01-01</td></tr><tr><td>A2</td><td>乙</td><td>2020-01-02</td></tr></table>`, ""},
		{"note under the text", `<p>正文。</p><p>（此件公开发布）</p>`, "disclosure=此件公开发布"},
		{"note in traditional characters", `<p>正文。（此件公開發佈）</p>`, "disclosure=此件公开发布"},
		{"note in a sentence", `<p>凡此件公开发布的文件均应登记。</p>`, ""},
		{"a document twice, once for phones", `<table><tr><td>索引号</td><td>A1</td><td>文号</td><td>B</td></tr></table><ul style="display:none"><li>索引号：A2</li><li>文号：B</li></ul>`,
			"index_number=索引号:A1 document_number=文号:B"},
		{"filters of a search page", `<div><p>主题分类</p><p>发文机关</p><p>成文日期</p></div>`, ""},
		{"views and buttons end a value", `<p>发布日期：2020-05-03 浏览次数：12 字体：大 中 小 打印</p>`, "pub_date=发布日期:2020-05-03"},
	}
	for _, c := range cases {
		got := coreLine(readHTML("<body>" + c.html + "</body>").metadata())
		if sorted(got) != sorted(c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func sorted(s string) string {
	parts := strings.Split(s, " ")
	sort.Strings(parts)
	return strings.Join(parts, " ")
}
