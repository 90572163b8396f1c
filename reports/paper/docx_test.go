package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// docx gives the parts of a paper's package.
func docx(t testing.TB, p *Paper) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := DOCX(&b, p); err != nil {
		t.Fatal(err)
	}
	zr, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := out[f.Name]; twice {
			t.Errorf("part %s stands twice", f.Name)
		}
		out[f.Name] = string(data)
	}
	return out
}

func TestTheSmallPaperIsWrittenAsItWas(t *testing.T) {
	p := notice()
	p.Appended = []Appendix{{Title: "整改回执", Body: []Block{receipt(), Para{Text: "注：请加盖公章。", Small: true}}}}
	p.Annexes = []string{"整改回执"}
	golden(t, "testdata/notice.document.xml", docx(t, p)["word/document.xml"])
	var b bytes.Buffer
	if err := HTML(&b, p); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/notice.html", b.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run go test ./reports/paper -update and read the difference", name)
	}
}

func TestThePackageIsWholeAndReachesNowhere(t *testing.T) {
	for name, p := range samples() {
		t.Run(name, func(t *testing.T) { checkPackage(t, docx(t, p)) })
	}
}

// samples are papers of every shape.
func samples() map[string]*Paper {
	draft := circular()
	draft.Draft = true
	return map[string]*Paper{
		"a notice": notice(), "a circular": circular(), "a draft": draft, "an empty paper": {},
		"a reply slip": {Title: "整改回执", Body: []Block{Para{Text: "青川市人民政府办公室：", Flush: true}, receipt()}},
	}
}

func checkPackage(t *testing.T, parts map[string]string) {
	t.Helper()
	types := parts["[Content_Types].xml"]
	for name, data := range parts {
		if strings.HasSuffix(name, ".png") {
			continue
		}
		wellFormed(t, name, data)
		if !strings.HasSuffix(name, ".rels") && name != "[Content_Types].xml" && !strings.Contains(types, `PartName="/`+name+`"`) {
			t.Errorf("part %s has no content type", name)
		}
	}
	for _, rels := range []string{"_rels/.rels", "word/_rels/document.xml.rels"} {
		base := path.Dir(path.Dir(rels))
		for _, r := range relations(t, parts[rels]) {
			if r.Mode != "" {
				t.Errorf("%s: %s has mode %s", rels, r.Target, r.Mode)
			}
			if _, ok := parts[path.Join(base, r.Target)]; !ok {
				t.Errorf("%s: %s is not in the package", rels, r.Target)
			}
			if base == "word" && strings.Contains(r.Type, "image") && !strings.Contains(parts["word/document.xml"], `"`+r.ID+`"`) {
				t.Errorf("picture %s is used nowhere", r.ID)
			}
		}
	}
	for _, word := range []string{"hyperlink", "fldSimple", "instrText", "altChunk", "object", "attachedTemplate"} {
		if strings.Contains(parts["word/document.xml"], "<w:"+word) {
			t.Errorf("the document holds <w:%s", word)
		}
	}
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

func relations(t *testing.T, s string) []relation {
	t.Helper()
	var v struct {
		Relationship []relation
	}
	if err := xml.Unmarshal([]byte(s), &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Relationship) == 0 {
		t.Fatal("no relationship at all")
	}
	return v.Relationship
}

func wellFormed(t *testing.T, name, data string) {
	t.Helper()
	for dec := xml.NewDecoder(strings.NewReader(data)); ; {
		if _, err := dec.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

func TestTheSamePaperGivesTheSameBytes(t *testing.T) {
	for name, form := range map[string]func(io.Writer, *Paper) error{"docx": DOCX, "html": HTML} {
		var one, two bytes.Buffer
		if err := form(&one, circular()); err != nil {
			t.Fatal(err)
		}
		if err := form(&two, circular()); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one.Bytes(), two.Bytes()) {
			t.Errorf("%s: two writings differ", name)
		}
		t.Logf("%s: %d bytes", name, one.Len())
	}
}
