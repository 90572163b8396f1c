package storage_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

const childDSN = "GOVSWEEP_STORAGE_TEST_CHILD"

// batchOf gives batch n of a crawl: a page with record and ten addresses found on it.
func batchOf(n int) govsweep.Batch {
	var b govsweep.Batch
	for i := range 10 {
		b.Visits = append(b.Visits, visit(fmt.Sprintf("https://www.a.gov.cn/%d/%d.html", n, i), govsweep.ArticleRole))
	}
	for i := range 5 {
		b.Records = append(b.Records, record(b.Visits[i]))
	}
	return b
}

// commitUntilKilled is the second process: it commits for ever.
func commitUntilKilled() {
	db, err := storage.Open(context.Background(), os.Getenv(childDSN), storage.Options{})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for n := 0; ; n++ {
		if err := db.Commit(context.Background(), govsweep.Run{Sweep: 1, Target: site.ID}, batchOf(n)); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(n)
	}
}

func TestKilledProcessLeavesWholeBatches(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db := open(t, dsn)
		run := newRun(t, db)
		acknowledged := 0
		for kill := range 5 {
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), childDSN+"="+dsn)
			out, err := child.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			for last := -1; last < 5*(kill+1); {
				var line string
				if _, err := fmt.Fscanln(out, &line); err != nil {
					t.Fatalf("child: %v", err)
				}
				if _, err := fmt.Sscan(line, &last); err != nil {
					t.Fatalf("child said %q", line)
				}
				acknowledged = max(acknowledged, last+1)
			}
			child.Process.Kill()
			child.Wait()

			counts, _, err := db.CountVisits(t.Context(), run)
			if err != nil {
				t.Fatal(err)
			}
			records := allRecords(t, db, run)
			batches := (counts.Queued + counts.Done) / 10
			if counts.Queued != counts.Done || counts.Done != len(records) || counts.Done%5 != 0 {
				t.Fatalf("kill %d: half a batch: %+v and %d records", kill, counts, len(records))
			}
			if batches < acknowledged {
				t.Fatalf("kill %d: %d batches left of %d acknowledged", kill, batches, acknowledged)
			}
		}
	})
}

func urls(visits []govsweep.Visit) string {
	var s []string
	for _, v := range visits {
		s = append(s, strings.TrimPrefix(v.URL, "https://www.a.gov.cn"))
	}
	return strings.Join(s, " ")
}
