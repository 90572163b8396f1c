package storage

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// The body of a record is read twice for every page of an inspection, and
// JSON costs five times what this does. As in JSON a field is known by its
// name (a hash of it), a zero value is left out and what is not known is
// passed over, so programs of different age read each other's records.
//
// A struct is a list of fields: hash of the name (2), form (1), value. A value
// is a varint, eight bytes, or bytes behind their length.
const (
	asVarint = iota
	asFixed
	asBytes
)

// A wire writes and reads the values of one type.
type wire struct {
	form   byte
	append func(b []byte, v reflect.Value) []byte
	read   func(b []byte, v reflect.Value) error // b is the value without its length
}

var errWire = errors.New("a record of another form")

// wireOf plans how values of t are written.
func wireOf(t reflect.Type, depth int) wire {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return wire{asVarint, appendTime, readTime}
	case depth > 12: // a type that holds itself
		return jsonWire
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		return bytesWire
	}
	switch t.Kind() {
	case reflect.String:
		return stringWire
	case reflect.Bool:
		return boolWire
	case reflect.Int, reflect.Int64, reflect.Int32:
		return intWire
	case reflect.Uint64, reflect.Uint8:
		return uintWire
	case reflect.Float64:
		return floatWire
	case reflect.Pointer:
		return pointerWire(t, depth)
	case reflect.Slice:
		return sliceWire(t, depth)
	case reflect.Map:
		if t.Key().Kind() == reflect.String {
			return mapWire(t, depth)
		}
	case reflect.Struct:
		return structWire(t, depth)
	}
	return jsonWire
}

var stringWire = wire{asBytes,
	func(b []byte, v reflect.Value) []byte {
		s := v.String()
		if !utf8.ValidString(s) {
			s = strings.ToValidUTF8(s, "\uFFFD")
		}
		return append(b, s...)
	},
	func(b []byte, v reflect.Value) error { v.SetString(string(b)); return nil }}

var bytesWire = wire{asBytes,
	func(b []byte, v reflect.Value) []byte { return append(b, v.Bytes()...) },
	func(b []byte, v reflect.Value) error { v.SetBytes(slices.Clone(b)); return nil }}

var boolWire = wire{asVarint,
	func(b []byte, v reflect.Value) []byte { return binary.AppendVarint(b, flag(v.Bool())) },
	func(b []byte, v reflect.Value) error { n, _ := binary.Varint(b); v.SetBool(n == 1); return nil }}

var intWire = wire{asVarint,
	func(b []byte, v reflect.Value) []byte { return binary.AppendVarint(b, v.Int()) },
	func(b []byte, v reflect.Value) error { n, _ := binary.Varint(b); v.SetInt(n); return nil }}

var uintWire = wire{asFixed,
	func(b []byte, v reflect.Value) []byte { return binary.BigEndian.AppendUint64(b, v.Uint()) },
	func(b []byte, v reflect.Value) error { v.SetUint(binary.BigEndian.Uint64(b)); return nil }}

var floatWire = wire{asFixed,
	func(b []byte, v reflect.Value) []byte {
		return binary.BigEndian.AppendUint64(b, math.Float64bits(v.Float()))
	},
	func(b []byte, v reflect.Value) error {
		v.SetFloat(math.Float64frombits(binary.BigEndian.Uint64(b)))
		return nil
	}}

// jsonWire is for types nothing above fits.
var jsonWire = wire{asBytes,
	func(b []byte, v reflect.Value) []byte {
		body, err := json.Marshal(v.Interface())
		if err != nil {
			return b // not a number, say: the field is left empty
		}
		return append(b, body...)
	},
	func(b []byte, v reflect.Value) error {
		if len(b) == 0 {
			return nil
		}
		return json.Unmarshal(b, v.Addr().Interface())
	}}

func appendTime(b []byte, v reflect.Value) []byte {
	return binary.AppendVarint(b, v.Interface().(time.Time).UnixMicro())
}

func readTime(b []byte, v reflect.Value) error {
	n, _ := binary.Varint(b)
	v.Set(reflect.ValueOf(time.UnixMicro(n).In(govsweep.Shanghai)))
	return nil
}

// whole appends a value that tells its own length.
func (w wire) whole(b []byte, v reflect.Value) []byte {
	start := len(b)
	b = w.append(b, v)
	if w.form != asBytes {
		return b
	}
	var room [binary.MaxVarintLen64]byte
	return slices.Insert(b, start, room[:binary.PutUvarint(room[:], uint64(len(b)-start))]...)
}

