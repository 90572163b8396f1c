package facts

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// challengeScripts are marks of shields in scripts and addresses.
var challengeScripts = [...]string{"__jsl_clearance", "jschl", "cf-chl", "challenge-platform", "cf_chl", "acw_sc__v", "aliyun_waf", "aliyunwaf", "yundun", "yunsuo_session", "$_ts", "_$ts",
	"safedog", "waf_text_verify", "wafcloud", "hcaptcha", "recaptcha", "geetest", "probe_cookie", "ge_js_validator", "bot-detect", "__waf", "sec_waf", "jsluid", "x_waf", "wzws", "wzwsinfo", "yd_cookie",
	"incapsula", "distil_", "anti-bot", "antibot", "slider-verify", "verify_captcha", "nocaptcha", "wangzhan.360", "slidecaptcha"}

// challengeWords are what shields print.
var challengeWords = [...]string{"安全验证", "人机验证", "滑动验证", "请完成验证", "拖动滑块", "请输入验证码", "访问验证", "请开启javascript", "请启用javascript", "开启javascript并刷新", "enable javascript and cookies", "checking your browser", "just a moment",
	"正在验证", "正在检测", "浏览器安全检查", "安全检查", "创宇盾", "知道创宇", "加速乐", "安全狗", "云锁", "阿里云盾", "云盾", "网站防火墙", "防火墙拦截", "web应用防火墙", "waf", "请求被拦截", "访问被拦截", "访问已被拦截", "拦截提示", "被阻断", "访问被拒绝", "访问被禁止",
	"非法请求", "非法访问", "恶意请求", "疑似攻击", "访问行为异常", "异常访问", "访问过于频繁", "操作过于频繁", "请求过于频繁", "访问频率过高", "ip已被", "ip被封", "您的ip", "您的请求可能存在威胁", "网络攻击", "当前访问疑似", "请求包含", "access denied", "request blocked", "403 forbidden by",
	"访问受限", "请稍后重试", "验证后继续访问", "访问請求被攔截"}

// challenge says why a page is a firewall's or shield's and not the site's;
// "" when it is not. A page with the site's own head tags is never one, nor
// one with many words or links.
func (d *Document) challenge(f *govsweep.PageFacts, status int) string {
	if f.TextRunes > 700 || len(d.Links) > 12 || d.MetaContent("SiteName") != "" || d.MetaContent("ArticleTitle") != "" || d.MetaContent("ColumnName") != "" {
		return ""
	}
	const why = "返回的是安全防护设备的验证或拦截页面，不是网站内容"
	if f.TextRunes < 400 {
		for i := range d.Scripts {
			if s := &d.Scripts[i]; hasAny(lower(s.Src), challengeScripts[:]) || len(s.Text) < 400_000 && hasAny(lower(s.Text), challengeScripts[:]) {
				return why
			}
		}
		for _, n := range d.IDs {
			if hasAny(lower(n.ID()), challengeScripts[:]) {
				return why
			}
		}
	}
	words := lower(d.TitleTag + "\n" + d.text)
	if d.hasChallengeWord(words, f.TextRunes, status) {
		return why
	}
	if f.TextRunes < 40 && d.setsCookieAndReloads() {
		return "返回的是要求浏览器运行脚本后重新访问的防护页面，不是网站内容"
	}
	if (status == 412 || status == 521 || status == 418) && f.TextRunes < 200 {
		return "服务器以状态码" + itoa(status) + "要求验证访问者，返回的不是网站内容"
	}
	return ""
}

// hasChallengeWord counts words of shields; one is enough on a page that has
// little else, two on a longer one.
func (d *Document) hasChallengeWord(words string, runes, status int) bool {
	k := 0
	for _, w := range challengeWords {
		if w == "waf" && !isWord(words, w) {
			continue
		}
		if strings.Contains(words, w) {
			k++
		}
	}
	switch {
	case k == 0:
		return false
	case k >= 2, status >= 400:
		return runes < 700
	}
	return runes < 200 && len(d.Links) < 6 && !has(words, "页面不存在")
}

func isWord(s, w string) bool {
	i := strings.Index(s, w)
	if i < 0 {
		return false
	}
	before := i == 0 || !isLetter(s[i-1])
	after := i+len(w) == len(s) || !isLetter(s[i+len(w)])
	return before && after
}

func hasAny(s string, words []string) bool {
	if s == "" {
		return false
	}
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// setsCookieAndReloads says whether an otherwise empty page sets a cookie by
// script and loads itself again, or only runs scrambled code.
func (d *Document) setsCookieAndReloads() bool {
	for i := range d.Scripts {
		s := d.Scripts[i].Text
		if has(s, "document.cookie") && (has(s, "location") || has(s, "reload")) {
			return true
		}
		if len(s) > 200 && (has(s, "eval(") || has(s, "String.fromCharCode") || has(s, "_0x")) && !has(s, "jQuery") {
			return true
		}
	}
	return false
}
