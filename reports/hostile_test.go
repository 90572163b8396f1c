package reports_test

import (
	"fmt"
	"reflect"

	"github.com/govsweep/govsweep"
)

// hostile are strings a website may put anywhere. Each carries its number,
// so that a test can tell where one got through.
func hostile() []string {
	var out []string
	add := func(forms ...string) { out = append(out, forms...) }
	for i := range 10 {
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

// poisoned is an inspection with s in every text a site, a register or a
// person can fill.
func poisoned(s string) *govsweep.Inspection {
	in := sample()
	poison(reflect.ValueOf(in).Elem(), s)
	in.Verdict.Grade, in.Columns[0].Verdict, in.Columns[0].State = govsweep.Unqualified, govsweep.ColumnStale, govsweep.Listed
	for i := range in.Findings {
		in.Findings[i].Class = []govsweep.Class{govsweep.Veto, govsweep.Deduction, govsweep.Norm}[i%3]
	}
	return in
}

// poison writes s into every string below v.
func poison(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem(), s)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				poison(v.Field(i), s)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			poison(v.Index(i), s)
		}
	case reflect.Map:
		v.SetMapIndex(reflect.ValueOf(s), reflect.ValueOf(7))
	}
}
