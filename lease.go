package govsweep

import "time"

// Lease 租约 is one worker's right to work on one target of a sweep, until a
// moment. A worker that is alive extends it; one that was killed or cut off
// lets it run out, and another takes the target over. Every claim raises the
// fence, and whatever is written under a lease carries its fence: what a
// worker writes after it lost its lease is refused with ErrLeaseLost.
type Lease struct {
	Sweep  int64
	Target Target
	Fence  int64         // 1 for the first claim of the target, one more for every further one
	Owner  string        // the worker, for people and logs; "" while the target waits for its hours
	Until  time.Time     // by the clock of the database, which all machines share
	TTL    time.Duration // how long a claim or an extension holds
}

// Waits says that nobody works on the target: it waits for its hours 采集时段
// until the lease ends.
func (l Lease) Waits() bool { return l.Owner == "" }

// Opens is when the hours begin that the target waits for, to the minute: the
// lease is held by another clock than the one that counted the time to them.
func (l Lease) Opens() time.Time { return l.Until.Round(time.Minute) }

// Run names the run a lease is about, fenced: what is written with it is
// refused once the lease is lost.
func (l Lease) Run() Run { return Run{Sweep: l.Sweep, Target: l.Target.ID, Fence: l.Fence} }
