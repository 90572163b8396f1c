// Package hostile holds the texts every document and every import must
// survive, for tests.
package hostile

import (
	"fmt"

	"github.com/govsweep/govsweep/internal/raced"
)

// Strings are texts a website or a person may put anywhere: markup, formulas,
// template syntax, control characters, marks that turn the direction. Each
// carries its number, so that a test can tell where one got through.
func Strings() []string {
	var out []string
	add := func(forms ...string) { out = append(out, forms...) }
	for i := range raced.Less(10) {
		n := fmt.Sprintf("h%d", i)
		add(
			"<script>alert('"+n+"')</script>",
			`"><img src=x onerror=alert(`+n+`)>`,
			`' onmouseover='alert(`+n+`)`,
			"javascript:alert("+n+")",
			"JaVaScRiPt&#58;alert("+n+")",
			"data:text/html,<script>"+n+"</script>",
			"{{.Title}}{{"+n+"}}{{template \"top\" .}}",
			"${"+n+"}<%= "+n+" %>#{"+n+"}",
			"</style><style>@import url(http://evil.example/"+n+")</style>",
			"</title><base href=http://evil.example/"+n+">",
			"]]></failure><system-out>"+n,
			"&"+n+";&lt;&#x3c;script&#62;",
			"=cmd|' /C calc'!A0"+n,
			"+1+cmd|"+n,
			"-2+3+"+n,
			"@SUM(1+1)*"+n,
			"\t=1+1"+n, "\r=1+1"+n,
			"＝1+1"+n, "＋"+n, "－"+n, "＠"+n, "  =HYPERLINK(\"http://evil.example\")"+n,
			"a;=1+1"+n,
			"\x00\x01\x1b[31m\x9b"+n, "\u009b31m"+n,
			"\u202Egnp.exe"+n, "\u2066"+n+"\u2069",
			"\ufeff\u200b"+n, "\ufffe\uffff"+n, "\xed\xa0\x80"+n, "\u2028"+n+"\u2029",
			"_x003D_"+n, n+string(rune(0xE0041)),
		)
	}
	return out
}
