package govsweep_test

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

func TestTheCheckOfALedgerRowKnowsEveryCell(t *testing.T) {
	row := govsweep.LedgerRow{Notice: "N3", Item: 2}
	for i := range govsweep.LedgerColumns {
		*govsweep.LedgerColumns[i].At(&row) = "甲" + govsweep.LedgerColumns[i].Title
	}
	check, ok := govsweep.ReadLedgerCheck(row.Key(), row.Check())
	if !ok {
		t.Fatal("its own check is not read")
	}
	for i := range govsweep.LedgerColumns {
		if v := row.Value(&govsweep.LedgerColumns[i]); !check.Was(i, v) || check.Was(i, v+"改") {
			t.Errorf("column %d: change not told", i)
		}
	}
	for name, s := range map[string]string{
		"empty": "", "cut": row.Check()[:20], "another form": "K0." + row.Check()[3:], "a digit changed": strings.Replace(row.Check(), "a", "b", 1),
	} {
		if _, ok := govsweep.ReadLedgerCheck(row.Key(), s); ok {
			t.Errorf("%s: taken", name)
		}
	}
	if _, ok := govsweep.ReadLedgerCheck("N3/1", row.Check()); ok {
		t.Error("the check of another row is taken")
	}
}

func TestLedgerTitlesAreDifferentAndEveryColumnHasItsOwnPlace(t *testing.T) {
	titles, row := map[string]bool{}, govsweep.LedgerRow{}
	for i := range govsweep.LedgerColumns {
		c := &govsweep.LedgerColumns[i]
		if titles[c.Title] || *c.At(&row) != "" {
			t.Errorf("%s: twice, or the place of another column", c.Title)
		}
		titles[c.Title], *c.At(&row) = true, c.Title
	}
}

func TestLedgerTextIsTheSameWhenTakenTwice(t *testing.T) {
	for in, want := range map[string]string{
		" 甲\r\n乙\t丙 ": "甲\n乙 丙", "\u202e甲\u200b": "甲", "\x00": "", "\xff": "\ufffd", strings.Repeat("字", 16001): strings.Repeat("字", 15999) + "…",
	} {
		got := govsweep.LedgerText(in)
		if got != want || govsweep.LedgerText(got) != got {
			t.Errorf("%.20q: %.20q", in, got)
		}
	}
}
