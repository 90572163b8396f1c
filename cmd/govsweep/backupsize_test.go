package main

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/internal/raced"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/storage"
)

// bureauFindings and bureauBody are what a made-up installation holds for each
// megabyte of evidence, and how large a captured page is.
const (
	bureauFindings = 25
	bureauBody     = 64 << 10
)

// madeUp fills an installation with so many megabytes of evidence, a findings
// table to go with it, and gives both numbers.
func madeUp(t *testing.T, dir string, megabytes int) (findings, bodies int) {
	t.Helper()
	store, err := evidence.Open(filepath.Join(dir, "evidence"))
	must(t, err)
	random := rand.New(rand.NewChaCha8([32]byte{7}))
	body := make([]byte, bureauBody)
	for range megabytes << 20 / bureauBody {
		for i := 0; i < len(body); i += 8 { // half noise, half what packs well, as pages are
			binary.LittleEndian.PutUint64(body[i:], random.Uint64()&0x00ff00ff00ff00ff)
		}
		_, err := store.Put(body)
		must(t, err)
		bodies++
	}
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(dir, "govsweep.db"), storage.Options{})
	must(t, err)
	defer db.Close()
	at := time.Date(2026, 11, 2, 12, 0, 0, 0, govsweep.Shanghai)
	for left := megabytes * bureauFindings; left > 0; left -= 1000 {
		site := govsweep.Site{ID: govsweep.TargetID(fmt.Sprintf("%010d", left)), Code: fmt.Sprintf("%010d", left), Name: "某某市某某局", URL: fmt.Sprintf("https://s%d.gov.cn/", left)}
		s := govsweep.Sweep{Kind: "sweep", AsOf: at, Started: at, State: govsweep.SweepDone, Options: "{}"}
		must(t, db.CreateSweep(t.Context(), &s, []govsweep.Target{site.Target()}))
		in := &govsweep.Inspection{Sweep: s, Site: site, Verdict: govsweep.Verdict{Grade: govsweep.Undecided}}
		for i := range min(left, 1000) {
			url := fmt.Sprintf("%sxxgk/tzgg/%d/", site.URL, i)
			in.Findings = append(in.Findings, govsweep.Finding{Indicator: "column-stale", Class: govsweep.Norm, Fingerprint: rules.Fingerprint("column-stale", site.ID, url), URL: url,
				Summary: "栏目“通知公告”最新一条信息发布于2026年3月2日，超过6个月未更新。", Column: &govsweep.ColumnRef{Name: "通知公告", URL: url}, Pages: []string{url}, FirstSeen: at, LastSeen: at})
		}
		findings += len(in.Findings)
		must(t, db.SaveInspection(t.Context(), in, []byte("{}"), nil))
	}
	return findings, bodies
}

// Backup, check and restore of an installation take memory that does not grow
// with it. GOVSWEEP_TEST_BACKUP_MB sets the megabytes of evidence.
func TestABackupTakesLittleMemory(t *testing.T) {
	alone := envInt("GOVSWEEP_TEST_BACKUP_MB", 0) > 0
	if !alone {
		t.Parallel()
	}
	dir, other := t.TempDir(), filepath.Join(t.TempDir(), "new")
	findings, bodies := madeUp(t, dir, envInt("GOVSWEEP_TEST_BACKUP_MB", raced.Less(40)))
	file := filepath.Join(dir, "周日.backup")
	for _, c := range [][]string{{"backup", file, "--data", dir}, {"backup", "verify", file, "--data", dir}, {"restore", file, "--data", other}} {
		var said strings.Builder
		run := exec.Command("govsweep", c...)
		run.Stdout, run.Stderr = &said, &said
		began := time.Now()
		if err := run.Run(); err != nil {
			t.Fatalf("%v: %v %s", c, err, said.String())
		}
		took := time.Since(began)
		size, err := os.Stat(file)
		must(t, err)
		peak := int64(0)
		if u, ok := run.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak = int64(u.Maxrss) << 10 // Linux counts kilobytes
		}
		if want := fmt.Sprintf("证据%d份", bodies); !strings.Contains(said.String(), want) {
			t.Errorf("%s does not tell of %s: %s", c[0], want, said.String())
		}
		if alone && peak > 200<<20 { // of a process among other tests the peak is that of the process that starts it
			t.Errorf("%s took %d MB", c[0], peak>>20)
		}
		t.Logf("%s: %d findings, %d bodies of %d KB, backup of %d MB: %.1f s, CPU %.1f s, peak %d MB", strings.Join(c[:len(c)-3], " "), findings, bodies, bureauBody>>10, size.Size()>>20,
			took.Seconds(), (run.ProcessState.UserTime() + run.ProcessState.SystemTime()).Seconds(), peak>>20)
	}
}
