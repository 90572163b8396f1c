package address

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

func TestCanonicalGivesOneForm(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a plain address stays", "https://www.x.gov.cn/zwgk/tzgg/", "https://www.x.gov.cn/zwgk/tzgg/"},
		{"a bare host gets a slash", "http://www.x.gov.cn", "http://www.x.gov.cn/"},
		{"upper-case host", "HTTP://WWW.X.GOV.CN/A", "http://www.x.gov.cn/A"},
		{"default port goes", "http://www.x.gov.cn:80/a", "http://www.x.gov.cn/a"},
		{"default https port goes", "https://www.x.gov.cn:443/a", "https://www.x.gov.cn/a"},
		{"another port stays", "http://127.0.0.1:8080/a", "http://127.0.0.1:8080/a"},
		{"another port of a name stays", "http://www.x.gov.cn:8080", "http://www.x.gov.cn:8080/"},
		{"fragment goes", "http://www.x.gov.cn/a#top", "http://www.x.gov.cn/a"},
		{"dot segments go", "http://www.x.gov.cn/a/../b/./c", "http://www.x.gov.cn/b/c"},
		{"encoded dot segments go", "http://www.x.gov.cn/a/%2e%2e/b", "http://www.x.gov.cn/b"},
		{"decimal address", "http://2130706433/", "http://127.0.0.1/"},
		{"hex address", "http://0x7f.1/", "http://127.0.0.1/"},
		{"full-width digits and stop", "http://１２７。0。0。1/", "http://127.0.0.1/"},
		{"credentials go", "http://good@bad.gov.cn/", "http://bad.gov.cn/"},
		{"Chinese path is encoded", "http://www.x.gov.cn/附件.doc", "http://www.x.gov.cn/%E9%99%84%E4%BB%B6.doc"},
		{"Chinese domain is encoded", "http://政府.政务/", "http://xn--mxtq1m.xn--zfr164b/"},
		{"tracking goes", "http://www.x.gov.cn/a?utm_source=wx&id=3", "http://www.x.gov.cn/a?id=3"},
		{"only tracking", "http://www.x.gov.cn/a?spm=1.2", "http://www.x.gov.cn/a"},
		{"session in the path goes", "http://www.x.gov.cn/a.jsp;jsessionid=9F3?x=1", "http://www.x.gov.cn/a.jsp?x=1"},
		{"back slashes", `http:\\www.x.gov.cn\a`, "http://www.x.gov.cn/a"},
		{"white space around", " \thttp://www.x.gov.cn/a\n", "http://www.x.gov.cn/a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Canonical(c.in)
			if err != nil || got != c.want {
				t.Errorf("Canonical(%q) = %q, %v; want %q", c.in, got, err, c.want)
			}
		})
	}
}

// The short way must know an address of numbers exactly where the standard does.
func TestNumberedHostsAreReadAsTheStandardReadsThem(t *testing.T) {
	for _, host := range []string{"127.0.0.1", "10.1.22.255", "0.0.0.0", "256.1.1.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.04", "1..2.3", "1.2.3.4a", "a.1.2.3.4", "00.0.0.0", "1.2.3.1000"} {
		raw := "http://" + host + ":8080/a"
		got, err := Canonical(raw)
		u, parse := whatwg.Parse(raw)
		if (err == nil) != (parse == nil) {
			t.Errorf("Canonical(%q): %v, the standard: %v", raw, err, parse)
		} else if err == nil && got != u.Href(true) {
			t.Errorf("Canonical(%q) = %q, the standard says %q", raw, got, u.Href(true))
		}
	}
}

func TestCanonicalRefuses(t *testing.T) {
	for _, in := range []string{"", "www.x.gov.cn", "ftp://x/", "javascript:void(0)", "http://", "http://a b/", "http://[::1", "http://x/" + strings.Repeat("a", maxLen)} {
		if got, err := Canonical(in); err == nil {
			t.Errorf("Canonical(%q) = %q, want an error", in, got)
		}
	}
}

