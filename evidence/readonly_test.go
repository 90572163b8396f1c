package evidence_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/internal/fulldisk"
)

func TestReadOnlyDiskSaysSo(t *testing.T) {
	dir := fulldisk.Dir(t, "1m")
	s, err := evidence.Open(dir)
	must(t, err)
	d, err := s.Put(page(1))
	must(t, err)
	fulldisk.ReadOnly(t, dir)
	if _, err := s.Put(page(2)); govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), "只读") || !errors.Is(err, govsweep.ErrDisk) {
		t.Errorf("put: %v", err)
	}
	if _, err := s.Spool("run"); govsweep.KindOf(err) != govsweep.Wrong {
		t.Errorf("spool: %v", err)
	}
	if body, err := s.Get(d); err != nil || string(body) != string(page(1)) {
		t.Errorf("what is there can still be read: %v", err)
	}
}
