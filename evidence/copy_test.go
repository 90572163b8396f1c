package evidence_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

func TestAStoreIsCopiedByteForByte(t *testing.T) {
	from, dir := open(t)
	to, _ := open(t)
	if free, err := to.Empty(); err != nil || !free {
		t.Fatal(free, err)
	}
	d, err := from.Put(page(1))
	must(t, err)
	sp, err := from.Spool("1-a")
	must(t, err)
	must(t, sp.Append(govsweep.DigestOf(page(2)), "https://a.gov.cn/", time.Now(), page(2)))
	must(t, sp.Flush())

	packed, length, err := from.Packed(d)
	must(t, err)
	must(t, to.PutPacked(d, packed))
	must(t, to.PutPacked(d, packed))
	body, err := to.Get(d)
	if err != nil || !bytes.Equal(body, page(1)) || length != int64(len(body)) {
		t.Errorf("%d bytes of %d, %v", len(body), length, err)
	}
	names, err := from.Spools()
	must(t, err)
	f, err := from.ReadSpool(names[0])
	must(t, err)
	must(t, sp.Drop()) // what was opened can still be read
	must(t, to.PutSpool(names[0], f))
	must(t, f.Close())
	again, err := to.Spool("1-a")
	must(t, err)
	missing, err := again.Keep(map[govsweep.Digest]struct{}{govsweep.DigestOf(page(2)): {}})
	if err != nil || len(missing) > 0 {
		t.Error(missing, err)
	}
	must(t, os.WriteFile(filepath.Join(dir, "id"), []byte("NAME\n"), 0o644))
	name, err := from.Name()
	must(t, err)
	must(t, to.PutName(bytes.NewReader(name)))
	if name, err = to.Name(); err != nil || string(name) != "NAME\n" {
		t.Error(name, err)
	}
	if free, err := to.Empty(); err != nil || free {
		t.Error(free, err)
	}
}

func TestACopyThatIsNotWhatItsDigestSaysIsRefused(t *testing.T) {
	s, dir := open(t)
	d, err := s.Put(page(1))
	must(t, err)
	packed, _, err := s.Packed(d)
	must(t, err)
	other := govsweep.DigestOf(page(2))
	for name, bad := range map[string][]byte{"another body": packed, "nothing": nil, "no packed body": []byte("x")} {
		if err := s.PutPacked(other, bad); err == nil || !strings.Contains(err.Error(), "已损坏") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s.Has(other) {
		t.Error("it was kept")
	}
	for _, name := range []string{"../id", "a/b.spool", ".spool", "a", ""} {
		if err := s.PutSpool(name, strings.NewReader("x")); govsweep.KindOf(err) != govsweep.Wrong {
			t.Errorf("%q: %v", name, err)
		}
		if _, err := s.ReadSpool(name); govsweep.KindOf(err) != govsweep.Wrong {
			t.Errorf("%q: %v", name, err)
		}
	}
	if n := len(files(t, dir)); n != 1 {
		t.Errorf("%d files", n)
	}
	if err := s.PutSpool("a.spool", io.MultiReader(strings.NewReader("x"), broken{})); err == nil || len(files(t, dir)) != 1 {
		t.Errorf("%v, %d files", err, len(files(t, dir)))
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
