package reports

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// Further is a paper that follows an issued notice: 催办通知, 督办单,
// 更正通知 or 撤销通知.
type Further struct {
	Kind   govsweep.NoticeKind
	Reason string // of an amendment or withdrawal, one sentence
	// Items are numbers of items of the notice. Empty means, for urging, what
	// waits for the unit. In an amendment they are the items taken back, for
	// instance after an objection was upheld.
	Items []int
	// Corrected is, by number, how the fact of an item reads from now on;
	// of an amendment alone.
	Corrected map[int]string
	By        string
	At        time.Time
}

// Follow drafts a paper that follows parent and cites its number and date.
// parent is the notice as it stands, with its amendments (rectify.Amended);
// it is not touched. Items keep the numbers they have in the parent.
func Follow(parent *govsweep.Notice, w Further, f *Form) (*govsweep.Notice, error) {
	items, faults := w.items(parent)
	faults = append(faults, w.refusal(parent, f)...)
	if len(faults) > 0 {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("不能为%s拟制%s：%s", clean(citeOr(parent)), paperName(f, w.Kind), joinFaults(faults))}
	}
	n := *parent
	n.ID, n.Number, n.Year, n.Serial = "", "", 0, 0
	n.Kind, n.State, n.Bureau, n.Form, n.Words = w.Kind, govsweep.NoticeDraft, f.Bureau, f.ID, f.text
	n.Items, n.Override, n.Documents, n.Steps = items, nil, nil, nil
	n.Drafted, n.DraftedBy, n.Issued, n.IssuedBy = w.At, w.By, time.Time{}, ""
	n.Deadline, n.DeadlineRule, n.DeadlineNote = "", "", ""
	n.Parent, n.Reason = parent.ID, w.Reason
	n.Cites = &govsweep.Cited{Title: noticeTitle(parent, f), Number: parent.Number, Issued: parent.Issued, Deadline: parent.Deadline}
	return &n, nil
}

// noticeTitle is the title a notice was printed with: that of its own form.
func noticeTitle(n *govsweep.Notice, f *Form) string {
	if own, err := FormOf(n); err == nil {
		f = own
	}
	p := f.Paper(n.Kind)
	if p == nil {
		return "整改通知书"
	}
	return strings.ReplaceAll(fill(p.Title, noticeWords(n, f)), "\n", "")
}

func citeOr(n *govsweep.Notice) string {
	if n.Number != "" {
		return n.Number
	}
	return "文书" + n.ID
}

func (w *Further) refusal(parent *govsweep.Notice, f *Form) []string {
	var out []string
	if !follows(w.Kind) || f.Paper(w.Kind) == nil {
		out = append(out, "后续文书应为催办通知、督办单、更正通知或撤销通知")
	}
	if parent.Number == "" || parent.Issued.IsZero() {
		out = append(out, "该文书尚未印发，可以直接修改或重新拟稿")
	}
	if parent.State == govsweep.NoticeWithdrawn {
		out = append(out, "该文书已经撤销")
	}
	if follows(parent.Kind) && w.Kind != govsweep.Amendment && w.Kind != govsweep.Withdrawal {
		out = append(out, "催办和督办应针对原通知书")
	}
	needs := w.Kind == govsweep.Amendment || w.Kind == govsweep.Withdrawal
	if needs && strings.TrimSpace(clean(w.Reason)) == "" {
		out = append(out, "没有写明原因")
	}
	if w.Kind != govsweep.Amendment && len(w.Corrected) > 0 {
		out = append(out, "只有更正通知可以更正事实")
	}
	if strings.TrimSpace(w.By) == "" {
		out = append(out, "没有写明拟稿人，请用 --by 写明")
	}
	return out
}

// items copies the items a further paper is about.
func (w *Further) items(parent *govsweep.Notice) (out []govsweep.NoticeItem, faults []string) {
	wanted := slices.Sorted(maps.Keys(w.Corrected))
	wanted = append(wanted, w.Items...)
	for _, it := range parent.Items {
		if !slices.Contains(wanted, it.No) && (len(wanted) > 0 || !w.concerns(&it)) {
			continue
		}
		if it.TakenOut() && w.Kind != govsweep.Withdrawal && slices.Contains(wanted, it.No) {
			faults = append(faults, fmt.Sprintf("第%d项问题已经撤销或移出，不再要求整改", it.No))
		}
		out = append(out, w.copied(it))
	}
	slices.Sort(wanted)
	for _, no := range slices.Compact(wanted) {
		if !slices.ContainsFunc(parent.Items, func(it govsweep.NoticeItem) bool { return it.No == no }) {
			faults = append(faults, fmt.Sprintf("原文书没有第%d项问题", no))
		}
	}
	if len(out) == 0 && (w.Kind == govsweep.Urge || w.Kind == govsweep.SupervisionOrder) {
		faults = append(faults, "所列问题均已回复、整改、撤销或正在核查异议，无须催办或督办")
	}
	if w.Kind == govsweep.Withdrawal && len(wanted) > 0 {
		faults = append(faults, "撤销通知针对整份通知书；只撤销其中几项的，请用更正通知")
	}
	return out, faults
}

// concerns says whether an item that was not asked for by number belongs into
// the paper: urged is over what waits for the unit, not over what is answered,
// fixed, excused, taken out or under dispute.
func (w *Further) concerns(it *govsweep.NoticeItem) bool {
	switch w.Kind {
	case govsweep.Withdrawal:
		return true
	case govsweep.Amendment:
		return false
	}
	switch it.Status {
	case govsweep.Noticed, govsweep.Reopened:
		return true
	}
	return false
}

// copied is an item as the further paper holds it. An item of an amendment
// that has no corrected fact is taken back.
func (w *Further) copied(it govsweep.NoticeItem) govsweep.NoticeItem {
	it.Detail, it.Pages, it.Evidence = slices.Clone(it.Detail), slices.Clone(it.Pages), slices.Clone(it.Evidence)
	if w.Kind != govsweep.Amendment {
		return it
	}
	switch text := w.Corrected[it.No]; {
	case text == "":
		it.Status = govsweep.Confirmed
	case !secret(it.Indicator):
		it.Summary, it.Detail = text, nil
	}
	return it
}
