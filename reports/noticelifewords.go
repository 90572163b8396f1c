package reports

import "github.com/govsweep/govsweep"

// ClassName is the Chinese word of an indicator's class.
func ClassName(c govsweep.Class) string { return classWord(c) }

func kindWord(k govsweep.NoticeKind) string {
	return wordOf(string(k), map[string]string{
		string(govsweep.RectificationNotice): "整改通知书", string(govsweep.Reminder): "监管提示单", string(govsweep.Urge): "催办通知",
		string(govsweep.SupervisionOrder): "督办单", string(govsweep.Amendment): "更正通知", string(govsweep.Withdrawal): "撤销通知",
	})
}

func noticeStateWord(s govsweep.NoticeState) string { return clean(s.Word()) }

func noticeStepWord(event string) string {
	return wordOf(event, map[string]string{
		"issue": "下发", "receive": "签收", "answer": "整改回复", "dispute": "提出异议", "decide": "裁定异议", "retest": "复查", "close": "销号",
		"overdue": "认定逾期", "remind": "催办", "escalate": "督办", "name": "通报点名", "amend": "更正", "withdraw": "撤销",
	})
}

func wordOf(s string, words map[string]string) string {
	if w := words[s]; w != "" {
		return w
	}
	return clean(s)
}
