package storage_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// olderRows is what a database of version 5 held of one finding: confirmed,
// exempted until a day, proposed again behind it, rejected; and of another
// that nobody has decided.
const olderRows = `
INSERT INTO findings (target, fingerprint, id, indicator, status, first_seen, last_seen, until_day)
VALUES ('T', 'aaaaaaaaaaaa', 'FAAAAAAAAAAAA', 'column-blank-veto', 'rejected', 1000, 9000, ''),
       ('T', 'bbbbbbbbbbbb', 'FBBBBBBBBBBBB', 'column-blank-veto', 'proposed', 1000, 9000, '');
INSERT INTO decisions (target, fingerprint, decided_at, status, before, reason, decided_by, until_day)
VALUES ('T', 'aaaaaaaaaaaa', 4000, 'rejected', 'proposed', '误报', '王某', ''),
       ('T', 'aaaaaaaaaaaa', 2000, 'exempted', 'confirmed', '栏目正在迁移', '王某', '2026-03-02'),
       ('T', 'aaaaaaaaaaaa', 3000, 'proposed', 'exempted', '豁免期限已过，问题仍在。', '', ''),
       ('T', 'aaaaaaaaaaaa', 1500, 'confirmed', 'proposed', '', '李某', '');`

func TestADatabaseOfTheVersionBeforeKeepsItsDecisions(t *testing.T) {
	onEmpty(t, func(t *testing.T, dsn string) {
		ctx := t.Context()
		if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
			must(t, os.WriteFile(path, nil, 0o644))
		}
		old, err := storage.Open(ctx, dsn, storage.Options{NoMigrate: true, AnyVersion: true})
		must(t, err)
		must(t, old.MigrateTo(ctx, 5))
		must(t, old.Close())
		_, err = raw(t, dsn).Exec(olderRows)
		must(t, err)

		db := open(t, dsn)
		got, err := db.Transitions(ctx, "FA")
		must(t, err)
		line := func(seq int, at int64, event govsweep.Event, from, to govsweep.FindingStatus, by, reason, until string) govsweep.Transition {
			return govsweep.Transition{Target: "T", Fingerprint: "aaaaaaaaaaaa", Finding: "FAAAAAAAAAAAA", Seq: seq, At: unix(at),
				Event: event, From: from, To: to, By: by, Reason: reason, Until: until}
		}
		want := []govsweep.Transition{
			line(1, 1500, govsweep.Confirm, govsweep.Proposed, govsweep.Confirmed, "李某", "", ""),
			line(2, 2000, govsweep.Exempt, govsweep.Confirmed, govsweep.Exempted, "王某", "栏目正在迁移", "2026-03-02"),
			line(3, 3000, govsweep.Expire, govsweep.Exempted, govsweep.Proposed, "", "豁免期限已过，问题仍在。", ""),
			line(4, 4000, govsweep.Reject, govsweep.Proposed, govsweep.Rejected, "王某", "误报", ""),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		for id, want := range map[string]govsweep.Standing{
			"FA": {Status: govsweep.Rejected, Seq: 4, Moved: unix(4000)},
			"FB": {Status: govsweep.Proposed},
		} {
			s, err := db.StandingOf(ctx, id)
			must(t, err)
			if s.Status != want.Status || s.Seq != want.Seq || !s.Moved.Equal(want.Moved) {
				t.Errorf("%s stands as %+v", id, s)
			}
		}
		must(t, db.Move(ctx, []govsweep.Transition{line(5, 5000, govsweep.Reopen, govsweep.Rejected, govsweep.Reopened, "李某", "", "")}))
	})
}

// TestASweepInFlightGoesOnAfterAnUpgrade makes a sweep that a program of every
// schema from 14 (without leases) to the one before left in the middle: one
// target judged, one begun, one waiting.
func TestASweepInFlightGoesOnAfterAnUpgrade(t *testing.T) {
	const older = `
INSERT INTO sweeps (id, kind, scope, rulebook, as_of, started, ended, state, options)
VALUES (1, 'sweep', '', 'gov-2019-19', 1000, 1000, 0, 'running', '{}');
INSERT INTO runs (run, sweep, target, kind, code, name, url, state, note, wave, began, ended)
VALUES (1, 1, 'A', 'site', '', '甲', 'https://a.gov.cn/', 'done', '', 3, 1000, 2000),
       (2, 1, 'B', 'site', '', '乙', 'https://b.gov.cn/', 'running', '', 2, 1000, 0),
       (3, 1, 'C', 'site', '', '丙', 'https://c.gov.cn/', 'waiting', '', 0, 0, 0);
UPDATE counters SET value = 1 WHERE name = 'sweep';
UPDATE counters SET value = 3 WHERE name = 'run';
INSERT INTO waves (run, wave, visits) VALUES (2, 2, 1);
INSERT INTO visits (run, visit_key, look, url, form, role, rank, depth, via, column_url, wave, place, state, reason)
VALUES (2, 7, 0, 'https://b.gov.cn/x.html', '', 'article', 5, 1, '', '', 2, 1, 0, ''),
       (2, 8, 0, 'https://b.gov.cn/y.html', '', 'article', 5, 1, '', '', NULL, NULL, 0, '');`
	for version := int64(14); version < storage.Latest(); version++ {
		t.Run(fmt.Sprint("from schema ", version), func(t *testing.T) {
			if version == 14 || version == storage.Latest()-1 {
				onEmpty(t, func(t *testing.T, dsn string) { goesOn(t, dsn, version, older) })
			} else {
				goesOn(t, sqliteDSN(t), version, older)
			}
		})
	}
}

// goesOn takes up what an older program left in a database of its schema.
func goesOn(t *testing.T, dsn string, version int64, older string) {
	ctx := t.Context()
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		must(t, os.WriteFile(path, nil, 0o644))
	}
	old, err := storage.Open(ctx, dsn, storage.Options{NoMigrate: true, AnyVersion: true})
	must(t, err)
	must(t, old.MigrateTo(ctx, version))
	must(t, old.Close())
	_, err = raw(t, dsn).Exec(older)
	must(t, err)

	db := open(t, dsn)
	begun := claim(t, db, 0, "甲", noon)
	if begun == nil || begun.Target.ID != "B" || begun.Fence != 1 {
		t.Fatalf("the target that was begun: %+v", begun)
	}
	st, err := db.SweepTarget(ctx, begun.Run())
	must(t, err)
	if st.Wave != 2 || !st.Began.Equal(unix(1000)) {
		t.Errorf("it goes on at %+v", st)
	}
	left, err := db.NextVisits(ctx, begun.Run(), 2, nil, 9)
	must(t, err)
	if len(left) != 1 || left[0].URL != "https://b.gov.cn/x.html" {
		t.Errorf("left of the wave: %+v", left)
	}
	if n, err := db.BeginWave(ctx, begun.Run(), 3, 9, -1); err != nil || n != 1 {
		t.Errorf("the next wave has %d visits, %v", n, err)
	}
	must(t, db.Commit(ctx, begun.Run(), govsweep.Batch{Records: []govsweep.Record{record(left[0])}}))
	if l := claim(t, db, 0, "乙", noon); l == nil || l.Target.ID != "C" {
		t.Errorf("the target that waited: %+v", l)
	}
	if l := claim(t, db, 0, "丙", noon); l != nil {
		t.Errorf("what was judged was claimed: %+v", l)
	}
}
