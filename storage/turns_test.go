package storage_test

import (
	"testing"
	"time"

	"github.com/govsweep/govsweep/storage"
)

func TestTurnsOfAHostAndItsPlatformAreTakenTogether(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		one, two := open(t, dsn), open(t, dsn)
		for i, c := range []struct {
			db             *storage.DB
			host, platform string
			taken          bool
			hours          int
		}{
			{one, "host:a", "platform:p", true, 0},
			{two, "host:b", "platform:p", false, 1},  // behind a on the platform
			{one, "host:a", "platform:p", false, 10}, // its host is not due: the platform is left to others
			{two, "host:c", "platform:p", false, 2},  // behind b in the line
			{one, "host:b", "platform:p", false, 3},  // who comes too early joins anew
			{two, "host:a", "", false, 20},           // a line of the host
			{two, "host:d", "", true, 0},
		} {
			wait, taken, err := c.db.TakeTurn(t.Context(), c.host, 10*time.Hour, c.platform, time.Hour)
			must(t, err)
			want := time.Duration(c.hours) * time.Hour
			if taken != c.taken || wait > want || wait < want-time.Minute {
				t.Errorf("%d, %s: taken %v in %s, want %v in %s", i, c.host, taken, wait, c.taken, want)
			}
		}
	})
}

func TestTurnsThatAreKeptNeverComeEarlier(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, now := open(t, dsn), time.Now()
		must(t, db.KeepTurns(t.Context(), nil))
		for range 2 { // the same again changes nothing
			must(t, db.KeepTurns(t.Context(), map[string]time.Time{"host:a": now.Add(2 * time.Hour), "host:b": now.Add(time.Hour)}))
		}
		must(t, db.KeepTurns(t.Context(), map[string]time.Time{"host:a": now.Add(time.Hour)}))
		for host, want := range map[string]time.Duration{"host:a": 2 * time.Hour, "host:b": time.Hour} {
			wait, _, err := db.TakeTurn(t.Context(), host, time.Hour, "", 0)
			must(t, err)
			if wait > want || wait < want-time.Minute {
				t.Errorf("%s in %s, want %s", host, wait, want)
			}
		}
	})
}

func BenchmarkTakeTurn(b *testing.B) {
	perEngine(b, func(b *testing.B, db *storage.DB) {
		turns, began := 0, cpuTime()
		for b.Loop() {
			_, _, err := db.TakeTurn(b.Context(), "host:a", time.Nanosecond, "platform:p", time.Nanosecond)
			must(b, err)
			turns++
		}
		perRow(b, began, turns)
	})
}
