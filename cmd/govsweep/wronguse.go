package main

import (
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
)

func wrongUse(format string, args ...any) error {
	return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf(format, args...)}
}

// dayEnd reads a day; the zero time when none is given.
func dayEnd(s, flag string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation("2006-01-02", s, govsweep.Shanghai)
	if err != nil {
		return t, wrongUse("%s “%s”不正确，应为 2026-12-31 这样的日期", flag, s)
	}
	return govsweep.EndOfDay(t), nil
}
