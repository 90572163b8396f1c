package main

import (
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/govsweep/govsweep/storage"
)

// Whoever has a site judged plans its next look: by hand as by a schedule.
func TestASiteInspectedByHandIsPlannedAsWell(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	home, _ := officeSite(t, new(atomic.Int64))
	began := time.Now().Truncate(time.Millisecond)
	if _, errs, code := cli(t, dir, "inspect", home, "--rate", "-1", "--fail-on", "none", "--max-pages", "5"); code != exitDone && code != exitUnseen {
		t.Fatal(code, errs)
	}
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(dir, "govsweep.db"), storage.Options{})
	must(t, err)
	defer db.Close()
	looks, err := db.SiteLooks(t.Context())
	if err != nil || len(looks) != 1 || looks[0].Last.Before(began) || looks[0].Why == "" {
		t.Errorf("looks %+v %v", looks, err)
	}
}
