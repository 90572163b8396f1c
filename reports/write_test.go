package reports_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

func TestWriteSiteLeavesThreeWholeFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	for range 2 { // the second run replaces the first
		paths, err := reports.WriteSite(dir, sample())
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{"9901020003.html", "9901020003.findings.xlsx", "9901020003.findings.jsonl"} {
			if paths[i] != filepath.Join(dir, want) {
				t.Errorf("path %q, want %q", paths[i], want)
			}
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 3 {
		t.Errorf("%d files, %v", len(entries), err)
	}
}

func TestWriteSiteSaysWhyItCannot(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := reports.WriteSite(file, sample())
	var e *govsweep.Error
	if !errors.As(err, &e) || e.Kind != govsweep.Internal || !strings.Contains(e.Say, "该路径不是文件夹") {
		t.Errorf("got %v", err)
	}
}

func TestNothingIsLeftWhenAFileCannotBePutInPlace(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "9901020003.html", "in the way"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := reports.WriteSite(dir, sample()); err == nil {
		t.Fatal("wrote over a folder")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("%d entries left, %v", len(entries), err)
	}
}

func TestWriteSweep(t *testing.T) {
	path, err := reports.WriteSweep(t.TempDir(), overview())
	if err != nil || filepath.Base(path) != "sweep-3.html" {
		t.Errorf("%q, %v", path, err)
	}
}

func TestFileNamesAreSafeAndDiffer(t *testing.T) {
	safe := regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,120}$`)
	seen := map[string]string{}
	for _, host := range append(hostile(), "www.a.example", "www.a.example:8080", "www.a.example_8080", "127.0.0.1:80", "con", "nul.example", "com1", "../../etc/passwd", "a", "a.", strings.Repeat("x", 300), "", "测试.政务") {
		name := reports.FileName(govsweep.Target{ID: govsweep.TargetID("host:" + host), URL: "http://" + host + "/"})
		if !safe.MatchString(name) || strings.Contains(name, "..") {
			t.Errorf("%q gives %q", host, name)
		}
		if other, ok := seen[name]; ok && other != host {
			t.Errorf("%q and %q share %q", host, other, name)
		}
		seen[name] = host
	}
	if name := reports.FileName(govsweep.Target{Code: "bm56000001", ID: "bm56000001"}); name != "bm56000001" {
		t.Errorf("got %q", name)
	}
}
