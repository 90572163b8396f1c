package main

import (
	"strings"
	"sync/atomic"
	"testing"
)

func TestAFolderOfItsOwnIsRefusedForADatabaseThatIsShared(t *testing.T) {
	t.Parallel()
	var newest atomic.Int64
	home, _ := officeSite(t, &newest)
	shared, other := t.TempDir(), t.TempDir()
	db := "sqlite:" + shared + "/govsweep.db"
	inspect := func(dir string) (string, int) {
		_, errs, code := cli(t, dir, "--db", db, "inspect", home, "--rate", "-1", "--fail-on", "none")
		return errs, code
	}
	if errs, code := inspect(shared); code != exitDone {
		t.Fatalf("the first: exit %d, %s", code, errs)
	}
	if errs, code := inspect(other); code != exitWrong || !strings.Contains(errs, "不是本数据库的证据库") || !strings.Contains(errs, "evidence adopt") {
		t.Errorf("a machine with a folder of its own: exit %d, %s", code, errs)
	}
	for _, service := range []string{"work", "serve"} { // before it takes any work, and before it listens
		if _, errs, code := cli(t, other, "--db", db, service, "--listen", "no address"); code != exitWrong || !strings.Contains(errs, "不是本数据库的证据库") || !strings.Contains(errs, other) {
			t.Errorf("%s on a machine with a folder of its own: exit %d, %s", service, code, errs)
		}
	}
	if _, errs, code := cli(t, other, "--db", db, "evidence", "adopt"); code != exitDone {
		t.Errorf("adopted: exit %d, %s", code, errs)
	}
	if errs, code := inspect(other); code != exitDone {
		t.Errorf("after it was adopted: exit %d, %s", code, errs)
	}
}
