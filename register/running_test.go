package register_test

import (
	"slices"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
)

// An address somebody once looked at made a fourth site of three.
func TestARunOverTheRegisterTakesNoSiteThatNobodyRegistered(t *testing.T) {
	t.Parallel()
	site := func(code, host string) govsweep.Site {
		s := govsweep.Site{ID: govsweep.SiteKey(code, host), Code: code, Name: "某某" + code, URL: "https://" + host + "/"}
		if code == "" {
			s.Name = host
		}
		return s
	}
	bare := site("", "192.0.2.7:8080")
	twin := site("", "a.gov.cn")
	twin.URL = "http://a.gov.cn/index.html"
	named := site("", "d.gov.cn")
	named.Name, named.State = "某某街道办事处", govsweep.Running // imported by name and address
	all := []govsweep.Site{site("1507830001", "a.gov.cn"), site("1507830002", "b.gov.cn"), bare, twin, named}
	var got []string
	for _, s := range register.Running(all) {
		got = append(got, s.URL)
	}
	if want := []string{"https://a.gov.cn/", "https://b.gov.cn/", "https://d.gov.cn/"}; !slices.Equal(got, want) {
		t.Errorf("the register has %v", got)
	}
	if got := register.Running([]govsweep.Site{bare}); len(got) != 1 {
		t.Errorf("alone it is taken: %v", got)
	}
}
