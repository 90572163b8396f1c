package main

import (
	"errors"
	"fmt"
	"net/netip"
	"path/filepath"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// settings are what the program runs with: flag before environment before
// file before default.
type settings struct {
	data, db, format, resolver string
	asOf                       time.Time // zero: now
	allowNet                   []netip.Prefix
	file                       fileSettings
}

// settings merges the four sources. Every fault is told at once.
func (f *flags) settings(env func(string) string) (settings, error) {
	file, err := f.file(env)
	if err != nil {
		return settings{}, err
	}
	s := settings{file: file, format: f.Format}
	s.data = firstOf(f.Data, env("GOVSWEEP_DATA"), file.Data, "govsweep-data")
	s.db = firstOf(f.DB, env("GOVSWEEP_DB"), file.DB, "sqlite:"+filepath.Join(s.data, "govsweep.db"))
	s.resolver = firstOf(f.Resolver, env("GOVSWEEP_RESOLVER"), file.Resolver)
	nets := f.AllowNet
	if len(nets) == 0 {
		nets = split(env("GOVSWEEP_ALLOW_NET"))
	}
	if len(nets) == 0 {
		nets = file.AllowNet
	}
	var faults []error
	for _, n := range nets {
		p, err := parseNet(n)
		faults = append(faults, err)
		s.allowNet = append(s.allowNet, p)
	}
	s.asOf, err = parseAsOf(f.AsOf)
	faults = append(faults, err, checkFormat(f.Format))
	return s, wrongAll(faults)
}

func parseNet(s string) (netip.Prefix, error) {
	if p, err := netip.ParsePrefix(s); err == nil {
		return p, nil
	}
	if a, err := netip.ParseAddr(s); err == nil {
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	return netip.Prefix{}, fmt.Errorf("网段“%s”不正确，应如 10.0.0.0/8", s)
}

// parseAsOf reads 监测时间点: a day means its end in Shanghai.
func parseAsOf(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := govsweep.ParseDate(s)
	if err != nil {
		return t, fmt.Errorf("监测时间点“%s”不正确，应如 2021-08-27 或 2021-08-27T10:00:00+08:00", s)
	}
	if len(s) == len("2006-01-02") {
		t = govsweep.EndOfDay(t)
	}
	if t.After(govsweep.EndOfDay(time.Now())) {
		return t, fmt.Errorf("监测时间点“%s”在今天之后，请核对年份", s)
	}
	return t, nil
}

func checkFormat(s string) error {
	switch s {
	case "", "table", "jsonl", "csv", "xlsx", "sarif", "junit":
		return nil
	}
	return fmt.Errorf("输出格式“%s”不认识，可用 table、jsonl、csv、xlsx、sarif、junit", s)
}

func wrongAll(faults []error) error {
	if err := errors.Join(faults...); err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: strings.ReplaceAll(err.Error(), "\n", "；")}
	}
	return nil
}

func firstOf(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
}
