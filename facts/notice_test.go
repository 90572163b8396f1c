package facts

import (
	"testing"

	"github.com/govsweep/govsweep"
)

func TestNoticeOfAColumn(t *testing.T) {
	cases := []struct{ name, body, want string }{
		{"stopped", `<p>本栏目已停止更新，相关信息请到“政策文件”栏目查看。</p>`, "本栏目已停止更新，相关信息请到“政策文件”栏目查看。"},
		{"moved", `<div>因机构改革，原栏目内容整合至“政务公开”。</div>`, "因机构改革，原栏目内容整合至“政务公开”。"},
		{"a headline", `<ul><li><a href="1.html">关于本栏目迁移有关事项的通知</a><span>2021-08-01</span></li></ul>`, ""},
		{"another thing", `<p>本栏目公开市政府文件，欢迎查阅。某企业已停止服务。</p>`, ""},
		{"hidden", `<p style="display:none">本栏目已停止更新。</p>`, ""},
	}
	for _, c := range cases {
		html := `<html><head><title>规划计划</title><meta name="ColumnName" content="规划计划"></head><body><div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/ghjh/">规划计划</a></div><div class="list">` + c.body + `</div></body></html>`
		p := &govsweep.Page{Visit: govsweep.Visit{URL: "https://www.x.gov.cn/ghjh/", Role: govsweep.ColumnRole}, Status: 200}
		if f := Extract(p, []byte(html), "utf-8", nil); f.Notice != c.want {
			t.Errorf("%s: notice %q of a %s page, want %q", c.name, f.Notice, f.Kind, c.want)
		}
	}
}

func TestALogInFormIsKnown(t *testing.T) {
	html := `<html><head><title>我要咨询</title><meta name="ColumnName" content="我要咨询"></head><body><div class="main"><form>用户名<input name="u">密码<input type="password" name="p"></form></div></body></html>`
	p := &govsweep.Page{Visit: govsweep.Visit{URL: "https://www.x.gov.cn/wyzx/", Role: govsweep.ColumnRole}, Status: 200}
	if f := Extract(p, []byte(html), "utf-8", nil); !f.Login {
		t.Errorf("%s page, %s, is not known as a log-in", f.Kind, f.Response)
	}
}
