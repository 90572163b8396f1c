package evidence

import (
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// Keep copies the wanted bodies into the store and gives, in order, the
// digests that neither the spool nor the store holds undamaged. It may be
// repeated after a kill.
func (sp *Spool) Keep(want map[govsweep.Digest]struct{}) (missing []govsweep.Digest, err error) {
	sp.mu.Lock()
	defer sp.mu.Unlock()
	if err := sp.flush(); err != nil {
		return nil, explain("保存证据", err)
	}
	left := make(map[govsweep.Digest]struct{}, len(want))
	for d := range want {
		if _, err := sp.store.Get(d); err != nil { // also when it is damaged: it is written anew
			left[d] = struct{}{}
		}
	}
	sp.heads = map[govsweep.Digest]head{}
	if len(want) > 0 {
		if err := sp.walkAll(func(c *govsweep.Capture, packed []byte) error {
			if _, wanted := want[c.Digest]; wanted && len(c.Header) > 0 {
				sp.heads[c.Digest] = head{c.URL, c.At, c.Header}
			}
			return sp.copy(left, c, packed)
		}); err != nil {
			return nil, explain("保存证据", err)
		}
	}
	for d := range left {
		missing = append(missing, d)
	}
	slices.SortFunc(missing, func(a, b govsweep.Digest) int { return slices.Compare(a[:], b[:]) })
	return missing, nil
}

// head is the header one answer had.
type head struct {
	url    string
	at     time.Time
	header []byte
}

// Header gives status line and header of a body that Keep was last asked for,
// as received from this address at this moment; nil where another address or
// moment gave the same body, or where no header was appended.
func (sp *Spool) Header(d govsweep.Digest, url string, at time.Time) []byte {
	sp.mu.Lock()
	defer sp.mu.Unlock()
	if h := sp.heads[d]; h.url == url && h.at.Sub(at).Abs() < time.Millisecond {
		return h.header
	}
	return nil
}

// copy puts a wanted body into the store when it is still what its digest says.
func (sp *Spool) copy(left map[govsweep.Digest]struct{}, c *govsweep.Capture, packed []byte) error {
	if _, wanted := left[c.Digest]; !wanted {
		return nil
	}
	body, err := unquick(packed, c.Length)
	if err != nil || govsweep.DigestOf(body) != c.Digest {
		return nil // stays among the missing, unless a later frame is whole
	}
	if err := sp.store.write(c.Digest, pack(body)); err != nil {
		return err
	}
	delete(left, c.Digest)
	return nil
}
