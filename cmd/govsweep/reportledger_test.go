package main

import (
	"encoding/json"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
)

func TestALedgerOfWhatIsOpenHasNoSettledRows(t *testing.T) {
	n := govsweep.Notice{ID: "N1", Kind: govsweep.RectificationNotice, State: govsweep.NoticeDecided}
	for i, s := range []govsweep.FindingStatus{govsweep.Noticed, govsweep.Confirmed, govsweep.Rejected, govsweep.Fixed, govsweep.Exempted, govsweep.Disputed, govsweep.Reopened} {
		n.Items = append(n.Items, govsweep.NoticeItem{No: i + 1, Status: s})
	}
	if all := unsettledRows(reports.LedgerRows(&n), false); len(all) != 7 {
		t.Errorf("of all, %d rows", len(all))
	}
	var got []int
	for _, r := range unsettledRows(reports.LedgerRows(&n), true) {
		got = append(got, r.Item)
	}
	if len(got) != 3 || got[0] != 1 || got[1] != 6 || got[2] != 7 {
		t.Errorf("open items %v, want 1, 6 and 7", got)
	}
}

func TestALedgerEditIsWrittenInLowerCase(t *testing.T) {
	got, err := json.Marshal(register.LedgerEdit{Notice: "N1", Item: 2, Field: "佐证", Sheet: "台账", Cell: "Q3", Old: "a", New: "b"})
	if want := `{"notice":"N1","item":2,"field":"佐证","sheet":"台账","cell":"Q3","old":"a","new":"b"}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v", got, err)
	}
}
