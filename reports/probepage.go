package reports

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// ProbePage writes one visit for a person to read: what came of it, how long
// each stage took, over which address, and the certificate with all its faults.
func ProbePage(w io.Writer, t govsweep.Target, v *govsweep.ProbeVisit, width int) error {
	out := bufio.NewWriter(w)
	site := clean(t.Name)
	if t.Code != "" {
		site += "（" + clean(t.Code) + "）"
	}
	say(out, width, "网站", site)
	say(out, width, "首页网址", clean(v.URL))
	say(out, width, "最终地址", clean(v.FinalURL))
	say(out, width, "访问时间", govsweep.ChineseDate(v.At)+v.At.In(govsweep.Shanghai).Format("15:04:05"))
	say(out, width, "监测点", clean(v.Vantage))
	say(out, width, "结果", resultLine(v))
	say(out, width, "访问的地址", strings.TrimSpace(familyWord(v.Family)+" "+clean(v.Address)))
	for _, s := range []struct {
		label string
		took  time.Duration
		note  string
	}{
		{"域名解析", v.DNS, ""}, {"建立连接", v.Connect, ""}, {"TLS握手", v.TLS, ""}, {"首字节", v.FirstByte, "（自访问开始起算）"}, {"合计", v.Total, ""},
	} {
		if s.took > 0 {
			say(out, width, s.label, millis(s.took)+"秒"+s.note)
		} else {
			say(out, width, s.label, unknown)
		}
	}
	say(out, width, "首页大小", fmt.Sprintf("%d字节", v.Bytes))
	certLines(out, v, width)
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write a visit: %w", err)
	}
	return nil
}

func resultLine(v *govsweep.ProbeVisit) string {
	line := resultWords[v.Result]
	if v.Status != 0 {
		line += fmt.Sprintf("（状态码%d）", v.Status)
	}
	if v.Cause != "" {
		line += "。" + clean(v.Cause)
	}
	return line
}

func certLines(out *bufio.Writer, v *govsweep.ProbeVisit, width int) {
	c := v.Cert
	if c == nil {
		none := "没有取得证书。"
		if strings.HasPrefix(v.URL, "http://") && !strings.HasPrefix(v.FinalURL, "https://") {
			none = "首页未使用HTTPS，没有证书。"
		}
		say(out, width, "证书", none)
		return
	}
	say(out, width, "证书", CertNote(c, v.At)+"。")
	say(out, width, "颁发给", orUnknown(clean(c.Subject)))
	say(out, width, "颁发者", orUnknown(clean(c.Issuer)))
	say(out, width, "适用域名", orUnknown(clean(strings.Join(c.Names, "、"))))
	say(out, width, "有效期", fmt.Sprintf("%s至%s，%s", govsweep.ChineseDate(c.NotBefore), govsweep.ChineseDate(c.NotAfter), daysLeft(c, v.At)))
	for _, f := range c.Every() {
		word := certWords[f]
		if f == govsweep.CertExpiring {
			word += "，" + daysLeft(c, v.At)
		}
		say(out, width, "证书问题", word+"。")
	}
}

// daysLeft says how long a certificate still holds, or for how long it does
// not any more.
func daysLeft(c *govsweep.Certificate, at time.Time) string {
	switch days := govsweep.DaysBetween(at, c.NotAfter); {
	case at.After(c.NotAfter) && days == 0:
		return "已于当日到期"
	case at.After(c.NotAfter):
		return fmt.Sprintf("已过期%d日", -days)
	default:
		return fmt.Sprintf("剩余%d日", days)
	}
}
