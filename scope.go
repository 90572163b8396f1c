package govsweep

import "regexp"

// conditionWords are the keys of a scope as people call them.
var conditionWords = map[string]string{"region": "行政区划", "level": "层级", "platform": "平台", "tag": "标签", "host": "主办单位", "id": "编号"}

var condition = regexp.MustCompile(`\b(kind|media|region|level|platform|tag|host|id)=([^\s（]+)`)

// ScopeWords says the conditions of a scope in words: kind=account is 政务新媒体.
func ScopeWords(scope string) string {
	return condition.ReplaceAllStringFunc(scope, func(s string) string {
		at := condition.FindStringSubmatch(s)
		switch key, value := at[1], at[2]; key {
		case "kind":
			return map[string]string{"account": "政务新媒体", "site": "网站"}[value]
		case "media":
			return MediaKind(value).Word()
		default:
			return conditionWords[key] + "“" + value + "”"
		}
	})
}
