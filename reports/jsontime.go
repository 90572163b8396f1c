package reports

import (
	"reflect"
	"time"
)

var timeType = reflect.TypeFor[time.Time]()

// inOneZone gives v with every time in it in Shanghai and to the second, as
// the contract writes times; v itself stays as it is.
func inOneZone(v any) any {
	if v == nil {
		return nil
	}
	return zoned(reflect.ValueOf(v)).Interface()
}

// zoned copies what leads to a time and shares the rest.
func zoned(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || v.Elem().Kind() != reflect.Struct {
			return v
		}
		p := reflect.New(v.Type().Elem())
		p.Elem().Set(zoned(v.Elem()))
		return p
	case reflect.Interface:
		if v.IsNil() {
			return v
		}
		return zoned(v.Elem())
	case reflect.Struct:
		return zonedStruct(v)
	case reflect.Slice:
		if v.IsNil() || plainKind(v.Type().Elem().Kind()) {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(zoned(v.Index(i)))
		}
		return out
	case reflect.Map:
		if v.IsNil() || plainKind(v.Type().Elem().Kind()) {
			return v
		}
		out := reflect.MakeMapWithSize(v.Type(), v.Len())
		for _, k := range v.MapKeys() {
			out.SetMapIndex(k, setable(zoned(v.MapIndex(k)), v.Type().Elem()))
		}
		return out
	}
	return v
}

func zonedStruct(v reflect.Value) reflect.Value {
	if v.Type() == timeType {
		return reflect.ValueOf(inShanghai(v.Interface().(time.Time)))
	}
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() && !plainKind(f.Type.Kind()) {
			out.Field(i).Set(setable(zoned(v.Field(i)), f.Type))
		}
	}
	return out
}

// setable gives the zero value of a type where an interface holds nothing.
func setable(v reflect.Value, t reflect.Type) reflect.Value {
	if !v.IsValid() {
		return reflect.Zero(t)
	}
	return v
}

// plainKind says that no time can be inside.
func plainKind(k reflect.Kind) bool {
	return k <= reflect.Complex128 || k == reflect.String
}
