package govsweep

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"
)

// A LedgerRow is one row of the 整改台账: one item of a notice, or one
// confirmed finding that no notice names yet. The texts are as printed; dates
// are YYYY-MM-DD, "" for none.
type LedgerRow struct {
	Notice  string // ID of the notice; "" = 待下发
	Item    int    // its number in the notice
	Finding string // id
	Issued  string // day the notice was issued
	Locked  string // why nothing may be filled in, one sentence; "" = open
	Signed  string // why 签收 may not be filled in (any more), one sentence; "" = open

	// What the product prints; nobody fills it in.
	Number, No, SiteName, SiteCode, Home   string
	Bureau, Unit, AsOf                     string // 签发单位, 受检单位, 监测时间点
	Class, Indicator, Column, URL, Summary string
	Evidence, Remedy, Deadline, Repeat     string
	RetestResult, RetestReason, RetestAt   string
	State                                  string
	// What the unit fills in.
	Receiver, Received                 string // 签收人, 签收时间
	Measures, Done, Responsible, Proof string // 整改措施, 完成时间, 责任人, 佐证
	Disputed, Dispute                  string // 是或否, 异议理由
}

// LedgerKind says what a column of the ledger holds.
type LedgerKind string

// The kinds of column.
const (
	LedgerWords  LedgerKind = "words"
	LedgerDay    LedgerKind = "day"    // a date
	LedgerChoice LedgerKind = "choice" // 是 or 否
)

// A LedgerColumn is one column of the ledger. Its title is its identity, in
// the sheet that goes out and in the one that comes back.
type LedgerColumn struct {
	Title    string
	Kind     LedgerKind
	Open     bool // filled in by the unit
	Identity bool // says which item the row is: when it was changed, the row cannot be taken
	Moves    bool // changes with the unit's own answer, so that a change makes no row stale
	Width    int  // characters
	At       func(*LedgerRow) *string
}

// The titles of the columns a unit fills in.
const (
	LedgerReceiver    = "签收人"
	LedgerReceived    = "签收时间"
	LedgerMeasures    = "整改措施"
	LedgerDone        = "完成时间"
	LedgerResponsible = "责任人"
	LedgerProof       = "佐证"
	LedgerDisputed    = "是否有异议"
	LedgerDispute     = "异议理由"
)

// The titles of the two hidden columns.
const (
	LedgerKeyTitle   = "键（请勿改动）"
	LedgerCheckTitle = "校验（请勿改动）"
)

// LedgerColumns are the columns in the order of the sheet.
var LedgerColumns = []LedgerColumn{
	{Title: "编号", Kind: LedgerWords, Identity: true, Width: 20, At: func(r *LedgerRow) *string { return &r.Number }},
	{Title: "问题序号", Kind: LedgerWords, Identity: true, Width: 6, At: func(r *LedgerRow) *string { return &r.No }},
	{Title: "网站（账号）名称", Kind: LedgerWords, Identity: true, Width: 20, At: func(r *LedgerRow) *string { return &r.SiteName }},
	{Title: "标识码", Kind: LedgerWords, Identity: true, Width: 12, At: func(r *LedgerRow) *string { return &r.SiteCode }},
	{Title: "首页网址", Kind: LedgerWords, Width: 24, At: func(r *LedgerRow) *string { return &r.Home }},
	{Title: "签发单位", Kind: LedgerWords, Width: 18, At: func(r *LedgerRow) *string { return &r.Bureau }},
	{Title: "受检单位", Kind: LedgerWords, Width: 18, At: func(r *LedgerRow) *string { return &r.Unit }},
	{Title: "监测时间点", Kind: LedgerDay, Width: 12, At: func(r *LedgerRow) *string { return &r.AsOf }},
	{Title: "指标类别", Kind: LedgerWords, Width: 10, At: func(r *LedgerRow) *string { return &r.Class }},
	{Title: "指标名称", Kind: LedgerWords, Width: 20, At: func(r *LedgerRow) *string { return &r.Indicator }},
	{Title: "栏目路径", Kind: LedgerWords, Width: 24, At: func(r *LedgerRow) *string { return &r.Column }},
	{Title: "页面网址", Kind: LedgerWords, Width: 28, At: func(r *LedgerRow) *string { return &r.URL }},
	{Title: "问题描述", Kind: LedgerWords, Width: 40, At: func(r *LedgerRow) *string { return &r.Summary }},
	{Title: "证据编号", Kind: LedgerWords, Width: 20, At: func(r *LedgerRow) *string { return &r.Evidence }},
	{Title: "整改要求", Kind: LedgerWords, Width: 32, At: func(r *LedgerRow) *string { return &r.Remedy }},
	{Title: "整改时限", Kind: LedgerDay, Width: 12, At: func(r *LedgerRow) *string { return &r.Deadline }},
	{Title: "连续季度", Kind: LedgerWords, Width: 6, At: func(r *LedgerRow) *string { return &r.Repeat }},
	{Title: LedgerReceiver, Kind: LedgerWords, Open: true, Width: 10, At: func(r *LedgerRow) *string { return &r.Receiver }},
	{Title: LedgerReceived, Kind: LedgerDay, Open: true, Width: 12, At: func(r *LedgerRow) *string { return &r.Received }},
	{Title: LedgerMeasures, Kind: LedgerWords, Open: true, Width: 36, At: func(r *LedgerRow) *string { return &r.Measures }},
	{Title: LedgerDone, Kind: LedgerDay, Open: true, Width: 12, At: func(r *LedgerRow) *string { return &r.Done }},
	{Title: LedgerResponsible, Kind: LedgerWords, Open: true, Width: 10, At: func(r *LedgerRow) *string { return &r.Responsible }},
	{Title: LedgerProof, Kind: LedgerWords, Open: true, Width: 28, At: func(r *LedgerRow) *string { return &r.Proof }},
	{Title: LedgerDisputed, Kind: LedgerChoice, Open: true, Width: 8, At: func(r *LedgerRow) *string { return &r.Disputed }},
	{Title: LedgerDispute, Kind: LedgerWords, Open: true, Width: 28, At: func(r *LedgerRow) *string { return &r.Dispute }},
	{Title: "复查结果", Kind: LedgerWords, Width: 10, At: func(r *LedgerRow) *string { return &r.RetestResult }},
	{Title: "复查说明", Kind: LedgerWords, Width: 28, At: func(r *LedgerRow) *string { return &r.RetestReason }},
	{Title: "复查时间", Kind: LedgerDay, Width: 12, At: func(r *LedgerRow) *string { return &r.RetestAt }},
	{Title: "状态", Kind: LedgerWords, Moves: true, Width: 10, At: func(r *LedgerRow) *string { return &r.State }},
}

