package reports_test

import (
	"reflect"

	"github.com/govsweep/govsweep"
	list "github.com/govsweep/govsweep/internal/hostile"
)

func hostile() []string { return list.Strings() }

// poisoned is an inspection with s in every text a site, a register or a
// person can fill.
func poisoned(s string) *govsweep.Inspection {
	in := sample()
	poison(reflect.ValueOf(in).Elem(), s)
	in.Verdict.Grade, in.Columns[0].Verdict, in.Columns[0].State = govsweep.Unqualified, govsweep.ColumnStale, govsweep.Listed
	for i := range in.Findings {
		in.Findings[i].Class = []govsweep.Class{govsweep.Veto, govsweep.Deduction, govsweep.Norm}[i%3]
	}
	return in
}

// poison writes s into every string below v.
func poison(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem(), s)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				poison(v.Field(i), s)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			poison(v.Index(i), s)
		}
	case reflect.Map:
		v.SetMapIndex(reflect.ValueOf(s), reflect.ValueOf(7))
	}
}
