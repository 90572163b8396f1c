package govsweep

import "time"

// NoticeKind says which paper it is.
type NoticeKind string

// The kinds of paper the life of a notice needs.
const (
	RectificationNotice NoticeKind = "notice"      // 整改通知书
	Reminder            NoticeKind = "reminder"    // 监管提示单, the light form
	Urge                NoticeKind = "urge"        // 催办通知, a rung of the ladder
	SupervisionOrder    NoticeKind = "supervision" // 督办单, the last rung
	Amendment           NoticeKind = "amendment"   // 更正通知 of an issued notice
	Withdrawal          NoticeKind = "withdrawal"  // 撤销通知 of an issued notice
)

// NoticeState is where a notice stands in its life; the table of what may
// follow what stands in rectify.
type NoticeState string

// The states of a notice.
const (
	NoticeDraft     NoticeState = "draft"     // 拟稿
	NoticeIssued    NoticeState = "issued"    // 已下发
	NoticeReceived  NoticeState = "received"  // 已签收
	NoticeAnswered  NoticeState = "answered"  // 已回复, to be re-tested
	NoticeRetested  NoticeState = "retested"  // 复查后仍有问题或待核
	NoticeDisputed  NoticeState = "disputed"  // 有异议待裁定
	NoticeDecided   NoticeState = "decided"   // 异议已裁定
	NoticeOverdue   NoticeState = "overdue"   // 逾期
	NoticeEscalated NoticeState = "escalated" // 已督办
	NoticeClosed    NoticeState = "closed"    // 已销号
	NoticeWithdrawn NoticeState = "withdrawn" // 已撤销
)

// A Notice is a 整改通知书 or a paper that follows one. Once issued it is
// never edited: State, Steps and the answers grow, everything printed stays.
type Notice struct {
	ID     string      `json:"id"` // "N" and a number, for commands; the paper prints Number
	Kind   NoticeKind  `json:"kind"`
	State  NoticeState `json:"state"`
	Number string      `json:"number,omitempty"` // 字号 with 六角括号, given at issue: 某政办网改〔2026〕3号
	Bureau string      `json:"bureau"`           // the series the number is counted in
	Year   int         `json:"year,omitempty"`
	Serial int         `json:"serial,omitempty"` // within Bureau, Year and Kind
	Form   string      `json:"form"`             // id of the form it is printed with
	Words  string      `json:"-"`                // the form itself, as read when drafted: later edits do not touch this paper

	Target     Target    `json:"target"`
	Host       string    `json:"host,omitempty"`       // 主办单位
	Supervisor string    `json:"supervisor,omitempty"` // 主管单位, for 抄送
	Addressee  string    `json:"addressee"`            // 主送
	Sweep      int64     `json:"sweep"`
	AsOf       time.Time `json:"as_of"` // 监测时间点
	Rulebook   string    `json:"rulebook"`
	Citation   string    `json:"citation"`             // 国办秘函〔2019〕19号
	BookTitle  string    `json:"book_title,omitempty"` // 政府网站与政务新媒体检查指标
	Grade      Grade     `json:"grade,omitempty"`

	Items []NoticeItem `json:"items"`

	Drafted      time.Time `json:"drafted"`
	DraftedBy    string    `json:"drafted_by"`
	Issued       time.Time `json:"issued,omitzero"`
	IssuedBy     string    `json:"issued_by,omitempty"`
	Deadline     string    `json:"deadline,omitempty"`      // YYYY-MM-DD, the last day for the answer
	DeadlineRule string    `json:"deadline_rule,omitempty"` // as printed: 收到之日起10个工作日内
	DeadlineNote string    `json:"deadline_note,omitempty"` // a warning: no holiday table for the year
	Parent       string    `json:"parent,omitempty"`        // ID of the notice this paper follows
	Cites        *Cited    `json:"cites,omitempty"`         // that notice as this paper prints it
	Reason       string    `json:"reason,omitempty"`        // of an amendment or withdrawal
	Override     *Override `json:"override,omitempty"`

	Documents []Document   `json:"documents,omitempty"`
	Steps     []NoticeStep `json:"steps,omitempty"`
}

