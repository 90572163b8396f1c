package yamlwords_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml/parser"

	"github.com/govsweep/govsweep/yamlwords"
)

func TestFaultsOfYAMLAreToldInChineseWithTheirLine(t *testing.T) {
	english := regexp.MustCompile(`[A-Za-z]{4,} [A-Za-z]{2,}`)
	for name, src := range map[string]string{"a tab": "name: x\n\theads: y\n", "an open bracket": "name: [a\nheads: y\n", "no value": "name: : x\n",
		"an open quote": "name: \"x\n", "a stray bracket": "name: x\n]\n", "an alias of nothing": "name: *\n"} {
		_, err := parser.ParseBytes([]byte(src), 0)
		if err == nil {
			t.Errorf("%s: no fault", name)
			continue
		}
		line, why := yamlwords.Fault(err)
		if line < 1 || english.MatchString(why) || yamlwords.Say(err) != fmt.Sprintf("第%d行%s", line, why) {
			t.Errorf("%s: line %d, %s", name, line, why)
		}
	}
}

func TestAFaultWithoutALineIsTold(t *testing.T) {
	if line, why := yamlwords.Fault(errors.New("some fault of the library\nwith a drawing")); line != 0 || why != "书写不正确，请核对缩进、冒号、引号和括号" {
		t.Error(line, why)
	}
}

func TestWhatNobodyWritesByHandIsRefusedBeforeItIsParsed(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"brackets without end": {strings.Repeat("[", 100_000), "第1行"},
		"braces over lines":    {"a: 1\n" + strings.Repeat("{\n", 100_000), "层次过深"},
		"lists in lists":       {strings.Repeat("- ", 5_000) + "a", "第1行层次过深"},
		"a line without end":   {"a: 1\nb: " + strings.Repeat("x", 100_000), "第2行过长"},
		"a tab":                {"a: 1\n\tb: 2\n", "第2行"},
	} {
		if _, fault := yamlwords.Parse([]byte(c.src)); !strings.Contains(fault, c.want) {
			t.Errorf("%s: %q, want %q", name, fault, c.want)
		}
	}
	if file, fault := yamlwords.Parse([]byte("a: 1\na: 2\n")); fault != "" || len(file.Docs) != 1 {
		t.Error("a key that stands twice is the caller's:", fault)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a: [1, 2]\n- b\n")
	f.Add("? - - -\n&a *a !!x <<: {")
	f.Fuzz(func(t *testing.T, src string) {
		if file, fault := yamlwords.Parse([]byte(src)); (file == nil) == (fault == "") {
			t.Errorf("%q: a file and a fault, or neither", src)
		}
	})
}
