package backup

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A row is a line: a JSON list of null, numbers, texts and {"b":"base64"}.

// rowWriter writes rows as lines.
type rowWriter struct {
	text bytes.Buffer
	enc  *json.Encoder
}

func newRowWriter() *rowWriter {
	w := &rowWriter{}
	w.enc = json.NewEncoder(&w.text)
	w.enc.SetEscapeHTML(false)
	return w
}

// line appends the line of a row to b.
func (w *rowWriter) line(b []byte, values []any) ([]byte, error) {
	b = append(b, '[')
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		switch x := v.(type) {
		case nil:
			b = append(b, "null"...)
		case int64:
			b = strconv.AppendInt(b, x, 10)
		case float64:
			b = strconv.AppendFloat(b, x, 'g', -1, 64)
		case []byte:
			b = append(b, `{"b":"`...)
			b = base64.StdEncoding.AppendEncode(b, x)
			b = append(b, `"}`...)
		case string:
			w.text.Reset()
			if err := w.enc.Encode(x); err != nil {
				return nil, err
			}
			b = append(b, bytes.TrimSuffix(w.text.Bytes(), []byte("\n"))...)
		default:
			return nil, fmt.Errorf("a value of type %T", v)
		}
	}
	return append(b, "]\n"...), nil
}

var errValue = errors.New("a value that is no number, text or bytes")

// valuesOf undoes what JSON made of a row.
func valuesOf(row []any) ([]any, error) {
	for i, v := range row {
		switch x := v.(type) {
		case nil, string:
		case json.Number:
			n, err := number(x.String())
			if err != nil {
				return nil, err
			}
			row[i] = n
		case map[string]any:
			s, ok := x["b"].(string)
			if !ok || len(x) != 1 {
				return nil, errValue
			}
			raw, err := base64.StdEncoding.DecodeString(s)
			if err != nil {
				return nil, err
			}
			row[i] = raw
		default:
			return nil, errValue
		}
	}
	return row, nil
}

func number(s string) (any, error) {
	if strings.ContainsAny(s, ".eE") {
		return strconv.ParseFloat(s, 64)
	}
	return strconv.ParseInt(s, 10, 64)
}
