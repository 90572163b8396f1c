package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

// An address that was probed once raised the number of registered sites in
// every paper.
func TestPapersCountRegisteredSitesAlone(t *testing.T) {
	t.Parallel()
	db, err := storage.Open(context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "govsweep.db"), storage.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	a := &app{ctx: context.Background()}
	typo := govsweep.Site{ID: govsweep.SiteKey("", "typo.gov.cn"), Name: "typo.gov.cn", URL: "http://typo.gov.cn/"}
	must(t, db.SaveSites(a.ctx, []govsweep.Site{{ID: "1507830001", Code: "1507830001", Name: "某某市人民政府", URL: "https://www.a.gov.cn/"}, typo}))

	circular, annex := new(reports.CircularInput), new(reports.AnnexInput)
	must(t, (&casework.Circular{Store: papersOf{db}}).Fill(a.ctx, circular, nil))
	must(t, (&reportAnnexCmd{}).gather(a, db).Fill(a.ctx, annex))
	if len(circular.Frame) != 1 || len(annex.Sites) != 1 {
		t.Errorf("of one registered site, the circular counts %d and the annex %d", len(circular.Frame), len(annex.Sites))
	}
	plan, err := (&app{ctx: a.ctx}).statusInput(db, "")
	must(t, err)
	if len(plan.Sites) != 1 {
		t.Errorf("the work plan counts %d sites", len(plan.Sites))
	}
	if got := govsweep.RegisteredSites([]govsweep.Site{typo}); len(got) != 1 {
		t.Error("where nobody registered any, what was looked at is all there is")
	}
}

func TestAWordThatIsNoAddressIsNotKeptAsASite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, word := range []string{"notasite", "http://notasite", "http://notasite:8080/"} {
		out, errs, code := cli(t, dir, "probe", "run", "--site", word, "--resolver", "127.0.0.1:1")
		if code != exitWrong || !strings.Contains(errs, "名录中没有“"+word+"”") || !strings.Contains(errs, "标识码") {
			t.Errorf("%s: exit %d %s%s", word, code, out, errs)
		}
	}
}
