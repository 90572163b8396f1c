package register

import (
	"time"

	"github.com/govsweep/govsweep"
)

// Receipt is the 签收 of a notice.
type Receipt struct {
	By string
	At time.Time // the start of the day that was filled in, in Shanghai
}

// Filing is what the edits of one item of a notice mean: a receipt, an
// answer, a dispute, or several of them.
type Filing struct {
	Notice  string // ID
	Item    int
	Receipt *Receipt
	Answer  *govsweep.Answer
	Dispute string // 异议理由; "" = none
	Edits   []LedgerEdit
}

// Filings puts the edits of ReadLedger together, one filing for each item,
// in the order of the sheet. rows are the same rows; what the product holds
// already stays in an answer where the sheet changed only a part of it; a
// receipt filled in on several rows of a notice comes with each of them and is
// the same; it is to be applied before the answers. by and at say who handed the sheet in, and when.
func Filings(edits []LedgerEdit, rows []govsweep.LedgerRow, by string, at time.Time) []Filing {
	held := map[string]govsweep.LedgerRow{}
	for i := range rows {
		held[rows[i].Key()] = rows[i]
	}
	var out []Filing
	place := map[string]int{}
	for _, e := range edits {
		col := columnOf(e.Field)
		if col < 0 {
			continue // not from a ledger
		}
		key := (&govsweep.LedgerRow{Notice: e.Notice, Item: e.Item}).Key()
		i, ok := place[key]
		if !ok {
			i = len(out)
			place[key], out = i, append(out, Filing{Notice: e.Notice, Item: e.Item})
		}
		out[i].Edits = append(out[i].Edits, e)
		row := held[key]
		*govsweep.LedgerColumns[col].At(&row) = e.New
		held[key] = row
	}
	for i := range out {
		row := held[(&govsweep.LedgerRow{Notice: out[i].Notice, Item: out[i].Item}).Key()]
		out[i].mean(&row, by, at)
	}
	return out
}

// mean says what the edits do, from the row as it is with them.
func (f *Filing) mean(row *govsweep.LedgerRow, by string, at time.Time) {
	for _, e := range f.Edits {
		switch e.Field {
		case govsweep.LedgerReceiver, govsweep.LedgerReceived:
			if day, err := govsweep.ParseDate(row.Received); err == nil {
				f.Receipt = &Receipt{By: row.Receiver, At: day}
			}
		case govsweep.LedgerMeasures, govsweep.LedgerDone, govsweep.LedgerResponsible, govsweep.LedgerProof:
			f.Answer = &govsweep.Answer{At: at, By: by, Measures: row.Measures, Done: row.Done, Responsible: row.Responsible, Proof: row.Proof}
		case govsweep.LedgerDisputed, govsweep.LedgerDispute:
			f.Dispute = row.Dispute
		}
	}
}
