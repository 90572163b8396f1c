package workplan

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

const smallPaper = "旗2021年政务公开工作要点\n2021年3月2日\n一、公开\n（一）做好公报。办好政府公报电子版。（责任单位：旗政府办，完成时限：2021年11月底）\n"

// TestHostileFilesAreRefusedInOneSentence: no panic, no hang, little memory,
// and a sentence that says what is wrong.
func TestHostileFilesAreRefusedInOneSentence(t *testing.T) {
	document := func(xml string) []byte { return zipOf(t, map[string][]byte{"word/document.xml": []byte(xml)}) }
	paras := `<w:p><w:r><w:t>一、公开</w:t></w:r></w:p>`
	for name, c := range map[string]struct {
		raw []byte
		say string
	}{
		"an empty file":                         {nil, "是空的"},
		"blanks alone":                          {[]byte(" \n\t\n"), "是空的"},
		"a picture":                             {append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte{0, 1, 2, 255}, 500)...), "不是文本"},
		"an old document":                       {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"), ".docx"},
		"a rich text document":                  {[]byte(`{\rtf1 text}`), "RTF"},
		"a text that is no plan":                {[]byte("今天天气很好。\n明天也是。\n"), "没有找到工作任务"},
		"a zip file that is no document":        {zipOf(t, map[string][]byte{"a.txt": []byte("a")}), "不是 DOCX"},
		"a torn zip file":                       {docxOf(t, smallPaper)[:200], "已损坏"},
		"a document of a gigabyte of blanks":    {document(paras + strings.Repeat(" ", 20<<20)), "压缩炸弹"},
		"a document with an entity declaration": {document(`<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document><w:p><w:t>&b;</w:t></w:p></w:document>`), "实体声明"},
		"a document with an undeclared entity":  {document(`<w:document><w:p><w:t>&b;</w:t></w:p></w:document>`), "已损坏"},
		"a document nested ten thousand deep":   {document(strings.Repeat("<w:p>", 10_000) + strings.Repeat("</w:p>", 10_000)), "嵌套过深"},
		"a document that ends in the middle":    {document(`<w:document><w:p><w:t>一、公开`), "已损坏"},
		"a document with too many parts":        {manyParts(t), "部件过多"},
		"a page with a tag of eight megabytes":  {[]byte("<html><p " + strings.Repeat("a", 8<<20) + ">x"), "过长的标签"},
		"a page without text":                   {[]byte("<html><script>一、（一）</script></html>"), "没有文字"},
		"a PDF file of nothing":                 {[]byte("%PDF-1.4\n"), "已损坏"},
		"a PDF file without a text layer":       {pdfOf("q 100 0 0 100 0 0 cm /Im0 Do Q", ""), "没有文字层"},
		"a PDF file whose text names no character": {pdfOf("BT /F1 12 Tf 10 700 Td <0001000200030004> Tj ET",
			"/F1 << /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H >>"), "没有标明字符"},
		"an encrypted PDF file":                         {encryptedPDF(), "已加密"},
		"a PDF file whose page unpacks to a gigabyte":   {pdfStream(deflated(bytes.Repeat([]byte(" "), 97<<20)), "/Filter /FlateDecode"), "压缩炸弹"},
		"a PDF file packed twice":                       {pdfStream(deflated(deflated(bytes.Repeat([]byte(" "), 97<<20))), "/Filter [/FlateDecode /FlateDecode]"), "压缩炸弹"},
		"a PDF file with a table of a hundred million":  {[]byte("%PDF-1.4\nxref\n0 100000000\ntrailer << /Size 100000000 >>\nstartxref\n9\n%%EOF"), "已损坏"},
		"a PDF file nested ten thousand deep":           {pdfOf(strings.Repeat("[", 10_000), ""), "没有文字层"},
		"a PDF file whose trailer points at itself":     {[]byte("%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"), ""},
		"a PDF file whose pages are their own children": {loopPDF(), ""},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := time.Now()
			p, err := Read("要点", bytes.NewReader(c.raw), int64(len(c.raw)))
			runtime.ReadMemStats(&after)
			if err == nil {
				t.Fatalf("was read as a plan of %d tasks", len(p.Tasks))
			}
			if govsweep.KindOf(err) != govsweep.Wrong {
				t.Errorf("kind %s, error %v", govsweep.KindOf(err), err)
			}
			if e := err.(*govsweep.Error); !strings.Contains(e.Say, c.say) || !strings.Contains(e.Say, "要点") {
				t.Errorf("said %q, wanted %q in it", e.Say, c.say)
			}
			if d := time.Since(began); d > pdfTime+5*time.Second {
				t.Errorf("took %v", d)
			}
			if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 96<<20 {
				t.Errorf("the heap grew by %d MB", grown>>20)
			}
		})
	}
}

func manyParts(t *testing.T) []byte {
	parts := map[string][]byte{}
	for i := range docxParts + 10 {
		parts[fmt.Sprintf("p%d", i)] = nil
	}
	return zipOf(t, parts)
}

