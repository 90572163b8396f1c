package storage_test

import (
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
	onBoth(t, func(t *testing.T, dsn string) {
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
