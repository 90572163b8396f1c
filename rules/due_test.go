package rules_test

import (
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// The day given as the last fresh one is the last one on which the verdict is
// fresh, for cycles of days and of months, over the ends of months.
func TestTheDayACycleRunsOutIsTheLastFreshOne(t *testing.T) {
	b := shippedBook(t)
	for _, class := range []govsweep.ColumnClass{govsweep.NewsColumn, govsweep.PolicyColumn, govsweep.PersonnelColumn} {
		for _, local := range []int{0, 10} {
			for newest := time.Date(2023, 8, 25, 0, 0, 0, 0, govsweep.Shanghai); newest.Year() < 2024 || newest.Month() < 4; newest = newest.AddDate(0, 0, 1) {
				column := govsweep.ColumnActivity{State: govsweep.Listed, Items: 9, Newest: govsweep.DateOf(newest),
					Column: govsweep.Column{URL: "http://x/c/", Name: "通知公告", Class: class, Confidence: 1, CycleDays: local}}
				verdict := func(asOf time.Time) (govsweep.ColumnState, rules.ColumnDue) {
					due := rules.Dues(&facts.Dossier{AsOf: asOf, Columns: []govsweep.ColumnActivity{column}}, b)[0]
					return due.Verdict, due
				}
				_, due := verdict(newest)
				last, _ := verdict(due.Fresh)
				next, _ := verdict(due.Fresh.AddDate(0, 0, 1))
				if last != govsweep.ColumnFresh || next != govsweep.ColumnStale || due.Days == 0 {
					t.Fatalf("%s of %s, local %d: fresh to %s (%s), then %s", class, column.Newest, local, govsweep.DateOf(due.Fresh), last, next)
				}
			}
		}
	}
}

func TestAColumnWithoutACycleNeverRunsOut(t *testing.T) {
	d := &facts.Dossier{AsOf: time.Now(), Columns: []govsweep.ColumnActivity{
		{Column: govsweep.Column{Class: govsweep.StaticColumn}, State: govsweep.Listed, Items: 1, Newest: "2020-01-01"},
		{Column: govsweep.Column{Class: govsweep.NewsColumn}, State: govsweep.Listed, Items: 1, Undated: 1},
	}}
	dues := rules.Dues(d, shippedBook(t))
	if dues[0].Days != 0 || !dues[0].Fresh.IsZero() || dues[1].Days != 14 || !dues[1].Fresh.IsZero() {
		t.Errorf("%+v", dues)
	}
}
