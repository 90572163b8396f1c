// Package rulestest runs the cases of an indicator family: every
// testdata/<indicator>/*.txtar is a dossier, perhaps parameters, and what the
// indicator must say. A finding that is not wanted fails a case too.
package rulestest

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/rules/book"
)

var update = flag.Bool("update", false, "write what the indicators say into the cases")

// AsOf is the check point of a case whose dossier names none.
var AsOf = time.Date(2021, 8, 27, 23, 59, 59, 0, govsweep.Shanghai)

// Book is the shipped rulebook, as the cases use it.
func Book(t testing.TB) *rules.Rulebook {
	t.Helper()
	b, err := rules.LoadBook("", book.Indicators)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Run runs every case of the family in the working directory.
func Run(t *testing.T, family []*rules.Indicator) {
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	known := map[string]*rules.Indicator{}
	for _, ind := range family {
		known[string(ind.Code)] = ind
	}
	b := Book(t)
	for _, file := range files {
		code := filepath.Base(filepath.Dir(file))
		name := code + "/" + strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			if known[code] == nil {
				t.Fatalf("no indicator %s in the family", code)
			}
			runCase(t, file, known[code], b)
		})
	}
}

func runCase(t *testing.T, file string, ind *rules.Indicator, b *rules.Rulebook) {
	arc, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d := Dossier(t, section(arc, "dossier.json"))
	one := b.Only(ind.Code)
	if params := section(arc, "params.json"); params != nil {
		if one, err = one.WithParams(ind, params); err != nil {
			t.Fatal(err)
		}
	}
	outcomes := rules.Inspect(d, one, []*rules.Indicator{ind})
	if len(outcomes) != 1 {
		t.Fatalf("%d outcomes, want one", len(outcomes))
	}
	saysDaysInChinese(t, &outcomes[0])
	got := Render(&outcomes[0])
	if want := string(section(arc, "want")); got != want {
		if *update {
			rewrite(t, file, arc, got)
			return
		}
		t.Errorf("%s says\n%s\nwant\n%s", ind.Code, got, want)
	}
}

var (
	quoted  = regexp.MustCompile(`“[^”]*”|https?://\S+`)
	isoDate = regexp.MustCompile(`\d{4}-\d{2}(?:-\d{2})?`)
)

// saysDaysInChinese fails an outcome that gives a day or a month as machines
// write it, or a clause that tells of nothing; what it quotes of a page stays
// as it was printed.
func saysDaysInChinese(t *testing.T, o *govsweep.Outcome) {
	t.Helper()
	said := []string{o.Reason, o.Review}
	for i := range o.Findings {
		said = append(append(said, o.Findings[i].Summary), o.Findings[i].Detail...)
	}
	for _, s := range said {
		plain := quoted.ReplaceAllString(s, "")
		if day := isoDate.FindString(plain); day != "" {
			t.Errorf("%s is no Chinese date: %s", day, s)
		}
		if strings.Contains(plain, "其中未标日期0条") {
			t.Errorf("a clause about nothing: %s", s)
		}
	}
}

// Dossier reads a case's dossier; unknown keys fail, so a typo is no case.
func Dossier(t testing.TB, src []byte) *facts.Dossier {
	t.Helper()
	d := &facts.Dossier{}
	dec := json.NewDecoder(bytes.NewReader(src))
	dec.DisallowUnknownFields()
	if err := dec.Decode(d); err != nil {
		t.Fatalf("dossier.json: %v", err)
	}
	if d.AsOf.IsZero() {
		d.AsOf = AsOf
	}
	if d.Site.ID == "" {
		d.Site.ID = "1507830002"
	}
	return d
}

// Render writes an outcome as the want section of a case holds it.
func Render(o *govsweep.Outcome) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", o.Status)
	if o.Reason != "" {
		fmt.Fprintf(&b, "reason: %s\n", o.Reason)
	}
	if o.Review != "" {
		fmt.Fprintf(&b, "review: %s\n", o.Review)
	}
	for i := range o.Findings {
		f := &o.Findings[i]
		fmt.Fprintf(&b, "- %s\n  %s\n", f.Summary, strings.Join(f.Pages, " "))
		if f.Severity != "" {
			fmt.Fprintf(&b, "  severity %s\n", f.Severity)
		}
		if f.Scores > 1 {
			fmt.Fprintf(&b, "  scores %d\n", f.Scores)
		}
		switch {
		case f.Unproven:
			b.WriteString("  unproven\n")
		case f.NeedsReview:
			b.WriteString("  needs review\n")
		}
	}
	return b.String()
}

func section(arc *txtar.Archive, name string) []byte {
	for _, f := range arc.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

func rewrite(t *testing.T, file string, arc *txtar.Archive, got string) {
	t.Helper()
	kept := arc.Files[:0]
	for _, f := range arc.Files {
		if f.Name != "want" {
			kept = append(kept, f)
		}
	}
	arc.Files = append(kept, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(file, txtar.Format(arc), 0o644); err != nil {
		t.Fatal(err)
	}
}
