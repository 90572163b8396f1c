package storage

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

// TestPapersAreFoundByAnIndex: a draft asks for every finding of a site
// whether a paper names it, so these must not read all papers there are.
func TestPapersAreFoundByAnIndex(t *testing.T) {
	db, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "a.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name, f := range map[string]NoticeFilter{
		"the papers of a site":               {Target: "T"},
		"the papers that name a finding":     {Target: "T", Fingerprint: "aa"},
		"the papers that follow a notice":    {Parent: "N1"},
		"the open papers of one kind, too":   {Target: "T", Kind: "notice", Year: 2026, Open: true},
		"the drafts of a site, by its state": {Target: "T", States: []govsweep.NoticeState{govsweep.NoticeDraft}},
	} {
		which, err := f.pick()
		if err != nil {
			t.Fatal(err)
		}
		for _, statement := range []string{noticeColumns + which.String(), itemsOf + which.String() + ")", stepsOf + which.String() + ")"} {
			var plan []struct {
				ID, Parent, Notused int
				Detail              string
			}
			if err := db.r.SelectContext(t.Context(), &plan, "EXPLAIN QUERY PLAN "+statement, which.values...); err != nil {
				t.Fatal(err)
			}
			for _, step := range plan {
				if strings.HasPrefix(step.Detail, "SCAN") {
					t.Errorf("%s: %s in%s", name, step.Detail, statement)
				}
			}
		}
	}
}
