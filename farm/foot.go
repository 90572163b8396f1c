package farm

import (
	"fmt"
	"strings"
)

// footHTML writes the 底部功能区.
func (s *site) footHTML() string {
	var b strings.Builder
	ft := &s.foot
	var parts []string
	if ft.owner {
		parts = append(parts, "主办单位："+esc(s.owner))
	}
	if ft.contact != "" {
		parts = append(parts, "联系电话："+ft.contact)
	}
	if ft.code != "" {
		parts = append(parts, []string{"网站标识码：", "政府网站标识码:", "网站标识码: ", "政府网站标识码："}[s.look.foot]+ft.code)
	}
	if ft.icp != "" {
		parts = append(parts, fmt.Sprintf(`<a href="%s" target="_blank">%s</a>`, ft.icpLink, ft.icp))
	}
	if ft.police != "" {
		num := strings.Trim(strings.TrimPrefix(ft.police, s.prefix), "公网安备号 ")
		parts = append(parts, fmt.Sprintf(`<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=%s" target="_blank">%s</a>`, num, ft.police))
	}
	if ft.sitemap {
		parts = append(parts, fmt.Sprintf(`<a href="/wzdt.html">%s</a>`, []string{"网站地图", "站点地图", "网站地图", "站点地图"}[s.look.foot]))
	}
	if ft.ipv6Label {
		parts = append(parts, "本网站支持IPv6")
	}
	cls := s.look.cls["foot"]
	switch s.look.foot {
	case 0:
		fmt.Fprintf(&b, "<div class=\"%s\"><p>%s</p></div>\n", cls, strings.Join(parts, "</p><p>"))
	case 1:
		fmt.Fprintf(&b, "<div class=\"%s\">%s<br></div>\n", cls, strings.Join(parts, "&nbsp;&nbsp;|&nbsp;&nbsp;"))
	case 2:
		fmt.Fprintf(&b, "<table class=\"%s\" align=\"center\"><tr><td>%s</td></tr></table>\n", cls, strings.Join(parts, "</td><td>"))
	default:
		fmt.Fprintf(&b, "<footer class=\"%s\"><ul><li>%s</li></ul></footer>\n", cls, strings.Join(parts, "</li><li>"))
	}
	b.WriteString(s.conacHTML())
	b.WriteString(s.reportHTML())
	return b.String()
}

// conacHTML is the 党政机关网站标识.
func (s *site) conacHTML() string {
	id := hexes(s.dice("conac"), 32)
	num := digits(s.dice("conac js"), 8)
	link := "https://bszs.conac.cn/sitename?method=show&amp;id=" + strings.ToUpper(id)
	img := map[string]string{"red": "red.png", "blue": "blue.png", "error": "red_error.png"}[s.foot.conac]
	if img == "" {
		return ""
	}
	return fmt.Sprintf(`<span id="_ideConac"><a href="%s" target="_blank"><img src="https://dcs.conac.cn/image/%s" alt="党政机关"></a></span>`+
		"\n<script src=\"https://dcs.conac.cn/js/98/140/0000/%s/CA981400000%s0001.js\"></script>\n", link, img, num, num)
}

// reportHTML is the 找错 entry.
func (s *site) reportHTML() string {
	switch s.foot.report {
	case "current":
		return fmt.Sprintf("<script id=\"_jiucuo_\" sitecode=\"%s\" src=\"https://zfwzgl.www.gov.cn/exposure/jiucuo.js\"></script>\n", s.foot.reportID)
	case "link":
		return fmt.Sprintf("<a href=\"https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=%s&amp;url=%s\" target=\"_blank\"><img src=\"/images/jiucuo.png\" alt=\"政府网站找错\"></a>\n", s.foot.reportID, s.host)
	case "outdated":
		return fmt.Sprintf("<script id=\"_jiucuo_\" sitecode=\"%s\" src=\"http://pucha.kaipuyun.cn/exposure/jiucuo.js\"></script>\n", s.foot.reportID)
	}
	return ""
}

// footScript writes the foot from a script, for sites that draw it so.
func (s *site) footScript() string {
	return fmt.Sprintf("(function(){var h=%q;document.getElementById('footer').innerHTML=h;})();\n", s.footHTML())
}
