package access_test

import (
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/access"
)

func TestWhatTheAuditLogKeepsAsDataIsShownInWords(t *testing.T) {
	for _, c := range []struct{ event, detail, want string }{
		{"schedule.save", `{"name":"每夜栏目","kind":"columns","when":"每日 22:00","scope":["region=某某市"],"priority":3,"paused":true,"since":"2026-11-22T09:26:19.779Z"}`,
			"名称：每夜栏目；事项：栏目更新检查；时间：每日 22:00；范围：行政区划“某某市”；优先级：3；暂停：是；自：2026年11月22日17:26"},
		{"schedule.save", `{"name":"甲","other":{"a":1}}`, "名称：甲；other：map[a:1]"},
		{"schedule.save", `{"name":`, `{"name":`},
		{"schedule.save", `{}`, `{}`},
		{"finding.confirm", "proposed → confirmed，理由：属实", "待确认 → 已确认，理由：属实"},
		{"notice.answer", "〔2026〕1号 issued → answered", "〔2026〕1号 已下发 → 已回复"},
		{"user.add", "角色 监管单位", "角色 监管单位"},
		{"user.add", "a → b", "a → b"},
		{"sweep.start", `level=县级，3个对象，规则gov-2019-19，设置{"MaxPages":200,"MaxAttachments":-1,"Rate":0.5,"Contact":"","NoEvidence":false,"Control":["https://a.gov.cn/"],"FailOn":"veto","AllowNet":["10.0.0.0/8"],"Draw":{"percent":"30","seed":"甲","ids":["x"]},"New":1}`,
			"层级“县级”，3个对象，规则gov-2019-19，设置：每个网站页面数：200；附件数：不检查；对同一主机每秒请求数：0.5；对照网站：https://a.gov.cn/；抽样：30%，种子“甲”；允许访问的网段：10.0.0.0/8；New：1"},
		{"sweep.start", `全部，1个对象，规则a，设置{"MaxPages":0,"Control":null,"FailOn":"veto"}`, "全部，1个对象，规则a，设置：均为默认"},
		{"sweep.start", `全部，1个对象，规则a，设置{"MaxPages"`, `全部，1个对象，规则a，设置{"MaxPages"`},
	} {
		if got := access.Words(govsweep.AuditLine{Event: c.event, Detail: c.detail}); got != c.want {
			t.Errorf("%s %s\n got %s\nwant %s", c.event, c.detail, got, c.want)
		}
	}
}

func TestAScopeIsShownInWords(t *testing.T) {
	for from, want := range map[string]string{
		"kind=account":              "政务新媒体",
		"kind=account media=wechat": "政务新媒体 微信公众号",
		"region=某某市 level=县级（计划“每月”）":     "行政区划“某某市” 层级“县级”（计划“每月”）",
		"全部在册网站（计划“a”）":                   "全部在册网站（计划“a”）",
		"http://www.x.gov.cn/?userid=3 x": "http://www.x.gov.cn/?userid=3 x",
	} {
		if got := access.ScopeWords(from); got != want {
			t.Errorf("%s: %s, want %s", from, got, want)
		}
	}
}

func TestWhatALineOfTheAuditLogIsAboutIsShownInWords(t *testing.T) {
	for _, c := range []struct{ event, subject, want string }{
		{"hours.save", "region=某某市", "行政区划“某某市”"},
		{"hours.remove", "", "全部"},
		{"sweep.start", "", ""},
		{"token.add", "id=甲", "id=甲"},
	} {
		if got := access.SubjectWords(govsweep.AuditLine{Event: c.event, Subject: c.subject}); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.event, c.subject, got, c.want)
		}
	}
}
