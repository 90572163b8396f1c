package web

import (
	"maps"
	"sync"
	"time"
)

// One line of the audit log a minute for a name or an address that may not try
// to log in, and so many lines a minute in all: who is locked out must not be
// able to fill the log.
const (
	refusalEach  = time.Minute
	mostRefusals = 200
)

// refusals remembers whose refused logins were written down of late.
type refusals struct {
	mu   sync.Mutex
	last map[string]time.Time
}

// first says whether a refusal is to be written down: none of its keys was in
// the last minute.
func (r *refusals) first(keys []string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	maps.DeleteFunc(r.last, func(_ string, at time.Time) bool { return now.Sub(at) >= refusalEach })
	for _, k := range keys {
		if _, known := r.last[k]; known {
			return false
		}
	}
	if len(r.last)+len(keys) > mostRefusals*len(keys) {
		return false
	}
	if r.last == nil {
		r.last = map[string]time.Time{}
	}
	for _, k := range keys {
		r.last[k] = now
	}
	return true
}
