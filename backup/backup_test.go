package backup_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/backup"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/internal/fulldisk"
	"github.com/govsweep/govsweep/storage"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, govsweep.Shanghai)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// installation is a database and a store with a little in them.
type installation struct {
	dir   string
	db    *storage.DB
	store *evidence.Store
}

func open(t testing.TB, migrated bool) *installation {
	t.Helper()
	x := &installation{dir: t.TempDir()}
	path := filepath.Join(x.dir, "govsweep.db")
	must(t, os.WriteFile(path, nil, 0o600))
	var err error
	x.db, err = storage.Open(context.Background(), "sqlite:"+path, storage.Options{NoMigrate: !migrated, AnyVersion: true})
	must(t, err)
	t.Cleanup(func() { x.db.Close() })
	x.store, err = evidence.Open(filepath.Join(x.dir, "evidence"))
	must(t, err)
	return x
}

func filled(t testing.TB) *installation {
	x := open(t, true)
	must(t, x.db.SaveSites(t.Context(), []govsweep.Site{{ID: "1", Code: "1", Name: "某某市", URL: "https://a.gov.cn/"}}))
	for _, s := range []string{"一", "二", "三"} {
		_, err := x.store.Put([]byte(s))
		must(t, err)
	}
	return x
}

func (x *installation) backup(path, since string) (*backup.Manifest, error) {
	return backup.Create(context.Background(), path, x.db, x.store, backup.Options{Program: "1", Engine: "sqlite", Now: noon, Since: since})
}

func (x *installation) restore(t testing.TB, path string) (*backup.Manifest, error) {
	return (&backup.Restoration{Data: x.dir, DB: x.db, Store: x.store, Latest: storage.Latest()}).Restore(t.Context(), path)
}

// Every byte of a backup that says something counts: with any of them changed
// the file does not verify.
func TestAnyChangeOfABackupIsNoticed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.backup")
	_, err := filled(t).backup(path, "")
	must(t, err)
	good, err := os.ReadFile(path)
	must(t, err)
	bad := filepath.Join(t.TempDir(), "a.backup")
	changed := 0
	for name, at := range contents(t, good) {
		for _, i := range []int64{at[0], (at[0] + at[1]) / 2, at[1] - 1} {
			raw := bytes.Clone(good)
			raw[i] ^= 0x40
			must(t, os.WriteFile(bad, raw, 0o600))
			if _, err := backup.Verify(t.Context(), bad, nil); govsweep.KindOf(err) != govsweep.Wrong {
				t.Errorf("byte %d of %s: %v", i-at[0], name, err)
			}
			changed++
		}
	}
	if changed < 15 {
		t.Errorf("only %d changes", changed)
	}
	for _, cut := range []int{1, 511, len(good) / 3, len(good) - 2000} {
		must(t, os.WriteFile(bad, good[:cut], 0o600))
		if _, err := backup.Verify(t.Context(), bad, nil); govsweep.KindOf(err) != govsweep.Wrong {
			t.Errorf("cut at %d: %v", cut, err)
		}
	}
}

// contents gives where the bytes of each member begin and end.
func contents(t testing.TB, raw []byte) map[string][2]int64 {
	r := bytes.NewReader(raw)
	in, out := tar.NewReader(r), map[string][2]int64{}
	for {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		must(t, err)
		at := int64(len(raw)) - int64(r.Len())
		out[h.Name] = [2]int64{at, at + h.Size}
	}
}

func TestAnIncrementalBackupNeedsThoseItContinues(t *testing.T) {
	t.Parallel()
	x, dir := filled(t), t.TempDir()
	first, second, third := filepath.Join(dir, "1.backup"), filepath.Join(dir, "2.backup"), filepath.Join(dir, "3.backup")
	_, err := x.backup(first, "")
	must(t, err)
	_, err = x.store.Put([]byte("四"))
	must(t, err)
	m, err := x.backup(second, first)
	if err != nil || m.Bodies != 1 {
		t.Fatalf("%+v %v", m, err)
	}
	if m, err = x.backup(third, second); err != nil || m.Bodies != 0 {
		t.Fatalf("%+v %v", m, err)
	}
	if _, err := x.backup(filepath.Join(t.TempDir(), "4.backup"), first); govsweep.KindOf(err) != govsweep.Wrong {
		t.Errorf("in another folder: %v", err)
	}
	to := open(t, false)
	_, err = to.restore(t, third)
	must(t, err)
	all, err := to.store.List()
	if err != nil || len(all) != 4 {
		t.Errorf("%d bodies, %v", len(all), err)
	}
	rep, err := to.store.Verify(t.Context(), all...)
	if err != nil || len(rep.Faults) > 0 {
		t.Error(rep, err)
	}
	must(t, os.Remove(first))
	if _, err := backup.Verify(t.Context(), third, nil); govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), "缺少所接续的备份文件") || !strings.Contains(err.Error(), "1.backup") {
		t.Errorf("without the first: %v", err)
	}
	_, err = x.backup(first, "")
	must(t, err)
	if _, err := backup.Verify(t.Context(), third, nil); err == nil || !strings.Contains(err.Error(), "不是当时的那一份") {
		t.Errorf("with another first: %v", err)
	}
}

