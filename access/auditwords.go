package access

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// Words says what a line of the audit log keeps as data as a person reads it.
// What it does not know is given as it stands: the log itself is never reworded.
func Words(l govsweep.AuditLine) string {
	if strings.HasPrefix(l.Detail, "{") {
		if s, ok := settingWords(l.Detail); ok {
			return s
		}
	}
	if l.Event == "sweep.start" {
		if s, ok := begunWords(l.Detail); ok {
			return s
		}
	}
	state := func(s string) string { return s }
	switch event, _, _ := strings.Cut(l.Event, "."); event {
	case "notice":
		state = func(s string) string { return govsweep.NoticeState(s).Word() }
	case "finding":
		state = func(s string) string { return govsweep.FindingStatus(s).Word() }
	}
	return states.ReplaceAllStringFunc(l.Detail, func(s string) string {
		from, to, _ := strings.Cut(s, " → ")
		return state(from) + " → " + state(to)
	})
}

// SubjectWords says what a line of the audit log is about as a person reads it:
// hours are kept under the conditions of their scope.
func SubjectWords(l govsweep.AuditLine) string {
	switch {
	case l.Event != "hours.save" && l.Event != "hours.remove":
		return l.Subject
	case l.Subject == "":
		return "全部"
	}
	return ScopeWords(l.Subject)
}

var states = regexp.MustCompile(`[a-z][a-z-]* → [a-z][a-z-]*`)

// settingNames are the keys of a saved schedule or of hours as people call them.
var settingNames = map[string]string{"name": "名称", "kind": "事项", "when": "时间", "scope": "范围", "sample": "抽取", "window": "时段", "blackout": "停用日",
	"priority": "优先级", "parallel": "同时检查", "max_pages": "每个网站页面数", "control": "对照网站", "paused": "暂停", "note": "说明", "by": "登记人员", "since": "自", "why": "原因"}

func nameOf(key string) string {
	if name := settingNames[key]; name != "" {
		return name
	}
	return key
}

// settingWords reads an object of one level, in its order; not ok when it is
// something else.
func settingWords(text string) (string, bool) {
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return "", false
	}
	var out []string
	for dec.More() {
		key, err := dec.Token()
		name, ok := key.(string)
		if err != nil || !ok {
			return "", false
		}
		var v any
		if err := dec.Decode(&v); err != nil {
			return "", false
		}
		if said := settingValue(name, v); said != "" {
			out = append(out, nameOf(name)+"："+said)
		}
	}
	return strings.Join(out, "；"), len(out) > 0
}

func settingValue(name string, v any) string {
	switch v := v.(type) {
	case bool:
		return map[bool]string{true: "是", false: "否"}[v]
	case string:
		if t, err := time.Parse(time.RFC3339, v); err == nil {
			return govsweep.ChineseMinute(t)
		}
		if name == "kind" {
			return govsweep.ScheduleKind(v).Word()
		}
		return ScopeWords(v)
	case []any:
		var all []string
		for _, x := range v {
			all = append(all, settingValue(name, x))
		}
		return strings.Join(all, "、")
	case nil:
		return ""
	}
	return fmt.Sprint(v)
}

// ScopeWords says the conditions of a scope in words: kind=account is 政务新媒体.
func ScopeWords(scope string) string { return govsweep.ScopeWords(scope) }