func deflated(b []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	_, _ = z.Write(b) // a buffer takes everything
	_ = z.Close()
	return out.Bytes()
}

// pdfOf makes a PDF file of one page with this content and these fonts.
func pdfOf(content, fonts string) []byte { return pdfFile(content, "", fonts, "", "") }

func pdfStream(content []byte, filter string) []byte {
	return pdfFile(string(content), filter, "", "", "")
}

func pdfFile(content, filter, fonts, trailer, more string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(body string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), body)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << " + fonts + " >> >> >>")
	object(fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(content), filter, content))
	if more != "" {
		object(more)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, trailer, start)
	return b.Bytes()
}

func encryptedPDF() []byte {
	id := strings.Repeat("41", 32)
	return pdfFile("BT ET", "", "", "/Encrypt 5 0 R /ID [<4142> <4142>]",
		"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <"+id+"> /U <"+id+"> >>")
}

// loopPDF has a tree of pages that never ends.
func loopPDF() []byte {
	return bytes.Replace(pdfOf("", ""), []byte("/Kids [3 0 R] /Count 1"), []byte("/Kids [2 0 R] /Count 5"), 1)
}

func TestAPDFFileByHandIsRead(t *testing.T) {
	var b strings.Builder
	b.WriteString("BT /F1 12 Tf 16 TL 50 780 Td ")
	for l := range strings.Lines(smallPaper) {
		b.WriteString("<")
		for _, r := range strings.TrimSpace(l) {
			var u [2]byte
			binary.BigEndian.PutUint16(u[:], uint16(r))
			fmt.Fprintf(&b, "%02X%02X", u[0], u[1])
		}
		b.WriteString("> Tj T* ")
	}
	b.WriteString("ET")
	p := readBytes(t, "要点.pdf", pdfOf(b.String(), "/F1 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H >>"))
	if len(p.Tasks) != 2 || p.Tasks[1].Due.Date != "2021-11-30" || strings.Join(p.Tasks[1].Bodies, "") != "旗政府办" {
		t.Errorf("read %+v", p.Tasks)
	}
}

// FuzzRead: any bytes give a plan or one sentence, and the plan can be
// written as a ledger.
func FuzzRead(f *testing.F) {
	f.Add([]byte(smallPaper))
	f.Add([]byte(htmlOf(smallPaper)))
	f.Add(docxOf(f, smallPaper))
	f.Add(pdfOf("BT /F1 12 Tf (1) Tj ET", "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"))
	f.Add(encryptedPDF())
	seeds, err := filepath.Glob(filepath.Join("testdata", "seeds", "*"))
	if err != nil || len(seeds) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, s := range seeds {
		raw, err := os.ReadFile(s)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := Read("要点", bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			if govsweep.KindOf(err) != govsweep.Wrong {
				t.Fatalf("kind %s: %v", govsweep.KindOf(err), err)
			}
			return
		}
		ids := map[string]bool{}
		for _, task := range p.Tasks {
			if ids[task.ID] || task.ID == "" || len(task.Demands) == 0 {
				t.Fatalf("task %q: number taken, or without a demand", task.ID)
			}
			ids[task.ID] = true
		}
		p.ID = "P1"
		var out bytes.Buffer
		if err := Sheet(&out, p); err != nil && govsweep.KindOf(err) != govsweep.Wrong {
			t.Fatal(err)
		}
	})
}

// FuzzLexer: the tokens of a content stream end, whatever it holds.
func FuzzLexer(f *testing.F) {
	f.Add([]byte("BT /F1 12 Tf [(a) -20 <0102>] TJ ET"))
	f.Add([]byte("<< /A [ << ] >> ( \\( \\101 \\\n BI ID EI"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l := &lexer{b: raw}
		for n := 0; ; n++ {
			before := l.at
			if _, ok := l.next(0); !ok {
				return
			}
			if l.at <= before || n > len(raw) {
				t.Fatalf("no step forward at %d of %q", l.at, raw)
			}
		}
	})
}

// FuzzSheet: any workbook gives changes, refusals or one sentence.
func FuzzSheet(f *testing.F) {
	p := smallPlan(f)
	var out bytes.Buffer
	if err := Sheet(&out, p); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes())
	f.Add(out.Bytes()[:out.Len()/2])
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := ReadSheet("台账", bytes.NewReader(raw), int64(len(raw)), p)
		if err != nil && govsweep.KindOf(err) != govsweep.Wrong && govsweep.KindOf(err) != govsweep.Conflict {
			t.Fatal(err)
		}
		if err == nil && m.Plan == nil {
			t.Fatal("neither a plan nor an error")
		}
	})
}

func smallPlan(t testing.TB) *govsweep.Plan {
	p := readBytes(t, "要点.txt", []byte(smallPaper))
	p.ID = "P1"
	return p
}
