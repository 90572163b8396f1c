package main

import (
	"reflect"
	"strings"
	"unicode"

	"github.com/alecthomas/kong"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

// harmless makes text fit for a terminal and keeps its lines.
func harmless(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = reports.Clean(lines[i])
	}
	return strings.Join(lines, "\n")
}

// inertFlags refuses control characters in what was written behind the
// options of a command: names and reasons are kept, printed and put on paper.
// Only a text of several lines, such as the measures, may break its lines.
func inertFlags(parsed *kong.Context) error {
	for _, f := range parsed.Flags() {
		v := f.Target
		if v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.String {
			for i := range v.Len() {
				if err := inertFlag(f, v.Index(i).String()); err != nil {
					return err
				}
			}
		}
		if v.Kind() != reflect.String {
			continue
		}
		if err := inertFlag(f, v.String()); err != nil {
			return err
		}
	}
	return nil
}

func inertFlag(f *kong.Flag, s string) error {
	for _, r := range s {
		switch {
		case f.PlaceHolder == "文字" && (r == '\n' || r == '\r' || r == '\t'):
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Bidi_Control, r):
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "--" + f.Name + " 的内容中有控制字符，请删去后重新填写：“" + reports.Clean(s) + "”"}
		}
	}
	return nil
}
