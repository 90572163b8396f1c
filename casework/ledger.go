package casework

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/register"
)

// Filed is what came of the filings of one notice.
type Filed struct {
	Notice   *govsweep.Notice
	Answered []int // items, to be re-tested
	Disputed []int
	Received bool
	Err      error // what was refused, and why; what stands above was kept
}

// File takes what a unit filled into its ledger: receipts, answers and
// objections, notice by notice. What one notice refuses is told beside it and
// the others go on; by and at say who handed the ledger in, and when. A row
// left empty follows a row of the same root cause.
func (d *Desk) File(ctx context.Context, filings []register.Filing, by string, at time.Time) ([]Filed, error) {
	byNotice := map[string][]register.Filing{}
	var order []string
	for _, f := range filings {
		if len(byNotice[f.Notice]) == 0 {
			order = append(order, f.Notice)
		}
		byNotice[f.Notice] = append(byNotice[f.Notice], f)
	}
	var out []Filed
	for _, id := range order {
		n, err := d.Store.Notice(ctx, id)
		if err != nil {
			return out, err
		}
		filed := Filed{Notice: n}
		filed.Err = d.file(ctx, &filed, byNotice[id], by, at)
		out = append(out, filed)
		if ctx.Err() != nil {
			break
		}
	}
	return out, ctx.Err()
}

// file takes what was filled in about one notice.
func (d *Desk) file(ctx context.Context, out *Filed, filings []register.Filing, by string, at time.Time) error {
	id, n := out.Notice.ID, out.Notice
	step := func(event string, t rectify.Turn) error {
		n, err := d.Step(ctx, id, event, t)
		if err == nil {
			out.Notice = n
		}
		return err
	}
	answers, disputes := map[int]govsweep.Answer{}, map[string][]int{}
	var receipt *register.Receipt
	var apart []int
	for _, f := range filings {
		if f.Receipt != nil {
			receipt = f.Receipt
		}
		if f.Answer != nil {
			answers[f.Item] = *f.Answer
		}
		if f.Dispute != "" {
			disputes[f.Dispute] = append(disputes[f.Dispute], f.Item)
			apart = append(apart, f.Item)
		}
	}
	if out.Received = receipt != nil && unsigned(n); out.Received {
		if err := step(rectify.StepReceive, rectify.Turn{By: firstOf(receipt.By, by), At: later(receipt.At, n.Issued)}); err != nil {
			return err
		}
	}
	if len(answers) > 0 {
		if err := step(rectify.StepAnswer, rectify.Turn{By: by, At: at, Answers: answers, Same: true, Apart: apart}); err != nil {
			return err
		}
		out.Answered = lastItems(out.Notice)
	}
	told := append(slices.Clone(out.Answered), apart...)
	for _, reason := range slices.Sorted(maps.Keys(disputes)) {
		if err := step(rectify.StepDispute, rectify.Turn{By: by, At: at, Items: disputes[reason], Reason: reason, Same: true, Apart: told}); err != nil {
			return err
		}
		out.Disputed = append(out.Disputed, lastItems(out.Notice)...)
	}
	return nil
}

// lastItems are the items of the last step: those of the ledger and, of the
// same root cause, those it left empty.
func lastItems(n *govsweep.Notice) []int { return n.Steps[len(n.Steps)-1].Items }

// unsigned says that nobody has signed for a notice yet.
func unsigned(n *govsweep.Notice) bool {
	for _, s := range n.Steps {
		if s.Event == rectify.StepReceive {
			return false
		}
	}
	switch n.State {
	case govsweep.NoticeIssued, govsweep.NoticeOverdue, govsweep.NoticeEscalated:
		return true
	}
	return false
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