// Cited is a notice as a paper that follows it names it.
type Cited struct {
	Title    string    `json:"title"`
	Number   string    `json:"number"`
	Issued   time.Time `json:"issued"`
	Deadline string    `json:"deadline,omitempty"` // YYYY-MM-DD
}

// Override says who lifted the gate of a suspect sweep, and why.
type Override struct {
	By     string    `json:"by"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

// NoticeItem is one finding as the notice prints it. The printed fields are
// copied when the notice is drafted; Status, Answer and Retest follow the life.
type NoticeItem struct {
	No          int           `json:"no"`
	Finding     string        `json:"finding"`
	Fingerprint string        `json:"-"`
	Indicator   IndicatorCode `json:"indicator"`
	BookID      string        `json:"book_id"`
	Class       Class         `json:"class"`
	Title       string        `json:"title"`            // name of the indicator
	Column      *ColumnRef    `json:"column,omitempty"` // 栏目路径
	URL         string        `json:"url"`
	Pages       []string      `json:"pages"`
	Summary     string        `json:"summary"`
	Detail      []string      `json:"detail,omitempty"` // quoted facts
	Clause      string        `json:"clause"`
	Remedy      string        `json:"remedy"`
	InspectedAt time.Time     `json:"inspected_at"`
	Evidence    []Evidence    `json:"evidence"`
	Repeat      int           `json:"repeat,omitempty"` // quarters in a row with this fault; 0 or 1 = not repeated
	// Cause is the key of the root cause. Items of one cause stand together and
	// are printed as one problem; "" is a cause of its own.
	Cause string `json:"cause,omitempty"`

	Status FindingStatus `json:"status"`
	Answer *Answer       `json:"answer,omitempty"` // the last one
	Retest *Retest       `json:"retest,omitempty"` // the last one
}

// TakenOut says that an item of an issued notice, or of an amendment, is asked
// of nobody any more: overturned, or taken out by an amendment, which makes
// its finding a confirmed one again.
func (it *NoticeItem) TakenOut() bool { return it.Status == Confirmed || it.Status == Rejected }

// Answer is the 整改回复 of a unit to one item.
type Answer struct {
	At          time.Time `json:"at"`
	By          string    `json:"by"`
	Measures    string    `json:"measures"`              // 整改措施
	Done        string    `json:"done,omitempty"`        // 完成时间, YYYY-MM-DD
	Responsible string    `json:"responsible,omitempty"` // 责任人
	Proof       string    `json:"proof,omitempty"`       // 佐证, words or an address
}

// Retest is what looking again at one item showed.
type Retest struct {
	At     time.Time  `json:"at"`
	Sweep  int64      `json:"sweep"`
	Result RetestWord `json:"result"`
	Why    string     `json:"why"` // one Chinese sentence
	Proof  []Evidence `json:"proof,omitempty"`
}

// RetestWord is the result of a re-test of one finding.
type RetestWord string

// The results.
const (
	RetestPassed  RetestWord = "passed"  // read afresh, the fault is not there
	RetestFailed  RetestWord = "failed"  // the fault is still there
	RetestUnknown RetestWord = "unknown" // the place could not be read or judged: nothing changes
)

// NoticeStep is one line of the life of a notice.
type NoticeStep struct {
	Seq    int         `json:"seq"`
	At     time.Time   `json:"at"`
	Event  string      `json:"event"` // issue, receive, answer, dispute, decide, retest, close, remind, overdue, escalate, name, amend, withdraw
	From   NoticeState `json:"from"`
	To     NoticeState `json:"to"`
	By     string      `json:"by,omitempty"` // "" = the machine
	Reason string      `json:"reason,omitempty"`
	Items  []int       `json:"items,omitempty"`
	Sweep  int64       `json:"sweep,omitempty"`
	Paper  string      `json:"paper,omitempty"` // ID of the further paper this step made
}

// Document is one printed form of a paper, kept in the evidence store.
type Document struct {
	Name   string `json:"name"` // file name with extension
	Digest string `json:"digest"`
	Length int64  `json:"length"`
}
