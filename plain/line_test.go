package plain_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/govsweep/govsweep/internal/hostile"
	"github.com/govsweep/govsweep/plain"
)

func TestALineIsPlainWhateverItWas(t *testing.T) {
	for from, want := range map[string]string{
		"通知公告":                    "通知公告",
		"a\r\nb\tc\u2028d":        "a  b c d",
		"报告\u202egnp.exe":         "报告〔U+202E〕gnp.exe",
		"零\u200b宽":                "零宽",
		"\x1b[31m红":               "\ufffd[31m红",
		"\U000e0041标\ufdd0":       "〔U+E0041〕标\ufffd",
		string([]byte{0xff, 'x'}): "\ufffdx",
	} {
		if got := plain.Line(from); got != want {
			t.Errorf("%q is shown as %q, want %q", from, got, want)
		}
	}
	for _, s := range hostile.Strings() {
		for _, r := range plain.Line(s) {
			if r != utf8.RuneError && !plain.Is(string(r)) {
				t.Errorf("%q keeps %U", s, r)
			}
		}
	}
}

func TestShortSaysHowMuchIsLeftOut(t *testing.T) {
	if got := plain.Short(strings.Repeat("长", 12), 10); got != strings.Repeat("长", 10)+"……（以下省略2字）" {
		t.Error(got)
	}
	if got := plain.Short("长", 10); got != "长" {
		t.Error(got)
	}
}
