package book_test

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules/book"
)

// TestEveryEntryIsCovered: each code of the shipped rulebook has an
// indicator, and cases that show it found or open, passed or without object,
// and not measured; each indicator has an entry and its clause above it.
func TestEveryEntryIsCovered(t *testing.T) {
	b := rulestest.Book(t)
	entries := map[string]bool{}
	for _, e := range b.Entries {
		entries[string(e.Code)] = true
	}
	seen := map[string]bool{}
	for _, ind := range book.Indicators {
		code := string(ind.Code)
		if seen[code] {
			t.Errorf("%s is listed twice", code)
		}
		seen[code] = true
		if !entries[code] {
			t.Errorf("%s has no entry in the rulebook", code)
		}
		if ind.Title == "" || ind.Doc == "" {
			t.Errorf("%s has no title or doc", code)
		}
		said := wants(t, code)
		for _, need := range []string{"passed|not-applicable", "found|not-measured", "not-measured|not-applicable"} {
			if !anyOf(said, strings.Split(need, "|")) {
				t.Errorf("no case shows %s as %s", code, need)
			}
		}
		if !said["found"] {
			t.Errorf("no case shows %s found", code)
		}
	}
	for code := range entries {
		if !seen[code] {
			t.Errorf("entry %s has no indicator", code)
		}
	}
}

// TestClausesAreQuoted: every family names, in the comments above its
// indicators, each paper its entries cite.
func TestClausesAreQuoted(t *testing.T) {
	b := rulestest.Book(t)
	text := sources(t)
	for _, e := range b.Entries {
		paper, _, _ := strings.Cut(e.Clause, ";")
		paper, _, _ = strings.Cut(paper, " ")
		family := familyOf(t, string(e.Code))
		if !strings.Contains(text[family], "// "+paper) {
			t.Errorf("%s: %s quotes no clause of %s", e.Code, family, paper)
		}
	}
}

func anyOf(said map[string]bool, words []string) bool {
	for _, w := range words {
		if said[w] {
			return true
		}
	}
	return false
}

// wants gives the statuses the cases of an indicator expect.
func wants(t *testing.T, code string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("../*/testdata/" + code + "/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		s, next := bufio.NewScanner(f), false
		for s.Scan() {
			if next {
				said[s.Text()] = true
				break
			}
			next = s.Text() == "-- want --"
		}
		f.Close()
	}
	return said
}

func familyOf(t *testing.T, code string) string {
	t.Helper()
	dirs, err := filepath.Glob("../*/testdata/" + code)
	if err != nil || len(dirs) != 1 {
		t.Fatalf("cases of %s stand in %v", code, dirs)
	}
	return filepath.Base(filepath.Dir(filepath.Dir(dirs[0])))
}

// sources gives the Go text of every family.
func sources(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(filepath.Dir(file))] += string(src)
	}
	return out
}
