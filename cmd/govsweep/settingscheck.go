package main

import (
	"net"
	"slices"
	"strings"

	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/plain"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/rules"
)

// wrongValue says what is wrong with the value of a key and what it should
// be; "" when it is right. The value has the type of its key.
func (s *fileSettings) wrongValue(key string) string {
	switch key {
	case "data", "db", "contact", "robots_authority":
		return s.wrongText(key)
	case "allow_net":
		for _, n := range s.AllowNet {
			if _, err := parseNet(n); err != nil {
				return err.Error()
			}
		}
	case "resolver":
		if host, port, err := net.SplitHostPort(s.Resolver); s.Resolver != "" && (err != nil || host == "" || port == "") {
			return "应写成 主机:端口，如 10.0.0.1:53"
		}
	case "rate":
		if !isRate(s.Rate) {
			return "应大于0、不超过1000，-1为不限；用默认值2的，删去这一行"
		}
	case "platform_rate":
		if !isRate(s.PlatformRate) {
			return "应大于0、不超过1000，-1为不限；用默认值8的，删去这一行"
		}
	case "parallel":
		if s.Parallel < 1 || s.Parallel > 256 {
			return "应在1至256之间；用默认值2的，删去这一行"
		}
	case "max_pages":
		if s.MaxPages < 1 && s.MaxPages != -1 {
			return "应不小于1，-1为不限；用默认值1000的，删去这一行"
		}
	case "window":
		if _, err := parseWindow(s.Window); s.Window != "" && err != nil {
			return "应为整点的时段，起止不能相同，如 22:00-06:00；全天的删去这一行"
		}
	case "rsshub":
		if err := wrongHub(s.RSSHub); err != nil {
			return said(err)
		}
	case "control":
		for _, c := range s.Control {
			if _, err := homeAddress(c); err != nil {
				return said(err)
			}
		}
	default:
		return s.wrongFile(key)
	}
	return ""
}

// isRate says whether requests a second may be so many; -1 is no limit.
func isRate(n float64) bool { return n > 0 && n <= 1000 || n == -1 }

func (s *fileSettings) wrongText(key string) string {
	text := map[string]string{"data": s.Data, "db": s.DB, "contact": s.Contact, "robots_authority": s.Authority}[key]
	switch {
	case !plain.Is(text):
		return "不能有换行和控制字符"
	case key == "db" && text != "" && !strings.HasPrefix(text, "sqlite:") && !strings.HasPrefix(text, "postgres://") && !strings.HasPrefix(text, "postgresql://"):
		return "应以 sqlite: 或 postgres:// 开头"
	}
	return ""
}

// wrongFile says what is wrong with the file a key names.
func (s *fileSettings) wrongFile(key string) string {
	what, name, own := "", "", []string(nil)
	switch key {
	case "rulebook":
		what, name, own = "评分规则", s.Rulebook, rules.Books()
	case "form":
		what, name, own = "文书格式", s.Form, slices.Concat(reports.Forms(), reports.CircularForms())
	case "holidays":
		what, name = "节假日表", s.Holidays
	}
	if name == "" || slices.Contains(own, name) {
		return ""
	}
	f, err := namedfile.Open(what, name)
	if err == nil {
		err = f.Close()
	}
	if err == nil {
		return ""
	}
	if len(own) > 0 {
		return said(err) + "；也可以用内置的" + strings.Join(own, "、")
	}
	return said(err)
}
