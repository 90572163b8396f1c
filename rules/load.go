package rules

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/yamlwords"
)

// DefaultBook is the rulebook used when none is named.
const DefaultBook = "gov-2019-19"

//go:embed rulebooks/*.yaml
var shipped embed.FS

// Limits of a rulebook file: what a hand-written one never reaches, and what
// keeps a hostile one from costing more than a refusal.
const (
	// MostBook is the size up to which a rulebook file is read.
	MostBook     = 2 << 20
	maxBookLine  = 4096
	maxBookDepth = 64
)

// Books lists the rulebooks that come with the product.
func Books() []string {
	entries, _ := shipped.ReadDir("rulebooks") // embedded: it is there
	var ids []string
	for _, e := range entries {
		ids = append(ids, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return ids
}

// LoadBook loads a rulebook by the id of a shipped one or by file path and
// checks it against set. The error names every fault with its line.
func LoadBook(nameOrPath string, set []*Indicator) (*Rulebook, error) {
	if nameOrPath == "" {
		nameOrPath = DefaultBook
	}
	src, file, err := readBook(nameOrPath)
	if err != nil {
		return nil, err
	}
	b, faults := parseBook(src, set)
	if len(faults) > 0 {
		return nil, bookError(file, faults)
	}
	return b, nil
}

// Lint gives the faults of a rulebook's text; none when it can be loaded.
func Lint(src []byte, set []*Indicator) []Fault {
	_, faults := parseBook(src, set)
	return faults
}

func readBook(name string) ([]byte, string, error) {
	if slices.Contains(Books(), name) {
		src, err := shipped.ReadFile("rulebooks/" + name + ".yaml")
		return src, name, err
	}
	src, err := namedfile.ReadMost("评分规则文件", name, MostBook)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", &govsweep.Error{Kind: govsweep.Wrong, Err: err,
			Say: fmt.Sprintf("找不到评分规则“%s”：既不是内置规则（%s），也不是文件", name, strings.Join(Books(), "、"))}
	}
	return src, name, err
}

func faultText(file string, faults []Fault) string {
	var b strings.Builder
	fmt.Fprintf(&b, "评分规则“%s”有%d处错误：", file, len(faults))
	for _, f := range faults {
		b.WriteString("\n  ")
		if f.Line > 0 {
			fmt.Fprintf(&b, "第%d行：", f.Line)
		}
		b.WriteString(f.Why)
	}
	return b.String()
}

func parseBook(src []byte, set []*Indicator) (*Rulebook, []Fault) {
	root, faults := parseYAML(src)
	if len(faults) > 0 {
		return nil, faults
	}
	b := &Rulebook{}
	d := &decoder{}
	d.into(root, reflect.ValueOf(b).Elem())
	c := checker{decoder: d, book: b, root: root}
	c.check(set)
	if faults := d.sorted(); len(faults) > 0 {
		return nil, faults
	}
	return b, nil
}

// parseYAML gives the one document of src. Size and depth are looked at
// before the parser sees the text, and its panics are faults.
func parseYAML(src []byte) (root ast.Node, faults []Fault) {
	src, fault := yamlwords.Text(src)
	if fault != "" {
		return nil, []Fault{{0, fault}}
	}
	if faults := tooMuch(src); len(faults) > 0 {
		return nil, faults
	}
	defer func() {
		if r := recover(); r != nil {
			root, faults = nil, []Fault{{0, "文件不是可读的YAML"}}
		}
	}()
	file, err := parser.ParseBytes(src, 0)
	if err != nil {
		return nil, []Fault{yamlFault(err)}
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, []Fault{{0, "文件应恰有一份内容"}}
	}
	return file.Docs[0].Body, nil
}

func tooMuch(src []byte) []Fault {
	if len(src) > MostBook {
		return []Fault{{0, "文件超过2MB"}}
	}
	depth, line := 0, 1
	for text := range bytes.Lines(src) {
		if len(text) > maxBookLine {
			return []Fault{{line, "该行过长"}}
		}
		if bytes.Count(text, []byte("- ")) > maxBookDepth {
			return []Fault{{line, "嵌套过深"}}
		}
		for _, c := range text {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
		}
		if depth > maxBookDepth {
			return []Fault{{line, "括号未闭合或嵌套过深"}}
		}
		line++
	}
	return nil
}

// yamlFault says what the parser says.
func yamlFault(err error) Fault {
	line, why := yamlwords.Fault(err)
	return Fault{line, "不是正确的YAML：" + why}
}
