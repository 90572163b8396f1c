package main

import (
	"testing"
	"time"

	"github.com/govsweep/govsweep/storage"
)

// A process alone on SQLite asks no database for its turns. As soon as a
// second one does, both take them there, and what the first has promised
// counts; when the second has gone the first is alone again.
func TestTurnsComeFromMemoryWhileAProcessIsAlone(t *testing.T) {
	a := &app{ctx: t.Context(), settings: settings{db: "sqlite:" + t.TempDir() + "/govsweep.db"}}
	db, err := storage.Open(t.Context(), a.settings.db, storage.Options{})
	must(t, err)
	defer db.Close()
	one, two := a.turnStore(db).(*loneTurns), a.turnStore(db).(*loneTurns)
	defer one.end()
	for i, c := range []struct {
		of    *loneTurns
		host  string
		taken bool
		hours int
		lone  bool
	}{
		{one, "host:a", true, 0, true},
		{one, "host:b", false, 1, true}, // behind a on the platform
		{one, "host:a", false, 9, true},
		{two, "host:z", true, 0, false},
		{one, "host:c", false, 1, false}, // in the database by now, behind a
		{two, "host:a", false, 9, false},
		{two, "host:d", false, 2, false},
	} {
		wait, taken, err := c.of.TakeTurn(t.Context(), c.host, 9*time.Hour, "platform:"+map[bool]string{true: "other"}[c.host == "host:z"], time.Hour)
		must(t, err)
		if want := time.Duration(c.hours) * time.Hour; taken != c.taken || wait > want || wait < want-time.Minute {
			t.Errorf("%d, %s: taken %v in %s, want %v in %s", i, c.host, taken, wait, c.taken, want)
		}
		if alone, err := one.alone(); err != nil || alone != c.lone {
			t.Errorf("%d: alone %v %v", i, alone, err)
		}
	}
	two.end()
	if _, _, err := one.TakeTurn(t.Context(), "host:e", time.Hour, "", 0); err != nil {
		t.Error(err)
	}
	if alone, err := one.alone(); err != nil || !alone || one.lines["host:e"].Next == 0 {
		t.Errorf("when the other has gone: alone %v %v, %v", alone, err, one.lines)
	}
}

// What a process took from the database while it had company it still waits
// for when it is alone again; and a promise that is moved again is the same.
func TestTurnsTakenInCompanyCountWhenAProcessIsAloneAgain(t *testing.T) {
	a := &app{ctx: t.Context(), settings: settings{db: "sqlite:" + t.TempDir() + "/govsweep.db"}}
	db, err := storage.Open(t.Context(), a.settings.db, storage.Options{})
	must(t, err)
	defer db.Close()
	one := a.turnStore(db).(*loneTurns)
	defer one.end()
	take := func(of *loneTurns, host string, hours int) {
		t.Helper()
		wait, taken, err := of.TakeTurn(t.Context(), host, 10*time.Hour, "", 0)
		must(t, err)
		if want := time.Duration(hours) * time.Hour; taken != (hours == 0) || wait > want || wait < want-time.Minute {
			t.Errorf("%s: taken %v in %s, want %s", host, taken, wait, want)
		}
	}
	elsewhere := func(of *loneTurns) {
		t.Helper()
		_, _, err := of.TakeTurn(t.Context(), "host:z", time.Microsecond, "", 0)
		must(t, err)
	}
	take(one, "host:a", 0)
	for i := range 2 {
		two := a.turnStore(db).(*loneTurns)
		elsewhere(two)
		host := "host:b" + string(rune('0'+i))
		take(one, host, 0) // from the database
		take(two, host, 10)
		take(two, "host:a", 10*(i+1)) // what the first promised alone counts, at most as long as it waits there
		two.end()
		take(one, host, 10) // from memory
		take(one, "host:c"+string(rune('0'+i)), 0)
	}
	one.moved = false // as after a move that failed
	two := a.turnStore(db).(*loneTurns)
	defer two.end()
	elsewhere(two)
	take(one, "host:e", 0)
	take(two, "host:c1", 10) // moved again
}
