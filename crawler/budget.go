package crawler

import "context"

// Budget bounds the requests that are under way at the same time over many
// sites. It is shared: give the same one to the Options of every Stack.
type Budget struct {
	slots chan struct{}
}

// NewBudget allows n requests at the same time; n < 1 counts as 1.
func NewBudget(n int) *Budget {
	return &Budget{slots: make(chan struct{}, max(n, 1))}
}

func (b *Budget) take(ctx context.Context) error {
	if b == nil {
		return ctx.Err()
	}
	select {
	case b.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *Budget) give() {
	if b != nil {
		<-b.slots
	}
}
