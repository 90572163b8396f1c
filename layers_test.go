package govsweep_test

import (
	"errors"
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
	"sketch":         {"."},
	"namedfile":      {"."},
	"plain":          {},
	"yamlwords":      {"plain"},
	"origin":         {".", "address", "facts"},
	"facts":          {".", "address", "facts/platform", "sketch"},
	"facts/platform": {".", "address"},
	"crawler":        {".", "address"},
	"crawler/media":  {".", "address", "crawler", "sketch"},
	"crawler/probe":  {".", "address", "crawler"},
	"evidence":       {"."},
	"register":       {".", "address", "plain", "sampling", "sketch"},
	"reports":        {".", "namedfile", "plain", "yamlwords", "reports/paper", "workday", "sampling"},
	"reports/paper":  {"plain"},
	"rectify":        {".", "workday", "sampling"},
	"sampling":       {},
	"casework":       {".", "facts", "origin", "rectify", "register", "reports", "workday"},
	"workday":        {"."},
	"workplan":       {"."},
	"access":         {"."},
	"web":            {".", "access"},
	"storage":        {".", "address"},
	"rules":          {".", "address", "facts", "namedfile", "yamlwords"},
	"rules/*":        {".", "address", "facts", "rules", "sampling"},
	"rules/book":     {".", "facts", "rules", "rules/*"},
	"farm":           {".", "address"},
	"sweep":          {".", "address", "crawler", "crawler/media", "crawler/probe", "facts", "rules", "rules/book", "evidence", "rectify", "sampling"},
	"schedule":       {".", "address", "facts", "rules", "workday"},
	"alarm":          {".", "namedfile"},
	"backup":         {".", "evidence"},
	"service":        {".", "alarm", "crawler", "register", "sampling", "schedule", "sweep", "web", "workday"},
	"cmd/govsweep":   {"*"},
	"cmd/govfarm":    {"*"},
	"internal/*":     {"*"},
}

// guests says in which rooms a library may live. One that is not listed may
// live nowhere. Tests may use what they need.
var guests = map[string][]string{
	"github.com/gocolly/colly":       {"crawler", "internal/bench"},
	"github.com/mmcdole/gofeed":      {"crawler/media"},
	"github.com/miekg/dns":           {"crawler", "farm", "internal/fakedns"},
	"github.com/nlnwa/whatwg-url":    {"address", "crawler"},
	"golang.org/x/net/html":          {"facts", "workplan", "crawler/media"},
	"golang.org/x/text/encoding":     {"address", "crawler", "register", "workplan", "farm", "internal/fakesite"},
	"golang.org/x/text/width":        {"register"},
	"github.com/chromedp/chromedp":   {"reports/paper"},
	"github.com/chromedp/cdproto":    {"reports/paper"},
	"github.com/ledongthuc/pdf":      {"workplan"},
	"github.com/klauspost/compress":  {"crawler", "evidence", "storage", "backup", "farm", "cmd/govsweep"},
	"github.com/robfig/cron":         {"schedule"},
	"github.com/riverqueue/river":    {"schedule"},
	"github.com/jackc/pgx":           {"schedule"},
	"github.com/prometheus":          {"service"},
	"github.com/goccy/go-yaml":       {"yamlwords", "rules", "reports", "workplan", "cmd/govsweep"},
	"github.com/jmoiron/sqlx":        {"storage"},
	"github.com/lib/pq":              {"storage", "internal/pgtest"},
	"modernc.org/sqlite":             {"storage"},
	"github.com/pressly/goose":       {"storage"},
	"github.com/xuri/excelize":       {"reports", "register", "workplan"},
	"github.com/rivo/uniseg":         {"reports"},
	"github.com/alecthomas/kong":     {"cmd"},
	"github.com/schollz/progressbar": {"cmd/govsweep"},
	"golang.org/x/crypto":            {"access"},
	"github.com/alexedwards/scs":     {"web"},
	"golang.org/x/time":              {"web"},
	"golang.org/x/term":              {"cmd/govsweep"},
	"golang.org/x/tools/txtar":       {"internal/rulestest"},
}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	for _, dir := range folders(t) {
		room := roomOf(dir)
		if room == "" {
			t.Errorf("folder %s is in no room of the house", dir)
			continue
		}
		pkg, err := build.ImportDir(dir, 0)
		if _, none := errors.AsType[*build.NoGoError](err); none {
			continue // tests alone, or nothing for this system
		}
		if err != nil {
			t.Fatal(err)
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
	if !strings.Contains(strings.Split(imp, "/")[0], ".") {
		return "" // the standard library
	}
	for lib, homes := range guests {
		if within(imp, lib) {
			if slices.ContainsFunc(homes, func(h string) bool { return within(filepath.ToSlash(dir), h) }) {
				return ""
			}
			return "this library lives in " + strings.Join(homes, ", ")
		}
	}
	return "no room is given to this library"
}

// within says whether path is stem or stands below it.
func within(path, stem string) bool { return path == stem || strings.HasPrefix(path, stem+"/") }

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
