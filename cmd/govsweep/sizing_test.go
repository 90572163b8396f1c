package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every figure by which a bureau sizes its machines comes with the command
// that measures it: a script of the repository, or tests that are there.
func TestEverySizingFigureHasItsCommand(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	raw, err := os.ReadFile(filepath.Join(root, "docs", "operations.md"))
	must(t, err)
	_, part, found := strings.Cut(string(raw), "## 容量与规模")
	part, _, _ = strings.Cut(part, "\n## ")
	if !found {
		t.Fatal("no part about sizing")
	}
	rows := 0
	for _, line := range strings.Split(part, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || strings.Contains(line, "---") || strings.Contains(line, "| 命令 |") {
			continue
		}
		rows++
		command := strings.Trim(strings.TrimSpace(cells[3]), "`")
		if m := regexp.MustCompile(`-run (\S+) \./(\S+)$`).FindStringSubmatch(command); m != nil {
			if !hasTest(t, filepath.Join(root, m[2]), m[1]) {
				t.Errorf("no test %s in %s", m[1], m[2])
			}
			for _, name := range regexp.MustCompile(`GOVSWEEP_TEST_\w+`).FindAllString(command, -1) {
				if !inTests(t, filepath.Join(root, m[2]), name) {
					t.Errorf("no test of %s reads %s", m[2], name)
				}
			}
			continue
		}
		if strings.HasSuffix(command, "scripts/bench") && exists(filepath.Join(root, "scripts", "bench")) || strings.HasPrefix(command, "du -sh ") && strings.Contains(line, "未实测") {
			continue
		}
		t.Errorf("a figure without a command that can be run: %s", line)
	}
	if rows < 9 {
		t.Errorf("only %d figures", rows)
	}
}

func hasTest(t *testing.T, dir, name string) bool {
	return inTests(t, dir, `(?m)^func Test\w*`+strings.TrimPrefix(name, "Test"))
}

// inTests says whether a pattern stands in a test of a folder.
func inTests(t *testing.T, dir, pattern string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	must(t, err)
	for _, f := range files {
		raw, err := os.ReadFile(f)
		must(t, err)
		if filepath.Base(f) != "sizing_test.go" && regexp.MustCompile(pattern).Match(raw) {
			return true
		}
	}
	return false
}
