package reports

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

func TestAFormSpeaksOfAnAccountAndStaysAForm(t *testing.T) {
	for _, name := range []string{"general", "yunchuan"} {
		f, err := LoadForm(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.of(govsweep.Target{Kind: govsweep.AccountTarget})
		if err != nil {
			t.Fatal(err)
		}
		if got.Bureau != f.Bureau || !strings.Contains(got.text, "账号代码") {
			t.Errorf("%s: bureau %s", name, got.Bureau)
		}
		for _, word := range []string{"网站标识码", "首页网址", "本网站", "政府网站“", "国办发〔2017〕47号"} {
			if strings.Contains(got.text, word) {
				t.Errorf("%s still says %s", name, word)
			}
		}
		if same, err := f.of(govsweep.Target{Kind: govsweep.SiteTarget}); err != nil || same != f {
			t.Errorf("%s: the form of a site changed: %v", name, err)
		}
	}
}
