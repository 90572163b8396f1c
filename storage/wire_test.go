package storage

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
)

// fill gives every field of v that is kept a value.
func fill(v reflect.Value, r *rand.Rand) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("字", r.Uint32()))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64, reflect.Int32:
		v.SetInt(int64(r.Uint32()) - 1<<31)
	case reflect.Uint64:
		v.SetUint(r.Uint64())
	case reflect.Uint8:
		v.SetUint(r.Uint64() & 0xff)
	case reflect.Float64:
		v.SetFloat(r.Float64())
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), r)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range 3 {
			fill(v.Index(i), r)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), r)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 3 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(key, r)
			fill(value, r)
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.UnixMicro(r.Int64N(1 << 50))))
			return
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("json") != "-" {
				fill(v.Field(i), r)
			}
		}
	default:
		panic("a kind of field the test does not know: " + v.Type().String())
	}
}

// Whatever field is added to the facts of a page comes back.
func TestEveryFieldOfARecordIsKept(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		var want, got govsweep.Record
		fill(reflect.ValueOf(&want).Elem(), r)
		want.Facts.Links = nil
		want.Visit.Key, want.Visit.Look = 1, 1
		body, err := encodeRecord(&want)
		if err != nil {
			t.Fatal(err)
		}
		got.Visit = govsweep.Visit{Key: 1, Look: 1, URL: want.Visit.URL, Form: want.Visit.Form}
		if err := decodeRecord(&got, body, encodeKeys(want.LinkKeys)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		again, err := encodeRecord(&got)
		if err != nil || string(again) != string(body) {
			t.Fatal("the same record is not the same bytes")
		}
	}
}

func TestNoTwoFieldsHaveOneMark(t *testing.T) {
	var walk func(t reflect.Type, seen map[reflect.Type]bool)
	walk = func(of reflect.Type, seen map[reflect.Type]bool) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice || of.Kind() == reflect.Map {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || seen[of] {
			return
		}
		seen[of] = true
		names := map[uint16]string{}
		for i := range of.NumField() {
			name := wireName(of.Field(i))
			if other, known := names[wireID(name)]; known {
				t.Errorf("%s: fields %s and %s have one mark: give one another json name", of, name, other)
			}
			names[wireID(name)] = name
			walk(of.Field(i).Type, seen)
		}
	}
	walk(reflect.TypeFor[recordBody](), map[reflect.Type]bool{})
}

// A program of another age has fields that we have not, and lacks some.
func TestUnknownFieldsArePassedOver(t *testing.T) {
	type old struct {
		A string
		B int
		C []string
		X map[string]int
		Y float64
	}
	type young struct {
		C []string
		B string // was a number
		A string
		Z *bool
	}
	body := wireOf(reflect.TypeFor[old](), 0).append(nil, reflect.ValueOf(old{"a", 7, []string{"", "c"}, map[string]int{"k": 1}, 0.5}))
	var got young
	if err := wireOf(reflect.TypeFor[young](), 0).read(body, reflect.ValueOf(&got).Elem()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(young{C: []string{"", "c"}, A: "a"}, got); diff != "" {
		t.Error(diff)
	}
}

// Whatever stands in the database, reading it does not panic.
func TestDamagedRecordsAreReadOrRefused(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	var r govsweep.Record
	fill(reflect.ValueOf(&r).Elem(), random)
	body, err := encodeRecord(&r)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for range 20_000 {
		damaged := append([]byte{}, body[:1+random.IntN(len(body))]...)
		for range random.IntN(4) {
			damaged[random.IntN(len(damaged))] = byte(random.Uint32())
		}
		var got govsweep.Record
		if err := decodeRecord(&got, damaged, nil); err != nil {
			refused++
		}
	}
	if refused < 10_000 {
		t.Errorf("only %d of 20,000 damaged records are refused", refused)
	}
}
