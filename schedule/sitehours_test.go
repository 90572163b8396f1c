package schedule_test

import (
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
)

func TestHoursOfAllScopesBindASite(t *testing.T) {
	t.Parallel()
	h, err := schedule.NewSiteHours([]govsweep.SiteHours{{Scope: "region=甲市", Window: "22:00-06:00"}, {Blackout: []string{"2026-03-03"}}, {Scope: "platform=乙", Window: "22:00-06:00"}})
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		t, err := time.ParseInLocation("2006-01-02 15:04", s, govsweep.Shanghai)
		if err != nil {
			panic(err)
		}
		return t
	}
	here, there := &govsweep.Site{Region: "某省甲市"}, &govsweep.Site{Region: "丙市", Platform: "丁"}
	for _, c := range []struct {
		site     *govsweep.Site
		at, next string
	}{
		{here, "2026-03-02 12:00", "2026-03-02 22:00"},
		{here, "2026-03-03 12:00", "2026-03-04 00:00"},
		{there, "2026-03-02 12:00", "2026-03-02 12:00"},
		{there, "2026-03-03 12:00", "2026-03-04 00:00"},
	} {
		if got := h.Next(c.site, at(c.at)); !got.Equal(at(c.next)) {
			t.Errorf("%s at %s: %s", c.site.Region, c.at, got)
		}
	}
	if _, err := schedule.NewSiteHours([]govsweep.SiteHours{{Scope: "id=1", Window: "晚上"}}); err == nil {
		t.Error("hours that are none")
	}
	if end := h.Until(here, at("2026-03-04 05:00")); !end.Equal(at("2026-03-04 06:00")) {
		t.Errorf("until %s", end)
	}
}
