package crawler

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

const (
	simplified  = "某某市人民政府关于印发安全生产工作要点的通知，各区县人民政府，市政府各部门：现将要点印发给你们，请认真贯彻执行。"
	traditional = "某某市人民政府關於印發安全生產工作要點的通知，各區縣人民政府，市政府各部門：現將要點印發給你們，請認真貫徹執行。"
)

// writings are the charsets pages come in, each with how it is declared
// rightly and wrongly.
var writings = []struct {
	name, charset, text, right, wrong string
	encode                            encoding.Encoding
	mark                              string
}{
	{"utf-8", nameUTF8, simplified, "utf-8", "gb2312", encoding.Nop, ""},
	{"utf-8 with mark", nameUTF8, simplified, "utf-8", "gbk", encoding.Nop, "\xef\xbb\xbf"},
	{"gbk", nameGB18030, simplified, "gb2312", "utf-8", simplifiedchinese.GBK, ""},
	{"gbk, traditional", nameGB18030, traditional, "gbk", "utf-8", simplifiedchinese.GBK, ""},
	{"gb18030, four bytes", nameGB18030, simplified + "㐀𠮷䶮", "gb18030", "iso-8859-1", simplifiedchinese.GB18030, ""},
	{"gbk, declared big5", nameGB18030, simplified, "gbk", "big5", simplifiedchinese.GBK, ""},
	{"big5", nameBig5, traditional, "big5", "utf-8", traditionalchinese.Big5, ""},
	{"big5, declared gbk", nameBig5, traditional, "big5", "gbk", traditionalchinese.Big5, ""},
	{"utf-16le", nameUTF16LE, simplified, "utf-16", "gb2312", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), ""},
	{"utf-16be", nameUTF16BE, simplified, "utf-16be", "utf-8", unicode.UTF16(unicode.BigEndian, unicode.UseBOM), ""},
	{"utf-16le without mark", nameUTF16LE, simplified, "utf-16le", "gbk", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), ""},
	{"utf-16be without mark", nameUTF16BE, simplified, "utf-16be", "utf-8", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), ""},
}

func TestCharsetMatrix(t *testing.T) {
	all, right := 0, 0
	for _, w := range writings {
		for _, d := range []struct{ name, header, meta string }{
			{"not declared", "text/html", ""},
			{"right header", "text/html; charset=" + w.right, ""},
			{"right meta, late", "text/html", w.right},
			{"wrong header", "text/html;charset=\"" + w.wrong + "\"", w.right},
			{"wrong meta", "", w.wrong},
			{"both wrong", "text/html; charset=ISO-8859-1", w.wrong},
		} {
			page := "<html><head>" + strings.Repeat("<!-- filler -->\n", 150) + "<meta http-equiv=Content-Type content='text/html; charset=" + d.meta + "'><title>" + w.text + "</title>"
			if d.meta == "" {
				page = "<html><head><title>" + w.text + "</title>"
			}
			body, err := w.encode.NewEncoder().String(page)
			if err != nil {
				t.Fatal(err)
			}
			all++
			out, charset := Decode([]byte(w.mark+body), d.header)
			if charset != w.charset || string(out) != page {
				t.Errorf("%s, %s: %s %.200q", w.name, d.name, charset, out[max(0, bytes.Index(out, []byte("<title>"))):])
				continue
			}
			right++
		}
	}
	t.Logf("%d of %d pages exact", right, all)
	if all < 60 {
		t.Errorf("only %d cases", all)
	}
}

