package evidence

import (
	"errors"

	"github.com/govsweep/govsweep"
)

// recover reads the file through, remembers what it holds and cuts off what
// a kill left half-written at its end.
func (sp *Spool) recover() error {
	end, err := sp.walk(func(c *govsweep.Capture, _ []byte) error { sp.seen.add(c.Digest); return nil })
	if err != nil {
		return err
	}
	info, err := sp.file.Stat()
	if err != nil {
		return err
	}
	sp.size, sp.torn = end, info.Size()-end
	if sp.torn == 0 {
		return nil
	}
	return sp.file.Truncate(end)
}

// walk tells every whole frame of the file and gives the end of the last
// one. Damage in the middle is stepped over and counted.
func (sp *Spool) walk(fn func(c *govsweep.Capture, packed []byte) error) (end int64, err error) {
	info, err := sp.file.Stat()
	if err != nil {
		return 0, err
	}
	var buf []byte
	sp.damaged = 0
	for offset := int64(0); offset < info.Size(); {
		c, packed, next, err := readFrame(sp.file, offset, info.Size(), &buf)
		switch {
		case errors.Is(err, errFrame):
			if offset, err = findFrame(sp.file, offset+1, info.Size(), &buf); errors.Is(err, errFrame) {
				return end, nil
			} else if err != nil {
				return 0, err
			}
			sp.damaged++
			continue
		case err != nil:
			return 0, err
		}
		if err := fn(&c, packed); err != nil {
			return 0, err
		}
		end, offset = next, next
	}
	return end, nil
}

// recent remembers digests of late, in bounded memory: two generations, the
// older one is forgotten when the younger one is full.
type recent struct {
	young, old map[uint64]struct{}
}

const generation = 32 << 10

func short(d govsweep.Digest) uint64 {
	var n uint64
	for _, b := range d[:8] {
		n = n<<8 | uint64(b)
	}
	return n
}

func (r *recent) has(d govsweep.Digest) bool {
	k := short(d)
	_, young := r.young[k]
	_, old := r.old[k]
	return young || old
}

// add says whether d is new, and remembers it.
func (r *recent) add(d govsweep.Digest) bool {
	if r.has(d) {
		return false
	}
	if r.young == nil || len(r.young) == generation {
		r.old, r.young = r.young, map[uint64]struct{}{} // grows: most spools are small
	}
	r.young[short(d)] = struct{}{}
	return true
}
