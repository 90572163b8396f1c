package storage

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
)

// recordBody is a record as the database keeps it, without the addresses of links. Visit.Key, Look, URL
// and Form stand in the table of visits.
type recordBody struct {
	Role      govsweep.Role       `json:"r"`
	Depth     int                 `json:"d,omitempty"`
	Via       string              `json:"v,omitempty"`
	Column    string              `json:"c,omitempty"`
	Wave      int                 `json:"w,omitempty"`
	FinalURL  string              `json:"u,omitempty"` // "" when it is the visit's
	Hops      []govsweep.Hop      `json:"h,omitempty"`
	FetchedAt int64               `json:"t"` // unix µs
	Took      time.Duration       `json:"k,omitempty"`
	Status    int                 `json:"s,omitempty"`
	Failure   govsweep.Failure    `json:"f,omitempty"`
	Cause     string              `json:"e,omitempty"`
	Truncated bool                `json:"x,omitempty"`
	Tries     []govsweep.Try      `json:"y,omitempty"`
	MediaType string              `json:"m,omitempty"`
	Length    int64               `json:"l,omitempty"`
	Digest    []byte              `json:"g,omitempty"`
	Facts     *govsweep.PageFacts `json:"p,omitempty"`
}

type encoded struct{ links, body []byte }

// encodeAll encodes the last record of every visit; order lists their visits
// by key.
func encodeAll(records []govsweep.Record) (map[visitID]encoded, []*govsweep.Visit, error) {
	out := make(map[visitID]encoded, len(records))
	order := make([]*govsweep.Visit, 0, len(records))
	for i := len(records) - 1; i >= 0; i-- {
		r := &records[i]
		if _, later := out[idOf(&r.Visit)]; later {
			continue
		}
		body, err := encodeRecord(r)
		if err != nil {
			return nil, nil, fmt.Errorf("encode record of %s: %w", r.Visit.URL, err)
		}
		out[idOf(&r.Visit)] = encoded{encodeKeys(r.LinkKeys), body}
		order = append(order, &r.Visit)
	}
	slices.SortFunc(order, func(a, b *govsweep.Visit) int {
		return cmp.Or(cmp.Compare(int64(a.Key), int64(b.Key)), cmp.Compare(a.Look, b.Look))
	})
	return out, order, nil
}

func encodeRecord(r *govsweep.Record) ([]byte, error) {
	b := recordBody{
		Role: r.Visit.Role, Depth: r.Visit.Depth, Via: r.Visit.Via, Column: r.Visit.Column, Wave: r.Visit.Wave,
		FinalURL: r.FinalURL, Hops: r.Hops, Took: r.Took, Status: r.Status, Failure: r.Failure, Cause: r.Cause,
		Truncated: r.Truncated, Tries: r.Tries, MediaType: r.MediaType, Length: r.Length, Facts: r.Facts,
	}
	if b.FinalURL == r.Visit.URL {
		b.FinalURL = ""
	} else if b.FinalURL == "" {
		b.FinalURL = "-"
	}
	if !r.FetchedAt.IsZero() {
		b.FetchedAt = r.FetchedAt.UnixMicro()
	}
	if !r.Digest.IsZero() {
		b.Digest = r.Digest[:]
	}
	if r.Facts != nil && r.Facts.Links != nil && r.Visit.Role != govsweep.HomeRole { // LinkKeys stand for them; the home page's are the menu of the site
		facts := *r.Facts
		facts.Links = nil
		b.Facts = &facts
	}
	return recordWire().append([]byte{wireVersion}, reflect.ValueOf(&b).Elem()), nil
}

// wireVersion begins the body of a record.
const wireVersion = 1

var recordWire = sync.OnceValue(func() wire { return wireOf(reflect.TypeFor[recordBody](), 0) })

// decodeRecord fills r, whose Visit carries Key, Look, URL and Form.
func decodeRecord(r *govsweep.Record, body, links []byte) error {
	var b recordBody
	err := errWire
	if len(body) > 0 && body[0] == wireVersion {
		err = recordWire().read(body[1:], reflect.ValueOf(&b).Elem())
	}
	if err != nil {
		return fmt.Errorf("decode record of %s: %w", r.Visit.URL, err)
	}
	v := &r.Visit
	v.Role, v.Depth, v.Via, v.Column, v.Wave = b.Role, b.Depth, b.Via, b.Column, b.Wave
	r.FinalURL, r.Hops, r.Took, r.Status, r.Failure, r.Cause = b.FinalURL, b.Hops, b.Took, b.Status, b.Failure, b.Cause
	r.Truncated, r.Tries, r.MediaType, r.Length, r.Facts = b.Truncated, b.Tries, b.MediaType, b.Length, b.Facts
	switch b.FinalURL {
	case "":
		r.FinalURL = v.URL
	case "-":
		r.FinalURL = ""
	}
	if b.FetchedAt != 0 {
		r.FetchedAt = time.UnixMicro(b.FetchedAt).In(govsweep.Shanghai)
	}
	copy(r.Digest[:], b.Digest)
	r.LinkKeys, err = decodeKeys(links)
	return err
}

// encodeKeys writes eight bytes a key. Keys are hashes: their differences
// need nine bytes as varints, so nothing is gained by taking them.
func encodeKeys(keys []uint64) []byte {
	b := make([]byte, 0, 8*len(keys))
	for _, k := range keys {
		b = binary.BigEndian.AppendUint64(b, k)
	}
	return b
}

func decodeKeys(b []byte) ([]uint64, error) {
	if len(b)%8 != 0 {
		return nil, fmt.Errorf("link keys of %d bytes", len(b))
	}
	if len(b) == 0 {
		return nil, nil
	}
	keys := make([]uint64, len(b)/8)
	for i := range keys {
		keys[i] = binary.BigEndian.Uint64(b[8*i:])
	}
	return keys, nil
}
