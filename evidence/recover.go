package evidence

import (
	"errors"
	"io/fs"
	"os"

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

// walkAll tells every whole frame of the files of all leases, the oldest first.
func (sp *Spool) walkAll(fn func(c *govsweep.Capture, packed []byte) error) error {
	for _, path := range sp.earlier {
		f, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		_, _, err = walk(f, fn) // a torn end is left: its writer may be at work
		if err = errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	_, err := sp.walk(fn)
	return err
}

// walk tells every whole frame of the spool's own file and gives the end of
// the last one. Damage in the middle is stepped over and counted.
func (sp *Spool) walk(fn func(c *govsweep.Capture, packed []byte) error) (end int64, err error) {
	end, sp.damaged, err = walk(sp.file, fn)
	return end, err
}

func walk(file *os.File, fn func(c *govsweep.Capture, packed []byte) error) (end int64, damaged int, err error) {
	info, err := file.Stat()
	if err != nil {
		return 0, 0, err
	}
	var buf []byte
	for offset := int64(0); offset < info.Size(); {
		c, packed, next, err := readFrame(file, offset, info.Size(), &buf)
		switch {
		case errors.Is(err, errFrame):
			if offset, err = findFrame(file, offset+1, info.Size(), &buf); errors.Is(err, errFrame) {
				return end, damaged, nil
			} else if err != nil {
				return 0, damaged, err
			}
			damaged++
			continue
		case err != nil:
			return 0, damaged, err
		}
		if err := fn(&c, packed); err != nil {
			return 0, damaged, err
		}
		end, offset = next, next
	}
	return end, damaged, nil
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
