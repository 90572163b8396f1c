package reports

import (
	"fmt"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// LedgerRows gives the rows of the 整改台账 for one notice, one for each item.
// Papers that follow a notice (催办、督办、更正、撤销) have no rows of their own.
func LedgerRows(n *govsweep.Notice) []govsweep.LedgerRow {
	if n.Kind != govsweep.RectificationNotice && n.Kind != govsweep.Reminder {
		return nil
	}
	rows := make([]govsweep.LedgerRow, len(n.Items))
	for i := range n.Items {
		rows[i] = ledgerRow(n, &n.Items[i])
	}
	return rows
}

func ledgerRow(n *govsweep.Notice, it *govsweep.NoticeItem) govsweep.LedgerRow {
	r := govsweep.LedgerRow{
		Notice: n.ID, Item: it.No, Finding: it.Finding, Issued: dayOf(n.Issued), Locked: ledgerLock(n, it),
		Number: clean(n.Number), No: number(it.No), SiteName: clean(n.Target.Name), SiteCode: clean(n.Target.Code), Home: clean(n.Target.URL),
		Bureau: clean(n.Bureau), Unit: clean(first(n.Addressee, n.Host)), AsOf: dayOf(n.AsOf), State: ledgerState(n, it),
		Class: classWord(it.Class), Indicator: clean(strings.TrimSpace(it.BookID + " " + it.Title)), Column: clean(columnPath(it.Column)),
		URL: clean(it.URL), Summary: clean(it.Summary), Evidence: evidenceCodes(it.Evidence), Remedy: clean(it.Remedy),
		Deadline: clean(n.Deadline), Repeat: number(max(it.Repeat, 1)),
	}
	if n.Number == "" {
		r.Number = "待下发"
	}
	receipt(&r, n)
	if a := it.Answer; a != nil {
		r.Measures, r.Done, r.Responsible, r.Proof = cleanLines(a.Measures), clean(a.Done), clean(a.Responsible), cleanLines(a.Proof)
	}
	if t := it.Retest; t != nil {
		r.RetestResult, r.RetestReason, r.RetestAt = retestWord(t.Result), clean(t.Why), dayOf(t.At)
	}
	return r
}

// receipt takes what the steps of a notice say of 签收 and 异议. A notice is
// signed for once, and not any more when it was answered without.
func receipt(r *govsweep.LedgerRow, n *govsweep.Notice) {
	switch n.State {
	case govsweep.NoticeIssued, govsweep.NoticeOverdue, govsweep.NoticeEscalated:
	default:
		r.Signed = "该通知已在办理中，不再补填签收情况。"
	}
	for i := range n.Steps {
		switch s := &n.Steps[i]; {
		case s.Event == "receive":
			r.Receiver, r.Received = clean(s.By), dayOf(s.At)
			r.Signed = "该通知已由" + cut(r.Receiver, 20) + "于" + r.Received + "签收，不再更改。"
		case s.Event == "dispute" && names(s.Items, r.Item):
			r.Disputed, r.Dispute = "是", cleanLines(s.Reason)
		}
	}
}

// names says whether a step is about an item; one that names none is about all.
func names(items []int, no int) bool {
	for _, i := range items {
		if i == no {
			return true
		}
	}
	return len(items) == 0
}

// PendingRow gives the row of a confirmed finding that no notice names yet;
// nothing can be filled in there. unit is the 主办单位.
func PendingRow(f *govsweep.Finding, unit string, asOf time.Time) govsweep.LedgerRow {
	return govsweep.LedgerRow{
		Finding: f.ID, Locked: "该问题尚未列入整改通知，暂不填报。",
		Number: "待下发", SiteName: clean(f.Target.Name), SiteCode: clean(f.Target.Code), Home: clean(f.Target.URL), Unit: clean(unit), AsOf: dayOf(asOf),
		Class: classWord(f.Class), Indicator: clean(strings.TrimSpace(f.BookID + " " + string(f.Indicator))), Column: clean(columnPath(f.Column)),
		URL: clean(f.URL), Summary: clean(f.Summary), Evidence: evidenceCodes(f.Evidence), Remedy: clean(f.Remedy), State: "待下发",
	}
}

// ledgerLock says why an item takes no more answers.
func ledgerLock(n *govsweep.Notice, it *govsweep.NoticeItem) string {
	switch {
	case n.State == govsweep.NoticeDraft:
		return "该通知尚未下发，暂不填报。"
	case n.State == govsweep.NoticeWithdrawn:
		return "该通知已撤销，不再填报。"
	case it.Status == govsweep.Fixed:
		return "该问题已复查通过，不再填报。"
	case it.Status == govsweep.Rejected:
		return "该问题异议成立，已予排除，不再填报。"
	case it.Status == govsweep.Exempted:
		return "该问题已豁免，不再填报。"
	case it.Status == govsweep.Confirmed:
		return "该问题已从通知中移出，不再填报。"
	case n.State == govsweep.NoticeClosed:
		return "该通知已销号，不再填报。"
	}
	return ""
}

// ledgerState is the word of an item in the ledger.
func ledgerState(n *govsweep.Notice, it *govsweep.NoticeItem) string {
	switch {
	case n.State == govsweep.NoticeDraft:
		return "待下发"
	case n.State == govsweep.NoticeWithdrawn:
		return "已撤销"
	case n.State == govsweep.NoticeClosed:
		return "已销号"
	case it.Status == govsweep.Fixed:
		return "复查通过"
	case it.Status == govsweep.Rejected:
		return "异议成立"
	case it.Status == govsweep.Exempted:
		return "已豁免"
	case it.Status == govsweep.Confirmed:
		return "已移出"
	case it.Status == govsweep.Reopened:
		return "再次出现"
	case it.Status == govsweep.Disputed:
		return "有异议"
	case it.Status == govsweep.Answered:
		return "已反馈"
	case n.State == govsweep.NoticeEscalated:
		return "已督办"
	case n.State == govsweep.NoticeOverdue:
		return "逾期"
	case it.Retest != nil && it.Retest.Result == govsweep.RetestFailed:
		return "退回"
	case n.State == govsweep.NoticeIssued:
		return "待签收"
	}
	return "整改中"
}

func retestWord(w govsweep.RetestWord) string {
	switch w {
	case govsweep.RetestPassed:
		return "已整改"
	case govsweep.RetestFailed:
		return "未整改"
	case govsweep.RetestUnknown:
		return "待核"
	}
	return clean(string(w))
}

// maxCodes is how many evidence codes a cell lists.
const maxCodes = 5

// evidenceCodes prints the beginning of each digest, by which the bundle and
// the evidence command find the capture.
func evidenceCodes(all []govsweep.Evidence) string {
	var out []string
	for i, e := range all {
		if i == maxCodes {
			out = append(out, fmt.Sprintf("等%d份", len(all)))
			break
		}
		out = append(out, shortCode(e.Digest))
	}
	return strings.Join(out, "\n")
}

// dayOf is the day in Shanghai; "" for the zero time.
func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return govsweep.DateOf(t)
}

func first(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// cleanLines cleans a text of a person and keeps its lines.
func cleanLines(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	return strings.Join(cleanAll(lines), "\n")
}

// shortCode is the first sixteen digits of a digest.
func shortCode(digest string) string {
	r := []rune(clean(strings.TrimPrefix(digest, "sha256:")))
	return string(r[:min(len(r), 16)])
}
