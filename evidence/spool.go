package evidence

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
)

// Spool takes every body of one run, append-only, in a file of its own for
// each lease of the run. Several goroutines may append; one process at a time
// may have the spool of a lease open.
type Spool struct {
	store   *Store
	path    string
	earlier []string // files of the leases before, which may not be there

	mu     sync.Mutex
	file   *os.File
	size   int64  // bytes of whole frames in the file
	buffer []byte // whole frames not yet in the file
	seen   recent

	heads   map[govsweep.Digest]head // of what Keep was asked for
	torn    int64
	damaged int
}

// bufferSize is how much is gathered before it is written.
const bufferSize = 512 << 10

// Spool opens the spool of a run that needs no lease and makes it when there
// is none. After a kill it cuts off a half-written frame at the end; Torn says
// how much.
func (s *Store) Spool(name string) (*Spool, error) { return s.SpoolOf(name, 0) }

// SpoolOf opens the spool of a run under the lease of this fence. It appends
// to a file of its own, so that a worker that lost its lease and does not know
// can spoil nothing; Keep and Drop see the files of all fences up to this one.
//
// Their names follow from the fence and are not read from the folder: what a
// network file system remembers of a folder may be older than a file in it.
func (s *Store) SpoolOf(name string, fence int64) (*Spool, error) {
	sp := &Spool{store: s, path: s.spoolFile(name, fence)}
	for f := range fence {
		sp.earlier = append(sp.earlier, s.spoolFile(name, f))
	}
	var err error
	if sp.file, err = os.OpenFile(sp.path, os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, explain("打开证据暂存文件", err)
	}
	if err := sp.recover(); err != nil {
		return nil, explain("打开证据暂存文件", errors.Join(err, sp.file.Close()))
	}
	return sp, nil
}

// spoolFile is the file of a run under the lease of a fence; 0 is that of a
// run that needs none.
func (s *Store) spoolFile(name string, fence int64) string {
	if fence != 0 {
		name += "\x00" + strconv.FormatInt(fence, 10)
	}
	return filepath.Join(s.dir, "spool", fileName(name))
}

// HasSpool says whether a spool of a run is there, of any lease up to this
// fence. An error means that this could not be found out.
func (s *Store) HasSpool(name string, fence int64) (bool, error) {
	for f := range fence + 1 {
		_, err := os.Stat(s.spoolFile(name, f))
		if !errors.Is(err, fs.ErrNotExist) {
			return err == nil, explain("打开证据暂存文件", err)
		}
	}
	return false, nil
}

// DropSpool removes the spools of a run, of all leases up to this fence, that
// nobody has open. One that is not there is no error.
func (s *Store) DropSpool(name string, fence int64) error {
	var err error
	for f := range fence + 1 {
		err = errors.Join(err, remove(s.spoolFile(name, f)))
	}
	return explain("清理证据暂存文件", err)
}

// fileName makes a file name of any name: letters and digits to be read by
// people, and a digest so that no two names meet.
func fileName(name string) string {
	readable := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '_'
	}, name)
	d := govsweep.DigestOf([]byte(name))
	return readable[:min(60, len(readable))] + "." + hex.EncodeToString(d[:8]) + ".spool"
}

// Append keeps body, whose digest is d, as the body of a page.
func (sp *Spool) Append(d govsweep.Digest, url string, at time.Time, body []byte) error {
	return sp.AppendCapture(&govsweep.Capture{Digest: d, Kind: govsweep.PageCapture, URL: url, At: at}, body)
}

// AppendCapture keeps body with what c says of it. A body that was appended a
// short while ago is not appended again. It is safe in the file after Flush.
func (sp *Spool) AppendCapture(c *govsweep.Capture, body []byte) error {
	sp.mu.Lock()
	known := sp.seen.has(c.Digest)
	sp.mu.Unlock()
	if known {
		return nil
	}
	head := *c
	head.Length = int64(len(body))
	head.URL = head.URL[:min(len(head.URL), maxMeta/4)]
	head.Header = head.Header[:min(len(head.Header), maxMeta/4)]
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	*room = quick(body, *room) // outside the lock: this is the work

	sp.mu.Lock()
	defer sp.mu.Unlock()
	if len(sp.buffer) >= bufferSize {
		if err := sp.flush(); err != nil {
			return explain("保存证据", err)
		}
	}
	// Known only now that it stands in the buffer: who is told that a body is
	// known may flush and rely on it.
	if sp.seen.add(c.Digest) {
		sp.buffer = appendFrame(sp.buffer, &head, *room)
	}
	return nil
}

// rooms are buffers to pack into.
var rooms = sync.Pool{New: func() any { return new([]byte) }}

// Flush writes what was appended to the file, where a kill cannot reach it.
// When the disk is full nothing of it is written and it may be tried again.
func (sp *Spool) Flush() error {
	sp.mu.Lock()
	defer sp.mu.Unlock()
	return explain("保存证据", sp.flush())
}

func (sp *Spool) flush() error {
	if sp.file == nil {
		return fs.ErrClosed
	}
	if len(sp.buffer) == 0 {
		return nil
	}
	if _, err := sp.file.WriteAt(sp.buffer, sp.size); err != nil {
		return errors.Join(err, sp.file.Truncate(sp.size))
	}
	if sp.store.Shared {
		if err := sp.file.Sync(); err != nil {
			return errors.Join(err, sp.file.Truncate(sp.size))
		}
	}
	sp.size += int64(len(sp.buffer))
	sp.buffer = sp.buffer[:0]
	if cap(sp.buffer) > 4*bufferSize { // one huge body must not stay
		sp.buffer = nil
	}
	return nil
}

// Torn is how many bytes of a half-written frame were cut off when the spool
// was opened.
func (sp *Spool) Torn() int64 { return sp.torn }

// Damaged is how many stretches in the middle of the file could not be read
// when the spool was opened; what they held is reported by Keep as missing.
func (sp *Spool) Damaged() int { return sp.damaged }

// Close flushes and closes the file and leaves it for a later run. It may be
// called twice.
func (sp *Spool) Close() error {
	sp.mu.Lock()
	defer sp.mu.Unlock()
	if sp.file == nil {
		return nil
	}
	err := errors.Join(sp.flush(), sp.file.Close())
	sp.file = nil
	if err == nil && sp.size == 0 {
		err = remove(sp.path) // nothing was captured under this lease
	}
	return explain("保存证据", err)
}

// Drop closes the spool and removes it, with the files of earlier leases.
func (sp *Spool) Drop() error {
	sp.mu.Lock()
	defer sp.mu.Unlock()
	var err error
	if sp.file != nil {
		err = sp.file.Close()
	}
	sp.file, sp.buffer = nil, nil
	for _, path := range append(sp.earlier, sp.path) {
		err = errors.Join(err, remove(path))
	}
	return explain("清理证据暂存文件", err)
}

// remove removes a file that may not be there.
func remove(path string) error {
	err := os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
