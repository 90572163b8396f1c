package facts

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govsweep/govsweep"
)

const fullFoot = `<div class="footer"><p><a href="/wzdt/index.html">网站地图</a> | <a href="/lxwm/">联系我们</a></p>
	<p>主办单位：甲县人民政府办公室　　承办单位：甲县大数据局 联系电话：0470-1234567</p>
	<p><a href="https://beian.miit.gov.cn/">蒙ICP备 05001234号-1</a> <a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=15078302000011">蒙公网安备 15078302000011号</a> 网站标识码：1507830002</p>
	<span id="_ideConac"><a href="http://bszs.conac.cn/sitename?method=show&amp;id=0123456789ABCDEF0123456789ABCDEF"><img src="http://dcs.conac.cn/image/red.png"></a></span>
	<script id="_jiucuo_" sitecode='1507830002' src='https://zfwzgl.www.gov.cn/exposure/jiucuo.js'></script> 本网站支持IPv6</div>`

func TestMarks(t *testing.T) {
	full := govsweep.Marks{SiteIDCode: "1507830002", ICP: "蒙ICP备05001234号-1", Police: "蒙公网安备15078302000011号", Conac: "red", ErrorReport: "current",
		IPv6Label: true, ICPLink: "https://beian.miit.gov.cn/", PoliceLink: "http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=15078302000011",
		ReportCode: "1507830002", Host: "甲县人民政府办公室", Contact: "联系电话：0470-1234567", Sitemap: true, FooterPresent: true}
	got := readHTML("<html><body><h1>甲</h1>" + fullFoot + "</body></html>").marks()
	if diff := cmp.Diff(&full, got); diff != "" {
		t.Error(diff)
	}
	if m := readHTML("<html><body><p>甲</p></body></html>").marks(); m != nil {
		t.Errorf("marks of a bare page: %+v", m)
	}
}

func TestMark(t *testing.T) {
	const foot = `<div id="foot"><p>版权所有：甲</p><p>`
	cases := []struct{ name, html, want string }{
		{"code without colon", foot + `网站标识码1507830002</p></div>`, "1507830002"},
		{"code on a line of its own", foot + `网站标识码<br>1507830002</p></div>`, "1507830002"},
		{"telephone below the words of a code", foot + `网站标识码：<br>04703210101</p></div>`, ""},
		{"code of a ministry", foot + `政府网站标识码：bm17000009</p></div>`, "bm17000009"},
		{"twelve digits", foot + `网站标识码:310000000044</p></div>`, "310000000044"},
		{"traditional characters", foot + `網站標識碼：1507830002</p></div>`, "1507830002"},
		{"foot known by its words only", `<p>正文</p><div><p>主办单位：甲 版权所有</p><p>网站标识码：1507830002</p></div>`, "1507830002"},
		{"codes in an article", `<div class=article><p>甲网（网站标识码：1507830002）未更新。</p></div>` + foot + `蒙ICP备05001234号</p></div>`, ""},
		{"blue", foot + `</p><script src="//dcs.conac.cn/js/01/001/0001/00000001/CA010010001000000010001.js"></script><img id="imgConac" src="/images/blue.png"></div>`, "blue"},
		{"error picture", foot + `</p><img src="http://dcs.conac.cn/image/red_error.png"></div>`, "error"},
		{"conac written by script", foot + `</p><script>document.write(unescape("%3Cscript src='http://dcs.conac.cn/js/01/001/0001/00000001/CA010010001000000010001.js'"))</script></div>`, "red"},
		{"old address of the error report", foot + `</p><script id="_jiucuo_" sitecode="1507830002" src="http://pucha.kaipuyun.cn/exposure/jiucuo.js"></script></div>`, "outdated"},
		{"error report as a link", foot + `</p><a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=1507830002&url=x">找错</a></div>`, "current"},
		{"talk about IPv6", `<p>各单位要加快改造，确保网站支持IPv6。</p><p>关于门户网站支持IPv6改造的通知</p>`, ""},
		{"label for IPv6", `<div class="top"><span>网站支持IPV6</span></div>`, "ipv6"},
		{"picture for IPv6", `<ul class="header"><li><img src="a.png" alt="IPV6标识"></li></ul>`, "ipv6"},
	}
	for _, c := range cases {
		m := readHTML("<html><body>" + c.html + "</body></html>").marks()
		got := ""
		if m != nil {
			got = m.SiteIDCode + m.Conac + m.ErrorReport
			if m.IPv6Label {
				got += "ipv6"
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestMarksUnread(t *testing.T) {
	cases := []struct {
		name, html string
		want       bool
	}{
		{"whole foot", "<body>" + fullFoot + "</body>", false},
		{"foot without two marks", `<body><script src="jquery.min.js"></script><div class=footer>主办单位：甲 网站标识码：1507830002 蒙ICP备05001234号</div></body>`, false},
		{"a script of that name beside a foot", `<body><div class=footer>主办单位：甲 网站标识码：1507830002 蒙ICP备05001234号</div><script src="footer-slide.js"></script></body>`, false},
		{"foot from a script file", `<body><p>甲</p><script src="/static/js/footer.js"></script></body>`, true},
		{"foot under a number", `<body><p>甲</p><script src="/js/840397482ca5455aa2209d4942e43e72.js"></script></body>`, true},
		{"foot written", `<body><p>甲</p><script>document.write('<p>网站标识码：1507830002</p>')</script></body>`, true},
		{"foot loaded", `<body><p>甲</p><div id="page_bottom"></div><script>$('#page_bottom').load('/gonggong/weibu.html');</script></body>`, true},
		{"foot in a frame", `<body><p>甲</p><iframe src="/inc/bottom.html"></iframe></body>`, true},
		{"include that was not resolved", `<body><p>甲</p><!--#include virtual="/inc/foot.html"--></body>`, true},
		{"empty foot and scripts", `<body><p>甲</p><div id="footer"></div><script src="/js/app.js"></script></body>`, true},
		{"cut page", `<body><p>甲</p><ul><li>乙`, true},
		{"container for a mark", `<body><div class="footer"><p>主办单位：甲 网站标识码：1507830002 蒙ICP备05001234号</p><div class="dzjg j-jiucuo" data-setting="{sitecode:1}"></div></div></body>`, true},
		{"no foot at all", `<body><p>甲</p><script src="jquery.min.js"></script></body>`, false},
	}
	for _, c := range cases {
		m := readHTML("<html>" + c.html).marks()
		if got := m != nil && m.MarksUnread; got != c.want {
			t.Errorf("%s: unread %v, want %v", c.name, got, c.want)
		}
	}
}

// TestTraditionalFoot: a foot that only its words name, in traditional characters.
func TestTraditionalFoot(t *testing.T) {
	m := readHTML(`<html><body><div><p>正文。</p></div><table align="center"><tr><td>主辦單位：甲局</td><td>聯系電話：0470-1234567</td>
		<td>網站標識碼: 1507830002</td><td><a href="https://beian.miit.gov.cn/">蒙ICP備05001234號-1</a></td><td><a href="/wzdt.html">網站地圖</a></td></tr></table></body></html>`).marks()
	if m == nil || m.ICP == "" || m.Host == "" || m.Contact == "" || !m.FooterPresent {
		t.Errorf("%+v", m)
	}
}
