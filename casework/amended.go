package casework

import (
	"context"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// Amended gives a notice as it stands, with the amendments recorded since. It
// is for reading: what is kept is n.
func Amended(ctx context.Context, papers interface {
	Following(ctx context.Context, id string) ([]govsweep.Notice, error)
}, n *govsweep.Notice) (*govsweep.Notice, error) {
	if !slices.ContainsFunc(n.Steps, func(s govsweep.NoticeStep) bool { return s.Event == rectify.StepAmend }) {
		return n, nil
	}
	following, err := papers.Following(ctx, n.ID)
	if err != nil {
		return nil, err
	}
	return rectify.Amended(n, following), nil
}
