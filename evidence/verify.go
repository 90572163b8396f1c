package evidence

import (
	"context"

	"github.com/govsweep/govsweep"
)

// Report is what Verify found.
type Report struct {
	Read   int     // bodies read and digested again
	Bytes  int64   // their size
	Faults []Fault // in order of digest; then what is missing
}

// Fault is one body that is damaged or missing.
type Fault struct {
	Digest govsweep.Digest
	Err    error // says which, in Chinese
}

// Verify reads and digests every body again. Of the digests in needed, those
// the store does not hold are faults too.
func (s *Store) Verify(ctx context.Context, needed ...govsweep.Digest) (*Report, error) {
	var r Report
	err := s.each(func(d govsweep.Digest) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		body, err := s.Get(d)
		r.Read++
		r.Bytes += int64(len(body))
		if err != nil {
			r.Faults = append(r.Faults, Fault{d, err})
		}
		return nil
	})
	if err != nil {
		return nil, explain("核对证据库", err)
	}
	for _, d := range needed {
		if !s.Has(d) {
			_, err := s.Get(d)
			r.Faults = append(r.Faults, Fault{d, err})
		}
	}
	return &r, nil
}
