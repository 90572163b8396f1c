package facts

import (
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// outageWords stand on pages a server, a gateway or a platform sends in place
// of a home page.
var outageWords = [...]string{"bad gateway", "gateway time", "service unavailable", "service temporarily", "internal server error", "http error",
	"server error", "database error", "error establishing", "应用程序中的服务器错误", "服务器错误", "服务器内部错误", "系统错误", "系统繁忙", "系统异常", "服务不可用", "服务暂不可用",
	"数据库连接", "连接数据库", "网站维护", "系统维护", "系统升级", "暂停服务", "暂停访问", "站点已关闭", "网站已关闭", "网站已停", "站点不存在", "没有找到站点", "域名未备案",
	"未绑定", "apache tomcat", "welcome to nginx", "iis windows", "it works!", "test page for", "index of /"}

// HomeAnswer says what a visit of a home page brought: its content, a shield's
// challenge, or an error page that came with a good status. Only short pages
// are taken for errors: a home page may well report on a system upgrade.
func HomeAnswer(p *govsweep.Page, body []byte, charset string) (govsweep.Response, string) {
	return homeAnswer(Extract(p, body, charset, &Site{Home: p.Visit.URL}), p, body)
}

// homeAnswer is HomeAnswer of a page that was extracted.
func homeAnswer(f *govsweep.PageFacts, p *govsweep.Page, body []byte) (govsweep.Response, string) {
	if f.Response != govsweep.Content && f.Response != govsweep.Shell {
		return f.Response, f.Reason
	}
	if f.TextRunes > 400 || len(f.Links) > 30 {
		return f.Response, f.Reason
	}
	if len(strings.TrimSpace(string(body))) == 0 {
		return govsweep.ErrorPage, "返回的内容为空"
	}
	d := Read(p, body, &Site{Home: p.Visit.URL})
	said := strings.ToLower(d.TitleTag + " " + d.All())
	if w := outageWord(said); w != "" {
		return govsweep.ErrorPage, "页面提示“" + w + "”"
	}
	return f.Response, f.Reason
}

func outageWord(text string) string {
	if utf8.RuneCountInString(text) > 4000 {
		return ""
	}
	for _, w := range outageWords {
		if strings.Contains(text, w) {
			return w
		}
	}
	for _, w := range notFoundWords {
		if strings.Contains(text, w) {
			return w
		}
	}
	return ""
}
