package paper

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// need gives a program of the tests; without it the test is skipped,
// loudly, but in CI it fails.
func need(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is not installed; run make deps", names[0])
	}
	t.Skipf("SKIPPED: %s is not installed; run make deps", names[0])
	return ""
}

// office lets an office program that is not ours turn papers into PDF.
func office(t *testing.T, papers map[string]*Paper) map[string]string {
	t.Helper()
	soffice := need(t, "soffice", "libreoffice")
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}
	out := map[string]string{}
	for name, p := range papers {
		var b bytes.Buffer
		if err := DOCX(&b, p); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name+".docx")
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
		out[name] = filepath.Join(dir, name+".pdf")
	}
	if msg, err := exec.CommandContext(t.Context(), soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %.500s", err, msg)
	}
	return out
}

// browser prints papers with Chromium.
func browser(t *testing.T, papers map[string]*Paper) map[string]string {
	t.Helper()
	need(t, "chromium", "chromium-browser", "google-chrome")
	dir := t.TempDir()
	out := map[string]string{}
	err := Press(t.Context(), func(print func(io.Writer, *Paper) error) error {
		for name, p := range papers {
			var b bytes.Buffer
			if err := print(&b, p); err != nil {
				return err
			}
			out[name] = filepath.Join(dir, name+".pdf")
			if err := os.WriteFile(out[name], b.Bytes(), 0o600); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sheetOf is a printed page: its words where they stand, in millimetres.
type sheetOf struct {
	W, H  float64
	Words []word
}

type word struct {
	Left, Top, Right, Bottom float64
	Text                     string
}

const perPoint = 25.4 / 72

// sheets reads the pages of a PDF.
func sheets(t *testing.T, pdf string) []sheetOf {
	t.Helper()
	out, err := exec.Command(need(t, "pdftotext"), "-bbox", pdf, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	var doc struct {
		Pages []struct {
			W     float64 `xml:"width,attr"`
			H     float64 `xml:"height,attr"`
			Words []struct {
				X0   float64 `xml:"xMin,attr"`
				Y0   float64 `xml:"yMin,attr"`
				X1   float64 `xml:"xMax,attr"`
				Y1   float64 `xml:"yMax,attr"`
				Text string  `xml:",chardata"`
			} `xml:"word"`
		} `xml:"body>doc>page"`
	}
	dec := xml.NewDecoder(bytes.NewReader(out))
	dec.Strict, dec.Entity = false, xml.HTMLEntity
	if err := dec.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	var all []sheetOf
	for _, p := range doc.Pages {
		s := sheetOf{W: p.W * perPoint, H: p.H * perPoint}
		for _, w := range p.Words {
			s.Words = append(s.Words, word{w.X0 * perPoint, w.Y0 * perPoint, w.X1 * perPoint, w.Y1 * perPoint, w.Text})
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		t.Fatal("the PDF has no page")
	}
	return all
}

func (s sheetOf) text() string {
	var b strings.Builder
	for _, w := range s.Words {
		b.WriteString(w.Text)
	}
	return b.String()
}

// find gives the first word that holds a text.
func (s sheetOf) find(t *testing.T, text string) word {
	t.Helper()
	for _, w := range s.Words {
		if strings.Contains(w.Text, text) {
			return w
		}
	}
	t.Fatalf("%q stands nowhere on the page: %.300s", text, s.text())
	return word{}
}

// dotsOf is a page as dots of red, green and blue.
type dotsOf struct {
	w, h int
	rgb  []byte
}

const sharp = 200 // dots to the inch

func picture(t *testing.T, pdf string, page int) dotsOf {
	t.Helper()
	n := fmt.Sprint(page)
	out, err := exec.Command(need(t, "pdftoppm"), "-r", fmt.Sprint(sharp), "-f", n, "-l", n, "-aa", "no", "-aaVector", "no", pdf).Output()
	if err != nil {
		t.Fatalf("pdftoppm: %v", err)
	}
	var p dotsOf
	var most int
	if _, err := fmt.Sscanf(string(out[:min(len(out), 40)]), "P6\n%d %d\n%d", &p.w, &p.h, &most); err != nil || most != 255 {
		t.Fatalf("not a picture: %v", err)
	}
	p.rgb = out[len(out)-3*p.w*p.h:]
	return p
}

// rule is a level line: where it is, in millimetres.
type rule struct{ Left, Right, Top, Thick float64 }

// rules finds level lines of at least 100 mm of a colour.
func (p dotsOf) rules(is func(r, g, b byte) bool) []rule {
	const mm = 25.4 / sharp
	var out []rule
	for y := range p.h {
		best, from, run := 0, 0, 0
		for x := range p.w {
			i := 3 * (y*p.w + x)
			if is(p.rgb[i], p.rgb[i+1], p.rgb[i+2]) {
				if run++; run > best {
					best, from = run, x-run+1
				}
			} else {
				run = 0
			}
		}
		if float64(best)*mm < 100 {
			continue
		}
		if n := len(out); n > 0 && float64(y)*mm-(out[n-1].Top+out[n-1].Thick) < mm/2 {
			out[n-1].Thick += mm
			continue
		}
		out = append(out, rule{float64(from) * mm, float64(from+best) * mm, float64(y) * mm, mm})
	}
	return out
}

func red(r, g, b byte) bool   { return r > 200 && g < 60 && b < 60 }
func dark3(r, g, b byte) bool { return r < 100 && g < 100 && b < 100 }
