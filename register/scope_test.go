package register_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
)

func TestAScopeNamesSitesOrAccountsAndRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	accounts, words := register.OfAccounts([]string{"kind=account", "media=wechat", "id=wechat:1"})
	if !accounts || len(words) != 2 {
		t.Errorf("%v %q", accounts, words)
	}
	a, err := register.ReadAccountScope(words)
	if want := (register.AccountScope{Media: govsweep.WeChat, IDs: []govsweep.TargetID{"wechat:1"}}); err != nil || !reflect.DeepEqual(a, want) {
		t.Errorf("%+v %v", a, err)
	}
	s, err := register.ReadSiteScope([]string{"region=某某市", "level=县级", "platform=甲", "tag=乙"})
	if want := (register.SiteScope{Region: "某某市", Level: "县级", Platform: "甲", Tag: "乙"}); err != nil || !reflect.DeepEqual(s, want) {
		t.Errorf("%+v %v", s, err)
	}
	for word, want := range map[string]string{"某某市": "应如 region=某某市", "region=": "应如 region=某某市", "kind=account": "不能写 kind=account", "kind=x": "而不是“x”", "host=某局": "范围条件“host”不认识"} {
		if _, err := register.ReadSiteScope([]string{word}); govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", word, err)
		}
	}
	if _, err := register.ReadAccountScope([]string{"operator=某局"}); govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), "可用 region、level、media、host、tag、id") {
		t.Error(err)
	}
}