// Key names the row for ever: the notice and the number in it, or the finding.
func (r *LedgerRow) Key() string {
	if r.Notice == "" {
		return "待下发/" + r.Finding
	}
	return r.Notice + "/" + strconv.Itoa(r.Item)
}

// Value gives the cell of one column in the form it is written and compared.
func (r *LedgerRow) Value(c *LedgerColumn) string { return LedgerText(*c.At(r)) }

// maxLedgerText keeps a cell under the 32,767 characters a sheet allows, also
// when every one of its lines is guarded.
const maxLedgerText = 16000

// LedgerText brings a text to the form the ledger writes and compares: line
// ends are \n, without spaces around the whole, without characters that
// cannot be seen, and never longer than 16,000 characters.
func LedgerText(s string) string {
	s = strings.Map(ledgerRune, strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n"))
	s = strings.TrimFunc(s, unicode.IsSpace)
	if len(s) <= maxLedgerText {
		return s
	}
	if r := []rune(s); len(r) > maxLedgerText {
		return strings.TrimRightFunc(string(r[:maxLedgerText-1]), unicode.IsSpace) + "…"
	}
	return s
}

func ledgerRune(r rune) rune {
	switch {
	case r == '\n':
		return r
	case r == '\t' || r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return ' '
	case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r&0xfffe == 0xfffe || (r >= 0xfdd0 && r <= 0xfdef):
		return -1
	}
	return r
}

// ledgerForm is raised when columns or the way of checking change: a sheet of
// an older form cannot be told from a changed one and is refused.
const ledgerForm = "K1."

// Closed says why nothing may be filled in in a column of the row, one
// sentence; "" when it may, also for a column nobody fills in.
func (r *LedgerRow) Closed(c *LedgerColumn) string {
	if r.Locked == "" && (c.Title == LedgerReceiver || c.Title == LedgerReceived) {
		return r.Signed
	}
	return r.Locked
}

// Check is what the hidden column of a row holds: a short digest of every
// cell as it went out, bound to the row, and one over these.
func (r *LedgerRow) Check() string {
	var b strings.Builder
	b.WriteString(ledgerForm)
	for i := range LedgerColumns {
		b.WriteString(cellDigest(r.Key(), i, r.Value(&LedgerColumns[i])))
	}
	return b.String() + "." + cellDigest(r.Key(), -1, b.String())
}

func cellDigest(key string, column int, value string) string {
	sum := sha256.Sum256([]byte(key + "\x00" + strconv.Itoa(column) + "\x00" + value))
	return hex.EncodeToString(sum[:digestLen/2])
}

const digestLen = 6

// A LedgerCheck says what the cells of one row were when it went out.
type LedgerCheck struct{ key, digests string }

// ReadLedgerCheck reads the hidden column of the row with that key; false
// when it belongs to another row, was changed, or is of another form.
func ReadLedgerCheck(key, s string) (LedgerCheck, bool) {
	body, ok := strings.CutPrefix(s, ledgerForm)
	digests, sum, cut := strings.Cut(body, ".")
	if !ok || !cut || len(digests) != digestLen*len(LedgerColumns) || sum != cellDigest(key, -1, ledgerForm+digests) {
		return LedgerCheck{}, false
	}
	return LedgerCheck{key, digests}, true
}

// Was says whether column i held value when the row went out.
func (c LedgerCheck) Was(i int, value string) bool {
	return c.digests[i*digestLen:(i+1)*digestLen] == cellDigest(c.key, i, value)
}
