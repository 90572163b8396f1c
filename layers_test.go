package govsweep_test

import (
	"go/build"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/govsweep/govsweep"

// rooms is the order of the house: who may import whom. A folder that is
// not listed here may not exist.
var rooms = map[string][]string{
	".":              {},
	"address":        {},
	"facts":          {".", "address", "facts/platform"},
	"facts/platform": {".", "address"},
	"crawler":        {".", "address"},
	"evidence":       {"."},
	"register":       {".", "address"},
	"reports":        {"."},
	"storage":        {".", "address"},
	"rules":          {".", "address", "facts"},
	"rules/*":        {".", "address", "facts", "rules"},
	"rules/book":     {".", "facts", "rules", "rules/*"},
	"farm":           {".", "address"},
	"sweep":          {".", "address", "crawler", "facts", "rules", "rules/book", "evidence"},
	"cmd/govsweep":   {"*"},
	"cmd/govfarm":    {"*"},
	"internal/*":     {"*"},
}

// guests says in which room a library may live; a library that is not
// listed may live anywhere.
var guests = map[string][]string{
	"github.com/gocolly/colly":       {"crawler", "internal/bench"},
	"github.com/PuerkitoBio/goquery": {"facts"},
	"github.com/jmoiron/sqlx":        {"storage"},
	"github.com/lib/pq":              {"storage", "internal/pgtest"},
	"modernc.org/sqlite":             {"storage"},
	"github.com/pressly/goose":       {"storage"},
	"github.com/nlnwa/whatwg-url":    {"address", "crawler"},
	"github.com/xuri/excelize":       {"reports", "register"},
}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	for _, dir := range folders(t) {
		room := roomOf(dir)
		if room == "" {
			t.Errorf("folder %s is in no room of the house", dir)
			continue
		}
		pkg, err := build.ImportDir(dir, 0)
		if err != nil {
			continue // no Go files for this system
		}
		for _, imp := range pkg.Imports {
			if why := forbidden(dir, room, imp); why != "" {
				t.Errorf("%s imports %s: %s", dir, imp, why)
			}
		}
	}
}

func forbidden(dir, room, imp string) string {
	if imp == module || strings.HasPrefix(imp, module+"/") {
		to := strings.TrimPrefix(strings.TrimPrefix(imp, module), "/")
		if to == "" {
			to = "."
		}
		for _, may := range rooms[room] {
			if may == "*" || matches(may, to) || strings.HasPrefix(to, dir+"/internal/") {
				return ""
			}
		}
		return "not in the order of the house"
	}
	if room == "." && strings.Contains(strings.Split(imp, "/")[0], ".") {
		return "the root imports only the standard library"
	}
	for lib, homes := range guests {
		if strings.HasPrefix(imp, lib) && !slices.ContainsFunc(homes, func(h string) bool { return dir == h || strings.HasPrefix(dir, h+"/") }) {
			return "this library lives in " + strings.Join(homes, ", ")
		}
	}
	return ""
}

// roomOf gives the row of the table a folder belongs to.
func roomOf(dir string) string {
	dir = filepath.ToSlash(dir)
	if _, ok := rooms[dir]; ok {
		return dir
	}
	for row := range rooms {
		if matches(row, dir) {
			return row
		}
	}
	return ""
}

func matches(row, dir string) bool {
	stem, ok := strings.CutSuffix(row, "/*")
	return row == dir || ok && strings.HasPrefix(dir, stem+"/")
}

// folders lists the folders of the repository that hold Go files.
func folders(t *testing.T) []string {
	var dirs []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "docs") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".go") && !slices.Contains(dirs, filepath.Dir(path)) {
			dirs = append(dirs, filepath.Dir(path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(dirs) < 5 {
		t.Fatalf("only %d folders found: the test looks in the wrong place", len(dirs))
	}
	return dirs
}
