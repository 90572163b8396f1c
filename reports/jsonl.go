package reports

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/plain"
)

// FindingLines writes findings as the contract says, one object a line.
func FindingLines(w io.Writer, findings []govsweep.Finding) error {
	return lines(w, findings, func(f govsweep.Finding) any { return contractFinding(f) })
}

// OutcomeLines writes outcomes, one object a line.
func OutcomeLines(w io.Writer, outcomes []govsweep.Outcome) error {
	return lines(w, outcomes, func(o govsweep.Outcome) any { return o })
}

// VerdictLines writes verdicts, one object a line.
func VerdictLines(w io.Writer, verdicts []govsweep.Verdict) error {
	return lines(w, verdicts, func(v govsweep.Verdict) any {
		v.Vetoes, v.Open = notNil(v.Vetoes), notNil(v.Open)
		return v
	})
}

// CoverageLines writes coverage, one object a line.
func CoverageLines(w io.Writer, coverage []govsweep.Coverage) error {
	return lines(w, coverage, func(c govsweep.Coverage) any {
		if c.Reasons == nil {
			c.Reasons = map[string]int{}
		}
		return c
	})
}

// SweepLines writes sweeps, one object a line.
func SweepLines(w io.Writer, sweeps []govsweep.Sweep) error {
	return lines(w, sweeps, func(s govsweep.Sweep) any {
		s.AsOf, s.Started, s.Ended = inShanghai(s.AsOf), inShanghai(s.Started), inShanghai(s.Ended)
		return s
	})
}

// TargetLines writes the targets of a sweep, one object a line.
func TargetLines(w io.Writer, targets []govsweep.SweepTarget) error {
	return lines(w, targets, func(t govsweep.SweepTarget) any {
		t.Began, t.Ended = inShanghai(t.Began), inShanghai(t.Ended)
		return t
	})
}

// JSON writes v as one object, harmless to a terminal: on one line, or
// indented for a person.
func JSON(w io.Writer, v any, indent bool) error {
	line, err := inertJSON(v)
	if err != nil {
		return fmt.Errorf("encode json: %w", err)
	}
	out := bytes.NewBuffer(line)
	if indent {
		out = new(bytes.Buffer)
		if err := json.Indent(out, line, "", "  "); err != nil {
			return fmt.Errorf("indent json: %w", err)
		}
	}
	out.WriteByte('\n')
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}

// contractFinding fills what the contract promises to be there and brings
// times to one zone, so that every database gives the same bytes.
func contractFinding(f govsweep.Finding) govsweep.Finding {
	f.Pages, f.Evidence = notNil(f.Pages), notNil(f.Evidence)
	f.GroupSize = max(f.GroupSize, len(f.Pages))
	f.FirstSeen, f.LastSeen = inShanghai(f.FirstSeen), inShanghai(f.LastSeen)
	if f.Column != nil {
		c := *f.Column
		c.Path = notNil(c.Path)
		f.Column = &c
	}
	return f
}

func notNil[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}

// JSONLines writes anything as JSON, one value a line.
func JSONLines[T any](w io.Writer, items []T) error {
	return lines(w, items, func(v T) any { return v })
}

func inShanghai(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(govsweep.Shanghai).Truncate(time.Second)
}

func lines[T any](w io.Writer, items []T, shape func(T) any) error {
	out := bufio.NewWriter(w)
	for _, item := range items {
		line, err := inertJSON(shape(item))
		if err != nil {
			return fmt.Errorf("encode json line: %w", err)
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write json lines: %w", err)
	}
	return nil
}

// inertJSON encodes v with times in one zone, with addresses left readable, and with everything a
// terminal could obey or a reader be misled by as \u escapes: the value stays
// the same, the bytes are harmless.
func inertJSON(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(inOneZone(v)); err != nil {
		return nil, err
	}
	return escapeHidden(bytes.TrimRight(buf.Bytes(), "\n")), nil
}

func escapeHidden(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r >= 0x10000 && plain.Hidden(r):
			r -= 0x10000
			out = fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
		case (r >= 0x7f && r < 0xa0) || plain.Hidden(r):
			out = fmt.Appendf(out, `\u%04x`, r)
		default:
			out = append(out, b[:n]...)
		}
		b = b[n:]
	}
	return out
}
