package access

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// begun is what the audit log says of a sweep that began: its scope, how many
// targets, the rulebook, and the options as data.
var begun = regexp.MustCompile(`(?s)^(.*?)(，\d+个对象，规则[^，]*，设置)(\{.*\})$`)

// options are the options of a sweep as people call them, in the order they
// are said, with what -1 means. Those without a name say nothing of what was
// inspected and are left out.
var options = []struct{ key, name, none string }{
	{"MaxPages", "每个网站页面数", "不限"}, {"MaxAttachments", "附件数", "不检查"}, {"MaxImages", "图片数", "不检查"}, {"MaxProbes", "外部链接数", "不检查"},
	{"Rate", "对同一主机每秒请求数", "不限"}, {"Parallel", "对同一主机同时请求数", ""}, {"Window", "时段", ""}, {"Contact", "联系方式", ""},
	{"RobotsAuthority", "监管单位（不受robots.txt限制）", ""}, {"Rulebook", "评分规则", ""}, {"Control", "对照网站", ""}, {"IPv6", "测量IPv6", ""},
	{"NoEvidence", "不留存证据", ""}, {"NoRender", "不使用浏览器", ""}, {"Draw", "抽样", ""}, {"RSSHub", "聚合服务", ""}, {"Offline", "不读取信息来源", ""},
	{"AllowNet", "允许访问的网段", ""}, {"Resolver", "域名服务器", ""}, {"Out", "报告目录", ""}, {"Stats", "", ""}, {"FailOn", "", ""},
}

// begunWords says the beginning of a sweep in words; not ok when it is
// something else.
func begunWords(detail string) (string, bool) {
	part := begun.FindStringSubmatch(detail)
	if part == nil {
		return "", false
	}
	var given map[string]any
	if json.Unmarshal([]byte(part[3]), &given) != nil {
		return "", false
	}
	var out []string
	for _, o := range options {
		if said := optionValue(given[o.key], o.none); said != "" && o.name != "" {
			out = append(out, o.name+"："+said)
		}
		delete(given, o.key)
	}
	for _, key := range slices.Sorted(maps.Keys(given)) { // of another version
		if said := optionValue(given[key], ""); said != "" {
			out = append(out, key+"："+said)
		}
	}
	if len(out) == 0 {
		out = []string{"均为默认"}
	}
	return ScopeWords(part[1]) + part[2] + "：" + strings.Join(out, "；"), true
}

// optionValue says a value; "" for one that was not given.
func optionValue(v any, none string) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		return map[bool]string{true: "是"}[v]
	case float64:
		if v == 0 {
			return ""
		}
		if v == -1 && none != "" {
			return none
		}
	case []any:
		all := make([]string, len(v))
		for i, x := range v {
			all[i] = fmt.Sprint(x)
		}
		return strings.Join(all, "、")
	case map[string]any: // a sample; its list stands with the sweep
		return fmt.Sprintf("%v%%，种子“%v”", v["percent"], v["seed"])
	}
	return fmt.Sprint(v)
}