func TestShortAndMixedBodies(t *testing.T) {
	gbk := func(s string) string {
		out, err := simplifiedchinese.GBK.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for name, c := range map[string]struct{ body, header, text, charset string }{
		"empty":                      {"", "", "", nameUTF8},
		"ascii":                      {"<p>hello", "text/html; charset=gbk", "<p>hello", nameUTF8},
		"two characters of GBK":      {gbk("首页"), "", "首页", nameGB18030},
		"GBK that is valid UTF-8":    {gbk("联通"), "text/html; charset=gb2312", "联通", nameGB18030},
		"UTF-8 that has two bytes":   {"naïve café", "text/html; charset=utf-8", "naïve café", nameUTF8},
		"UTF-8 cut in a character":   {simplified[:len(simplified)-1], "", simplified[:len(simplified)-3] + "\uFFFD", nameUTF8},
		"UTF-8 with a line in GBK":   {strings.Repeat(simplified, 3) + gbk("首页"), "", "", nameUTF8},
		"GBK with a broken byte":     {gbk(simplified) + "\xff<br>" + gbk(simplified), "", simplified + "\uFFFD<br>" + simplified, nameGB18030},
		"GBK behind a mark of UTF-8": {"\xef\xbb\xbf" + gbk(simplified), "", "", nameGB18030},
		"Cyrillic, declared":         {"\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0! \xcc\xee\xed\xe3\xee\xeb", "text/html; charset=windows-1251", "Привет, мир! Монгол", "windows-1251"},
		"Mongolian letters in UTF-8": {"ᠮᠣᠩᠭᠣᠯ", "text/html; charset=gbk", "ᠮᠣᠩᠭᠣᠯ", nameUTF8},
		"euro sign of windows-936":   {gbk(simplified) + "\x80", "", simplified + "€", nameGB18030},
		"declared in an XML head":    {"<?xml version='1.0' encoding='GB2312'?><t>" + gbk("联通") + "</t>", "", "<?xml version='1.0' encoding='GB2312'?><t>联通</t>", nameGB18030},
		"unknown name":               {gbk(simplified), "text/html; charset=x-nonsense", simplified, nameGB18030},
	} {
		out, charset := Decode([]byte(c.body), c.header)
		if charset != c.charset || c.text != "" && string(out) != c.text || !utf8.Valid(out) {
			t.Errorf("%s: %s %.120q", name, charset, out)
		}
	}
}

func TestValidUTF8IsNotCopied(t *testing.T) {
	for _, s := range []string{"plain", simplified} {
		body := []byte(s)
		if out, _ := Decode(body, "text/html; charset=gb2312"); &out[0] != &body[0] {
			t.Errorf("%s was copied", s)
		}
		if n := testing.AllocsPerRun(100, func() { Decode(body, "text/html; charset=utf-8") }); n > 0 {
			t.Errorf("%v allocations for %s", n, s)
		}
	}
}

func TestSavedPagesDecode(t *testing.T) {
	for file, want := range map[string]string{
		"saintfish/gb18030.html": nameGB18030, "saintfish/big5.html": nameBig5, "saintfish/utf8.html": nameUTF8, "saintfish/utf8_bom.html": nameUTF8,
		"xnet/UTF-16LE-BOM.html": nameUTF16LE, "xnet/UTF-16BE-BOM.html": nameUTF16BE, "xnet/HTTP-vs-UTF-8-BOM.html": nameUTF8, "xnet/UTF-8-BOM-vs-meta-charset.html": nameUTF8,
	} {
		if _, got := Decode(sharedFile(t, "charset/"+file), ""); got != want {
			t.Errorf("%s: %s", file, got)
		}
	}
}

// TestGBAgreesWithXText holds the table against x/text over every two-byte
// code and over random bytes.
func TestGBAgreesWithXText(t *testing.T) {
	var all []byte
	for lead := 0x81; lead <= 0xfe; lead++ {
		for trail := 0x40; trail <= 0xfe; trail++ {
			if gbkTable()[(lead-0x81)*192+trail-0x40] != 0 {
				all = append(all, byte(lead), byte(trail), ' ')
			}
		}
	}
	want, err := simplifiedchinese.GB18030.NewDecoder().Bytes(all)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := decodeGB(all)
	if !bytes.Equal(got, want) {
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("differ at %d: %q, want %q", i, got[i:i+20], want[i:i+20])
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		b := make([]byte, r.IntN(60))
		for i := range b {
			b[i] = byte(r.IntN(256))
		}
		out, faults := decodeGB(b)
		ref, _ := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
		if !utf8.Valid(out) || (faults == 0) != !bytes.Contains(ref, []byte("\uFFFD")) && !bytes.Contains(b, []byte{0x80}) && !bytes.Contains(b, []byte{0xff}) {
			t.Fatalf("%x: %q, x/text %q", b, out, ref)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("<meta charset=gbk>\xc1\xaa\xcd\xa8"), "text/html")
	f.Add([]byte("\xff\xfe\x00"), "text/html; charset=")
	f.Fuzz(func(t *testing.T, b []byte, header string) {
		out, charset := Decode(b, header)
		if charset == "" || !utf8.Valid(out) || len(out) > 4*len(b)+16 {
			t.Errorf("%s %q", charset, out)
		}
	})
}

func gbkPage(kb int) []byte {
	row := `<li><a href="/zwgk/tzgg/202108/t20210802_12345.html" title="x">` + simplified + "</a><span>2021-08-02</span></li>\n"
	out, err := simplifiedchinese.GBK.NewEncoder().Bytes(bytes.Repeat([]byte(row), kb<<10/len(row)))
	if err != nil {
		panic(err)
	}
	return out
}

func BenchmarkDecode(b *testing.B) {
	gbk := gbkPage(40)
	utf, _ := decodeGB(gbk)
	for _, c := range []struct {
		name string
		body []byte
		f    func([]byte)
	}{
		{"gbk", gbk, func(p []byte) { Decode(p, "text/html; charset=gbk") }},
		{"utf8", utf, func(p []byte) { Decode(p, "text/html; charset=utf-8") }},
		{"xtext", gbk, func(p []byte) { simplifiedchinese.GB18030.NewDecoder().Bytes(p) }},
	} {
		b.Run(fmt.Sprintf("%s-%dKB", c.name, len(c.body)>>10), func(b *testing.B) {
			b.SetBytes(int64(len(c.body)))
			b.ReportAllocs()
			for b.Loop() {
				c.f(c.body)
			}
		})
	}
}
