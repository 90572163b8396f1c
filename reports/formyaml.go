package reports

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/yamlwords"
)

// Limits of a form: what a hand-written one never reaches, and what keeps a
// hostile one from costing more than a refusal.
const (
	maxFormBytes = 512 << 10
	maxFormLine  = 8 << 10
	maxFormDepth = 16
)

// FormFault is one thing wrong with a form.
type FormFault struct {
	Line int // 0 = the file as a whole
	Why  string
}

// String is the fault as it is shown: 第12行：….
func (f FormFault) String() string {
	if f.Line == 0 {
		return f.Why
	}
	return fmt.Sprintf("第%d行：%s", f.Line, f.Why)
}

// LintForm gives every fault of a form's text, in order of lines. known are
// the indicators of the rulebook: a demand for another one is a fault; with
// none given, demands are not held against a rulebook.
func LintForm(src []byte, known ...govsweep.IndicatorCode) []FormFault {
	r := readFormText(src)
	if r.root != nil && len(known) > 0 {
		r.strangeDemands(known)
	}
	return r.sorted()
}

func parseForm(src []byte) (*Form, []FormFault) {
	r := readFormText(src)
	return r.form, r.sorted()
}

// formReader writes YAML into a Form. Other than the library's strict mode it
// does not stop at the first fault: a bureau sees all of them at once.
type formReader struct {
	form   *Form
	root   ast.Node
	faults []FormFault
	lines  map[string]int // path of a key → its line
}

func readFormText(src []byte) *formReader {
	src, fault := yamlwords.Text(src)
	r := &formReader{form: &Form{text: string(src)}, lines: map[string]int{}}
	if fault != "" {
		r.faults = append(r.faults, FormFault{0, fault + "。"})
		return r
	}
	if r.tooMuch(src); len(r.faults) > 0 {
		return r
	}
	if r.parse(src); r.root == nil {
		return r
	}
	r.into("", r.root, reflect.ValueOf(r.form).Elem())
	r.check()
	return r
}

// parse keeps the library's panics from the caller.
func (r *formReader) parse(src []byte) {
	defer func() {
		if recover() != nil {
			r.root, r.faults = nil, []FormFault{{0, "文件不是可读的 YAML。"}}
		}
	}()
	file, err := parser.ParseBytes(src, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		r.faults = append(r.faults, yamlFault(err))
		return
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		r.faults = append(r.faults, FormFault{0, "文件应恰有一份内容。"})
		return
	}
	r.root = file.Docs[0].Body
}

func (r *formReader) tooMuch(src []byte) {
	if len(src) > maxFormBytes {
		r.faults = append(r.faults, FormFault{0, "文件超过512KB。"})
		return
	}
	depth, line := 0, 0
	for text := range bytes.Lines(src) {
		line++
		depth += bytes.Count(text, []byte("[")) + bytes.Count(text, []byte("{")) - bytes.Count(text, []byte("]")) - bytes.Count(text, []byte("}"))
		if len(text) > maxFormLine || depth > maxFormDepth || bytes.Count(text, []byte("- ")) > maxFormDepth {
			r.faults = append(r.faults, FormFault{line, "该行过长，或嵌套过深。"})
			return
		}
	}
}

// yamlFault says what the parser says.
func yamlFault(err error) FormFault {
	line, why := yamlwords.Fault(err)
	return FormFault{line, "不是正确的 YAML（" + why + "）；文字中有冒号、井号或花括号开头时请用双引号括起。"}
}

func (r *formReader) fault(n ast.Node, format string, args ...any) {
	r.faults = append(r.faults, FormFault{nodeLine(n), fmt.Sprintf(format, args...)})
}

func nodeLine(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 0
	}
	return n.GetToken().Position.Line
}

func (r *formReader) sorted() []FormFault {
	sort.SliceStable(r.faults, func(i, j int) bool { return r.faults[i].Line < r.faults[j].Line })
	return r.faults
}

func (r *formReader) into(path string, n ast.Node, v reflect.Value) {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		r.fault(n, "不支持锚点、引用和标签写法。")
		return
	case *ast.NullNode:
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		r.into(path, n, v.Elem())
	case reflect.Struct, reflect.Map:
		r.object(path, n, v)
	case reflect.Slice:
		r.list(path, n, v)
	default:
		r.scalar(n, v)
	}
}

// object writes a mapping: every key must be a field, once.
func (r *formReader) object(path string, n ast.Node, v reflect.Value) {
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		r.fault(n, "此处应为“键: 值”形式的内容。")
		return
	}
	seen := map[string]bool{}
	for _, kv := range values {
		key := strings.Trim(kv.Key.String(), `"'`)
		if seen[key] {
			r.fault(kv.Key, "键“%s”重复。", clean(cut(key, 40)))
			continue
		}
		seen[key] = true
		at := strings.TrimPrefix(path+"."+key, ".")
		r.lines[at] = nodeLine(kv.Key)
		r.member(at, key, kv, v)
	}
}

func (r *formReader) member(at, key string, kv *ast.MappingValueNode, v reflect.Value) {
	if v.Kind() == reflect.Map {
		if v.IsNil() {
			v.Set(reflect.MakeMap(v.Type()))
		}
		value := reflect.New(v.Type().Elem()).Elem()
		r.into(at, kv.Value, value)
		v.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), value)
		return
	}
	var known []string
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag.Get("yaml")
		if tag == key {
			r.into(at, kv.Value, v.Field(i))
			return
		}
		if tag != "" {
			known = append(known, tag)
		}
	}
	slices.Sort(known)
	r.fault(kv.Key, "不认识的键“%s”，可用的键：%s。", clean(cut(key, 40)), strings.Join(known, "、"))
}

func (r *formReader) list(path string, n ast.Node, v reflect.Value) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		r.fault(n, "此处应为列表，每项一行，以“- ”开头。")
		return
	}
	out := reflect.MakeSlice(v.Type(), len(seq.Values), len(seq.Values))
	for i, item := range seq.Values {
		at := fmt.Sprintf("%s.%d", path, i)
		r.lines[at] = nodeLine(item)
		r.into(at, item, out.Index(i))
	}
	v.Set(out)
}

func (r *formReader) scalar(n ast.Node, v reflect.Value) {
	if _, flow := n.(*ast.MappingNode); flow {
		r.fault(n, "以花括号开头的文字请用双引号括起。")
		return
	}
	if err := yaml.NodeToValue(n, v.Addr().Interface()); err != nil {
		r.fault(n, "值“%s”不是%s。", clean(cut(n.String(), 40)), scalarName(v.Kind()))
		return
	}
	if v.Kind() == reflect.String {
		v.SetString(strings.TrimSpace(v.String()))
	}
}

func scalarName(k reflect.Kind) string {
	switch k {
	case reflect.Int:
		return "整数"
	case reflect.Bool:
		return " true 或 false"
	}
	return "文字"
}
