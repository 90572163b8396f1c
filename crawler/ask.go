package crawler

import (
	"context"
	"net/http"

	"github.com/govsweep/govsweep"
)

// ask repeats a question in the plain form where the short one was not
// understood: GET after a HEAD, the whole file after a Range.
type ask struct {
	next Fetcher
}

// headFirst says which roles only ask whether an address is there.
func headFirst(r govsweep.Role) bool {
	return r == govsweep.ProbeRole || r == govsweep.ImageRole
}

// Fetch asks in the short form first.
func (a *ask) Fetch(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	p, err := a.next.Fetch(ctx, v)
	m := mannerOf(ctx)
	switch {
	case err != nil:
		return nil, err
	case headFirst(v.Role) && !m.get && v.Form == "" && headDoubtful(p):
		m.get = true
	case v.Role == govsweep.AttachmentRole && !m.whole && p.Status == http.StatusRequestedRangeNotSatisfiable:
		m.whole = true
	default:
		return p, nil
	}
	return again(withManner(ctx, m), a.next, v, p, "改用普通方式读取")
}

// headDoubtful says that the answer to HEAD may not be the answer to GET:
// many servers refuse the method, and some drop the connection.
func headDoubtful(p *govsweep.Page) bool {
	if p.Failure == govsweep.FailProtocol || p.Failure == govsweep.FailRefused && p.Status == 0 && !dialRefused(p) {
		return true
	}
	return p.Failure == "" && p.Status >= 400 && p.Status != http.StatusTooManyRequests
}

func dialRefused(p *govsweep.Page) bool { return p.Cause == causeRefused }

// again makes one more try and joins it to those of before.
func again(ctx context.Context, next Fetcher, v govsweep.Visit, before *govsweep.Page, note string) (*govsweep.Page, error) {
	p, err := next.Fetch(ctx, v)
	if err != nil {
		return nil, err
	}
	addNote(p, note)
	p.Tries = append(before.Tries, p.Tries...)
	return p, nil
}

// addNote says with which settings the last try of p was made.
func addNote(p *govsweep.Page, note string) {
	if n := len(p.Tries); n > 0 && p.Tries[n-1].Note == "" {
		p.Tries[n-1].Note = note
	} else if n > 0 && p.Tries[n-1].Note != note {
		p.Tries[n-1].Note = note + "；" + p.Tries[n-1].Note
	}
}
