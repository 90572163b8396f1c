package probe

import (
	"hash/fnv"
	"math/rand/v2"
	"time"

	"github.com/govsweep/govsweep"
)

// Slots plans the n visits of a target on the day of t in Shanghai: the day
// is cut into n equal parts and each visit lies in the middle half of its
// part, at a place that follows from target, day and part alone. So visits
// are jittered, at least half a part apart, and a restarted
// program plans the same ones. Days are Shanghai's whatever the machine's
// zone: a change to summer time there moves nothing.
func Slots(t govsweep.TargetID, on time.Time, n int) []time.Time {
	start := dayStart(on)
	part := 24 * time.Hour / time.Duration(n)
	h := fnv.New64a()
	h.Write([]byte(t))
	r := rand.New(rand.NewPCG(h.Sum64(), uint64(start.Unix())))
	out := make([]time.Time, n)
	for i := range out {
		jitter := part/4 + time.Duration(r.Int64N(int64(part/2)))
		out[i] = start.Add(time.Duration(i)*part + jitter).Truncate(time.Millisecond)
	}
	return out
}

func dayStart(t time.Time) time.Time {
	t = t.In(govsweep.Shanghai)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, govsweep.Shanghai)
}
