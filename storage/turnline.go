package storage

// A TurnLine is where the requests to one name stand, in unix microseconds.
type TurnLine struct {
	Next int64 `db:"next_us"` // when the next one is due
	Last int64 `db:"line_us"` // when who joins the line now should come back
}

// mostEarly is how much earlier than due a request may start, at most a fifth
// of its gap: who was late does not put off everybody behind.
const mostEarly = 100_000

// due is the earliest moment of the next request.
func (l *TurnLine) due(gap int64) int64 { return l.Next - min(gap/5, mostEarly) }

// use counts the gap from now, or from when the request was due.
func (l *TurnLine) use(now, gap int64) { l.Next = max(l.Next, now) + gap }

// join gives when to come back. Who comes back and finds that another one was
// late joins anew: his turn is gone.
func (l *TurnLine) join(gap int64) int64 {
	at := max(l.Last, l.due(gap))
	l.Last = at + gap
	return at
}

// TakeTurnOf takes a turn of own, and of group unless it is nil, when both are
// due. Else nothing is taken, and it gives how many microseconds until it is to
// be asked again: each who waits is told another moment. A turn counts from
// when it is taken, not from when it was expected: nobody uses a moment that
// passed while he slept. Over any time T not more than T / gap + 1 turns are
// taken, and a fifth; no two closer than four fifths of gap.
func TakeTurnOf(now int64, own *TurnLine, gap int64, group *TurnLine, groupGap int64) (wait int64, taken bool) {
	if own.due(gap) > now {
		return own.join(gap) - now, false
	}
	if group != nil && group.due(groupGap) > now {
		return group.join(groupGap) - now, false
	}
	own.use(now, gap)
	if group != nil {
		group.use(now, groupGap)
	}
	return 0, true
}
