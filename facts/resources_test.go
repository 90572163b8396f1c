package facts

import (
	"fmt"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

func TestHostsAPageLoadsFrom(t *testing.T) {
	for name, test := range map[string]struct{ body, want string }{
		"nothing but its own":          {`<script src="/a.js"></script><img src="http://www.a.gov.cn/b.png"><link rel=stylesheet href=//www.a.gov.cn/c.css>`, ""},
		"a script and a style":         {`<script src="//cdn.example.com/a.js"></script><link rel="stylesheet" href="https://css.example.com/c.css">`, "cdn.example.com script, css.example.com style"},
		"one host for two things":      {`<script src="//cdn.example.com/a.js"></script><img src="HTTP://CDN.example.com:8080/x.png">`, "cdn.example.com script image"},
		"a frame, a film and a sound":  {`<iframe src="http://map.example.com/"></iframe><video src="http://v.example.com/a.mp4"></video><audio><source src="http://s.example.com/a.mp3"></audio>`, "map.example.com frame, s.example.com media, v.example.com media"},
		"a font of a style sheet":      {`<style>@import "//i.example.com/a.css"; @font-face{src:url('https://f.example.com/x.woff2')} b{background:url(//b.example.com/x.png)} // http://no.example.com/</style>`, "b.example.com image, f.example.com font, i.example.com style"},
		"a link is no resource":        {`<a href="http://other.example.com/">x</a><link rel="canonical" href="http://c.example.com/">`, ""},
		"what no script does not load": {`<noscript><img src="http://t.example.com/p.gif"></noscript><template><img src="http://u.example.com/"></template>`, ""},
		"no web addresses":             {`<img src="data:image/png;base64,//x.example.com/"><img src="//"><img src="javascript://x.example.com/"><img src="http://[::1]:80/a">`, "::1 image"},
		"a host with user and dots":    {`<img src="http://u:p@d.example.com./x"><img src="http://例子.example/x">`, "d.example.com. image, xn--fsqu00a.example image"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &govsweep.Page{Visit: govsweep.Visit{URL: "http://www.a.gov.cn/"}, FinalURL: "http://www.a.gov.cn/"}
			var got []string
			for _, h := range Extract(p, []byte("<html><body>"+test.body), "utf-8", nil).Resources {
				kinds, err := h.Kinds.MarshalText()
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, h.Host+" "+string(kinds))
			}
			if g := strings.Join(got, ", "); g != test.want {
				t.Errorf("%q, want %q", g, test.want)
			}
		})
	}
}

func TestAPageOfManyHostsIsBounded(t *testing.T) {
	var b strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&b, `<img src="//h%d.example.com/"><style>x{background:url(//s%d.example.com/`, i, i)
		b.WriteString(strings.Repeat("//", 50) + `</style>`)
	}
	if n := len(Extract(nil, []byte(b.String()), "utf-8", nil).Resources); n != maxResourceHosts {
		t.Errorf("%d hosts kept", n)
	}
}

func TestHostsOfASiteAreCountedByPages(t *testing.T) {
	fold := func(order ...int) []govsweep.HostUse {
		var r resourcesFold
		for _, i := range order {
			rec := &govsweep.Record{Visit: govsweep.Visit{URL: fmt.Sprintf("http://www.a.gov.cn/%d.html", i), Role: govsweep.ArticleRole}, Facts: &govsweep.PageFacts{
				Resources: []govsweep.ResourceHost{{Host: "cdn.example.com", Kinds: govsweep.ScriptResource}}}}
			if i == 0 {
				rec.Visit.Role = govsweep.HomeRole
				rec.Facts.Resources = append(rec.Facts.Resources, govsweep.ResourceHost{Host: "a.example.com", Kinds: govsweep.ImageResource})
			}
			r.fold(&seenPage{Record: rec})
		}
		return r.result()
	}
	got := fold(0, 1, 2, 3, 4, 5, 6)
	if len(got) != 2 || got[0].Host != "a.example.com" || got[0].Pages != 1 || got[1].Pages != 7 || len(got[1].Examples) != hostExamples || !got[1].OnHome {
		t.Fatalf("%+v", got)
	}
	if other := fold(6, 5, 4, 3, 2, 1, 0); fmt.Sprint(other) != fmt.Sprint(got) {
		t.Errorf("another order: %+v", other)
	}
	if none := fold(); none == nil {
		t.Error("no page at all reads like a crawl that did not look")
	}
}
