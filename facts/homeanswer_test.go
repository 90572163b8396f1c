package facts_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

func TestAHomePageIsToldFromWhatComesInItsPlace(t *testing.T) {
	menu := strings.Repeat(`<li><a href="/xw/1.html">县政府召开常务会议研究部署有关工作</a></li>`, 40)
	for name, test := range map[string]struct {
		body string
		want govsweep.Response
	}{
		"a home page":                   {"<html><title>某某县人民政府</title><body>" + menu + "</body></html>", govsweep.Content},
		"news of a system upgrade":      {"<html><title>某某县人民政府</title><body>" + menu + "<p>关于政务系统升级的公告</p></body></html>", govsweep.Content},
		"a short entrance page":         {`<html><title>某某县人民政府</title><body><a href="/a/">进入政府网站</a><a href="/b/">进入政务服务网</a></body></html>`, govsweep.Content},
		"a gateway's page":              {"<html><title>502 Bad Gateway</title><body><h1>502 Bad Gateway</h1>nginx</body></html>", govsweep.ErrorPage},
		"a page for the upkeep":         {"<html><title>网站维护中</title><body><p>网站维护中，请稍后访问</p></body></html>", govsweep.ErrorPage},
		"a database that is not there":  {"<html><body>无法打开数据库连接，请联系管理员</body></html>", govsweep.ErrorPage},
		"a web server without its site": {"<html><title>Welcome to nginx!</title><body><h1>Welcome to nginx!</h1></body></html>", govsweep.ErrorPage},
		"a page that says not found":    {"<html><title>提示</title><body>您访问的页面不存在</body></html>", govsweep.ErrorPage},
		"nothing at all":                {"", govsweep.ErrorPage},
	} {
		t.Run(name, func(t *testing.T) {
			p := &govsweep.Page{Visit: govsweep.Visit{URL: "http://www.x.gov.cn/", Role: govsweep.HomeRole}, FinalURL: "http://www.x.gov.cn/", Status: 200, Header: http.Header{}}
			if got, why := facts.HomeAnswer(p, []byte(test.body), "utf-8"); got != test.want || (why == "") != (got == govsweep.Content) {
				t.Errorf("%s (%s), want %s", got, why, test.want)
			}
		})
	}
}
