package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/litetest"
	"github.com/govsweep/govsweep/storage"
)

func TestARunBegunByHandOutsideTheHoursOfASiteSaysSo(t *testing.T) {
	db, err := storage.Open(t.Context(), litetest.DSN(t), storage.Options{})
	must(t, err)
	defer db.Close()
	sites := []govsweep.Site{{ID: "1507830001", Name: "甲", URL: "http://a.gov.cn/", Region: "甲区"}, {ID: "1507830002", Name: "乙", URL: "http://b.gov.cn/", Region: "乙区"}}
	must(t, db.SaveSites(t.Context(), sites))
	must(t, db.SaveHours(t.Context(), []govsweep.SiteHours{{Scope: "region=甲区", Blackout: []string{"01-01..06-30"}}, {Scope: "id=1507830001", Blackout: []string{"07-01..12-31"}}}))
	for name, c := range map[string]struct {
		targets []govsweep.Target
		want    string
	}{
		"a site whose days off are all days": {[]govsweep.Target{sites[0].Target(), sites[1].Target()}, "1个网站现在不在登记的采集时段内（如“甲”，两日内都不在时段内）"},
		"a site without hours":               {[]govsweep.Target{sites[1].Target()}, ""},
	} {
		var said bytes.Buffer
		a := &app{ctx: t.Context(), stderr: &said}
		must(t, a.warnHours(db, c.targets))
		if !strings.Contains(said.String(), c.want) || c.want == "" && said.Len() > 0 {
			t.Errorf("%s: %s", name, said.String())
		}
	}
}
