package facts

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// parkedWords stand on pages of those who sell or hold a domain name.
var parkedWords = [...]string{"域名出售", "域名转让", "出售该域名", "出售此域名", "域名正在出售", "域名可转让", "购买该域名", "购买此域名", "域名停放", "停放页面", "该域名已过期", "域名已过期", "域名到期",
	"domain is for sale", "domain may be for sale", "buy this domain", "domain is parked", "parked domain", "this domain is available", "domain has expired", "domain parking", "sedoparking", "parkingcrew"}

// bareWords stand on pages a server shows before anybody has put a site there.
var bareWords = [...]string{"welcome to nginx", "iis windows", "it works!", "apache2 ubuntu default page", "apache2 debian default page", "test page for the apache", "test page for the nginx",
	"站点创建成功", "网站创建成功", "没有找到站点", "default web site page", "domain default page", "default plesk page", "虚拟主机创建成功", "主机开通成功", "welcome to openresty", "welcome to tengine"}

// parked says why a home page is a parking page or a server's default page
// and no site; "" when it is not. A page with the site's own head tags, many
// words or many links is never one.
func (d *Document) parked(f *govsweep.PageFacts) string {
	if f.TextRunes > 600 || len(d.Links) > 30 || d.MetaContent("SiteName") != "" || d.MetaContent("SiteIDCode") != "" {
		return ""
	}
	said := lower(d.TitleTag + "\n" + d.text)
	for _, w := range parkedWords {
		if strings.Contains(said, w) {
			return "首页是域名停放或出售页面（“" + w + "”）"
		}
	}
	for _, w := range bareWords {
		if strings.Contains(said, w) {
			return "首页是服务器的默认页面（“" + w + "”），没有网站内容"
		}
	}
	return ""
}
