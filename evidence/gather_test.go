package evidence_test

import (
	"context"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
)

// index is what one site in one sweep left behind: two pages, one of which a
// finding of secrecy names.
type index struct{ captures []govsweep.Capture }

func (x index) CapturesIn(context.Context, govsweep.Run) ([]govsweep.Capture, error) {
	return x.captures, nil
}

func (x index) CapturesOf(_ context.Context, d govsweep.Digest) (out []govsweep.Capture, err error) {
	for _, c := range x.captures {
		if c.Digest == d {
			out = append(out, c)
		}
	}
	return out, nil
}

func (x index) Capture(context.Context, govsweep.Digest) (*govsweep.Capture, error) {
	return nil, &govsweep.Error{Kind: govsweep.NotFound}
}

func (x index) Standings(context.Context, govsweep.TargetID) ([]govsweep.Standing, error) {
	return []govsweep.Standing{{ID: "F1", Indicator: "secret-leak-text", URL: "https://a.gov.cn/1"}, {ID: "F2", Indicator: "column-stale", URL: "https://a.gov.cn/2"}}, nil
}

func (x index) Finding(_ context.Context, id string) (*govsweep.Finding, error) {
	return &govsweep.Finding{ID: id}, nil
}

func TestNothingOfAPageOfSecrecyIsGathered(t *testing.T) {
	t.Parallel()
	closed, open := govsweep.DigestOf([]byte("1")), govsweep.DigestOf([]byte("2"))
	x := index{[]govsweep.Capture{{Sweep: 1, Target: "a", Digest: closed, URL: "https://a.gov.cn/1"}, {Sweep: 1, Target: "a", Digest: open, URL: "https://a.gov.cn/2"},
		{Sweep: 1, Target: "a", Digest: closed, URL: "https://a.gov.cn/copy"}}} // the same bytes at another address
	g := evidence.NewGatherer(x)
	rests := []govsweep.Evidence{{Digest: closed.String(), URL: "https://a.gov.cn/copy", At: "2026-03-02"}, {Digest: open.String(), URL: "https://a.gov.cn/2"}}
	for _, f := range []govsweep.Finding{{ID: "F1", Sweep: 1, Indicator: "secret-leak-text", Evidence: rests}, {ID: "F2", Sweep: 1, Indicator: "column-stale", Evidence: rests, LastSeen: time.Now()}} {
		if err := g.Finding(t.Context(), &f); err != nil {
			t.Fatal(err)
		}
	}
	if g.Withheld != 1 || g.LeftOut != 1 || len(g.Items) != 1 || len(g.Captures) != 1 || g.Captures[0].Digest != open {
		t.Errorf("%+v, %d left out", g.Bundle, g.LeftOut)
	}
	if left, err := g.Open(t.Context(), x.captures); err != nil || len(left) != 1 || left[0].Digest != open {
		t.Errorf("open: %+v %v", left, err)
	}
	for d, want := range map[govsweep.Digest]bool{closed: true, open: false} {
		if got, err := g.Secret(t.Context(), d); got != want || err != nil {
			t.Errorf("%s: %v %v", d, got, err)
		}
	}
}