// cut takes the value at the beginning of b, without its length.
func cut(form byte, b []byte) (value, rest []byte, err error) {
	n, used := 0, 0
	switch form {
	case asVarint:
		_, n = binary.Varint(b)
	case asFixed:
		n = 8
	case asBytes:
		var size uint64
		if size, used = binary.Uvarint(b); used > 0 && size <= uint64(len(b)-used) {
			n = int(size)
		} else {
			used = 0
			n = -1
		}
	default:
		n = -1
	}
	if n < 0 || used+n > len(b) || form == asVarint && n == 0 {
		return nil, nil, errWire
	}
	return b[used : used+n], b[used+n:], nil
}

func pointerWire(t reflect.Type, depth int) wire {
	to := wireOf(t.Elem(), depth+1)
	return wire{to.form,
		func(b []byte, v reflect.Value) []byte { return to.append(b, v.Elem()) },
		func(b []byte, v reflect.Value) error {
			v.Set(reflect.New(t.Elem()))
			return to.read(b, v.Elem())
		}}
}

func sliceWire(t reflect.Type, depth int) wire {
	of := wireOf(t.Elem(), depth+1)
	if t.Elem().Kind() == reflect.Pointer {
		return jsonWire // an element may be nil
	}
	return wire{asBytes,
		func(b []byte, v reflect.Value) []byte {
			for i := range v.Len() {
				b = of.whole(b, v.Index(i))
			}
			return b
		},
		func(b []byte, v reflect.Value) error {
			n := 0
			for rest := b; len(rest) > 0; n++ {
				var err error
				if _, rest, err = cut(of.form, rest); err != nil {
					return err
				}
			}
			v.Set(reflect.MakeSlice(t, n, n))
			for i := range n {
				value, rest, err := cut(of.form, b)
				if err == nil {
					err = of.read(value, v.Index(i))
				}
				if err != nil {
					return err
				}
				b = rest
			}
			return nil
		}}
}

func mapWire(t reflect.Type, depth int) wire {
	of := wireOf(t.Elem(), depth+1)
	if t.Elem().Kind() == reflect.Pointer {
		return jsonWire
	}
	return wire{asBytes,
		func(b []byte, v reflect.Value) []byte {
			keys := v.MapKeys() // in order: the same record is the same bytes
			slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
			for _, k := range keys {
				b = of.whole(stringWire.whole(b, k), v.MapIndex(k))
			}
			return b
		},
		func(b []byte, v reflect.Value) error {
			m := reflect.MakeMap(t)
			key, value := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			for len(b) > 0 {
				name, rest, err := cut(asBytes, b)
				if err != nil {
					return err
				}
				key.SetString(string(name))
				value.SetZero()
				if name, b, err = cut(of.form, rest); err == nil {
					err = of.read(name, value)
				}
				if err != nil {
					return err
				}
				m.SetMapIndex(key, value)
			}
			v.Set(m)
			return nil
		}}
}

type wireField struct {
	wire
	index int
	id    uint16
}

func structWire(t reflect.Type, depth int) wire {
	fields := wireFields(t, depth)
	byID := make(map[uint16]*wireField, len(fields))
	for i := range fields {
		byID[fields[i].id] = &fields[i]
	}
	return wire{asBytes,
		func(b []byte, v reflect.Value) []byte {
			for i := range fields {
				f := &fields[i]
				if x := v.Field(f.index); !x.IsZero() {
					b = append(b, byte(f.id>>8), byte(f.id), f.form)
					b = f.whole(b, x)
				}
			}
			return b
		},
		func(b []byte, v reflect.Value) error {
			for len(b) > 0 {
				if len(b) < 3 {
					return errWire
				}
				f, form := byID[binary.BigEndian.Uint16(b)], b[2]
				value, rest, err := cut(form, b[3:])
				if err != nil {
					return err
				}
				if b = rest; f == nil || f.form != form {
					continue // of a program of another age
				}
				if err := f.read(value, v.Field(f.index)); err != nil {
					return err
				}
			}
			return nil
		}}
}

// wireFields lists the fields of a struct that are kept.
func wireFields(t reflect.Type, depth int) []wireField {
	var fields []wireField
	for i := range t.NumField() {
		f := t.Field(i)
		if name := wireName(f); f.IsExported() && name != "-" {
			fields = append(fields, wireField{wireOf(f.Type, depth+1), i, wireID(name)})
		}
	}
	return fields
}

func wireName(f reflect.StructField) string {
	if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
		return name
	}
	return f.Name
}

func wireID(name string) uint16 {
	h := fnv.New32a()
	fmt.Fprint(h, name)
	return uint16(h.Sum32()>>16 ^ h.Sum32())
}
