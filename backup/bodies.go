package backup

import (
	"sync"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
)

// restoreWriters write bodies at the same time: each waits for the disk, and
// the disk takes many at once.
const restoreWriters = 16

// bodyWriters write bodies side by side.
type bodyWriters struct {
	store *evidence.Store
	todo  chan packedBody
	done  sync.WaitGroup
	mu    sync.Mutex
	err   error // the first
}

type packedBody struct {
	digest govsweep.Digest
	packed []byte
}

func newBodyWriters(store *evidence.Store) *bodyWriters {
	w := &bodyWriters{store: store, todo: make(chan packedBody)}
	for range restoreWriters {
		w.done.Go(func() {
			for b := range w.todo {
				if err := w.store.PutPacked(b.digest, b.packed); err != nil {
					w.failed(err)
				}
			}
		})
	}
	return w
}

// put hands a body to a writer; it gives what failed before.
func (w *bodyWriters) put(d govsweep.Digest, packed []byte) error {
	w.todo <- packedBody{d, packed}
	return w.failed(nil)
}

// failed keeps the first error and gives it.
func (w *bodyWriters) failed(err error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil {
		w.err = err
	}
	return w.err
}

// end waits until everything is written.
func (w *bodyWriters) end() error {
	close(w.todo)
	w.done.Wait()
	return w.failed(nil)
}
