package rectify

import "github.com/govsweep/govsweep"

// StatusWord gives a status in Chinese.
func StatusWord(s govsweep.FindingStatus) string { return s.Word() }

// EventWord gives an event in Chinese.
func EventWord(e govsweep.Event) string { return word(eventWords, e) }

// StateWord gives the state of a notice in Chinese.
func StateWord(s govsweep.NoticeState) string { return s.Word() }

// StepWord gives a step of a notice in Chinese.
func StepWord(event string) string { return word(stepWords, event) }

func word[K ~string](words map[K]string, k K) string {
	if w, ok := words[k]; ok {
		return w
	}
	return string(k)
}

var eventWords = map[govsweep.Event]string{
	govsweep.Endorse:  "初核",
	govsweep.Confirm:  "确认",
	govsweep.Reject:   "排除",
	govsweep.Exempt:   "豁免",
	govsweep.Expire:   "豁免到期",
	govsweep.Reopen:   "重开",
	govsweep.Undo:     "撤回",
	govsweep.Notify:   "通知整改",
	govsweep.Release:  "移出通知书",
	govsweep.Reply:    "整改回复",
	govsweep.Object:   "提出异议",
	govsweep.Uphold:   "异议不成立",
	govsweep.Overturn: "异议成立",
	govsweep.Gone:     "检查未再发现",
	govsweep.Return:   "问题反弹",
	govsweep.Pass:     "复查通过",
	govsweep.Fail:     "复查未通过",
}

var stepWords = map[string]string{
	StepIssue:    "下发",
	StepReceive:  "签收",
	StepAnswer:   "回复",
	StepDispute:  "提出异议",
	StepDecide:   "裁定异议",
	StepRetest:   "复查",
	StepClose:    "销号",
	StepOverdue:  "认定逾期",
	StepRemind:   "催办",
	StepEscalate: "督办",
	StepName:     "通报点名",
	StepAmend:    "更正",
	StepWithdraw: "撤销",
}
