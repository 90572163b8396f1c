package schedule_test

import (
	"errors"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
)

func TestThePlatformOfAHostComesFromTheRegister(t *testing.T) {
	sites := []govsweep.Site{{URL: "https://www.a.gov.cn:8443/", Domains: []string{"zwgk.a.gov.cn"}, Platform: "甲平台"}, {URL: "https://www.b.gov.cn/"}}
	if of := schedule.PlatformsOf(sites); of["www.a.gov.cn"] != "甲平台" || of["zwgk.a.gov.cn"] != "甲平台" || len(of) != 2 {
		t.Error(of)
	}
	asked := 0
	p := &schedule.Platforms{Sites: func() ([]govsweep.Site, error) { asked++; return sites, nil }}
	if p.Of("www.a.gov.cn:80") != "甲平台" || p.Of("zwgk.a.gov.cn") != "甲平台" || p.Of("www.b.gov.cn") != "" || asked != 1 {
		t.Errorf("asked the register %d times", asked)
	}
	gone := &schedule.Platforms{Sites: func() ([]govsweep.Site, error) { return nil, errors.New("gone") }}
	if gone.Of("www.a.gov.cn") != "" {
		t.Error("a register that cannot be read knows a platform")
	}
}
