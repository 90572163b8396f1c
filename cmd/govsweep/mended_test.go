package main

import (
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// TestFiltersOfDecisions inspects two sites after each other: what is asked of
// the first one is answered from its own inspection.
func TestFiltersOfDecisions(t *testing.T) {
	t.Parallel()
	var newest atomic.Int64
	newest.Store(300)
	home, _ := officeSite(t, &newest)
	other, _ := officeSite(t, &newest)
	dir := t.TempDir()
	cli(t, dir, "inspect", home, "--rate", "-1", "--fail-on", "none")
	id := staleFinding(t, dir)
	card, _, code := cli(t, dir, "finding", "show", id, "--format", "table")
	if code != exitDone || strings.HasPrefix(card, "{") || !strings.Contains(card, "问题编号　"+id) || !strings.Contains(card, "证据　　　sha256:") {
		t.Errorf("the card of a finding: %s", card)
	}
	all, _, _ := cli(t, dir, "findings", "--format", "jsonl", "--indicator", "column-stale")
	book := field(all, "book_id")
	if byBook, errs, code := cli(t, dir, "findings", "--format", "jsonl", "--indicator", strings.ToLower(book)); code != exitDone || byBook != all {
		t.Errorf("by the number %s of the rulebook: %s%s", book, byBook, errs)
	}
	cli(t, dir, "inspect", other, "--rate", "-1", "--fail-on", "none")
	for _, line := range strings.Split(strings.TrimSpace(mustOut(t, dir, "sweep", "show", "1", "--format", "jsonl")), "\n") {
		if began, ended := field(line, "began"), field(line, "ended"); began == "" || ended < began {
			t.Errorf("a target ends at %q and began at %q", ended, began)
		}
	}
	site := string(govsweep.SiteKey("", address.Host(home)))
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"an unknown site of a review":      {[]string{"finding", "review", "--by", "张三", "--site", "111"}, exitWrong, "111"},
		"an unknown indicator of a review": {[]string{"finding", "review", "--by", "张三", "--indicator", "nosuch"}, exitWrong, "nosuch"},
		"an unknown indicator of all":      {[]string{"finding", "confirm", "--all", "--by", "张三", "--site", site, "--indicator", "nosuch"}, exitWrong, "nosuch"},
		"a name with an escape sequence":   {[]string{"finding", "confirm", id, "--by", "张\x1b[31m三"}, exitWrong, "--by 的内容中有控制字符"},
		"a reason with an escape sequence": {[]string{"finding", "reject", id, "--by", "张三", "--reason", "因\x1b[2J"}, exitWrong, "--reason 的内容中有控制字符"},
		"all of a site, not inspected last": {[]string{"finding", "confirm", "--all", "--by", "张三", "--site", site, "--indicator", book}, exitDone,
			"以最近一次检查为准：第1次检查"},
	} {
		if out, errs, code := cli(t, dir, c.args...); code != c.code || !strings.Contains(errs, c.want) || strings.Contains(out+errs, "\x1b") {
			t.Errorf("%s: exit %d %q %q", name, code, out, errs)
		}
	}
	if line, errs, _ := cli(t, dir, "finding", "show", id, "--format", "jsonl"); !strings.HasPrefix(line, "{") || strings.Count(line, "\n") != 1 || !strings.Contains(errs, "确认") {
		t.Errorf("the line of a finding: %s%s", line, errs)
	}
	if out, _, _ := cli(t, dir, "findings", "--sweep", "1", "--status", "confirmed", "--indicator", book, "--format", "jsonl"); strings.Count(out, "\n") != strings.Count(all, "\n") {
		t.Errorf("confirmed: %s", out)
	}
}

func mustOut(t *testing.T, dir string, args ...string) string {
	t.Helper()
	out, errs, code := cli(t, dir, args...)
	if code != exitDone {
		t.Fatalf("%v: exit %d %s", args, code, errs)
	}
	return out
}

// field gives the first value of a text field in JSON lines.
func field(lines, name string) string {
	_, after, _ := strings.Cut(lines, `"`+name+`":"`)
	value, _, _ := strings.Cut(after, `"`)
	return value
}

func TestUsageErrorsAreChineseAndPointToTheirOwnHelp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args string
		want []string
	}{
		{"notice form lint none.yaml", []string{"none.yaml”不存在", "govsweep notice form lint --help"}},
		{"import ledger none.xlsx --by 张三", []string{"none.xlsx”不存在", "govsweep import ledger --help"}},
		{"findings --sweep abc", []string{"应为整数，而不是“abc”", "govsweep findings --help"}},
		{"notice list --year 20x", []string{"应为整数，而不是“20x”", "govsweep notice list --help"}},
		{"notice due --date 2026-11-20", []string{"没有这个选项“--date”，是否为“--data”、“--rate”？使用", "govsweep notice due --help"}},
		{"sweep run --rat 2", []string{"没有这个选项“--rat”，是否为“--rate”？", "govsweep sweep run --help"}},
		{"alarm list --rate 2", []string{"用法不正确：没有这个选项“--rate”。使用"}},
		{"accounts sync --list abc", []string{"只能是下列之一：“months”、“pairs”、“single”，而不是“abc”。"}},
		{"notice issue", []string{"缺少", "govsweep notice issue --help"}},
		{"nosuch\x1b[31m", []string{"多余的参数", "govsweep --help"}},
	} {
		t.Run(c.args, func(t *testing.T) {
			_, errs, code := cli(t, t.TempDir(), strings.Fields(c.args)...)
			if code != exitWrong {
				t.Errorf("exit %d", code)
			}
			for _, want := range c.want {
				if !strings.Contains(errs, want) {
					t.Errorf("%q lacks %q", errs, want)
				}
			}
			for _, english := range []string{"stat ", "valid", "one of", "expected", "did you", "\x1b"} {
				if strings.Contains(errs, english) {
					t.Errorf("%q says %q", errs, english)
				}
			}
		})
	}
}

func TestEvidenceOfACaseIsShownOnce(t *testing.T) {
	var l ledgerOf
	r, out := reviewOf(&l, "oq")
	proof := []govsweep.Evidence{{Digest: "sha256:aa", URL: "http://a.example/"}}
	c := []reviewCase{{findings: []govsweep.Finding{
		{ID: "F001", Evidence: proof, Pages: []string{"http://a.example/"}}, {ID: "F002", Evidence: slices.Clone(proof), Pages: []string{"http://a.example/"}},
	}}}
	if err := r.run(c); err != nil {
		t.Fatal(err)
	}
	_, shown, _ := strings.Cut(out.String(), "：o\n")
	if n := strings.Count(shown, "sha256:aa"); n != 1 {
		t.Errorf("shown %d times:\n%s", n, shown)
	}
}

func TestAColumnIsNamedOnceBehindItsPath(t *testing.T) {
	long := strings.Repeat("建议提案", 20)
	for name, c := range map[string]govsweep.ColumnRef{
		"the same name":              {Name: "建议提案", Path: []string{"政务公开", "建议提案"}},
		"white space around it":      {Name: "建议提案", Path: []string{"政务公开", " 建议提案"}},
		"a long name cut short":      {Name: string([]rune(long)[:59]) + "…", Path: []string{"政务公开", long}},
		"a name not yet in its path": {Name: "建议提案", Path: []string{"政务公开"}},
	} {
		if got := columnPath(&c); strings.Count(got, "›") != 1 {
			t.Errorf("%s: %s", name, got)
		}
	}
}