// A restore that is killed leaves an empty database and may be repeated; one
// onto an installation that holds something is refused.
func TestARestoreThatWasCutShortMayBeRepeated(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.backup")
	_, err := filled(t).backup(path, "")
	must(t, err)
	to := open(t, false)
	ctx, stop := context.WithCancel(t.Context())
	r := &backup.Restoration{Data: to.dir, DB: stopping{to.db, stop}, Store: to.store, Latest: storage.Latest()}
	if _, err := r.Restore(ctx, path); !errors.Is(err, context.Canceled) {
		t.Fatalf("cut short: %v", err)
	}
	if free, err := to.db.Vacant(t.Context()); err != nil || !free {
		t.Fatalf("the database holds something: %v", err)
	}
	if all, err := to.store.List(); err != nil || len(all) != 3 {
		t.Fatalf("%d bodies %v", len(all), err)
	}
	other := filepath.Join(t.TempDir(), "b.backup")
	_, err = open(t, true).backup(other, "")
	must(t, err)
	if _, err := to.restore(t, other); govsweep.KindOf(err) != govsweep.Conflict || !strings.Contains(err.Error(), "没有完成的恢复") {
		t.Errorf("another backup: %v", err)
	}
	_, err = to.restore(t, path)
	must(t, err)
	if sites, err := to.db.Sites(t.Context(), storage.SiteFilter{}); err != nil || len(sites) != 1 {
		t.Error(sites, err)
	}
	if _, err := to.restore(t, path); govsweep.KindOf(err) != govsweep.Conflict {
		t.Errorf("a second time: %v", err)
	}
}

// stopping is a database in front of which the program is stopped.
type stopping struct {
	*storage.DB
	stop func()
}

func (s stopping) Restore(ctx context.Context, version int64, next func() (string, []string, func() ([]any, error), error)) error {
	s.stop()
	return s.DB.Restore(ctx, version, next)
}

func TestABackupOfALaterProgramIsRefusedBeforeAnythingIsTouched(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.backup")
	_, err := filled(t).backup(path, "")
	must(t, err)
	to := open(t, false)
	_, err = (&backup.Restoration{Data: to.dir, DB: to.db, Store: to.store, Latest: storage.Latest() - 1}).Restore(t.Context(), path)
	if govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), "更新版本的程序") {
		t.Error(err)
	}
	if free, err := to.store.Empty(); err != nil || !free {
		t.Error(free, err)
	}
}

func TestAFullDiskLeavesNoHalfBackup(t *testing.T) {
	dir := fulldisk.Dir(t, "64k")
	x := filled(t)
	if _, err := x.store.Put(noise(256 << 10)); err != nil {
		t.Fatal(err)
	}
	_, err := x.backup(filepath.Join(dir, "a.backup"), "")
	if err == nil || !strings.Contains(err.Error(), "磁盘已满") {
		t.Errorf("said %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// noise cannot be packed.
func noise(n int) []byte {
	out, x := make([]byte, n), uint64(1)
	for i := range out {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		out[i] = byte(x)
	}
	return out
}

func TestDamagedEvidenceIsNamedAndTheRestIsCopied(t *testing.T) {
	t.Parallel()
	x := filled(t)
	d, err := x.store.Put([]byte("坏"))
	must(t, err)
	name := d.String()[len("sha256:"):]
	must(t, os.WriteFile(filepath.Join(x.dir, "evidence", "body", name[:2], name[2:]+".zst"), []byte("x"), 0o600))
	path := filepath.Join(t.TempDir(), "a.backup")
	m, err := x.backup(path, "")
	if err != nil || m.Bodies != 3 || len(m.Damaged) != 1 || m.Damaged[0] != d.String() {
		t.Errorf("%+v %v", m, err)
	}
	if _, err := backup.Verify(t.Context(), path, nil); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v %v", info.Mode(), err)
	}
}

func FuzzVerify(f *testing.F) {
	path := filepath.Join(f.TempDir(), "a.backup")
	x := open(f, true)
	_, err := x.backup(path, "")
	must(f, err)
	raw, err := os.ReadFile(path)
	must(f, err)
	f.Add(raw)
	f.Add(raw[:1000])
	bad := filepath.Join(f.TempDir(), "b.backup")
	f.Fuzz(func(t *testing.T, b []byte) {
		must(t, os.WriteFile(bad, b, 0o600))
		m, err := backup.Verify(context.Background(), bad, nil)
		if (err == nil) != (m != nil && m.Format == backup.Format) {
			t.Errorf("%+v with %v", m, err)
		}
	})
}
