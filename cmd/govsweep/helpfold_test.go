package main

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/govsweep/govsweep/reports"
)

func TestNoLineOfAnyHelpIsWiderThanAHundredColumns(t *testing.T) {
	t.Parallel()
	parser, err := kong.New(new(commands), kong.Name("govsweep"))
	must(t, err)
	dir, seen := t.TempDir(), 0
	var walk func(n *kong.Node, words []string)
	walk = func(n *kong.Node, words []string) {
		seen++
		out, errs, code := cli(t, dir, append(words[:len(words):len(words)], "--help")...)
		if code != exitDone || !strings.Contains(out, "选项：") {
			t.Fatalf("%v: %d %s%s", words, code, out, errs)
		}
		for line := range strings.Lines(out) {
			if w := reports.Columns(strings.TrimSuffix(line, "\n")); w > 100 {
				t.Errorf("%v: %d columns: %s", words, w, line)
			}
		}
		for _, child := range n.Children {
			if child.Type == kong.CommandNode {
				walk(child, append(words[:len(words):len(words)], child.Name))
			}
		}
	}
	walk(parser.Model.Node, nil)
	if seen < 100 {
		t.Errorf("only %d commands were seen", seen)
	}
}

func TestAFoldedHelpSaysTheSame(t *testing.T) {
	long := strings.Repeat("问题经人确认后下发整改通知，", 9)
	in := "用法： govsweep x [选项]\n\n第一句， 接着说。" + long + "\n\n    govsweep x --from 2026-01-01 --to 2026-03-31 --list single --account wechat:gh_1234567890ab --site 1507830002 --format xlsx\n\n选项：\n" +
		"  -h, --help                显示。\n      --db=地址             数据库：" + long + "\n                            GOVSWEEP_DB。\n\n      --a-very-long-flag-of-all-flags=长长的值\n                            说明。\n"
	got := foldHelp(in, 200)
	for line := range strings.Lines(got) {
		if reports.Columns(strings.TrimSuffix(line, "\n")) > 100 {
			t.Errorf("too wide: %s", line)
		}
	}
	plain := func(s string) string { return strings.Join(strings.Fields(strings.ReplaceAll(s, "\\\n", "")), "") }
	if plain(got) != plain(in) {
		t.Errorf("the text changed:\n%s", got)
	}
	if !strings.Contains(got, "第一句，接着说") || !strings.Contains(got, " \\\n      --") || !strings.Contains(got, "\n      --a-very-long-flag-of-all-flags=长长的值\n") {
		t.Errorf("folded:\n%s", got)
	}
	if a, b := strings.Index(got, "显示。"), strings.Index(got, "数据库："); reports.Columns(got[strings.LastIndexByte(got[:a], '\n')+1:a]) != reports.Columns(got[strings.LastIndexByte(got[:b], '\n')+1:b]) {
		t.Errorf("what is said is not in one column:\n%s", got)
	}
}
