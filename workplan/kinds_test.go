package workplan

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/govsweep/govsweep"
)

// content is a plan without what names its file.
func content(p *govsweep.Plan) *govsweep.Plan {
	c := *p
	c.Source, c.Digest, c.Imported = "", "", time.Time{}
	return &c
}

func readBytes(t testing.TB, name string, raw []byte) *govsweep.Plan {
	t.Helper()
	p, err := Read(name, bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// htmlOf makes a web page of a paper, a paragraph a line.
func htmlOf(text string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>政府网站</title><style>@page{margin:20mm} p{margin:4pt 0;font:12pt \"Noto Serif CJK SC\"}</style>" +
		"<script>var 一 = '（一）脚本。';</script></head><body><nav>首页 政务公开</nav>\n")
	for l := range strings.Lines(text) {
		if strings.TrimSpace(l) != "" {
			b.WriteString("<p>" + html.EscapeString(strings.TrimRight(l, "\n")) + "</p>\n")
		}
	}
	b.WriteString("</body></html>")
	return b.String()
}

// docxOf makes a DOCX file of a paper, a paragraph a line, each cut into two
// runs as editors do.
func docxOf(t testing.TB, text string) []byte {
	var doc bytes.Buffer
	doc.WriteString(`<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for l := range strings.Lines(text) {
		r := []rune(strings.TrimRight(l, "\n"))
		doc.WriteString(`<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>`)
		for _, part := range [][]rune{r[:len(r)/2], r[len(r)/2:]} {
			doc.WriteString(`<w:r><w:t xml:space="preserve">`)
			if err := xml.EscapeText(&doc, []byte(string(part))); err != nil {
				t.Fatal(err)
			}
			doc.WriteString(`</w:t></w:r><w:bookmarkStart w:id="0" w:name="_GoBack"/>` + `<w:bookmarkEnd w:id="0"/>`)
		}
		doc.WriteString(`</w:p>`)
	}
	doc.WriteString(`</w:body></w:document>`)
	return zipOf(t, map[string][]byte{"[Content_Types].xml": []byte(`<Types/>`), "word/document.xml": doc.Bytes()})
}

func zipOf(t testing.TB, parts map[string][]byte) []byte {
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	names := make([]string, 0, len(parts))
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w, err := zw.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(parts[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestTheSamePlanComesOutOfEveryKindOfFile writes each paper as GB 18030,
// UTF-8 with its mark, UTF-16, HTML and DOCX and reads it back.
func TestTheSamePlanComesOutOfEveryKindOfFile(t *testing.T) {
	for short := range paperFiles {
		t.Run(short, func(t *testing.T) {
			raw := paperText(t, short)
			want := content(readBytes(t, "要点.txt", raw))
			gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes(raw)
			if err != nil {
				t.Fatal(err)
			}
			page := htmlOf(string(raw))
			gbPage, err := simplifiedchinese.GB18030.NewEncoder().String(page)
			if err != nil {
				t.Fatal(err)
			}
			for kind, raw := range map[string][]byte{
				"GB18030": gb, "UTF-8 with a mark": append([]byte("\xef\xbb\xbf"), raw...), "UTF-16": utf16LE(string(raw)),
				"HTML": []byte(page), "HTML in GB18030 that says it is UTF-8": []byte(gbPage), "DOCX": docxOf(t, string(raw)),
				"line ends of Windows": bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n")),
			} {
				got := content(readBytes(t, "要点.txt", raw))
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-text +%s):\n%s", kind, kind, diff)
				}
			}
		})
	}
}

func utf16LE(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, r := range s {
		if r > 0xffff {
			continue
		}
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}

// TestTheSamePlanComesOutOfWhatOfficeProgramsWrite has Chromium print each
// paper as PDF, and LibreOffice write it as PDF and DOCX. One paper is
// enough for every day; GOVSWEEP_OFFICE=all takes all five.
func TestTheSamePlanComesOutOfWhatOfficeProgramsWrite(t *testing.T) {
	if testing.Short() {
		t.Skip("office programs take some seconds each")
	}
	dir := t.TempDir()
	want := map[string]*govsweep.Plan{}
	var pages []string
	for short, file := range paperFiles {
		if os.Getenv("GOVSWEEP_OFFICE") != "all" && short != "旌德2021" {
			continue
		}
		raw := paperText(t, short)
		want[strings.TrimSuffix(file, ".txt")] = content(readBytes(t, "要点.txt", raw))
		page := filepath.Join(dir, strings.TrimSuffix(file, ".txt")+".html")
		if err := os.WriteFile(page, []byte(htmlOf(string(raw))), 0o644); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, page)
	}
	slices.Sort(pages)
	t.Run("Chromium PDF", func(t *testing.T) {
		chromium := program(t, "chromium")
		for _, page := range pages {
			out := page + ".chromium.pdf"
			office(t, chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
				"--user-data-dir="+filepath.Join(dir, "chromium"), "--print-to-pdf="+out, page)
			samePlan(t, out, want)
		}
	})
	for _, kind := range []struct{ name, ext, filter string }{
		{"LibreOffice PDF", "pdf", "pdf:writer_web_pdf_Export"}, {"LibreOffice DOCX", "docx", "docx:MS Word 2007 XML"},
	} {
		t.Run(kind.name, func(t *testing.T) {
			soffice := program(t, "soffice")
			out := filepath.Join(dir, kind.ext)
			office(t, soffice, append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless",
				"--infilter=HTML (StarWriter)", "--convert-to", kind.filter, "--outdir", out}, pages...)...)
			for _, page := range pages {
				samePlan(t, filepath.Join(out, strings.TrimSuffix(filepath.Base(page), ".html")+"."+kind.ext), want)
			}
		})
	}
}

func program(t *testing.T, name string) string {
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed here: what it writes is not read back", name)
	}
	return path
}

func office(t *testing.T, path string, args ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	if out, err := exec.CommandContext(ctx, path, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", filepath.Base(path), err, out)
	}
}

// samePlan reads a file and compares it with the plan of its paper.
func samePlan(t *testing.T, file string, plans map[string]*govsweep.Plan) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	name, _, _ := strings.Cut(filepath.Base(file), ".")
	got := content(readBytes(t, "要点.txt", raw))
	if diff := cmp.Diff(plans[name], got); diff != "" {
		a, _ := json.Marshal(plans[name])
		t.Errorf("%s (-text +file; %d bytes of plan):\n%s", filepath.Base(file), len(a), diff[:min(len(diff), 3000)])
	}
}