func TestKeyFoldsSpellingsOfOnePage(t *testing.T) {
	same := []string{"http://www.x.gov.cn/zwgk/", "https://www.x.gov.cn/zwgk/", "http://www.x.gov.cn/zwgk/index.html", "http://www.x.gov.cn/zwgk/Index.shtml", "https://www.x.gov.cn/zwgk/default.aspx"}
	for _, u := range same[1:] {
		if Key(u, "") != Key(same[0], "") {
			t.Errorf("%s and %s have different keys", same[0], u)
		}
	}
	other := []string{"http://www.x.gov.cn/zwgk", "http://www.x.gov.cn/zwgk/index_1.html", "http://www.x.gov.cn/zwgk/?a=1", "http://x.gov.cn/zwgk/", "http://www.x.gov.cn/zwgk/index.html?page=2"}
	for _, u := range other {
		if Key(u, "") == Key(same[0], "") {
			t.Errorf("%s and %s have one key", same[0], u)
		}
	}
	if Key(same[0], "a=1") == Key(same[0], "") {
		t.Error("a list call by POST has the key of its page")
	}
}

// TestResolveAgreesWithTheStandard runs the public test vectors of the URL
// standard: for every web address the fast path and the parser agree with
// the expected one, up to what canonical form drops.
func TestResolveAgreesWithTheStandard(t *testing.T) {
	raw, err := os.ReadFile("../../shared/data/url/urltestdata.json")
	if err != nil {
		t.Skip("the public URL vectors are not beside the repository: ", err)
	}
	var rows []json.RawMessage
	if err := json.Unmarshal(raw, &rows); err != nil {
		t.Fatal(err)
	}
	ran, bad := 0, 0
	for _, row := range rows {
		var c struct {
			Input, Href string
			Base        *string
			Failure     bool
		}
		if json.Unmarshal(row, &c) != nil || c.Base == nil || !strings.HasPrefix(c.Href, "http") {
			continue
		}
		b, err := NewBase(*c.Base)
		if err != nil || strings.HasPrefix(trim(c.Input), "#") || trim(c.Input) == "" {
			continue
		}
		ran++
		u, err := whatwg.Parse(c.Href)
		if err != nil {
			bad++
			continue
		}
		want, _ := fromParsed(u)
		if got, ok := b.Resolve(c.Input); !ok || got != want {
			bad++
			t.Logf("Resolve(%q, %q) = %q, %v; want %q", *c.Base, c.Input, got, ok, want)
		}
	}
	t.Logf("%d of %d vectors of web addresses hold", ran-bad, ran)
	if ran < 90 || bad*100 > ran {
		t.Errorf("%d of %d vectors fail", bad, ran)
	}
}

func FuzzResolve(f *testing.F) {
	for _, s := range []string{"a", "../b", "./../c?d", "/x;jsessionid=1", "?p=2", "//h/p", "http:x", "HTTP://A/", "%2e%2e/x", "a:b", "\\x", "..", "a/./b", "../../../../a"} {
		f.Add("http://www.x.gov.cn/zwgk/a/index.html?x=1", s)
	}
	f.Fuzz(func(t *testing.T, base, ref string) {
		b, err := NewBase(base)
		if err != nil {
			return
		}
		got, ok := b.fast0(ref)
		if !ok {
			return
		}
		u, err := whatwg.ParseRef(b.url, ref)
		if err != nil {
			t.Fatalf("fast path reads %q on %q as %q, the parser refuses: %v", ref, b.url, got, err)
		}
		if want, _ := fromParsed(u); got != want {
			t.Fatalf("Resolve(%q, %q) = %q, the parser says %q", b.url, ref, got, want)
		}
		if again, err := Canonical(got); err != nil || again != got {
			t.Fatalf("canonical form of %q is %q, %v", got, again, err)
		}
	})
}

// fast0 is Resolve without its second half.
func (b *Base) fast0(ref string) (string, bool) {
	ref = trim(ref)
	if ref == "" || ref[0] == '#' || len(ref) > maxLen {
		return "", false
	}
	return b.fast(ref)
}

func BenchmarkResolve(b *testing.B) {
	base, _ := NewBase("https://www.x.gov.cn/zwgk/tzgg/index.html")
	refs := []string{"./202106/t20210602_12345.html", "/zwgk/", "https://www.gov.cn/", "../index.html", "?page=2"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		base.Resolve(refs[i%len(refs)])
	}
}

func BenchmarkKey(b *testing.B) {
	for b.Loop() {
		Key("https://www.x.gov.cn/zwgk/tzgg/202106/t20210602_12345.html", "")
	}
}
