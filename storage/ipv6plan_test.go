package storage

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestLateMeasurementsAreFoundByAnIndex: who was measured in the last hours is
// asked before every run, so it must not read the reports of all years.
func TestLateMeasurementsAreFoundByAnIndex(t *testing.T) {
	db, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "a.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name, statement := range map[string]string{"proven": ipv6Proven, "measured": ipv6Targets} {
		var plan []struct {
			ID, Parent, Notused int
			Detail              string
		}
		if err := db.r.SelectContext(t.Context(), &plan, "EXPLAIN QUERY PLAN "+statement, 1, 2); err != nil {
			t.Fatal(err)
		}
		for _, step := range plan {
			if strings.HasPrefix(step.Detail, "SCAN") {
				t.Errorf("%s: %s", name, step.Detail)
			}
		}
	}
}
