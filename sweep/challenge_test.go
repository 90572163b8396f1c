package sweep_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
)

// challenge is what a firewall or shield answers instead of the page.
type challenge struct {
	name   string
	status int
	header string // Name: value
	body   string
}

// challenges are shaped after the shields Chinese government sites stand behind.
var challenges = []challenge{
	{"动态令牌412", 412, "Set-Cookie: FSSBBIl1UgzbN7NS=60abc; path=/", `<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><meta content="aXbcd123" r='m'><script type="text/javascript" r='m'>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=70613;$_ts.cd="qrr6rAq";</script><script src="/c8s0dh.js" r='m'></script></head><body></body></html>`},
	{"动态令牌202", 202, "", `<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.scj=[];$_ts['dfe1675']='x';</script><script type="text/javascript" charset="iso-8859-1" src="/4QbVtADbnLVIc/d.js" r='m'></script></head><body><script>_$kx()</script></body></html>`},
	{"加速乐521", 521, "Set-Cookie: __jsluid_s=5a8c; path=/", `<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_')+('c')+('l')+('e')+('a')+('r')+('a')+('n')+('c')+('e')+('_s')+('=')+('1629')+(';')+('max-age=3600');location.href=location.pathname+location.search</script>`},
	{"云盾滑块", 200, "", `<html><head><meta charset="utf-8"><script>var arg1='3A52B5A8F2C1D8E0';function setCookie(name,value){document.cookie=name+"="+value;}function reload(x){setCookie("acw_sc__v2",x);document.location.reload();}</script></head><body><noscript>请开启JavaScript并刷新该页</noscript></body></html>`},
	{"云盾拦截405", 405, "", `<html><head><title>405</title></head><body><div id="block_message">很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</div><p>您的请求ID是: 781bad0b16</p></body></html>`},
	{"五秒盾503", 503, "Server: cloudflare", `<html><head><title>Just a moment...</title></head><body><div class="cf-browser-verification">Checking your browser before accessing</div><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1"></script></body></html>`},
	{"五秒盾403", 403, "Server: cloudflare", `<html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1><p>Cloudflare Ray ID: 68</p></body></html>`},
	{"安全狗", 403, "", `<html><head><title>网站防火墙</title></head><body><h1>网站防火墙</h1><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p><p>如何解决：联系网站管理员</p></body></html>`},
	{"创宇盾", 403, "", `<html><head><title>403</title></head><body><p>当前访问疑似黑客攻击，已被创宇盾拦截</p><p>事件编号 0f12</p></body></html>`},
	{"雷池", 468, "", `<html><head><title>安全检测</title></head><body><div>安全检测能力由 长亭雷池 WAF 提供</div><p>正在检测您的访问环境是否安全</p></body></html>`},
	{"宝塔", 200, "", `<html><head><title>检测中</title></head><body><div>正在检查您的浏览器，请稍候</div><script>setTimeout(function(){var key="9b71";document.cookie="btwaf="+key;location.reload();},3000)</script></body></html>`},
	{"频次限制429", 429, "Retry-After: 0", `<html><head><title>访问频率过高</title></head><body><p>您的访问过于频繁，请稍后再试。</p></body></html>`},
	{"Incapsula", 200, "", `<html><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"></head><body><iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=23&xinfo=8-1" frameborder=0 width="100%" height="100%">Request unsuccessful. Incapsula incident ID: 877000</iframe></body></html>`},
	{"F5", 200, "", `<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 1234567890123456789</body></html>`},
	{"验证码", 200, "", `<html><head><meta charset="utf-8"><title>安全验证</title></head><body><h2>访问验证</h2><p>为了您的访问安全，请完成下方滑块验证后继续访问</p><div class="nc-container" id="captcha"></div></body></html>`},
}

func (c challenge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if name, value, ok := strings.Cut(c.header, ": "); ok {
		w.Header().Set(name, value)
	}
	w.WriteHeader(c.status)
	fmt.Fprint(w, c.body)
}

// TestChallengesAreNeverHeldAgainstASite inspects sites that answer every
// request with a challenge, and sites that do so behind the home page.
func TestChallengesAreNeverHeldAgainstASite(t *testing.T) {
	site, _ := labelledSite(func(w http.ResponseWriter, r *http.Request, _ int) { http.NotFound(w, r) })
	var mu sync.Mutex
	sites := 0
	t.Run("bodies", func(t *testing.T) {
		for _, c := range challenges {
			for _, behind := range []bool{false, true} {
				t.Run(fmt.Sprint(c.name, " home seen ", behind), func(t *testing.T) {
					t.Parallel()
					home, _ := counted(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						if behind && r.URL.Path == "/" || r.URL.Path == "/robots.txt" {
							site.ServeHTTP(w, r)
							return
						}
						c.ServeHTTP(w, r)
					}))
					blamed(t, newWorld(t, sqlite(t), crawler.Options{}).inspect(home), behind)
					mu.Lock()
					defer mu.Unlock()
					sites++
				})
			}
		}
	})
	t.Logf("W5: %d challenge bodies on %d sites: 0 stale, blank or missing findings, every site undecided and suspect", len(challenges), sites)
}

// blamed fails when something unseen was held against a site.
func blamed(t *testing.T, in *govsweep.Inspection, homeSeen bool) {
	t.Helper()
	p := in.Coverage.Pages
	if !in.Coverage.Suspect || in.Verdict.Grade != govsweep.Undecided || p.Blocked+p.Unread == 0 {
		t.Errorf("suspect %v, grade %s, pages %+v", in.Coverage.Suspect, in.Verdict.Grade, p)
	}
	if !homeSeen && p.Read > 0 {
		t.Errorf("%d pages count as read: %+v", p.Read, in.Coverage)
	}
	for _, f := range in.Findings {
		if homeSeen && onlyHome(f, in.Site.URL) && f.Class != govsweep.Veto {
			continue // the home page was read: what it lacks, it lacks
		}
		t.Errorf("a finding: %s %s: %s", f.Indicator, f.URL, f.Summary)
	}
}

func onlyHome(f govsweep.Finding, home string) bool {
	return f.Column == nil && len(f.Pages) <= 1 && f.URL == home
}
