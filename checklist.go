package govsweep

// CheckAnswer 人工检查记录 is what a person wrote down about one question of
// an account that no program can answer.
type CheckAnswer struct {
	Target   TargetID  `json:"target"`
	Question string    `json:"question"` // MV-07, AC-14-2: as the rulebook numbers it
	Answer   CheckWord `json:"answer"`
	Text     string    `json:"text,omitempty"` // where the answer is figures, not yes or no
	On       string    `json:"on"`             // day of the check, YYYY-MM-DD
	By       string    `json:"by"`             // who looked
	URL      string    `json:"url,omitempty"`  // where the proof stands
	Note     string    `json:"note,omitempty"`
}

// CheckWord is the answer to a question.
type CheckWord string

// The answers.
const (
	CheckYes  CheckWord = "yes"  // 是
	CheckNo   CheckWord = "no"   // 否
	CheckNone CheckWord = "none" // 不适用
	CheckText CheckWord = "text" // figures, in Text
)

// ReprintSource is one unit whose texts accounts may reprint 规定稿源.
type ReprintSource struct {
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"` // other names it signs with
	Kind    string   `json:"kind,omitempty"`    // 中央新闻单位, 省级: as the list says
	Decided string   `json:"decided,omitempty"` // by whom it was decided, 确定部门
}
