package storage_test

import (
	"sync"
	"testing"

	"github.com/govsweep/govsweep"
)

func TestAlarmBooksAreChangedInOneStep(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, other, ctx := open(t, dsn), open(t, dsn), t.Context()
		var all sync.WaitGroup
		for i := range 10 {
			at := db
			if i%2 == 1 {
				at = other
			}
			all.Go(func() {
				if err := at.UpdateAlarms(ctx, "", func(b *govsweep.AlarmBook) bool {
					b.Outbox = append(b.Outbox, govsweep.AlarmMessage{ID: "一", At: noon})
					return true
				}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		must(t, db.UpdateAlarms(ctx, "", func(b *govsweep.AlarmBook) bool {
			if len(b.Outbox) != 10 {
				t.Errorf("%d of 10 changes kept", len(b.Outbox))
			}
			b.Outbox = nil
			return false
		}))
		must(t, db.UpdateAlarms(ctx, "甲机", func(b *govsweep.AlarmBook) bool {
			b.Alarms = []govsweep.Alarm{{Key: "disk-full", Raised: noon}, {Key: "waits"}, {Key: "over", Raised: noon, Cleared: noon}}
			return true
		}))
		books, err := db.AlarmBooks(ctx)
		if err != nil || len(books) != 2 || len(books[0].Outbox) != 10 || books[1].Name != "甲机" {
			t.Errorf("%+v %v", books, err)
		}
		if standing, err := db.Alarms(ctx); err != nil || len(standing) != 1 || standing[0].Key != "disk-full" {
			t.Errorf("%+v %v", standing, err)
		}
	})
}
