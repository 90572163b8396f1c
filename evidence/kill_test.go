package evidence_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
)

const childDir = "GOVSWEEP_EVIDENCE_TEST_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := writeUntilKilled(dir); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// writeUntilKilled is the second process: it appends and puts for ever, and
// says a number when the bodies up to it are safe.
func writeUntilKilled(dir string) error {
	s, err := evidence.Open(dir)
	if err != nil {
		return err
	}
	sp, err := s.Spool("run")
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		if err := sp.Append(govsweep.DigestOf(page(n)), "https://a/", noon, page(n)); err != nil {
			return err
		}
		if n%3 == 0 {
			if err := sp.Flush(); err != nil {
				return err
			}
			if _, err := s.Put(page(1_000_000 + n)); err != nil {
				return err
			}
			fmt.Println(n)
		}
	}
}

// R3: a process killed while it writes; afterwards everything it called safe
// is found and verifies.
func TestKilledWriterLosesNothingItCalledSafe(t *testing.T) {
	s, dir := open(t)
	const kills = 30
	torn := int64(0)
	for kill := range kills {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childDir+"="+dir)
		out, err := child.StdoutPipe()
		must(t, err)
		must(t, child.Start())
		lines := bufio.NewScanner(out)
		safe := -1
		for lines.Scan() {
			if _, err := fmt.Sscan(lines.Text(), &safe); err != nil {
				t.Fatalf("child said %q", lines.Text())
			}
			if safe >= 9*kill {
				child.Process.Kill() // what it says while it dies is read on: that is safe too
			}
		}
		child.Wait()

		sp, err := s.Spool("run")
		must(t, err)
		torn += sp.Torn()
		want := map[govsweep.Digest]struct{}{}
		var needed []govsweep.Digest
		for n := range safe + 1 {
			want[govsweep.DigestOf(page(n))] = struct{}{}
			needed = append(needed, govsweep.DigestOf(page(n)))
			if n%3 == 0 {
				needed = append(needed, govsweep.DigestOf(page(1_000_000+n)))
			}
		}
		missing, err := sp.Keep(want)
		must(t, err)
		must(t, sp.Close())
		r, err := s.Verify(context.Background(), needed...)
		must(t, err)
		if len(missing) != 0 || len(r.Faults) != 0 || sp.Damaged() != 0 {
			t.Fatalf("kill %d: %d missing, %d faults, %d damaged", kill, len(missing), len(r.Faults), sp.Damaged())
		}
		if kill%10 == 9 { // begin anew, so that later kills fall into short spools too
			sp, err := s.Spool("run")
			must(t, err)
			must(t, sp.Drop())
		}
	}
	t.Logf("%d kills, every safe body verifies, %d bytes of torn tails cut", kills, torn)
}
