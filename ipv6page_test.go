package govsweep_test

import (
	"encoding/json"
	"testing"

	"github.com/govsweep/govsweep"
)

func TestResourceKindsAreWordsInJSON(t *testing.T) {
	h := govsweep.ResourceHost{Host: "cdn.example", Kinds: govsweep.ScriptResource | govsweep.FontResource}
	b, err := json.Marshal(h)
	if want := `{"host":"cdn.example","kinds":"script font"}`; err != nil || string(b) != want {
		t.Fatalf("%s, %v; want %s", b, err, want)
	}
	var back govsweep.ResourceHost
	if err := json.Unmarshal([]byte(`{"host":"cdn.example","kinds":"script hologram font"}`), &back); err != nil || back != h {
		t.Errorf("read back as %+v, %v", back, err)
	}
	if got := h.Kinds.Chinese(); got != "脚本、字体" {
		t.Errorf("called %q", got)
	}
}

func TestALinkRatioNeedsMeasuredLinks(t *testing.T) {
	for name, test := range map[string]struct {
		l    *govsweep.LinkSupport
		want float64
		ok   bool
	}{
		"none looked at":        {nil, 0, false},
		"unknown counts not":    {&govsweep.LinkSupport{Good: 9, Bad: 1, Unknown: 5}, 0.9, true},
		"nothing but unknown":   {&govsweep.LinkSupport{Unknown: 5}, 0, false},
		"not one link that can": {&govsweep.LinkSupport{Bad: 3}, 0, true},
	} {
		if got, ok := test.l.Ratio(); got != test.want || ok != test.ok {
			t.Errorf("%s: %v %v", name, got, ok)
		}
	}
}
