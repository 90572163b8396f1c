package storage

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// ms writes a time as the schema keeps it; 0 stands for the zero time.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMS(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).In(govsweep.Shanghai)
}

// text makes s fit for a text column: PostgreSQL takes neither NUL nor bytes
// that are no UTF-8, and pages hold both.
func text(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// jsonText writes v for a text column. What is written is the same when it is
// read and written again: bytes that are no text become the sign for that
// itself, not its escape.
func jsonText(v any) (string, error) {
	b, err := json.Marshal(v)
	if bytes.Contains(b, []byte(noText)) {
		b = unescape(b)
	}
	return string(b), err
}

const noText = `\ufffd`

func unescape(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] != '\\':
			out = append(out, b[i])
		case bytes.HasPrefix(b[i:], []byte(noText)):
			out = append(out, "\uFFFD"...)
			i += len(noText) - 1
		default: // another escape: its second byte begins none
			out = append(out, b[i], b[i+1])
			i++
		}
	}
	return out
}

func jsonList(s []string) (string, error) {
	if len(s) == 0 {
		return "[]", nil
	}
	return jsonText(s)
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
