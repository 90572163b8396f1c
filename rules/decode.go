package rules

import (
	"fmt"
	"math"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/govsweep/govsweep"
)

// A Fault is one thing wrong with a rulebook.
type Fault struct {
	Line int
	Why  string
}

// rawParams is an entry's params before its indicator is known.
type rawParams struct{ node ast.Node }

// decoder writes YAML into structs. Other than the library's own strict mode
// it does not stop at the first fault, so a bureau sees all of them at once.
type decoder struct{ faults []Fault }

func (d *decoder) fault(n ast.Node, format string, args ...any) {
	line := 0
	if n != nil && n.GetToken() != nil {
		line = n.GetToken().Position.Line
	}
	d.faults = append(d.faults, Fault{line, fmt.Sprintf(format, args...)})
}

func (d *decoder) sorted() []Fault {
	sort.SliceStable(d.faults, func(i, j int) bool { return d.faults[i].Line < d.faults[j].Line })
	return d.faults
}

var (
	rawParamsType = reflect.TypeFor[rawParams]()
	pointsType    = reflect.TypeFor[govsweep.Points]()
	ratioType     = reflect.TypeFor[Ratio]()
	timeType      = reflect.TypeFor[time.Time]()
)

func (d *decoder) into(n ast.Node, v reflect.Value) {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		d.fault(n, "不支持锚点、引用和标签写法")
		return
	case *ast.NullNode:
		return
	}
	switch v.Type() {
	case rawParamsType:
		v.Set(reflect.ValueOf(rawParams{n}))
		return
	case pointsType, ratioType, timeType:
		d.word(n, v)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		fresh := reflect.New(v.Type().Elem())
		before := len(d.faults)
		if d.into(n, fresh.Elem()); len(d.faults) == before {
			v.Set(fresh)
		}
	case reflect.Struct:
		d.object(n, v)
	case reflect.Slice:
		d.list(n, v)
	default:
		if err := yaml.NodeToValue(n, v.Addr().Interface()); err != nil {
			d.fault(n, "值“%s”不是%s", Clip(n.String(), 40), kindName(v.Kind()))
		}
	}
}

// object writes a mapping into a struct: every key must be a field, once.
func (d *decoder) object(n ast.Node, v reflect.Value) {
	values, ok := mapping(n)
	if !ok {
		d.fault(n, "此处应为“键: 值”形式的内容")
		return
	}
	fields := fieldsOf(v.Type())
	seen := map[string]bool{}
	for _, kv := range values {
		key := strings.Trim(kv.Key.String(), `"'`)
		i, known := fields[key]
		switch {
		case !known:
			d.fault(kv.Key, "不认识的键“%s”，可用的键：%s", Clip(key, 40), strings.Join(names(fields), "、"))
		case seen[key]:
			d.fault(kv.Key, "键“%s”重复", key)
		default:
			seen[key] = true
			d.into(kv.Value, v.Field(i))
		}
	}
}

func (d *decoder) list(n ast.Node, v reflect.Value) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		d.fault(n, "此处应为列表")
		return
	}
	out := reflect.MakeSlice(v.Type(), len(seq.Values), len(seq.Values))
	for i, item := range seq.Values {
		d.into(item, out.Index(i))
	}
	v.Set(out)
}

// word writes a scalar with a form of its own.
func (d *decoder) word(n ast.Node, v reflect.Value) {
	text := strings.Trim(strings.TrimSpace(n.String()), `"'`)
	switch p := v.Addr().Interface().(type) {
	case *govsweep.Points:
		f, err := strconv.ParseFloat(text, 64)
		tenths := math.Round(f * 10)
		if err != nil || !(f >= 0 && f <= 1000) || math.Abs(f*10-tenths) > 1e-6 {
			d.fault(n, "分值“%s”应为0至1000之间、至多一位小数的数", Clip(text, 40))
			return
		}
		*p = govsweep.Points(tenths)
	case *Ratio:
		r, err := parseRatio(text)
		if err != nil {
			d.fault(n, "%s", err)
		}
		*p = r
	case *time.Time:
		t, err := govsweep.ParseDate(text)
		if err != nil {
			d.fault(n, "日期“%s”应写作 2019-04-01", Clip(text, 40))
		}
		*p = t
	}
}

func mapping(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

func fieldsOf(t reflect.Type) map[string]int {
	out := map[string]int{}
	for i := range t.NumField() {
		if name := t.Field(i).Tag.Get("yaml"); name != "" {
			out[name] = i
		}
	}
	return out
}

func names(fields map[string]int) []string {
	out := make([]string, 0, len(fields))
	for name := range fields {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}

func kindName(k reflect.Kind) string {
	switch k {
	case reflect.Int, reflect.Int64:
		return "整数"
	case reflect.Float64:
		return "数"
	case reflect.Bool:
		return "true 或 false"
	}
	return "文字"
}
