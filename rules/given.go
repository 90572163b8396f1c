package rules

import (
	"reflect"
	"slices"
	"sort"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/govsweep/govsweep"
)

// given says whether a mapping has a key with a value: null is none. 0 is a
// value like any other.
func given(n ast.Node, key string) bool {
	kv := pair(n, key)
	if kv == nil {
		return false
	}
	_, null := kv.Value.(*ast.NullNode)
	return !null
}

// numbers asks that every number of an entry's params be given: a line left
// out would be read as 0. What may be unknown or left out is a pointer.
func (c *checker) numbers(e *Entry, node, at ast.Node) {
	t := reflect.TypeOf(e.params).Elem()
	if t.Kind() != reflect.Struct {
		return
	}
	var missing []string
	for name, i := range fieldsOf(t) {
		switch t.Field(i).Type.Kind() {
		case reflect.Int, reflect.Int64, reflect.Float64:
			if !given(node, name) {
				missing = append(missing, name)
			}
		}
	}
	if sort.Strings(missing); len(missing) > 0 {
		c.fault(at, "指标“%s”的参数没有写明 %s，0也要写出", e.ID, strings.Join(missing, "、"))
	}
}

// lines asks for the numbers a score and the verdict over a column rest on.
func (c *checker) lines() {
	s, at := &c.book.Scoring, c.at("scoring")
	node := c.root
	if kv := pair(c.root, "scoring"); kv != nil {
		node = kv.Value
	}
	if len(s.ScoredKinds) > 0 {
		c.must(node, at, "deduction_total", "pass_line")
	}
	if s.ServiceGroup != "" {
		c.must(node, at, "service_points")
	}
	if s.BonusTotal > 0 || slices.ContainsFunc(c.book.Entries, func(e Entry) bool { return e.Class == govsweep.Bonus }) {
		c.must(node, at, "bonus_total", "bonus_line")
	}
	if kv := pair(c.root, "columns"); kv != nil {
		c.must(kv.Value, kv.Key, "blank_looks", "sure_class", "new_column_days")
	}
}

func (c *checker) must(n, at ast.Node, keys ...string) {
	for _, key := range keys {
		if !given(n, key) {
			c.fault(at, "没有写明“%s”，0也要写出", key)
		}
	}
}
